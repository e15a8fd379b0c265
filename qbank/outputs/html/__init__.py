"""Papers, answer books and the bank itself as self-contained web pages that need no script to be read.

>>> from qbank.outputs import html
>>> "<script" in html.gallery((), "bank")
False
"""

from __future__ import annotations

from collections.abc import Iterable

from qbank.lessons import Lesson
from qbank.model import Inline, Lang
from qbank.outputs import Output, _lesson, _text, _view
from qbank.outputs.html.framed import framed
from qbank.outputs.html.gallery import Entry, gallery
from qbank.outputs.html.page import HEAD, Page, is_own
from qbank.sheets import Book, Sheet, Worked


def sheet(sheet: Sheet) -> str:
    """The paper a candidate sees."""
    page = Page(sheet.lang, "sheet large" if sheet.large_print else "sheet", own=sheet.imprint.templates)
    view = _view.sheet(sheet)
    return page.finish(view.headline, page.fill("sheet", doc=view))


def questions(sheet: Sheet) -> str:
    """The questions of a paper alone, without what stands at its head."""
    page, title = Page(sheet.lang, "sheet"), sheet.title or sheet.course
    return page.finish(title, page.fill("questions", doc=_view.sheet(sheet), title=title))


def source(document: Sheet | Book) -> str:
    """The document's own part of the page, without style sheet and fonts."""
    if isinstance(document, Sheet):
        return Page(document.lang, "sheet").fill("sheet", doc=_view.sheet(document))
    return Page(document.sheet.lang, "book").fill("book", doc=_view.book(document))


def worked(page: Page, done: Worked, lang: Lang, *, level: int = 0) -> str:
    """A question with its answers folded under it, for a page that is being written.

    Its number is a heading of that `level`; at 0 there is a heading above it already.
    """
    return page.fill("variant", lang=lang, worked=[_view.worked(done, lang)], level=level)


def run(inlines: Iterable[Inline]) -> tuple[object, ...]:
    """A filled-in line of an author's text as templates read it, for a page that is being written."""
    return _text.inlines(inlines, {})


def book(book: Book) -> str:
    """The answer book and marking scheme of one form, for examiners."""
    page = Page(book.sheet.lang, "book", own=book.sheet.imprint.templates)
    view = _view.book(book)
    return page.finish(view.headline, page.fill("book", doc=view))


def lesson(lesson: Lesson) -> str:
    """What a candidate gets back.

    The fonts of what all pages of a class say are cut once, those of a name, of answers and reasons for each page.
    """
    page, view = Page(lesson.lang, "lesson"), _lesson.view(lesson, _lesson.on_screen)
    return page.finish(view.title, page.fill("feedback", doc=view), _lesson.common(lesson, view), lesson.everyone)


def _lesson_of(told: Lesson) -> bytes:
    return lesson(told).encode()


OUTPUT = Output(
    ".html", sheet=lambda asked: sheet(asked).encode(), book=lambda answered: book(answered).encode(),
    lesson=_lesson_of,
)  # fmt: skip

__all__ = ["HEAD", "OUTPUT", "Entry", "book", "framed", "gallery", "is_own", "lesson", "questions", "run", "sheet",
           "source", "worked"]  # fmt: skip
