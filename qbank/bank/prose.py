"""The texts of an item that are marked up, each with its path."""

from __future__ import annotations

from collections.abc import Iterator

from qbank.bank.item import Item
from qbank.bank.passages import Passages
from qbank.model import Bilingual


def texts(item: Item) -> Iterator[tuple[tuple[str | int, ...], Bilingual]]:
    """Every marked-up text of an item with its path."""
    for path, passages in told(item):
        yield from (((*path, *place), text) for place, text in passages.texts())
    for number, part in enumerate(item.parts):
        yield from ((("parts", number, "answer"), text) for text in part.facts.texts)
        yield from ((("parts", number, "steps", name), line.text) for name, line in part.steps.items())


def told(item: Item) -> Iterator[tuple[tuple[str | int, ...], Passages]]:
    """The texts of which passages may appear on some variants only, each with its path."""
    if item.stem:
        yield ("stem",), item.stem
    for number, part in enumerate(item.parts):
        if part.ask:
            yield ("parts", number, "ask"), part.ask
    if item.solution:
        yield ("solution",), item.solution
