"""What persons did: the marks they gave, by whom, and what they read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from qbank.grading import Graded


@dataclass(frozen=True, slots=True)
class Hands:
    """How many marks were given by a person, and answers read by one; `by` counts the recorded ones by name.

    With each name stands when its first review was made: names are told in that order.
    """

    marks: int = 0
    read: int = 0
    by: dict[str, tuple[str, int]] = field(default_factory=dict)

    @staticmethod
    def together(parts: Sequence[Hands]) -> Hands:
        """Those of all parts of a class."""
        by: dict[str, tuple[str, int]] = {}
        for name, (at, count) in (each for part in parts for each in part.by.items()):
            first, before = by.get(name, (at, 0))
            by[name] = min(first, at), before + count
        return Hands(sum(each.marks for each in parts), sum(each.read for each in parts), by)

    def names(self) -> dict[str, int]:
        """How many marks each person gave, by name in the order of their first."""
        return {name: count for name, (_, count) in sorted(self.by.items(), key=lambda each: (each[1][0], each[0]))}


def hands(graded: Graded) -> Hands:
    """What persons did in a grading."""
    given = [review for review in graded.reviews.values() if review.marks is not None]
    own = [Hands(by={review.by: (review.at, 1)}) for review in given]
    typed = sum(int((~np.isnan(marks)).sum()) for marks in graded.by_hand.values())
    read = sum(1 for review in graded.reviews.values() if review.reading)
    return Hands(typed, read, Hands.together(own).by)
