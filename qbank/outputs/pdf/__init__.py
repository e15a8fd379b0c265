"""Papers and answer books as PDF, typeset by Typst.

>>> from qbank.outputs import pdf
>>> callable(pdf.sheet), callable(pdf.book)
(True, True)
"""

from __future__ import annotations

from qbank.outputs import _view
from qbank.outputs.pdf import tree
from qbank.outputs.pdf.press import typeset
from qbank.sheets import Book, Sheet


def sheet(sheet: Sheet) -> bytes:
    """The paper a candidate sees. Raises Refused when a text holds a character that no font has."""
    return typeset("sheet", sheet.lang, tree.written(_view.sheet(sheet)))


def book(book: Book) -> bytes:
    """The answer book and marking scheme of one form, for examiners."""
    return typeset("book", book.sheet.lang, tree.written(_view.book(book)))


__all__ = ["book", "sheet", "typeset"]
