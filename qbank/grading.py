"""Grading an exam: a table of responses against the sealed exam, to marks with their reasons.

A person's marks stand beside the machine's, never in them; the totals say which rule and which reviews made them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction
from functools import cached_property, wraps
from types import MappingProxyType
from typing import TYPE_CHECKING, TypeVar

import numpy as np
from numpy.typing import NDArray

from qbank import marking, reviews
from qbank.attendance import attendance, states
from qbank.distinct import distinct
from qbank.intake import Table
from qbank.marking import Marked
from qbank.model import STANDINGS, Candidate, Floats, Lang, Marks, Problem, Refused, State, total_marks
from qbank.papers import Exam, Section
from qbank.regrades import Regrade
from qbank.reviews import Review
from qbank.roll import Status

if TYPE_CHECKING:
    import polars as pl

T = TypeVar("T")
SLACK = 1e-9
"""What the marks of steps, as floats, may differ from their sum."""
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
    texts: Mapping[str, list[str]]
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
        counts = Counter(self.states)
        return {
            standing.word[lang]: counts[state] for state, standing in STANDINGS.items()
            if state == "absent" or (state != "sat" and counts[state])
        }  # fmt: skip

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

    def read_as(self, column: str) -> list[str]:
        """(n,) the texts that are marked: what a person read, where a review says so, else what was written."""
        return _read_as(column, self.texts[column], self.reviews)

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

    def exact(self) -> Marks:
        """(n,) the total before it is rounded."""
        sections = [self.of_section(section) for section in self.exam.sections]
        return total_marks(sections, len(self.candidates)).times(self.scale)

    def totals(self) -> Marks:
        """(n,) the total, rounded once by the paper's rule."""
        return self.exact().rounded(self.exam.rules.round_to)

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
        waiting = sum(int(self.waiting(column).sum()) for column in self.marked)
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


def grade(
    exam: Exam, table: Table, verdicts: Iterable[Review] = (), statuses: Mapping[str, Status] = MappingProxyType({})
) -> Graded:
    """The marks of every candidate of the exam, in the order of its roster, with a person's verdicts beside them.

    A candidate with no row is absent, unless `statuses` record something else by their number; one with a spare paper
    need not be on the roster. A verdict counts while the text it judged stays. Raises Refused for a candidate whom the
    exam does not know, a form that it does not have, and cells that do not hold what was written.
    """
    columns = exam.columns()
    who = attendance(exam, table)
    candidates, order, rows = who.candidates, who.order, who.forms
    places = {candidate.id: place for place, candidate in enumerate(candidates)}
    typed = {name: _by_hand(table, name, columns[name][2], order) for name in table.marks.columns}
    texts = {name: _ordered(table.frame[name], order) for name in columns}
    judged, faults = _judged(exam, verdicts, places, texts)
    found = (*table.problems, *who.problems, *(each for _, own in typed.values() for each in own), *faults)
    if wrong := [problem for problem in found if problem.severity == "error"]:
        raise Refused(*wrong)
    by_hand, overruled = _reviewed(table, {name: given for name, (given, _) in typed.items()}, judged, len(order))
    doubts = [problem for problem in (*who.problems, *faults) if problem.severity == "warning"] + list(overruled)
    marked: dict[str, Marked] = {}
    for section, placed in exam.placed():
        names = {part.id: placed.column(part) for part in placed.item.parts}
        own = {part: _read_as(name, texts[name], judged) for part, name in names.items()}
        done = marking.mark(placed.item, exam.drawn[placed.item.id], own, rows, section.rules)
        marked |= {placed.column(part): done[part.id] for part in placed.item.parts}
    warnings = [problem for problem in table.problems if problem.severity == "warning"]
    written = np.array([[bool(text.strip()) for text in column] for column in texts.values()]).any(axis=0)
    written |= np.array([~np.isnan(given) for given in by_hand.values()]).any(axis=0) if by_hand else False
    became, unlikely = states(table, candidates, order, np.asarray(written), statuses)
    problems = (*warnings, *unlikely, *doubts)
    return Graded(exam, candidates, became, rows, texts, marked, by_hand, problems, judged, table)


