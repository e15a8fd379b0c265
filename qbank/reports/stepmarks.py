"""Marks that a person gave step by step: each step of each mark, and what a class earned in every step."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from qbank import variants
from qbank.grading import Graded
from qbank.model import Bilingual, printed_marks, simplest

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
    """What a class earned in one step: over how many answers, how many earned all of it, and the mean share."""

    column: str
    name: str
    text: Bilingual
    worth: Fraction
    answers: int
    full: int
    share: float


def table(graded: Graded) -> list[Step]:
    """Every step that marks were given for, in the order of the paper."""
    found: dict[tuple[str, str], list[Earned]] = {}
    for column, _, one in each(graded):
        found.setdefault((column, one.name), []).append(one)
    return [
        Step(column, name, own[0].text, own[0].worth, len(own), sum(one.earned >= one.worth for one in own),
             float(sum(one.earned for one in own) / whole if (whole := sum(one.worth for one in own)) else 0))
        for (column, name), own in found.items()
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
