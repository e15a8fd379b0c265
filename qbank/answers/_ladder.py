"""Marking one decision after another: each takes those of the answers that are still left to mark."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from qbank.answers._across import Mask
from qbank.model import Array, Columns, Floats, Steps


@dataclass(slots=True)
class Ladder:
    """The steps so far, (n,) which answers are `left`, and (n,) what each has `earned` before its unit is looked at.

    `details` are told with every step.

    >>> ladder = Ladder(Steps(3), np.ones(3, dtype=bool), np.zeros(3), {})
    >>> ladder.step(np.array([True, False, False]), "kind.right", 1.0)
    >>> ladder.step(ladder.left, "kind.wrong", 0.0)
    >>> ladder.steps.credit.tolist(), ladder.left.any()
    ([1.0, 0.0, 0.0], np.False_)
    """

    steps: Steps
    left: Mask
    earned: Floats
    details: Columns

    def step(self, rows: Mask, note: str, credit: float | Floats, **more: Array) -> None:
        """Let the rows that are left among these earn so much, with this note; they are marked then."""
        taken = self.left & rows
        self.earned = np.where(taken, credit, self.earned)
        self.steps = self.steps.where(taken, note, credit, **self.details, **more)
        self.left = self.left & ~taken