def _judged(
    exam: Exam, verdicts: Iterable[Review], places: Mapping[str, int], texts: Mapping[str, list[str]]
) -> tuple[dict[tuple[str, int], Review], list[Problem]]:
    """The last verdict on each answer that still stands as it was judged, by column and row; what is odd of others."""
    judged: dict[tuple[str, int], Review] = {}
    problems: list[Problem] = []
    columns = exam.columns()
    for review in reviews.newest(_numbered(exam, each) for each in verdicts).values():
        who = f"{reviews.RECORD}: the review of candidate {review.candidate}, {review.part}"
        if review.part not in columns or review.candidate not in places:
            problems.append(Problem("review.unknown", f"{who}: the exam has no such answer", severity="warning"))
            continue
        place, worth = places[review.candidate], float(columns[review.part][2])
        if review.marks is not None and not 0 <= review.marks <= worth:
            problems.append(Problem("review.marks", f"{who}: {review.marks:g} is not a number from 0 to {worth:g}"))
        elif review.steps and (review.marks is None or abs(sum(review.steps.values()) - review.marks) > SLACK):
            problems.append(Problem("review.steps", f"{who}: its steps do not add up to its marks"))
        elif texts[review.part][place].strip() != review.text.strip():
            message = f"{who}: it judged {review.text!r}, and the answer is now {texts[review.part][place]!r}"
            problems.append(Problem("review.text", message, proposal="review it again", severity="warning"))
        else:
            judged[review.part, place] = review
    return judged, problems


def _numbered(exam: Exam, review: Review) -> Review:
    """The verdict with the number that its candidate has now."""
    number = exam.number(review.candidate)
    return review if number == review.candidate else replace(review, candidate=number)


def _reviewed(
    table: Table, typed: Mapping[str, Floats], judged: Mapping[tuple[str, int], Review], count: int
) -> tuple[dict[str, Floats], list[Problem]]:
    """The marks that persons gave, by column: a recorded verdict counts before one typed into the responses."""
    given = {name: marks.copy() for name, marks in typed.items()}
    marked = {place: review for place, review in judged.items() if review.marks is not None}
    given |= {name: np.full(count, np.nan) for name, _ in marked if name not in given}
    problems: list[Problem] = []
    for (name, place), review in marked.items():
        before = given[name][place]
        if not np.isnan(before) and before != review.marks:
            message = f"{table.file}: candidate {review.candidate}: {name} marks says {before:g}, but "
            message += f"{review.by} gave {review.marks:g} on {review.at}, and that counts"
            problems.append(Problem("responses.review", message, severity="warning"))
        given[name][place] = review.marks
    return given, problems


def _read_as(column: str, texts: list[str], judged: Mapping[tuple[str, int], Review]) -> list[str]:
    """(n,) the texts of a column, with what a person read in the place of what was written."""
    read = {place: review.reading for (name, place), review in judged.items() if name == column and review.reading}
    return [read.get(place, text) for place, text in enumerate(texts)] if read else texts


def _ordered(column: pl.Series, order: NDArray[np.int64]) -> list[str]:
    """The texts of a column in the order of the candidates; equal ones are one object, for most are written often."""
    unique, codes = distinct(column)
    there = order >= 0
    places = np.where(there, codes[np.maximum(order, 0)] if len(codes) else 0, -1)
    return [unique[place] if place >= 0 else "" for place in places.tolist()]


def _by_hand(
    table: Table, column: str, worth: Fraction, order: NDArray[np.int64]
) -> tuple[Floats, list[Problem]]:
    """(n,) the marks a person gave, NaN where none, each between 0 and what the part is worth; cells that are none."""
    problems: list[Problem] = []
    given = np.full(len(order), np.nan)
    cells = table.marks[column].to_list()
    for place, row in enumerate(order):
        text = cells[row].strip() if row >= 0 else ""
        if not text:
            continue
        try:
            given[place] = float(reviews.marks_given(text, worth))
        except ValueError as error:
            where = f"{table.file}, line {table.lines[row]}: {column} marks"
            problems.append(Problem("responses.marks", f"{where}: {error}"))
    return given, problems
