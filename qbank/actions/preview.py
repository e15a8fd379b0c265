"""A web page of items to look at: several variants each, both languages, keys and solutions folded."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import TYPE_CHECKING

from qbank import messages, papers, variants
from qbank.actions._watching import Watch, quietly
from qbank.actions.show import in_each
from qbank.bank import Bank
from qbank.bank.item import Item
from qbank.model import Bilingual, Lang

if TYPE_CHECKING:
    from qbank.outputs.html import Entry

FACTS = {
    "level": Bilingual(zh="难度", en="level"),
    "marks": Bilingual(zh="分值", en="marks"),
    "variants": Bilingual(zh="变式数", en="variants"),
    "covers": Bilingual(zh="知识点", en="covers"),
}
VARIANTS = 3
"""The variants of each item on the page."""


def preview(
    source: Bank, names: Iterable[str] = (), *, count: int = VARIANTS, lang: Lang = "zh", watch: Watch = quietly
) -> str:
    """The page of the items or topics named (all, when none is). Raises Refused for an unknown name."""
    from qbank.outputs import html

    items = source.select(names)
    entries = list(_entries(source, watch(items, len(items), messages.tell("items")), count, lang))
    title = "题库预览" if lang == "zh" else "The bank"
    total = f"{len(items)} 题" if lang == "zh" else f"{len(items)} item{'' if len(items) == 1 else 's'}"
    return html.gallery(entries, title, lang, (total,))


def _entries(source: Bank, items: Iterable[Item], count: int, lang: Lang) -> Iterator[Entry]:
    from qbank.outputs import html

    for item in items:
        varied = bool(item.parameters) or any(part.facts.shown for part in item.parts)
        seats = tuple(range(count if varied else min(count, 1)))
        shown = in_each(source, item.id, seats=seats)
        books = tuple(
            tuple(papers.alone(each.worked, each.lang) for each in variant) for variant in shown
        )
        yield html.Entry(item.id, item.title, item.topic, item.kinds, facts_of(item, lang), books)


def facts_of(item: Item, lang: Lang, *, count: str = "") -> tuple[tuple[str, str], ...]:
    """What is known of an item, as names and values for a page; `count` in the place of how many variants it has."""
    told = {"level": str(item.level), "marks": f"{float(item.marks):g}", "variants": count or how_many(item),
            "covers": " ".join(item.points)}  # fmt: skip
    return tuple((FACTS[name][lang], value) for name, value in told.items() if value)


def how_many(item: Item) -> str:
    """How many variants of values an item has, in words for a page."""
    space = variants.space(item)
    return f"{len(space.feasible):,}" if space.feasible is not None else f"≤ {Decimal(space.combinations):.2g}"
