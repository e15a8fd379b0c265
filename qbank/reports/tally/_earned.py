"""What candidates earned in a part, a question or a section, as counts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from qbank.grading import Graded
from qbank.model import BLANK, UNREADABLE, Marks, total_marks
from qbank.statistics import Joint, Ranked, ranked


@dataclass(frozen=True, slots=True, eq=False)
class Earned:
    """How often marks went with totals, and what waits.

    `rise` is what all of them would earn more if everything that waits earned full marks, `blank` how many wrote
    nothing at all; the others count answers, `unread` those that wait because they could not be read.
    """

    joint: Joint
    rise: Fraction
    blank: int
    unreadable: int
    waiting: int
    doubtful: int
    unread: int

    @staticmethod
    def together(parts: Sequence[Earned]) -> Earned:
        """The counts of all their candidates."""
        return Earned(
            Joint.together([each.joint for each in parts]), sum((each.rise for each in parts), start=Fraction(0)),
            sum(each.blank for each in parts), sum(each.unreadable for each in parts),
            sum(each.waiting for each in parts), sum(each.doubtful for each in parts),
            sum(each.unread for each in parts),
        )  # fmt: skip


@dataclass(frozen=True, slots=True, eq=False)
class Answered:
    """What those who sat (m,) did in one part: their marks, those if all that waits were right, how it was read."""

    marks: Marks
    highest: Marks
    waiting: NDArray[np.bool_]
    empty: NDArray[np.bool_]
    unreadable: NDArray[np.bool_]
    doubtful: int


def answered(graded: Graded, column: str, sat: NDArray[np.intp]) -> Answered:
    """One part of a grading."""
    _, _, worth = graded.exam.columns()[column]
    marks, waits = graded.marks(column)[sat], graded.waiting(column)[sat]
    state = graded.marked[column].reading.state[sat]
    empty = np.equal(state, BLANK) & (graded.open(column)[sat] | (column in graded.settled))
    highest = marks.where(waits, Marks.full(len(sat), worth)) if waits.any() else marks
    return Answered(marks, highest, waits, empty, np.equal(state, UNREADABLE),
                    int(graded.doubtful(column)[sat].sum()))  # fmt: skip


def earned(
    parts: Sequence[Answered], totals: Ranked, count: int, layers: Sequence[NDArray[np.bool_]] = ()
) -> Earned:
    """Parts together, against the totals; `layers` (m,) are counted beside everybody."""
    marks = parts[0].marks if len(parts) == 1 else total_marks([each.marks for each in parts], count)
    rise = sum((each.highest.sum() - each.marks.sum() for each in parts if each.waiting.any()), start=Fraction(0))
    empty = np.logical_and.reduce([each.empty for each in parts])
    return Earned(
        Joint.of(ranked(marks), totals, layers), rise, int(empty.sum()),
        sum(int(each.unreadable.sum()) for each in parts), sum(int(each.waiting.sum()) for each in parts),
        sum(each.doubtful for each in parts), sum(int((each.unreadable & each.waiting).sum()) for each in parts),
    )  # fmt: skip
