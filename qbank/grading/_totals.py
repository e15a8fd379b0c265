"""What each candidate has on the whole paper, without the answers behind it: small, and it adds up over partitions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from qbank.model import Candidate, Marks, State, total_marks
from qbank.papers import Exam


@dataclass(frozen=True, slots=True, eq=False)
class Totals:
    """The exact marks of n candidates by section, what became of each examination, and `rows` (n,) their forms.

    The total is the sum of the sections times `scale`, rounded once to `step`; `waiting` (n,) counts the answers that
    wait for a person.
    """

    candidates: tuple[Candidate, ...]
    states: tuple[State, ...]
    rows: NDArray[np.int64]
    sections: tuple[Marks, ...]
    scale: Fraction
    step: Fraction
    waiting: NDArray[np.int64]

    @staticmethod
    def joined(parts: Sequence[Totals]) -> Totals:
        """Those of one candidate after another, of whom each part of a class has some."""
        first = parts[0]
        return Totals(
            tuple(each for part in parts for each in part.candidates),
            tuple(each for part in parts for each in part.states),
            np.concatenate([part.rows for part in parts]),
            tuple(Marks.joined(own) for own in zip(*(part.sections for part in parts), strict=True)),
            first.scale, first.step, np.concatenate([part.waiting for part in parts]),
        )  # fmt: skip

    def exact(self) -> Marks:
        """(n,) the total before it is rounded."""
        return total_marks(self.sections, len(self.candidates)).times(self.scale)

    def rounded(self) -> Marks:
        """(n,) the total, rounded once by the paper's rule."""
        return self.exact().rounded(self.step)


@dataclass(frozen=True, slots=True, eq=False)
class Summary:
    """An exam, and what everyone has in it."""

    exam: Exam
    totals: Totals
