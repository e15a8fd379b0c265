"""Comma-, semicolon- and tab-separated text, in any encoding a spreadsheet saves."""

from __future__ import annotations

import codecs
import csv
import io
from pathlib import Path
from typing import TYPE_CHECKING

from qbank.intake import _table
from qbank.model import Refused

if TYPE_CHECKING:
    import polars

_SEPARATORS = ",;\t"
LONGEST_CELL = 1 << 24
"""The longest cell in characters: one candidate's endless answer is unreadable, and costs the class nothing."""


def read(path: Path) -> _table.Sheet:
    """The table in a file. Raises Refused with the line where it cannot be read."""
    text = decoded(path.read_bytes(), str(path))
    first, _, rest = text.partition("\n")
    separator, skipped = _separator(text), 0
    if first.strip().lower().startswith("sep=") and len(first.strip()) == 5:
        separator, text, skipped = first.strip()[4], rest, 1
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    rows: list[list[str]] = []
    lines: list[int] = []
    start = 1 + skipped
    before = csv.field_size_limit(LONGEST_CELL)
    try:
        for row in reader:
            rows.append([_table.alive(cell) for cell in row])
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
    return _table.headed(str(path), rows, lines)


def write(path: Path, frame: polars.DataFrame) -> None:
    """Write a table as `encoded` gives it, whole or not at all."""
    _table.put(path, encoded(frame))


def encoded(frame: polars.DataFrame) -> bytes:
    """A table as UTF-8 with a byte order mark (so that Excel shows Chinese), every text cell inert."""
    import polars as pl

    texts = [name for name, kind in frame.schema.items() if kind == pl.String]
    safe = frame.with_columns(
        pl.col(name).map_elements(_table.inert, return_dtype=pl.String, skip_nulls=True) for name in texts
    )
    safe = safe.rename({name: _table.inert(name) for name in frame.columns})
    return safe.write_csv(include_bom=True, line_terminator="\r\n").encode()


def decoded(content: bytes, file: str) -> str:
    """The text of a file in UTF-8, UTF-16 or GBK. Raises Refused when it is none of them.

    >>> decoded("学号".encode("gbk"), "roster.csv")
    '学号'
    """
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        encodings = ["utf-16"]
    elif b"\0" in content[:200]:
        wide = "utf-16-le" if content[1:200:2].count(0) > content[0:200:2].count(0) else "utf-16-be"
        encodings = ["utf-8-sig", wide]
    else:
        encodings = ["utf-8-sig", "gb18030"]
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text.partition("\n")[0]:  # below the header a candidate may have written one
            return text
    raise Refused(f"{file}: not a text table: neither UTF-8 nor UTF-16 nor GBK; save it as 'CSV UTF-8'")


def _separator(text: str) -> str:
    """The sign that stands most often outside quotation marks in the first line with text."""
    header = next((line for line in io.StringIO(text) if line.strip()), "")
    bare = "".join(header.split('"')[::2])
    return max(_SEPARATORS, key=bare.count)
