"""The marks of one candidate of a class that was graded, as they are among those of everyone."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from qbank import intake, messages, partitions, registry, store
from qbank.actions import _pieces, _returned
from qbank.actions._as_read import as_read, restored
from qbank.actions.grade import based, grade, last, sealed
from qbank.grading import Graded
from qbank.model import Refused
from qbank.papers import Exam
from qbank.partitions import Span

ROWS = 50_000
"""The rows of the responses that are held at once."""


def alone(folder: Path, candidate: str, *, unsealed: bool = False) -> tuple[Graded, int]:
    """The marks of a candidate, and the row in which they are.

    In a large class nobody else is marked, so that it may have any length. Raises Refused as `grade` does, and for a
    number that neither the roster nor the responses have.
    """
    path, number = last(folder), intake.identity(candidate)
    if intake.is_large(path) and not _returned.is_elsewhere(path):
        graded = _marked(folder, path, number, unsealed=unsealed)
    else:
        graded = grade(folder, write=False, unsealed=unsealed)
    rows = [row for row, each in enumerate(graded.candidates) if _is(graded.exam, each.id, number)]
    if not rows:
        raise _unknown(candidate, (each.id for each in graded.candidates))
    return graded, rows[0]


def _marked(folder: Path, path: Path, number: str, *, unsealed: bool) -> Graded:
    """The marks of one candidate of a large class."""
    import polars as pl

    opened = store.opened(folder, unsealed=unsealed)
    basis = based(folder, opened, None, unsealed=unsealed)
    whole = _pieces.sealed(sealed(opened, figures=True), basis.journals)
    listed = whole.exam.candidates
    place = next((place for place, each in enumerate(listed) if _is(whole.exam, each.id, number)), len(listed))
    own = slice(place, place + 1)
    exam = replace(whole.exam, candidates=listed[own], form_of=whole.exam.form_of[own])
    now = exam.number(number)
    columns, numbers = list(exam.columns()), {now, *(was for was, later in exam.numbers.items() if later == now)}
    rows = pl.concat([as_read(each, lines=True) for each in intake.Batches(path, columns, ROWS).of(numbers)],
                     how="diagonal")  # fmt: skip
    if not exam.candidates and not len(rows):
        raise _unknown(number, (each.id for each in listed))
    table = restored(rows, str(path), columns)
    return partitions.marked(exam, Span(0, 0, len(exam.candidates)), table, whole.rules).graded


def _is(exam: Exam, candidate: str, number: str) -> bool:
    """Whether a candidate of an exam goes, or went, by a number."""
    return exam.number(number) in (candidate, intake.identity(candidate))


def _unknown(candidate: str, known: Iterable[str]) -> Refused:
    return Refused(messages.tell("the candidate {unknown}", unknown=registry.unknown(candidate, known)))
