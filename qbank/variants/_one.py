"""The variant of one seat: where neighbouring seats are asked one after another, they are drawn together and kept."""

from __future__ import annotations

import numpy as np

from qbank.bank.item import Item
from qbank.model import Refused
from qbank.variants import _kept
from qbank.variants._kept import Neighbours
from qbank.variants._space import space
from qbank.variants._values import Variants

TOGETHER = 32
"""The seats that are drawn together, from the second that is asked."""


def one(item: Item, seed: str, seat: int) -> Variants:
    """The variant of one seat, as `make` draws it. Raises Refused when there is none.

    The seat that is asked second of some neighbours draws all 32 of them, so that the others are only looked up.
    """
    kept, first = _kept.of(item), seat // TOGETHER * TOGETHER
    known = kept.neighbours
    if known is None or (known.seed, known.first) != (seed, first):
        again = kept.asked == (seed, first) and seat >= 0
        kept.asked = seed, first
        known = _together(item, seed, first) if again else None
        if known is None:
            return space(item).draw(seed, [seat])
        kept.neighbours = known
    drawn = Variants(item, np.arange(first, first + TOGETHER), known.columns, known.arrangements, known.keys)
    return drawn.take(np.array([seat - first]))


def _together(item: Item, seed: str, first: int) -> Neighbours | None:
    """The neighbours from a seat on, None where one of them cannot be drawn."""
    try:
        drawn = space(item).draw(seed, np.arange(first, first + TOGETHER))
    except Refused:
        return None
    return Neighbours(seed, first, drawn.columns, drawn.arrangements, drawn.keys)
