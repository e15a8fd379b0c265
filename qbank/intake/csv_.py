"""Comma-, semicolon- and tab-separated text, in any encoding a spreadsheet saves."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from qbank import files
from qbank.intake import _encodings, _table
from qbank.model import Problem, Refused

if TYPE_CHECKING:
    import polars

_SEPARATORS = ",;\t"
LONGEST_CELL = 1 << 24
"""The longest cell in characters: one candidate's endless answer is unreadable, and costs the class nothing."""


def read(path: Path) -> _table.Sheet:
    """The table in a file. Raises Refused with the line where it cannot be read."""
    text, encoding = _encodings.decoded(path.read_bytes(), str(path))
    first, _, rest = text.partition("\n")
    separator, skipped = separator_of(text), 0
    if first.strip().lower().startswith("sep=") and len(first.strip()) == 5:
        separator, text, skipped = first.strip()[4], rest, 1
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    rows: list[list[str]] = []
    lines: list[int] = []
    start = 1 + skipped
    alive = cache(_table.alive)  # equal cells are one text: a nation's answers are few, written often
    before = csv.field_size_limit(LONGEST_CELL)
    try:
        for row in reader:
            rows.append([alive(cell) for cell in row])
            lines.append(start)
            start = reader.line_num + 1 + skipped
    except csv.Error as error:
        message = (
            f"a cell is longer than {LONGEST_CELL} characters"
            if "limit" in str(error)
            else (
                'the quotation marks do not match; save the table from a spreadsheet again, or write "" for each " '
                "within a cell"
            )
        )
        raise Refused(f"{path}, line {start}: {message}") from None
    finally:
        csv.field_size_limit(before)
    sheet = _table.headed(str(path), rows, lines)
    return sheet if encoding == "UTF-8" else replace(sheet, problems=(_told(str(path), encoding),))


def _told(file: str, encoding: str) -> Problem:
    message = f"{file}: read as {encoding}, for it is not UTF-8"
    proposal = f"if a name or an answer looks wrong, {_encodings.SAVE}"
    return Problem("intake.encoding", message, proposal=proposal, severity="warning")


def write(path: Path, frame: polars.DataFrame) -> None:
    """Write a table as `encoded` gives it, whole or not at all."""
    files.put(path, encoded(frame))


def encoded(frame: polars.DataFrame, *, header: bool = True) -> bytes:
    """A table as UTF-8 with a byte order mark (so that Excel shows Chinese), every text cell inert.

    Without the header it is a further piece of a table.
    """
    import polars as pl

    texts = [name for name, kind in frame.schema.items() if kind == pl.String]
    safe = frame.with_columns(
        pl.col(name).map_elements(_table.inert, return_dtype=pl.String, skip_nulls=True) for name in texts
    )
    safe = safe.rename({name: _table.inert(name) for name in frame.columns})
    return safe.write_csv(include_bom=header, include_header=header, line_terminator="\r\n").encode()


def separator_of(text: str) -> str:
    """The sign that stands most often outside quotation marks in the first line with text."""
    header = next((line for line in io.StringIO(text) if line.strip()), "")
    bare = "".join(header.split('"')[::2])
    return max(_SEPARATORS, key=bare.count)
