"""The exam as its candidates are known now: numbers and names that were corrected, spare papers that were given out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import assert_never

import numpy as np

from qbank import messages
from qbank.model import Candidate, Problem, Refused
from qbank.papers.exam import Exam
from qbank.roll import RECORD, Correction, Entry, Handed, Status


def enrolled(exam: Exam, entries: Iterable[Entry]) -> Exam:
    """The exam after these records, in order. Raises Refused for one that does not fit it."""
    for entry in entries:
        match entry:
            case Status():
                pass
            case Correction():
                exam = _corrected(exam, entry)
            case Handed():
                exam = _handed(exam, entry)
            case other:
                assert_never(other)
    return exam


def _corrected(exam: Exam, entry: Correction) -> Exam:
    place = _place(exam, entry.candidate)
    if place is None:
        raise _unfit(messages.tell("the exam has no candidate {number!r}, whose number was corrected",
                                   number=entry.candidate))  # fmt: skip
    other = _place(exam, entry.number)
    if other not in (None, place):
        raise _unfit(messages.tell("{old!r} was corrected to {new!r}, which is the number of another candidate",
                                   old=entry.candidate, new=entry.number))  # fmt: skip
    before = exam.candidates[place]
    candidates = list(exam.candidates)
    candidates[place] = replace(before, id=entry.number, name=entry.name)
    numbers = {said: entry.number if now == before.id else now for said, now in exam.numbers.items()}
    numbers |= {before.id: entry.number}
    numbers.pop(entry.number, None)
    instead = {entry.number if number == before.id else number: form for number, form in exam.instead.items()}
    return replace(exam, candidates=tuple(candidates), numbers=numbers, instead=instead)


def _handed(exam: Exam, entry: Handed) -> Exam:
    form = exam.forms.index(entry.paper) if entry.paper in exam.forms else -1
    if form not in exam.spares:
        raise _unfit(messages.tell("paper {paper!r}, given to {candidate!r}, is not a spare paper", paper=entry.paper,
                                   candidate=entry.candidate))  # fmt: skip
    spares = tuple(each for each in exam.spares if each != form)
    place = _place(exam, entry.candidate)
    if place is None:
        candidates = (*exam.candidates, Candidate(entry.candidate, entry.name))
        return replace(exam, candidates=candidates, form_of=np.append(exam.form_of, form), spares=spares)
    form_of = exam.form_of.copy()
    form_of[place] = form
    number = exam.candidates[place].id
    instead = {number: int(exam.form_of[place]), **exam.instead}
    return replace(exam, form_of=form_of, spares=spares, instead=instead)


def _place(exam: Exam, number: str) -> int | None:
    now = exam.number(number)
    return next((place for place, each in enumerate(exam.candidates) if each.id == now), None)


def _unfit(message: str) -> Refused:
    return Refused(Problem("roll.record", f"{RECORD}: {message}",
                           proposal=messages.tell("restore the file from a copy of the exam")))  # fmt: skip
