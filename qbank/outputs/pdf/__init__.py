"""Papers and answer books as PDF, typeset by Typst.

>>> from qbank.outputs import pdf, workers
>>> with workers(2) as several:
...     list(pdf.print_all([], several))
[]
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial
from itertools import chain, islice

from qbank.lessons import Lesson
from qbank.model import LANGS
from qbank.outputs import Output, Workers, _lesson, _view
from qbank.outputs._text import printable, unprintable
from qbank.outputs.pdf import paper, tree
from qbank.outputs.pdf.markinglist import markinglist
from qbank.outputs.pdf.paper import pages
from qbank.outputs.pdf.press import typeset
from qbank.outputs.pdf.volume import together
from qbank.sheets import Book, Sheet


def sheet(sheet: Sheet) -> bytes:
    """The paper a candidate sees. Raises Refused when a text holds a character that no font has."""
    return paper.printed(sheet)


def book(book: Book) -> bytes:
    """The answer book and marking scheme of one form, for examiners."""
    return typeset("book", book.sheet.lang, tree.written(_view.book(book)), book.sheet.imprint.templates)


def print_all(sheets: Iterable[tuple[str, Sheet]], workers: Workers) -> Iterator[tuple[str, bytes]]:
    """Each named sheet as a PDF by its name, in order, on some processes; a few are printed in this one.

    All sheets of a language have the pages of its first one, where they fit them.
    """
    coming = iter(sheets)
    first = list(islice(coming, len(LANGS)))
    plans = {paper.kind(each): paper.planned(each) for _, each in reversed(first)}
    return workers.each(partial(paper.printed_by, plans), chain(first, coming))


def said(document: bytes) -> tuple[str, str]:
    """What a reader of a PDF finds in it: its text, and what its metadata say."""
    from io import BytesIO

    from pypdf import PdfReader

    printed = PdfReader(BytesIO(document))
    text = "\n".join(page.extract_text() for page in printed.pages)
    return text, " ".join(str(value) for value in (printed.metadata or {}).values())


def lesson(lesson: Lesson) -> bytes:
    """What a candidate gets back; a character that no font has is 〓."""
    view = _lesson.view(lesson, _lesson.on_paper)
    return typeset("feedback", lesson.lang, tree.written(view))


OUTPUT = Output(
    ".pdf", sheet=sheet, book=book, keys=markinglist, lesson=lesson, sheets=print_all, together=together, pages=pages,
)  # fmt: skip

__all__ = [
    "OUTPUT", "book", "lesson", "markinglist", "pages", "print_all", "printable", "said", "sheet", "together",
    "typeset", "unprintable",
]  # fmt: skip
