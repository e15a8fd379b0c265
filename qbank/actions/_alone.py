"""The marks of one candidate of a class that was graded, as they are among those of everyone."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from qbank import intake, messages, partitions, registry, store
from qbank.actions import _pieces
from qbank.actions._as_read import as_read, restored
from qbank.actions._parted import is_parted
from qbank.actions.grade import based, grade, last, sealed
from qbank.grading import Graded
from qbank.model import Candidate, Refused
from qbank.partitions import Span

ROWS = 50_000
"""The rows of the responses that are held at once."""


def alone(folder: Path, candidate: str, *, unsealed: bool = False) -> tuple[Graded, int]:
    """The marks of a candidate, and the row in which they are.

    In a large class nobody else is marked, so that it may have any length. Raises Refused as `grade` does, and for a
    number that neither the roster nor the responses have.
    """
    path, said = last(folder), intake.identity(candidate)
    if is_parted(path):
        graded = _marked(folder, path, said, unsealed=unsealed)
    else:
        graded = grade(folder, write=False, unsealed=unsealed)
    row = _place(graded.candidates, graded.exam.number(said))
    if row is None:
        raise _unknown(candidate, graded.candidates)
    return graded, row


def _marked(folder: Path, path: Path, said: str, *, unsealed: bool) -> Graded:
    """The marks of one candidate of a large class."""
    import polars as pl

    opened = store.opened(folder, unsealed=unsealed)
    basis = based(folder, opened, None, unsealed=unsealed)
    whole = _pieces.sealed(sealed(opened, figures=True), basis.journals)
    listed, now = whole.exam.candidates, whole.exam.number(said)
    place = _place(listed, now)
    own = slice(0, 0) if place is None else slice(place, place + 1)
    exam = replace(whole.exam, candidates=listed[own], form_of=whole.exam.form_of[own])
    columns, numbers = list(exam.columns()), {now, *(was for was, later in exam.numbers.items() if later == now)}
    rows = pl.concat([as_read(each, lines=True) for each in intake.Batches(path, columns, ROWS).of(numbers)],
                     how="diagonal")  # fmt: skip
    if not exam.candidates and not len(rows):
        raise _unknown(said, listed)
    table = restored(rows, str(path), columns)
    return partitions.marked(exam, Span(0, 0, len(exam.candidates)), table, whole.rules).graded


def _place(candidates: Sequence[Candidate], number: str) -> int | None:
    """The place of the candidate with a number, None where nobody has it."""
    ids = [each.id for each in candidates]
    if number not in ids:  # as few are written
        ids = [intake.identity(each) for each in ids]
    return ids.index(number) if number in ids else None


def _unknown(candidate: str, known: Iterable[Candidate]) -> Refused:
    unknown = registry.unknown(candidate, (each.id for each in known))
    return Refused(messages.tell("the candidate {unknown}", unknown=unknown))
