"""Comma-, semicolon- and tab-separated text, in any encoding a spreadsheet saves."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from qbank import files, messages
from qbank.intake import _encodings, _table
from qbank.model import Problem, Refused

if TYPE_CHECKING:
    import polars

_SEPARATORS = ",;\t"
LONGEST_CELL = 1 << 24
"""The longest cell in characters: one candidate's endless answer is unreadable, and costs the class nothing."""
_HEAD = 1 << 20
"""So many characters say how a long file separates its cells."""
_CELLS = 1 << 16
"""So many distinct cells of a table are kept as one text each."""


def read(path: Path) -> _table.Sheet:
    """The table in a file. Raises Refused with the line where it cannot be read."""
    text, encoding = _encodings.decoded(path.read_bytes(), str(path))
    rows: list[list[str]] = []
    lines: list[int] = []
    for line, row in _rows(io.StringIO(text, newline=""), text, str(path)):
        rows.append(row)
        lines.append(line)
    sheet = _table.headed(str(path), rows, lines)
    return sheet if encoding == "UTF-8" else replace(sheet, problems=(_told(str(path), encoding),))


@contextmanager
def scanned(path: Path) -> Iterator[tuple[Iterator[tuple[int, list[str]]], tuple[Problem, ...]]]:
    """Every row of a file of any length with its line, and what is doubtful about the file.

    A file in UTF-8 is never held whole. Raises Refused, now or with a row, with the line where it cannot be read.
    """
    if _encodings.is_utf8(path):
        with path.open(encoding="utf-8-sig", newline="") as file:
            head = file.read(_HEAD)
            file.seek(0)
            yield _rows(file, head, str(path)), ()
        return
    text, encoding = _encodings.decoded(path.read_bytes(), str(path))
    told = () if encoding == "UTF-8" else (_told(str(path), encoding),)
    yield _rows(io.StringIO(text, newline=""), text, str(path)), told


def _rows(file: Iterable[str], text: str, path: str) -> Iterator[tuple[int, list[str]]]:
    """Every row of a table with its line; the text is that with which it begins."""
    first = text.partition("\n")[0].strip()
    separator, skipped, lines = separator_of(text), 0, iter(file)
    if first.lower().startswith("sep=") and len(first) == 5:
        separator, skipped = first[4], 1
        next(lines)
    reader = csv.reader(lines, delimiter=separator, strict=True)
    start = 1 + skipped
    alive = lru_cache(maxsize=_CELLS)(_table.alive)  # equal cells are one text: most answers are written often
    before = csv.field_size_limit(LONGEST_CELL)
    try:
        for row in reader:
            yield start, [alive(cell) for cell in row]
            start = reader.line_num + 1 + skipped
    except csv.Error as error:
        if "limit" in str(error):
            message = messages.tell("{file}, line {line}: a cell is longer than {most} characters", file=path,
                                    line=start, most=LONGEST_CELL)  # fmt: skip
        else:
            message = messages.tell("{file}, line {line}: the quotation marks do not match; save the table from a "
                                    'spreadsheet again, or write "" for each " within a cell', file=path,
                                    line=start)  # fmt: skip
        raise Refused(message) from None
    finally:
        csv.field_size_limit(before)


def _told(file: str, encoding: str) -> Problem:
    message = messages.tell("{file}: read as {encoding}, because it is not UTF-8", file=file, encoding=encoding)
    proposal = messages.tell("if a name or an answer looks wrong, save the file as 'CSV UTF-8'")
    return Problem("intake.encoding", message, proposal=proposal, severity="warning")


def write(path: Path, frame: polars.DataFrame) -> None:
    """Write a table as `encoded` gives it, whole or not at all."""
    files.put(path, encoded(frame))


def encoded(frame: polars.DataFrame, *, header: bool = True) -> bytes:
    """A table as UTF-8 with a byte order mark (so that Excel shows Chinese), every text cell inert.

    Without the header it is a further piece of a table.
    """
    import polars as pl

    texts = [pl.col(name) for name, kind in frame.schema.items()
             if kind == pl.String and frame[name].str.contains(_table.GUARDED).any()]  # fmt: skip
    safe = frame.with_columns(
        pl.when(text.str.contains(_table.GUARDED) & ~text.str.contains(_table.NUMBER))
        .then(pl.concat_str(pl.lit("'"), text)).otherwise(text).alias(text.meta.output_name()) for text in texts
    )  # fmt: skip
    safe = safe.rename({name: _table.inert(name) for name in frame.columns})
    return safe.write_csv(include_bom=header, include_header=header, line_terminator="\r\n").encode()


def separator_of(text: str) -> str:
    """The sign that stands most often outside quotation marks in the first line with text."""
    header = next((line for line in io.StringIO(text) if line.strip()), "")
    bare = "".join(header.split('"')[::2])
    return max(_SEPARATORS, key=bare.count)
