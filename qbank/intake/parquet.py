"""Parquet: columns of text as a program writes them, of any length.

Only texts are read: a number 1.0 does not say whether the candidate wrote 1, 1.0 or 01. What is missing is
blank, and texts that are held as categories are texts. A row's line is its place, from 1.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from qbank import files, messages
from qbank.intake import _table
from qbank.model import Problem, Refused

if TYPE_CHECKING:
    import polars

_SHOWN = 8
"""The most columns of another type that are named."""


def read(path: Path) -> _table.Sheet:
    """The table in a file. Raises Refused for a file that is none, and with the columns that do not hold texts."""
    rows = count(path)
    if not rows:
        raise Refused(messages.tell("{file}: the table is empty", file=path))
    return next(sheets(path, rows))


def count(path: Path) -> int:
    """How many rows there are."""
    import polars as pl

    try:
        return int(pl.scan_parquet(path, glob=False).select(pl.len()).collect().item())
    except (pl.exceptions.PolarsError, pl.exceptions.PanicException) as error:
        raise _damaged(path) from error


def cells(path: Path) -> int:
    """How many cells there are."""
    import polars as pl

    rows = count(path)
    return rows * len(pl.read_parquet_schema(path))


def sheets(path: Path, rows: int) -> Iterator[_table.Sheet]:
    """The table in parts of so many rows each, of which one at a time is held."""
    import polars as pl

    try:
        scan = _texts(path, pl.scan_parquet(path, glob=False, low_memory=True))
        header = tuple(name.strip() for name in scan.collect_schema().names())
        for start in range(0, count(path), rows):
            frame = scan.slice(start, rows).collect()
            lines = range(start + 1, start + 1 + len(frame))
            yield _table.Sheet(str(path), header, (), lines, frame=frame)
    except (pl.exceptions.PolarsError, pl.exceptions.PanicException) as error:
        raise _damaged(path) from error


def _texts(path: Path, scan: polars.LazyFrame) -> polars.LazyFrame:
    """The columns as texts, blank where something is missing."""
    import polars as pl

    schema = scan.collect_schema()
    texts = (pl.String, pl.Categorical, pl.Enum, pl.Null)
    others = [f"{name!r} ({kind})" for name, kind in schema.items() if kind.base_type() not in texts]
    if others:
        message = messages.tell("{file}: columns that are not text: {columns}; they do not distinguish 1 and 1.0",
                                file=path, columns=messages.some(others, _SHOWN))  # fmt: skip
        proposal = messages.tell("write these columns as strings, as they were typed")
        raise Refused(Problem("intake.type", message, proposal=proposal))
    return scan.select(pl.col(name).cast(pl.String).fill_null("") for name in schema)


def _damaged(path: Path) -> Refused:
    return Refused(messages.tell("{file}: not a Parquet file, or damaged; write it again, or save the table as CSV",
                                 file=path))  # fmt: skip


def write(path: Path, frame: polars.DataFrame) -> None:
    """Write a table as `encoded` gives it, whole or not at all."""
    files.put(path, encoded(frame))


def encoded(frame: polars.DataFrame) -> bytes:
    """A table with its columns as they are: no spreadsheet opens it, and no text needs to be guarded."""
    target = io.BytesIO()
    frame.write_parquet(target, compression="zstd", statistics=False)
    return target.getvalue()
