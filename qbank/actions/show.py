"""One item as one seat gets it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from qbank import papers, variants
from qbank.bank import Bank
from qbank.bank.item import Item
from qbank.model import Lang
from qbank.sheets import Worked

SEED = "preview"
"""The seed of what is only looked at."""


@dataclass(frozen=True, slots=True)
class Shown:
    """An item and one of its variants, worked in a language that it has."""

    item: Item
    seat: int
    lang: Lang
    worked: Worked


def show(source: Bank, name: str, *, seat: int = 0, lang: Lang = "zh", seed: str = SEED) -> Shown:
    """The item as the seat gets it, in a language that it has: this one if possible.

    Raises Refused when there is no such item or it has no variant.
    """
    return several(source, name, seats=(seat,), lang=lang, seed=seed)[0]


def several(source: Bank, name: str, *, seats: tuple[int, ...], lang: Lang, seed: str = SEED) -> tuple[Shown, ...]:
    """The item as each of the seats gets it."""
    item = source.item(name)
    lang = spoken(item, lang)
    drawn = variants.make(item, seed, np.array(seats))
    marks = tuple(part.marks for part in item.parts)
    return tuple(
        Shown(item, seat, lang, papers.worked(drawn, row, lang, source.circuits, 1, marks))
        for row, seat in enumerate(seats)
    )


def in_each(source: Bank, name: str, *, seats: tuple[int, ...], seed: str = SEED) -> tuple[tuple[Shown, ...], ...]:
    """Every seat's variant in each language of the item."""
    langs = source.item(name).languages
    return tuple(zip(*(several(source, name, seats=seats, lang=lang, seed=seed) for lang in langs), strict=True))


def spoken(item: Item, lang: Lang) -> Lang:
    """The language if the item has it, else the one that it has."""
    return lang if lang in item.languages else item.languages[0]
