"""What is expected of an item before anybody has sat the paper: how much of it is earned, and how long it takes."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from qbank.bank.item import Item

BY_LEVEL: Mapping[int, float] = {1: 0.85, 2: 0.75, 3: 0.65, 4: 0.5, 5: 0.35}
"""The share of its marks that an item of each level earns, as long as it has not been measured: our assumption."""
PICKED = (0.5, 0.25)
WRITTEN = (1.0, 0.5)
"""The minutes of a part that is picked and of one that is written: so many, and so many more for each level."""
PACE = 1.2
"""The least minutes for a mark of a part that is written: the pace of a paper of 100 marks in 120 minutes."""


def facility(item: Item, measured: Mapping[str, float]) -> float:
    """The share of its marks that an item is expected to earn: as measured, else by its level."""
    return measured.get(item.id, BY_LEVEL[item.level])


def minutes(item: Item, marks: tuple[Fraction, ...]) -> float:
    """The minutes that an item takes: its own `minutes:`, else an estimate by its parts, their marks and the level."""
    if item.minutes is not None:
        return item.minutes
    total = 0.0
    for part, worth in zip(item.parts, marks, strict=True):
        first, more = PICKED if part.facts.picked else WRITTEN
        usual = first + more * item.level
        total += usual if part.facts.picked else max(usual, PACE * float(worth))
    return total
