"""Marks that a person gave step by step: each step of each mark, and what a class earned in every step."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TYPE_CHECKING

from qbank import variants
from qbank.grading import Graded
from qbank.model import Bilingual, printed_marks, simplest
from qbank.papers import Exam

if TYPE_CHECKING:
    import polars as pl

NOTE = "step."
"""How the note of a step begins; its name follows."""


@dataclass(frozen=True, slots=True)
class Earned:
    """One step of one mark: what is looked for, what it earned, and what it is worth on this paper."""

    name: str
    text: Bilingual
    earned: Fraction
    worth: Fraction


def of(graded: Graded, column: str, row: int) -> tuple[Earned, ...]:
    """The steps by which a person marked one answer, in the order of the item; none where it was marked as a whole."""
    review = graded.reviews.get((column, row))
    if review is None or not review.steps:
        return ()
    standing = graded.standing(column, row)
    placed, part, worth = standing.exam.columns()[column]
    scheme = variants.scheme(standing.exam.drawn[placed.item.id], part, int(graded.rows[row]), worth)
    return tuple(
        Earned(name, part.steps[name].text, simplest(review.steps[name]), own)
        for name, own in scheme if name in review.steps
    )  # fmt: skip


def each(graded: Graded) -> Iterator[tuple[str, int, Earned]]:
    """Every step that a person marked: the part's column, the candidate's row, the step. Settled parts are left out."""
    order = {name: place for place, name in enumerate(graded.marked)}
    for column, row in sorted(graded.reviews, key=lambda place: (order[place[0]], place[1])):
        if column not in graded.settled and graded.sat[row]:
            yield from ((column, row, one) for one in of(graded, column, row))


@dataclass(frozen=True, slots=True)
class Step:
    """What a class earned in one step: over how many answers, how many earned all of it, and the sums over them."""

    column: str
    name: str
    text: Bilingual
    worth: Fraction
    answers: int
    full: int
    earned: Fraction
    whole: Fraction

    @property
    def share(self) -> float:
        """The mean share of the step that was earned."""
        return float(self.earned / self.whole) if self.whole else 0.0

    def __add__(self, other: Step) -> Step:
        return replace(self, answers=self.answers + other.answers, full=self.full + other.full,
                       earned=self.earned + other.earned, whole=self.whole + other.whole)  # fmt: skip


def counted(graded: Graded) -> dict[tuple[str, str], Step]:
    """Every step that marks were given for, by its part's column and its name."""
    return together(
        {(column, one.name): Step(column, one.name, one.text, one.worth, 1, int(one.earned >= one.worth), one.earned,
                                  one.worth)} for column, _, one in each(graded)
    )  # fmt: skip


def together(parts: Iterable[Mapping[tuple[str, str], Step]]) -> dict[tuple[str, str], Step]:
    """The steps of all parts of a class."""
    found: dict[tuple[str, str], Step] = {}
    for key, step in (own for part in parts for own in part.items()):
        found[key] = found[key] + step if key in found else step
    return found


def table(exam: Exam, steps: Mapping[tuple[str, str], Step]) -> list[Step]:
    """Every step that marks were given for, in the order of the paper and of its item."""
    return [
        steps[column, name]
        for column, (_, part, _) in exam.columns().items() for name in part.steps if (column, name) in steps
    ]  # fmt: skip


def frame(graded: Graded) -> pl.DataFrame:
    """A row a step of a mark: the candidate, the question, its item and part, the step, what it earned and is worth.

    `by` is who gave the marks.
    """
    import polars as pl

    columns = graded.exam.columns()
    rows = [
        (graded.candidates[row].id, column, columns[column][0].item.id, columns[column][1].id, one.name,
         float(printed_marks(one.earned)), float(printed_marks(one.worth)), graded.reviews[column, row].by)
        for column, row, one in each(graded)
    ]  # fmt: skip
    text = dict.fromkeys(("candidate", "question", "item", "part", "step"), pl.String)
    schema = {**text, "earned": pl.Float64, "worth": pl.Float64, "by": pl.String}
    return pl.DataFrame(rows, schema=schema, orient="row")
