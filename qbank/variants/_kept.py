"""What is kept of an item as long as it lives: the combinations that were counted, and the seats asked last."""

from __future__ import annotations

import weakref
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from qbank.bank.item import Item
from qbank.model import Column, Columns
from qbank.variants._combinations import Combinations

Counted = NDArray[np.uint32]


@dataclass(frozen=True, slots=True, eq=False)
class Neighbours:
    """The variants of neighbouring seats of one seed, without their item, which would live as long as they do."""

    seed: str
    first: int
    columns: Mapping[str, Column]
    arrangements: Mapping[str, Columns]
    keys: Mapping[str, Columns]


@dataclass(slots=True, eq=False)
class Kept:
    """Of one item: its combinations with the feasible ones or their share, the seat asked last, and its neighbours."""

    found: tuple[Combinations, Counted | float] | None = None
    asked: tuple[str, int] = ("", -1)
    neighbours: Neighbours | None = None


_KEPT: dict[int, Kept] = {}
"""By the identity of an item that lives."""


def of(item: Item) -> Kept:
    """What is kept of an item; it goes when the item goes."""
    known = _KEPT.get(id(item))
    if known is None:
        known = _KEPT[id(item)] = Kept()
        weakref.finalize(item, _KEPT.pop, id(item), None)
    return known
