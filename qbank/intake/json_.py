"""The table that Moodle writes as JSON: an array of rows, or one around it, with headings as the names of values."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from qbank import messages
from qbank.intake import _encodings, _table
from qbank.model import Refused


def read(path: Path) -> _table.Sheet:
    """The table in a file. Raises Refused for anything but rows of texts and numbers."""
    text, _ = _encodings.decoded(path.read_bytes(), str(path))
    try:
        told = json.loads(text, parse_int=str, parse_float=str, parse_constant=str)
    except (ValueError, RecursionError) as error:
        raise Refused(messages.tell("{file}: not JSON: {reason}", file=path, reason=error)) from error
    while isinstance(told, list) and len(told) == 1 and isinstance(told[0], list):
        told = told[0]
    if not isinstance(told, list) or not told or not all(isinstance(row, dict) for row in told):
        raise Refused(messages.tell("{file}: not a table: it must be an array of rows, as Moodle writes it",
                                    file=path))  # fmt: skip
    header = tuple(dict.fromkeys(key for row in told for key in row))
    rows = [[_cell(path, at, key, row.get(key)) for key in header] for at, row in enumerate(told, 1)]
    return _table.headed(str(path), [list(header), *rows], range(len(rows) + 1))


def _cell(path: Path, row: int, key: str, value: Any) -> str:
    match value:
        case str():
            return _table.alive(value)
        case None:
            return ""
        case bool():
            return "yes" if value else ""
        case _:
            raise Refused(messages.tell("{file}, row {row}: {key!r} is neither a text nor a number", file=path, row=row,
                                        key=key))  # fmt: skip
