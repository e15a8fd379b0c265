"""Responses as a table that reads as they did, and back again."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from qbank.intake import Table

if TYPE_CHECKING:
    import polars as pl

LINE = "\x00line"
"""The line of each row in the file that was handed in; no heading of a file is this."""
MARKS = " marks"


def as_read(table: Table, *, lines: bool = False) -> pl.DataFrame:
    """The responses as a table that reads as they did; with `lines`, every row's line, and its name where none is."""
    import polars as pl

    own = pl.when(pl.col("absent")).then(pl.lit("yes")).otherwise(pl.lit("")).alias("absent")
    frame = table.frame.with_columns(own)
    if table.forms:
        frame = frame.insert_column(2, pl.Series("form", list(table.forms), dtype=pl.String))
    if lines or any(table.names):
        frame = frame.insert_column(1, pl.Series("name", list(table.names), dtype=pl.String))
    shares = {f"{key} share in {table.system}": list(each) for key, each in table.shares.items()}
    frame = frame.with_columns(table.marks[name].alias(f"{name}{MARKS}") for name in table.marks.columns)
    frame = frame.with_columns(pl.Series(name, each, dtype=pl.String) for name, each in shares.items())
    return frame.with_columns(pl.Series(LINE, table.lines, dtype=pl.Int64)) if lines else frame


def restored(frame: pl.DataFrame, file: str, columns: Sequence[str]) -> Table:
    """The table of which `as_read` made a frame with its lines; of its columns of answers, these."""
    import polars as pl

    own = frame.select("candidate", pl.col("absent") == "yes", *columns)
    marked = [name for name in columns if f"{name}{MARKS}" in frame.columns]
    by_hand = frame.select(pl.col(f"{name}{MARKS}").alias(name) for name in marked)
    forms = tuple(frame["form"].to_list()) if "form" in frame.columns else ()
    names = tuple(frame["name"].fill_null("").to_list()) if "name" in frame.columns else ("",) * len(frame)
    return Table(file, own, by_hand, tuple(frame[LINE].to_list()), (), forms, names)
