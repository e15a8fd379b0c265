"""The marks of a graded exam, summed up for each candidate: what final marks and gradebooks are made of."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from qbank import messages, store
from qbank.actions import _pieces
from qbank.actions._parted import is_parted, parted
from qbank.actions._pieces import Job, Sealed
from qbank.actions._sources import Basis
from qbank.actions._watching import Watch, quietly
from qbank.actions.grade import grading, last
from qbank.grading import Summary, Totals


@dataclass(frozen=True, slots=True, eq=False)
class Summed:
    """What everyone has in the exam of a folder, and what these marks were made from."""

    folder: Path
    summary: Summary
    basis: Basis


def summed(folder: Path, *, unsealed: bool = False, watch: Watch = quietly) -> Summed:
    """What everyone has by the marks that count now; of a large class no answer is kept once it is marked.

    Raises Refused as `grade` does for an exam that is not graded, or not as it was sealed.
    """
    if not is_parted(last(folder)):
        done = grading(folder, unsealed=unsealed)
        return Summed(folder, Summary(done.graded.exam, done.graded.summed), done.basis)
    with store.workspace(folder) as work:
        parts = parted(folder, work, unsealed=unsealed)
        totals = Totals.joined(parts.each(_totals, messages.tell("marking"), watch=watch))
        return Summed(folder, Summary(parts.exam.exam, totals), parts.basis)


def _totals(exam: Sealed, job: Job) -> Totals:
    return _pieces.again(exam, job).graded.summed
