"""What grading gives: the marks of every answer with their reasons, and what follows from them.

A person's marks stand beside the machine's, never in them; the totals say which rule and which reviews made them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property, wraps
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from qbank.grading._totals import Totals
from qbank.intake import Table
from qbank.marking import Marked
from qbank.model import STANDINGS, Candidate, Floats, Lang, Marks, Problem, State, away, total_marks
from qbank.papers import Exam, Section
from qbank.regrades import Regrade
from qbank.reviews import Review

T = TypeVar("T")
DOUBTFUL = (".spelling", "unit.unknown", "interval.letter")
"""How the notes end of answers that lost something and that a person may see in another light."""


def _once(compute: Callable[[Graded, str], T]) -> Callable[[Graded, str], T]:
    """The same function of a grading and a column, computed once for each: a dozen tables ask."""

    @wraps(compute)
    def kept(graded: Graded, column: str) -> T:
        made: dict[str, T] = vars(graded).setdefault(f"_{compute.__name__}", {})
        if column not in made:
            made[column] = compute(graded, column)
        return made[column]

    return kept


@dataclass(frozen=True, eq=False, repr=False)
class Graded:
    """An exam marked: `marked` and `texts` by column of responses.csv, row i for candidate i of `candidates`.

    `states` say what became of each examination: who did not sit it has no marks.

    `by_hand` (n,) holds a person's marks of a part, NaN where there are none; `reviews` says more of those that were
    recorded, by column and row: where one says what was written, that was marked in place of the text. `rows` is each
    candidate's form, `table` the responses as they were read.
    `regrades` were applied since, in order: `settled` columns are worth full marks for all ("full") or nothing
    ("drop"), and on the rows of `earlier` the marking before a regrade stands. `differences` says what of the exam was
    not as it was sealed.
    """

    exam: Exam
    candidates: tuple[Candidate, ...]
    states: tuple[State, ...]
    rows: NDArray[np.int64]
    texts: Mapping[str, Sequence[str]]
    marked: Mapping[str, Marked]
    by_hand: Mapping[str, Floats]
    problems: tuple[Problem, ...] = ()
    reviews: Mapping[tuple[str, int], Review] = field(default_factory=dict)
    table: Table | None = None
    regrades: tuple[Regrade, ...] = ()
    settled: Mapping[str, str] = field(default_factory=dict)
    earlier: Mapping[str, tuple[NDArray[np.bool_], Graded]] = field(default_factory=dict)
    differences: tuple[str, ...] = ()

    def __repr__(self) -> str:
        return f"Graded({self.exam.id!r}: {len(self.candidates)} candidates, {len(self.marked)} parts)"

    @cached_property
    def sat(self) -> NDArray[np.bool_]:
        """(n,) who sat the exam: statistics are over them."""
        return np.array([state == "sat" for state in self.states], dtype=np.bool_)

    @cached_property
    def counted(self) -> NDArray[np.bool_]:
        """(n,) for whom a total is entered: those who sat; 0 for the absent and for misconduct; nobody else."""
        return np.array([STANDINGS[state].counted for state in self.states], dtype=np.bool_)

    def word(self, row: int, lang: Lang) -> str:
        """What became of one candidate's examination in a word; nothing for one who sat it."""
        return STANDINGS[self.states[row]].word[lang]

    def away(self, lang: Lang) -> dict[str, int]:
        """How many did not sit the exam, by the word for it; the absent always."""
        return away(Counter(self.states), lang)

    @_once
    def marks(self, column: str) -> Marks:
        """(n,) the marks of one part: a person's where there are any, else the machine's; 0 for who did not sit."""
        _, _, worth = self.exam.columns()[column]
        given = self.machine(column)
        hand = self.by_hand.get(column)
        if column in self.settled:
            given = Marks.full(len(given), worth)  # nothing, where the part was dropped
        elif hand is not None:
            given = given.where(~np.isnan(hand), Marks.of(hand))
        return given.where(~self.sat, Marks.full(len(given), Fraction(0)))

    def read_as(self, column: str) -> Sequence[str]:
        """(n,) the texts that are marked: what a person read, where a review says so, else what was written."""
        return read_as(column, self.texts[column], self.reviews)

    def machine(self, column: str) -> Marks:
        """(n,) the marks that the rules alone give for one part."""
        _, _, worth = self.exam.columns()[column]
        return Marks.of(self.marked[column].credit).times(worth)

    def standing(self, column: str, row: int) -> Graded:
        """The grading whose key decided one mark: this one, or one before a regrade."""
        rows, before = self.earlier.get(column, (None, self))
        return before.standing(column, row) if rows is not None and rows[row] else self

    def standings(self, column: str) -> Iterator[tuple[Graded, NDArray[np.bool_]]]:
        """Every grading whose key decided marks of a part, with (n,) whose marks they were."""
        everyone = np.ones(len(self.candidates), dtype=np.bool_)
        rows, before = self.earlier.get(column, (~everyone, self))
        yield self, ~rows
        if before is not self:
            yield from ((graded, mask & rows) for graded, mask in before.standings(column))

    def of_section(self, section: Section) -> Marks:
        """(n,) the marks of a section, not rounded."""
        columns = [placed.column(part) for placed in section.placed for part in placed.item.parts]
        return total_marks([self.marks(column) for column in columns], len(self.candidates))

    @property
    def scale(self) -> Fraction:
        """What the sum of the sections is multiplied by: more than 1 after parts were dropped and the total kept."""
        left = sum((section.marks for section in self.exam.sections), start=Fraction(0))
        return self.exam.total / left if left else Fraction(1)

    @cached_property
    def summed(self) -> Totals:
        """What everyone has on the whole paper."""
        waiting = np.zeros(len(self.candidates), dtype=np.int64)
        for column in self.marked:
            waiting += self.waiting(column)
        sections = tuple(self.of_section(section) for section in self.exam.sections)
        step = self.exam.rules.round_to
        return Totals(self.candidates, self.states, self.rows, sections, self.scale, step, waiting)

    def exact(self) -> Marks:
        """(n,) the total before it is rounded."""
        return self.summed.exact()

    def totals(self) -> Marks:
        """(n,) the total, rounded once by the paper's rule."""
        return self.summed.rounded()

    @_once
    def waiting(self, column: str) -> NDArray[np.bool_]:
        """(n,) which answers wait for a person: unreadable and long ones without marks by hand."""
        return self.marked[column].waits & self.open(column)

    @_once
    def doubtful(self, column: str) -> NDArray[np.bool_]:
        """(n,) which answers a person may see in another light, and which do not wait: near-misses, unknown units."""
        return doubts(self.marked[column]) & self.open(column) & ~self.marked[column].waits

    @property
    def undecided(self) -> tuple[int, int]:
        """How many answers wait for a person, and how many others are doubtful: the same two numbers everywhere."""
        waiting = int(self.summed.waiting.sum())
        return waiting, sum(int(self.doubtful(column).sum()) for column in self.marked)

    def open(self, column: str) -> NDArray[np.bool_]:
        """(n,) on which answers to a part a person may still decide."""
        hand = self.by_hand.get(column)
        if column in self.settled:
            return np.zeros(len(self.states), dtype=bool)
        return self.sat if hand is None else self.sat & np.isnan(hand)


def doubts(marked: Marked) -> NDArray[np.bool_]:
    """(n,) which answers lost something for what a person may forgive."""
    doubtful = np.zeros(marked.steps.count, dtype=bool)
    for step in marked.steps.steps:
        if step.note.endswith(DOUBTFUL):
            doubtful |= step.rows
    return doubtful & (marked.credit < 1.0)


def read_as(column: str, texts: Sequence[str], judged: Mapping[tuple[str, int], Review]) -> Sequence[str]:
    """(n,) the texts of a column, with what a person read in the place of what was written."""
    read = {place: review.reading for (name, place), review in judged.items() if name == column and review.reading}
    return [read.get(place, text) for place, text in enumerate(texts)] if read else texts
