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
    listed = len(exam.candidates)
    for entry in entries:
        match entry:
            case Status():
                pass
            case Correction():
                exam = _corrected(exam, entry)
            case Handed(withdrawn=True):
                exam = _taken_back(exam, entry, listed)
            case Handed():
                exam = _handed(exam, entry, listed)
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
    had = [*(said for said, now in exam.numbers.items() if now == before.id), before.id]
    kept = had[: had.index(entry.number)] if entry.number in had else had  # what came after it was a mistake
    numbers = {said: now for said, now in exam.numbers.items() if now != before.id}
    numbers |= dict.fromkeys(kept, entry.number)
    instead = {entry.number if number == before.id else number: form for number, form in exam.instead.items()}
    moves = (*exam.moves, replace(entry, candidate=before.id))
    return replace(exam, candidates=tuple(candidates), numbers=numbers, moves=moves, instead=instead)


def _handed(exam: Exam, entry: Handed, listed: int) -> Exam:
    """The exam with a spare paper given to a candidate, who has that one alone: an earlier one is a spare one again."""
    form = exam.forms.index(entry.paper) if entry.paper in exam.forms else -1
    if form not in exam.spares:
        raise _unfit(messages.tell("paper {paper!r}, given to {candidate!r}, is not a spare paper", paper=entry.paper,
                                   candidate=entry.candidate))  # fmt: skip
    place = _place(exam, entry.candidate)
    spares = {*exam.spares, *_had(exam, place, listed)} - {form}
    exam = replace(exam, spares=tuple(sorted(spares)))
    if place is None:
        candidates = (*exam.candidates, Candidate(entry.candidate, entry.name))
        return replace(exam, candidates=candidates, form_of=np.append(exam.form_of, form))
    if place >= listed:
        return _with_form(exam, place, form)
    instead = {exam.candidates[place].id: int(exam.form_of[place]), **exam.instead}
    return replace(_with_form(exam, place, form), instead=instead)


def _taken_back(exam: Exam, entry: Handed, listed: int) -> Exam:
    """The exam without a spare paper of a candidate: one of the roster has their own again, another is not there."""
    place = _place(exam, entry.candidate)
    had = _had(exam, place, listed)
    if place is None or [exam.forms[form] for form in had] != [entry.paper]:
        raise _unfit(messages.tell("paper {paper!r} is taken back from {candidate!r}, who does not have it",
                                   paper=entry.paper, candidate=entry.candidate))  # fmt: skip
    number = exam.candidates[place].id
    exam = replace(exam, spares=tuple(sorted((*exam.spares, *had))))
    if place < listed:
        instead = {who: form for who, form in exam.instead.items() if who != number}
        return replace(_with_form(exam, place, exam.instead[number]), instead=instead)
    candidates = (*exam.candidates[:place], *exam.candidates[place + 1 :])
    numbers = {said: now for said, now in exam.numbers.items() if now != number}
    return replace(exam, candidates=candidates, form_of=np.delete(exam.form_of, place), numbers=numbers)


def _had(exam: Exam, place: int | None, listed: int) -> list[int]:
    """The spare paper that a candidate has, if any: newcomers came by it, who is on the roster has it instead."""
    if place is None or (place < listed and exam.candidates[place].id not in exam.instead):
        return []
    return [int(exam.form_of[place])]


def _with_form(exam: Exam, place: int, form: int) -> Exam:
    form_of = exam.form_of.copy()
    form_of[place] = form
    return replace(exam, form_of=form_of)


def _place(exam: Exam, number: str) -> int | None:
    now = exam.number(number)
    return next((place for place, each in enumerate(exam.candidates) if each.id == now), None)


def _unfit(message: str) -> Refused:
    return Refused(Problem("roll.record", f"{RECORD}: {message}",
                           proposal=messages.tell("restore the file from a copy of the exam")))  # fmt: skip
