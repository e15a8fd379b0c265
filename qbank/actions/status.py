"""Record what became of candidates' examinations: excused, withdrawn, absent, misconduct, a paper that is lost."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from qbank import intake, messages, registry, roll, store
from qbank.actions._sources import now
from qbank.actions.grade import open_exam
from qbank.model import STANDINGS, STATES, Candidate, Problem, Refused, State
from qbank.papers import Exam
from qbank.roll import Status


@dataclass(frozen=True, slots=True)
class Recorded:
    """A status that counts now, and whose it is; the name is empty where the exam has no roster."""

    candidate: Candidate
    status: Status


def status(folder: Path, candidates: Sequence[str], state: State, *, by: str, why: str = "") -> tuple[Recorded, ...]:
    """Record a state of candidates, all or none; the next grading counts it. "sat" takes back what was recorded.

    Raises Refused, and records nothing, for a number that the exam does not have, and where the state is recorded
    already.
    """
    with store.writing(folder) as writing:
        exam = open_exam(folder, figures=False)
        before = roll.statuses(roll.parsed(store.journal(folder, roll.RECORD)))
        people = [found(exam, number) for number in dict.fromkeys(candidates)]
        if again := [_again(before[who.id]) for who in people if who.id in before and before[who.id].state == state]:
            raise Refused(*again)
        if state == "sat" and (never := [who.id for who in people if who.id not in before]):
            raise Refused(messages.tell("nothing is recorded for {candidates}, so there is nothing to take back",
                                        candidates=messages.listed(never)))  # fmt: skip
        at = now()
        new = [Status(who.id, state, by, at, why) for who in people]
        if new:
            store.append(writing, roll.RECORD, roll.written(new))
    return tuple(Recorded(who, each) for who, each in zip(people, new, strict=True))


def statuses(folder: Path) -> tuple[Recorded, ...]:
    """The states that count now, in the order in which they were recorded; none that was taken back."""
    exam = open_exam(folder, figures=False)
    known = {each.id: each for each in exam.candidates}
    kept = sorted(roll.statuses(roll.parsed(store.journal(folder, roll.RECORD))).values(), key=lambda each: each.at)
    return tuple(Recorded(known.get(each.candidate, Candidate(each.candidate)), each) for each in kept
                 if each.state != "sat")  # fmt: skip


def found(exam: Exam, number: str) -> Candidate:
    """The candidate of that number; without a roster, anybody. Raises Refused with the nearest number there is."""
    said = intake.identity(exam.number(intake.identity(number)))
    known = {intake.identity(each.id): each for each in exam.candidates}
    if not said or (known and said not in known):
        told = messages.tell("the candidate {unknown}", unknown=registry.unknown(number.strip(), known))
        advice = messages.tell("'qbank add' puts a candidate on the roster of a sealed exam")
        raise Refused(Problem("roll.candidate", told, proposal=advice))
    return known.get(said, Candidate(said))


def read(word: str) -> State:
    """The state that a word names, in either language. Raises Refused with those there are.

    >>> read("缓考"), read("Withdrawn"), read("作弊")
    ('excused', 'withdrawn', 'misconduct')
    """
    named: dict[str, State] = {state: state for state in STATES}
    named |= {"参加": "sat", "作弊": "misconduct", "cheating": "misconduct", "遗失": "lost"}
    for state, standing in STANDINGS.items():
        named |= {text.casefold(): state for text in (standing.word.zh, standing.word.en) if text}
    said = word.strip().casefold()
    if said not in named:
        raise Refused(messages.tell("the state {unknown}", unknown=registry.unknown(word.strip(), named)))
    return named[said]


def _again(status: Status) -> Problem:
    word = STANDINGS[status.state].word[messages.language()] or status.state
    message = messages.tell("{candidate} is already recorded as {state} (by {by}, {at}); nothing was recorded",
                            candidate=status.candidate, state=word, by=status.by, at=status.at)  # fmt: skip
    return Problem("roll.again", message)
