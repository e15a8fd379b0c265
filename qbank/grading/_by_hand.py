"""The marks that persons gave: verdicts that were recorded, and marks that were typed into the responses."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from qbank import messages, reviews
from qbank.intake import Table
from qbank.model import Floats, Problem
from qbank.papers import Exam
from qbank.reviews import Review

SLACK = 1e-9
"""What the marks of steps, as floats, may differ from their sum."""


def numbered(exam: Exam, verdicts: Iterable[Review]) -> tuple[Review, ...]:
    """The last verdict on each answer, with the number that its candidate has now."""
    return tuple(reviews.newest(renumbered(exam, each) for each in verdicts).values())


def unknown(exam: Exam, verdicts: Sequence[Review], seen: Container[int]) -> Iterator[tuple[int, Problem]]:
    """What to say of the verdicts, by their place among all, that were `seen` nowhere: the exam has no such answer."""
    for at, review in enumerate(verdicts):
        if at not in seen or review.part not in exam.columns():
            message = messages.tell(
                "{file}: the review of candidate {candidate}, {part}: the exam has no such answer", **_whose(review)
            )
            yield at, Problem("review.unknown", message, severity="warning")


def judged(
    exam: Exam, verdicts: Mapping[int, Review], places: Mapping[str, int], texts: Mapping[str, Sequence[str]]
) -> tuple[dict[tuple[str, int], Review], list[tuple[int, Problem]]]:
    """The verdicts on answers that are still as they were judged, by column and row; what is odd about the others.

    `verdicts` are those on the candidates of `places`, by their place among all.
    """
    judged: dict[tuple[str, int], Review] = {}
    problems: list[tuple[int, Problem]] = []
    columns = exam.columns()
    for at, review in verdicts.items():
        if review.part not in columns:
            continue
        place, worth = places[review.candidate], float(columns[review.part][2])
        if review.marks is not None and not 0 <= review.marks <= worth:
            message = messages.tell(
                "{file}: the review of candidate {candidate}, {part}: {marks:g} is not a number from 0 to {worth:g}",
                marks=review.marks, worth=worth, **_whose(review),
            )  # fmt: skip
            problems.append((at, Problem("review.marks", message)))
        elif review.steps and (review.marks is None or abs(sum(review.steps.values()) - review.marks) > SLACK):
            message = messages.tell(
                "{file}: the review of candidate {candidate}, {part}: its steps do not add up to its marks",
                **_whose(review),
            )
            problems.append((at, Problem("review.steps", message)))
        elif texts[review.part][place].strip() != review.text.strip():
            message = messages.tell(
                "{file}: the review of candidate {candidate}, {part}: it judged {judged!r}, and the "
                "answer is now {now!r}",
                judged=review.text, now=texts[review.part][place], **_whose(review),
            )  # fmt: skip
            proposal = messages.tell("review it again")
            told = Problem("review.text", message, proposal=proposal, severity="warning")
            problems.append((at, told))
        else:
            judged[review.part, place] = review
    return judged, problems


def _whose(review: Review) -> dict[str, object]:
    return {"file": reviews.RECORD, "candidate": review.candidate, "part": review.part}


def renumbered(exam: Exam, review: Review) -> Review:
    """The verdict with the number that its candidate has now."""
    number = exam.number_since(review.candidate, review.at)
    return review if number == review.candidate else replace(review, candidate=number)


def reviewed(
    table: Table, typed: Mapping[str, Floats], judged: Mapping[tuple[str, int], Review],
    verdicts: Mapping[int, Review], count: int,
) -> tuple[dict[str, Floats], list[tuple[int, Problem]]]:  # fmt: skip
    """The marks that persons gave, by column: a recorded verdict counts before one typed into the responses.

    What is to be said of those that did, by the place of the verdict.
    """
    given = {name: marks.copy() for name, marks in typed.items()}
    marked = {place: review for place, review in judged.items() if review.marks is not None}
    given |= {name: np.full(count, np.nan) for name in dict.fromkeys(name for name, _ in marked) if name not in given}
    at = {(review.part, review.candidate): at for at, review in verdicts.items()}
    problems: list[tuple[int, Problem]] = []
    for (name, place), review in marked.items():
        before = given[name][place]
        if not np.isnan(before) and before != review.marks:
            message = messages.tell(
                "{file}: candidate {candidate}: the column '{part} marks' has {typed:g}, but {by} gave {marks:g} "
                "on {on}, and that counts",
                file=table.file, candidate=review.candidate, part=name, typed=before, by=review.by, marks=review.marks,
                on=review.at,
            )  # fmt: skip
            told = Problem("responses.review", message, severity="warning")
            problems.append((at[review.part, review.candidate], told))
        given[name][place] = review.marks
    return given, problems


def by_hand(
    table: Table, column: str, worth: Fraction, order: NDArray[np.int64]
) -> tuple[Floats, list[Problem]]:
    """(n,) the marks a person gave, NaN where none, each between 0 and what the part is worth; invalid cells."""
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
            message = messages.tell(
                "{file}, line {line}: {part} marks: {error}",
                file=table.file, line=table.lines[row], part=column, error=error,
            )  # fmt: skip
            problems.append(Problem("responses.marks", message))
    return given, problems
