"""What a grading says, measured once for every table and page: parts, questions, sections, and what waits in them.

All of it is over those who sat the exam, from a tally that may have been added up of parts of the class. A part that a
regrade dropped is worth nothing and has no facility.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property, partial

import numpy as np
from numpy.typing import NDArray

from qbank import statistics
from qbank.grading import Graded
from qbank.model import Floats
from qbank.papers import Exam, Placed, Section
from qbank.reports import answers, mistakes, picks, stepmarks, tally
from qbank.reports.answers import Answers, Cited
from qbank.reports.tally import Tally
from qbank.statistics import Joint, Spread

FIFTHS = 5
"""Into so many groups by total the candidates are put, weakest first."""


@dataclass(frozen=True, slots=True)
class Measures:
    """What the marks of the `count` candidates who sat say of a part, a question or a section.

    `mean` marks were earned of `worth`, `rise` more would be if everything that waits earned full marks. `blank` is how
    many wrote nothing at all, `unreadable`, `waiting` and `doubtful` count answers, `unread` those that wait because
    they could not be read. `discrimination` is the correlation with the rest of the total, `fifths` are the shares
    earned by the fifths of the class, `lower` and `upper` those by its weakest and strongest 27 % in the rest of the
    paper; NaN where they cannot be told.
    """

    worth: float
    count: int
    mean: float
    rise: float
    blank: int
    unreadable: int
    waiting: int
    doubtful: int
    unread: int
    discrimination: float
    lower: float
    upper: float
    fifths: tuple[float, ...]

    @property
    def ceiling(self) -> float:
        """The mean marks if everything that waits earned full marks."""
        return self.mean + self.rise

    @property
    def facility(self) -> float:
        """The mean share of the marks that was earned, what waits counted as it is."""
        return self.mean / self.worth if self.worth else float("nan")

    @property
    def highest(self) -> float:
        """The facility if everything that waits earned full marks."""
        return self.ceiling / self.worth if self.worth else float("nan")


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
    """The measures of one grading, each computed when it is first asked for and then kept.

    `answers` are what was written to every part. `graded` says how was graded, of any part of the class; `cited` tells
    of the answer to a part, by its column and the candidate's place in the class; `everyone` gives all parts.
    """

    tally: Tally
    answers: Mapping[str, Answers]
    graded: Graded
    cited: Callable[[str, int], Cited]
    everyone: Callable[[], Iterable[Graded]]

    @property
    def exam(self) -> Exam:
        """The exam, after its regrades."""
        return self.graded.exam

    @property
    def sat(self) -> int:
        """How many sat the exam."""
        return self.tally.sat

    @property
    def totals(self) -> Spread:
        """The totals, rounded by the paper's rule."""
        return self.tally.totals

    @property
    def highest(self) -> Spread:
        """The totals if everything that waits earned full marks."""
        return self.tally.highest

    @cached_property
    def undecided(self) -> tuple[int, int]:
        """How many answers wait for a person, and how many others are doubtful: the same two numbers everywhere."""
        return self.tally.undecided(list(self.exam.columns()))

    @cached_property
    def edges(self) -> Floats:
        """(4,) the totals between the fifths of the class; equal totals are in one fifth."""
        if not self.sat:
            return np.zeros(0)
        exact = self.tally.exact
        return statistics.quantiles(exact.marks.floats, np.arange(1, FIFTHS) / FIFTHS, exact.counts)

    @cached_property
    def parts(self) -> Mapping[str, Measures]:
        """Every part by its column, in the order of the paper."""
        return {column: self._measures(column, float(worth)) for column, (_, _, worth) in self.exam.columns().items()}

    @cached_property
    def questions(self) -> tuple[Question, ...]:
        """Every question, all its parts together, in the order of the paper."""
        found = []
        for section, placed in self.exam.placed():
            columns = tuple(placed.column(part) for part in placed.item.parts)
            own = self.parts[columns[0]] if len(columns) == 1 else self._together(f"Q{placed.number}", columns)
            found.append(Question(section, placed, columns, own))
        return tuple(found)

    @cached_property
    def sections(self) -> tuple[tuple[Section, Measures], ...]:
        """Every section, all its questions together."""
        return tuple(
            (section, self._together(f"section {place}", tuple(
                placed.column(part) for placed in section.placed for part in placed.item.parts
            )))
            for place, section in enumerate(self.exam.sections, start=1)
        )  # fmt: skip

    @cached_property
    def reliability(self) -> statistics.Reliability:
        """Cronbach's α over questions, and the error of a total."""
        moments = self.tally.moments
        spread = moments.covariance() if moments.count > 1 else np.zeros((len(moments.sums),) * 2)
        return statistics.of_covariance(spread * float(self.graded.scale) ** 2, moments.count)

    @cached_property
    def mistakes(self) -> tuple[mistakes.Mistake, ...]:
        """What cost marks, the most frequent first."""
        return tuple(mistakes.table(self.exam, self.tally.mistakes, self.steps))

    @cached_property
    def steps(self) -> tuple[stepmarks.Step, ...]:
        """What the class earned in every step that a person marked, in the order of the paper."""
        return tuple(stepmarks.table(self.exam, self.tally.steps))

    @cached_property
    def picks(self) -> Mapping[str, tuple[picks.Pick, ...]]:
        """Who picked what, by the columns of the parts that have options."""
        return {
            column: picks.of(self.exam.columns()[column][1], told, self.tally.earned[column].joint, self._scale)
            for column, told in self.tally.options.items()
        }

    @property
    def _scale(self) -> float:
        return float(self.graded.scale)

    def _together(self, name: str, columns: tuple[str, ...]) -> Measures:
        return self._measures(name, sum(float(self.exam.columns()[column][2]) for column in columns))

    def _measures(self, name: str, worth: float) -> Measures:
        own, count = self.tally.earned[name], self.sat
        joint, mean = own.joint, own.joint.mean()
        low, high = statistics.outer(joint.totals - joint.marks * self._scale, joint.counts)
        fifth = np.searchsorted(self.edges, joint.totals, side="right")
        groups = (low, high, *(fifth == each for each in range(FIFTHS)))
        lower, upper, *fifths = (_share(joint, rows, worth) for rows in groups)
        return Measures(
            worth, count, mean, float(own.rise) / max(count, 1), own.blank, own.unreadable, own.waiting,
            own.doubtful, own.unread, statistics.joint_discrimination(joint, self._scale), lower, upper, tuple(fifths),
        )  # fmt: skip


def of(graded: Graded) -> Findings:
    """The findings of a grading of the whole class."""
    written = {column: answers.of(graded, column) for column in graded.marked}
    return Findings(tally.of(graded), written, graded, partial(answers.cited, graded), lambda: [graded])


def _share(joint: Joint, rows: NDArray[np.bool_], worth: float) -> float:
    """The mean share of the marks that those with the given pairs earned."""
    return joint.mean(rows) / worth if worth else float("nan")
