"""Which of an item's names a candidate sees: in texts, at figures, as the figure that was picked."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from qbank import algebra, markup
from qbank.model import LANGS, Bilingual

if TYPE_CHECKING:
    from qbank.bank.item import Item


def asked(item: Item) -> Iterator[Bilingual]:
    """The texts that a candidate reads: the stem, every ask, and the options or statements of every part."""
    if item.stem:
        yield item.stem
    for part in item.parts:
        if part.ask:
            yield part.ask
        yield from part.facts.paper


def named(text: Bilingual) -> frozenset[str]:
    """The names that either language of a text prints."""
    return frozenset().union(*(markup.names(markup.read(text[lang])) for lang in LANGS))


def visible(item: Item) -> frozenset[str]:
    """The names whose value or choice a candidate sees: in texts, at figures that are printed, as the figure picked."""
    names: set[str] = set()
    for text in asked(item):
        names |= named(text)
    for spec in item.figures.values():
        if spec.printed:
            names |= spec.uses
    return frozenset(names)


def numbers(item: Item) -> frozenset[str]:
    """The names whose number a candidate sees, and those derived from such numbers alone."""
    seen = visible(item)
    found = {name for name, spec in item.parameters.items() if name in seen and not spec.hidden}
    found |= {name for name in item.derive if name in seen}
    try:
        order = item.order
    except ValueError:  # a circle, which is a problem of its own
        return frozenset(found)
    for name in order:
        if algebra.names(item.derive[name].value) <= found:
            found.add(name)
    return frozenset(found)
