"""Blanks that may be filled in any order: each candidate gets the assignment that earns most."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from itertools import permutations
from typing import Any

import numpy as np

from qbank import answers
from qbank.bank.item import Item
from qbank.marking._marked import Marked
from qbank.model import Array, Rules, Steps, merge, take
from qbank.variants import Variants


def any_order(
    item: Item, drawn: Variants, marked: Mapping[str, Marked], index: Array, rules: Rules
) -> dict[str, Marked]:
    """The parts named by `any_order:`, each answer marked against the key that the best assignment gives it."""
    parts = [item.part(name) for name in item.any_order]
    against: dict[tuple[int, int], Steps] = {}
    for blank, part in enumerate(parts):
        reading: Any = marked[part.id].reading
        for place, other in enumerate(parts):
            key, arrangement = take(drawn.keys[other.id], index), take(drawn.arrangements[other.id], index)
            kind = answers.kind_of(other.kind)
            against[blank, place] = kind.mark(other.answer, reading, key, arrangement, rules)
    best = np.full(len(index), -np.inf)
    steps = [marked[part.id].steps for part in parts]
    for order in permutations(range(len(parts))):
        chosen = [against[blank, place] for blank, place in enumerate(order)]
        earned = (own.credit * float(part.marks) for own, part in zip(chosen, parts, strict=True))
        total = sum(earned, start=np.zeros(len(index)))
        better = total > best
        best = np.where(better, total, best)
        steps = [merge(better, new, old) for new, old in zip(chosen, steps, strict=True)]
    return {part.id: replace(marked[part.id], steps=own) for part, own in zip(parts, steps, strict=True)}
