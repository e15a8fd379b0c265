"""What comes in as a table: rosters and responses, from any spreadsheet; and how a table goes out.

A format is a file of this room, found by the ending of the path: `read(path) -> Sheet`, and `write(path, frame)` where
tables are written in it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from io import BytesIO
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING

from qbank import messages, registry
from qbank.model import Refused

if TYPE_CHECKING:
    import polars

    from qbank.intake._batches import Batches, is_large, top
    from qbank.intake._layout import Line
    from qbank.intake._people import People, identity, people, restored
    from qbank.intake._responses import Table, is_own, of_system, responses
    from qbank.intake._roster import Roster, roster
    from qbank.intake._table import SPREADSHEET, Sheet, inert, shortened
    from qbank.intake._table import read as sheet
    from qbank.intake._template import Entry, Template, template
    from qbank.intake._written import written
else:
    __getattr__ = registry.by_need(__name__, {
        **dict.fromkeys(("Batches", "is_large", "top"), "_batches"), "Line": "_layout",
        **dict.fromkeys(("People", "identity", "people", "restored"), "_people"),
        **dict.fromkeys(("Table", "is_own", "of_system", "responses"), "_responses"),
        **dict.fromkeys(("Roster", "roster"), "_roster"),
        **dict.fromkeys(("SPREADSHEET", "Sheet", "inert", "shortened"), "_table"), "sheet": "_table.read",
        **dict.fromkeys(("Entry", "Template", "template"), "_template"), "written": "_written",
    })  # fmt: skip

__all__ = [
    "SPREADSHEET", "Batches", "Entry", "Line", "People", "Roster", "Sheet", "Table", "Template", "csv_bytes", "encoded",
    "identity", "inert", "is_large", "is_own", "of_system", "people", "responses", "restored", "roster", "sheet",
    "shortened", "template", "top", "write", "written",
]  # fmt: skip


def csv_bytes(frame: polars.DataFrame | Iterable[polars.DataFrame], *, header: bool = True) -> bytes:
    """A table as the bytes of a CSV file, for a folder that is written whole; a long one piece by piece.

    Pieces have the same columns, and there is one at least. Without the header they are further pieces of a file.
    """
    import polars as pl

    encoded: Callable[..., bytes] = registry.load("intake", "csv").encoded
    written = BytesIO()
    for place, piece in enumerate([frame] if isinstance(frame, pl.DataFrame) else frame):
        written.write(encoded(piece, header=header and place == 0))
    return written.getvalue()


def encoded(path: Path, frame: polars.DataFrame, encoding: str = "utf-8") -> bytes:
    """A table as the bytes of a file with the ending of the path; a CSV file in another encoding than UTF-8 as well.

    Raises Refused for an ending that no format answers to, and for a cell that the encoding cannot hold.
    """
    content: bytes = _writer(path).encoded(frame)
    if encoding == "utf-8":
        return content
    if _form(path) != "csv":
        raise Refused(messages.tell("{file}: only a CSV table can be written in {encoding}; use a name that ends with "
                                    ".csv",
                                    file=path, encoding=encoding))  # fmt: skip
    text = content.decode("utf-8-sig")
    try:
        return text.encode(encoding)
    except UnicodeEncodeError as error:
        line = text.count("\n", 0, error.start) + 1
        raise Refused(messages.tell("{file}, line {line}: {encoding} does not have the character {character!r}; write "
                                    "the table in gb18030, or as .xlsx", file=path, line=line, encoding=encoding,
                                    character=text[error.start])) from error  # fmt: skip


def write(path: Path, frame: polars.DataFrame) -> None:
    """Write a table as the ending of the path says, whole or not at all, so that a spreadsheet computes nothing in it.

    Raises Refused for an ending that no format answers to.
    """
    _writer(path).write(path, frame)


def _form(path: Path) -> str:
    from qbank.intake import _table

    return _table.form(path)


def _writer(path: Path) -> ModuleType:
    """The format that the ending of a path names, if tables are written in it."""
    module = registry.load("intake", _form(path))
    if not hasattr(module, "write"):
        raise Refused(messages.tell("{file}: such a file can only be read, not written; use a name that ends with .csv "
                                    "or .xlsx", file=path))  # fmt: skip
    return module
