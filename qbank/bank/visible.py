"""Which of an item's names a candidate sees: in texts, at figures, as the figure or the passage that was picked."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from qbank import algebra, markup
from qbank.bank import words
from qbank.model import LANGS, Bilingual

if TYPE_CHECKING:
    from qbank.bank.item import Item
    from qbank.bank.passages import Passage, Passages


def always(passage: Passage) -> bool:  # noqa: ARG001 (the answer for every passage)
    """Every passage appears: what a candidate sees on one variant or another."""
    return True


def asked(item: Item, appears: Callable[[Passage], bool] = always) -> Iterator[Bilingual]:
    """The texts that a candidate reads: the stem, every ask, and the options or statements of every part."""
    yield from (passage.text for text in _told(item) for passage in text.all if appears(passage))
    for part in item.parts:
        yield from part.facts.paper


def _told(item: Item) -> Iterator[Passages]:
    if item.stem:
        yield item.stem
    yield from (part.ask for part in item.parts if part.ask)


def named(text: Bilingual) -> frozenset[str]:
    """The names of which either language of a text prints the value, or an entry."""
    return frozenset(name.name for lang in LANGS for name in markup.opened(markup.read(text[lang])))


def visible(item: Item) -> frozenset[str]:
    """The names whose value or choice a candidate sees: in texts, at figures that are printed, as what was picked."""
    return frozenset(each.partition("[")[0] for each in shown(item))


def printed(item: Item) -> frozenset[str]:
    """The names of which a candidate can read the value, without those that a graph is to be read for."""
    return frozenset(each.partition("[")[0] for each in shown(item, drawn=False))


def shown(item: Item, appears: Callable[[Passage], bool] = always, *, drawn: bool = True) -> frozenset[str]:
    """The names that a candidate sees as a whole, `x`, and the entries of others, `x[0]`, with these passages.

    A label that decides which passages appear is seen as the one that picks a figure is. Without the `drawn` ones,
    what a graph shows and prints no number of is left out.
    """
    texts = [markup.read(text[lang]) for text in asked(item, appears) for lang in LANGS]
    names = {name.entry for text in texts for name in markup.opened(text)}
    names |= {
        name for text in _told(item) for _, when in text.conditions() for name in algebra.names(when)
        if words.is_label(item, name)
    }  # fmt: skip
    for file in item.files.values():
        names |= file.names
    placed = {name for text in texts for name in markup.figures(text)}
    anywhere = {name for text in asked(item) for lang in LANGS for name in markup.figures(markup.read(text[lang]))}
    for name, spec in item.figures.items():
        if spec.printed and (name in placed or name not in anywhere):
            names |= spec.uses if drawn else spec.uses - spec.drawn
    return frozenset(names)


def numbers(item: Item) -> frozenset[str]:
    """The names whose number a candidate sees, and those derived from such numbers alone."""
    seen = shown(item)
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
