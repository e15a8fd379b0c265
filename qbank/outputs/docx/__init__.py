"""Papers and answer books as Word documents, with equations, tables and pictures that can be edited.

>>> from qbank.outputs import docx
>>> docx.OUTPUT.suffix, docx.OUTPUT.takes
('.docx', ('sheet', 'book'))
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from qbank.outputs import Named, Output, Workers, _view
from qbank.outputs.docx import document, page
from qbank.sheets import Book, Sheet


def sheet(sheet: Sheet) -> bytes:
    """The paper a candidate sees. A character that no document may hold is left out."""
    return document.written("sheet", _view.sheet(sheet), page.sheet(sheet.imprint.imposition))


def book(book: Book) -> bytes:
    """The answer book and marking scheme of one form, for examiners."""
    view = _view.book(book)
    return document.written("book", view, page.book(), note=view.words.examiners)


def print_all(sheets: Iterable[Named], workers: Workers) -> Iterator[tuple[str, bytes]]:
    """Each named sheet as a Word document by its name, in order, on some processes."""
    return workers.each(sheet, sheets)


OUTPUT = Output(".docx", sheet=sheet, book=book, sheets=print_all)

__all__ = ["OUTPUT", "book", "print_all", "sheet"]
