"""Blanks that may be filled in any order: each candidate gets the assignment that earns most."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from itertools import permutations

import numpy as np

from qbank.bank.item import Item, Part
from qbank.marking._marked import Marked
from qbank.model import Array, Steps, merge

SLACK = 1e-9
"""What another assignment must earn more, so that sums in another order change nothing."""


def any_order(item: Item, marked: Mapping[str, Marked], mark: Callable[[Part, Part], Marked]) -> dict[str, Marked]:
    """The parts named by `any_order:`, each answer marked against the key that the best assignment gives it.

    `mark(blank, other)` reads and marks what is in a blank as an answer to another part.
    """
    parts = tuple(item.part(name) for name in item.any_order)
    against: dict[tuple[int, int], Steps] = {}
    for blank, part in enumerate(parts):
        for place, other in enumerate(parts):
            against[blank, place] = marked[part.id].steps if part is other else mark(part, other).steps
    count = marked[parts[0].id].steps.count
    best = np.full(count, -np.inf)
    steps = [marked[part.id].steps for part in parts]
    places: list[Array] = [np.full(count, place) for place in range(len(parts))]
    for order in permutations(range(len(parts))):
        chosen = [against[blank, place] for blank, place in enumerate(order)]
        total = np.sum([own.credit * float(part.marks) for own, part in zip(chosen, parts, strict=True)], axis=0)
        better = total > best + SLACK
        best = np.where(better, total, best)
        steps = [merge(better, new, old) for new, old in zip(chosen, steps, strict=True)]
        places = [np.where(better, place, own) for place, own in zip(order, places, strict=True)]
    return {
        part.id: replace(marked[part.id], steps=own, others=parts, against=place)
        for part, own, place in zip(parts, steps, places, strict=True)
    }
