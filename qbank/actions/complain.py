"""Take a candidate's complaint about a mark, and what became of it: a record; the mark changes by review or regrade."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from qbank import complaints, messages, registry, regrades, reviews, store
from qbank.actions._sources import now
from qbank.actions.grade import open_exam
from qbank.actions.status import found
from qbank.complaints import Complaint, Outcome, Verdict
from qbank.model import Refused
from qbank.papers import Exam
from qbank.store import Writing


def complain(folder: Path, candidate: str, part: str, text: str, *, by: str) -> Complaint:
    """Record a candidate's complaint about the marks of a part (Q7, Q7.1). Raises Refused for an unknown one."""
    with store.writing(folder) as writing:
        exam = open_exam(folder, figures=False)
        who = found(exam, candidate)
        column = _part(exam, part)
        if not text.strip():
            raise Refused(messages.tell("the text of the complaint is missing"))
        kept = _kept(folder)
        number = 1 + sum(isinstance(each, Complaint) for each in kept)
        entry = Complaint(number, who.id, column, " ".join(text.split()), by, now())
        _append(writing, entry)
    return entry


def settle(folder: Path, number: int, outcome: Verdict, *, by: str, why: str = "") -> Outcome:
    """Record the outcome of a complaint, with the reviews and regrades since then that bear on the part.

    Raises Refused for a number that no complaint has, and for an outcome that is recorded already.
    """
    with store.writing(folder) as writing:
        exam = open_exam(folder, figures=False)
        complaint, before = _of(folder, number)
        if before is not None and before.outcome == outcome:
            raise Refused(messages.tell("complaint {number} is already recorded as {outcome!r}", number=number,
                                        outcome=complaints.WORDS[outcome][messages.language()]))  # fmt: skip
        entry = Outcome(number, outcome, tuple(_since(folder, exam, complaint)), by, now(), why)
        _append(writing, entry)
    return entry


def taken(folder: Path) -> list[tuple[Complaint, Outcome | None]]:
    """Every complaint with its outcome, None while it is open."""
    store.look(folder)
    return complaints.together(_kept(folder))


def _kept(folder: Path) -> tuple[complaints.Entry, ...]:
    return complaints.parsed(store.journal(folder, complaints.RECORD))


def _append(writing: Writing, entry: complaints.Entry) -> None:
    store.append(writing, complaints.RECORD, complaints.written([entry]))


def _of(folder: Path, number: int) -> tuple[Complaint, Outcome | None]:
    every = complaints.together(_kept(folder))
    for complaint, outcome in every:
        if complaint.number == number:
            return complaint, outcome
    raise Refused(messages.tell_many(len(every), "there is no complaint {number}; the exam has {count} complaint",
                                     "there is no complaint {number}; the exam has {count} complaints",
                                     number=number))  # fmt: skip


def _part(exam: Exam, part: str) -> str:
    columns = {name.casefold(): name for name in exam.columns()}
    if part.strip().casefold() not in columns:
        raise Refused(messages.tell("the part {unknown}", unknown=registry.unknown(part.strip(), exam.columns())))
    return columns[part.strip().casefold()]


def _since(folder: Path, exam: Exam, complaint: Complaint) -> Iterator[str]:
    """What was decided on the part since the complaint."""
    kept = reviews.parsed(store.journal(folder, reviews.RECORD), reviews.RECORD)
    who = exam.number_since(complaint.candidate, complaint.at)
    for review in kept:
        own = exam.number_since(review.candidate, review.at) == who and review.part == complaint.part
        if own and review.at >= complaint.at:
            yield f"review at {review.at}"
    placed, part, _ = exam.columns()[complaint.part]
    for regrade in regrades.parsed(store.journal(folder, regrades.RECORD), regrades.RECORD):
        own = regrade.item == placed.item.id and (not regrade.parts or part.id in regrade.parts)
        if own and regrade.at >= complaint.at:
            yield f"regrade at {regrade.at}"
