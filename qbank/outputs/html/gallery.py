"""The bank to look at: every item in several variants, in both languages, with keys and solutions folded away."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from qbank import templating
from qbank.model import Bilingual, Lang
from qbank.outputs import _view
from qbank.outputs.html.page import Page
from qbank.sheets import Book


@dataclass(frozen=True, slots=True)
class Entry:
    """One item to look at: `facts` are printed as name and value; each variant is a book of one question a language."""

    item: str
    title: Bilingual
    topic: str
    kinds: tuple[str, ...]
    facts: tuple[tuple[str, str], ...]
    variants: tuple[tuple[Book, ...], ...]


def gallery(entries: Sequence[Entry], title: str, lang: Lang = "zh", facts: Sequence[str] = ()) -> str:
    """All entries on one page, by topic; `facts` stand under the title."""
    page = Page(lang, "gallery")
    ordered = sorted(entries, key=lambda entry: (entry.topic, entry.item))
    shown = [
        {"item": entry.item, "title": entry.title, "topic": entry.topic, "kinds": entry.kinds, "facts": entry.facts,
         "variants": [_variant(page, books) for books in entry.variants]}
        for entry in ordered
    ]
    topics = [(topic, list(items)) for topic, items in groupby(ordered, key=_chapter)]
    body = page.fill("gallery", entries=shown, topics=topics, title=title, facts=facts)
    return page.finish(title, body)


def _chapter(entry: Entry) -> str:
    """The first two steps of an item's topic: electronics/opamp."""
    return "/".join(entry.topic.split("/")[:2])


def _variant(page: Page, books: Sequence[Book]) -> str:
    written = [
        page.fill("variant", lang=book.sheet.lang, level=0,
                  worked=[_view.worked(each, book.sheet.lang) for each in book.worked])
        for book in books
    ]
    return templating.trusted("".join(written))
