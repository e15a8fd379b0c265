"""One item as one seat gets it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from qbank import papers, variants
from qbank.bank import Bank
from qbank.bank.item import Item
from qbank.model import LANGS, Lang
from qbank.sheets import Worked

SEED = "preview"
"""The seed of what is only looked at."""


@dataclass(frozen=True, slots=True)
class Shown:
    """An item and one of its variants, worked in one language."""

    item: Item
    seat: int
    worked: Worked


def show(source: Bank, name: str, *, seat: int = 0, lang: Lang = "zh", seed: str = SEED) -> Shown:
    """The item as the seat gets it. Raises Refused when there is no such item or it has no variant."""
    return several(source, name, seats=(seat,), lang=lang, seed=seed)[0]


def several(source: Bank, name: str, *, seats: tuple[int, ...], lang: Lang, seed: str = SEED) -> tuple[Shown, ...]:
    """The item as each of the seats gets it."""
    item = source.item(name)
    drawn = variants.make(item, seed, np.array(seats))
    marks = tuple(part.marks for part in item.parts)
    return tuple(
        Shown(item, seat, papers.worked(drawn, row, lang, source.circuits, 1, marks)) for row, seat in enumerate(seats)
    )


def both(source: Bank, name: str, *, seats: tuple[int, ...], seed: str = SEED) -> tuple[tuple[Shown, Shown], ...]:
    """Every seat's variant in Chinese and in English."""
    first, second = (several(source, name, seats=seats, lang=lang, seed=seed) for lang in LANGS)
    return tuple(zip(first, second, strict=True))
