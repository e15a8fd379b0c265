"""What a grading says, measured once for every table and page: parts, questions, sections, and what waits in them.

All of it is over those who sat the exam, in columns. A part that a regrade dropped is worth nothing and has no
facility.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from qbank import statistics
from qbank.grading import Graded
from qbank.model import BLANK, UNREADABLE, Floats, Marks
from qbank.papers import Placed, Section
from qbank.reports import measures, mistakes, picks, stepmarks

FIFTHS = 5
"""Into so many groups by total the candidates are put, weakest first."""


@dataclass(frozen=True, slots=True, eq=False)
class Measures:
    """What the marks of those who sat (m,) say of a part, a question or a section.

    `marks` (m,) were earned of `worth`, `ceiling` (m,) would be if everything that waits earned full marks. `blank` is
    how many wrote nothing at all, `unreadable`, `waiting` and `doubtful` count answers. `discrimination` is the
    correlation with the rest of the total, `fifths` are the shares earned by the fifths of the class, `lower` and
    `upper` those by its weakest and strongest 27 % in the rest of the paper; NaN where they cannot be told.
    """

    worth: float
    marks: Floats
    ceiling: Floats
    blank: int
    unreadable: int
    waiting: int
    doubtful: int
    discrimination: float
    lower: float
    upper: float
    fifths: tuple[float, ...]

    @property
    def mean(self) -> float:
        """The mean marks; NaN where nobody sat."""
        return float(self.marks.mean()) if len(self.marks) else float("nan")

    @property
    def facility(self) -> float:
        """The mean share of the marks that was earned, what waits counted as it is."""
        return statistics.facility(self.marks, self.worth)

    @property
    def highest(self) -> float:
        """The facility if everything that waits earned full marks."""
        return statistics.facility(self.ceiling, self.worth)


@dataclass(frozen=True, slots=True, eq=False)
class Question:
    """One question of the paper with its section, the columns of its parts, and what its marks say."""

    section: Section
    placed: Placed
    columns: tuple[str, ...]
    measures: Measures

    @property
    def label(self) -> str:
        """What a report calls it: Q7."""
        return f"Q{self.placed.number}"


@dataclass(frozen=True, eq=False, repr=False)
class Findings:
    """The measures of one grading, each computed when it is first asked for and then kept."""

    graded: Graded

    @cached_property
    def sat(self) -> NDArray[np.intp]:
        """(m,) the rows of those who sat the exam."""
        return np.flatnonzero(self.graded.sat)

    @cached_property
    def paper(self) -> measures.Paper:
        """The tables of marks that reliability, options and fairness are measured on."""
        return measures.of(self.graded)

    @cached_property
    def totals(self) -> Marks:
        """(m,) the totals, rounded by the paper's rule."""
        return self.graded.totals()[self.sat]

    @cached_property
    def highest(self) -> Marks:
        """(m,) the totals if everything that waits earned full marks."""
        rise = sum((each.ceiling - each.marks for each in self.parts.values()), start=np.zeros(len(self.sat)))
        raised = self.graded.exact()[self.sat] + Marks.of(rise).times(self.graded.scale)
        return raised.rounded(self.graded.exam.rules.round_to)

    @cached_property
    def fifth(self) -> NDArray[np.intp]:
        """(m,) in which fifth by total each of them is, 0 the weakest; equal totals are in one fifth."""
        totals = self.paper.totals
        edges = np.quantile(totals, np.arange(1, FIFTHS) / FIFTHS) if len(totals) else np.zeros(0)
        return np.searchsorted(edges, totals, side="right")

    @cached_property
    def parts(self) -> Mapping[str, Measures]:
        """Every part by its column, in the order of the paper."""
        return {column: self._measures([column]) for column in self.graded.exam.columns()}

    @cached_property
    def questions(self) -> tuple[Question, ...]:
        """Every question, all its parts together, in the order of the paper."""
        found = []
        for section, placed in self.graded.exam.placed():
            columns = tuple(placed.column(part) for part in placed.item.parts)
            found.append(Question(section, placed, columns, self._together(columns)))
        return tuple(found)

    @cached_property
    def sections(self) -> tuple[tuple[Section, Measures], ...]:
        """Every section, all its questions together."""
        return tuple(
            (section, self._together(placed.column(part) for placed in section.placed for part in placed.item.parts))
            for section in self.graded.exam.sections
        )

    @cached_property
    def reliability(self) -> statistics.Reliability:
        """Cronbach's α over questions, and the error of a total."""
        return statistics.reliable(self.paper.items)

    @cached_property
    def mistakes(self) -> tuple[mistakes.Mistake, ...]:
        """What cost marks, the most frequent first."""
        return tuple(mistakes.table(self.graded))

    @cached_property
    def steps(self) -> tuple[stepmarks.Step, ...]:
        """What the class earned in every step that a person marked, in the order of the paper."""
        return tuple(stepmarks.table(self.graded))

    @cached_property
    def picks(self) -> Mapping[str, tuple[picks.Pick, ...]]:
        """Who picked what, by the columns of the parts that have options."""
        found = {column: picks.of(self.paper, column) for column in self.graded.marked}
        return {column: own for column, own in found.items() if own}

    def _together(self, columns: Iterable[str]) -> Measures:
        named = list(columns)
        return self.parts[named[0]] if len(named) == 1 else self._measures(named)

    def _measures(self, columns: list[str]) -> Measures:
        graded, sat = self.graded, self.sat
        worth = {column: float(graded.exam.columns()[column][2]) for column in columns}
        marks = np.zeros(len(sat))
        ceiling, empty = marks.copy(), np.ones(len(sat), dtype=bool)
        unreadable = waiting = doubtful = 0
        for column in columns:
            earned, state = graded.marks(column).floats[sat], graded.marked[column].reading.state[sat]
            waits, open_ = graded.waiting(column)[sat], graded.open(column)[sat]
            marks += earned
            ceiling += np.where(waits, worth[column], earned)
            empty &= np.equal(state, BLANK) & (open_ | (column in graded.settled))
            unreadable += int(np.equal(state, UNREADABLE).sum())
            waiting += int(waits.sum())
            doubtful += int(graded.doubtful(column)[sat].sum())
        whole = sum(worth.values())
        scaled = marks * float(graded.scale)
        low, high = statistics.outer(self.paper.rest(scaled))
        shares = marks / whole if whole else np.full(len(marks), np.nan)
        return Measures(
            whole, marks, ceiling, int(empty.sum()), unreadable, waiting, doubtful,
            statistics.discrimination(scaled, self.paper.totals), _mean(shares[low]), _mean(shares[high]),
            tuple(_mean(shares[self.fifth == each]) for each in range(FIFTHS)),
        )  # fmt: skip


def _mean(shares: Floats) -> float:
    return float(shares.mean()) if len(shares) else float("nan")
