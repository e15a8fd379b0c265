"""Correct a candidate's number or name on the roster, and give out a spare paper; no paper changes."""

from __future__ import annotations

from pathlib import Path

from qbank import intake, messages, roll, store
from qbank.actions._sources import now
from qbank.actions.grade import open_exam
from qbank.actions.status import found
from qbank.model import Candidate, Problem, Refused
from qbank.papers import Exam
from qbank.roll import Correction, Handed


def correct(folder: Path, candidate: str, *, number: str = "", name: str = "", by: str, why: str = "") -> Correction:
    """Record the right number or name of a candidate; responses are matched with either number from then on.

    The printed paper keeps its file. Raises Refused, and records nothing, for a candidate that the exam does not have,
    a number that another candidate has or had before, and where nothing would change.
    """
    with store.writing(folder) as writing:
        exam = open_exam(folder, figures=False)
        if not exam.candidates:
            raise Refused(messages.tell("{folder}: the exam has no roster; correct the responses", folder=folder))
        who = found(exam, candidate)
        right = intake.identity(number) or who.id
        other = next((each for each in exam.candidates if each.id == exam.number(right) and each.id != who.id), None)
        if other is not None:
            raise Refused(_taken(right, other))
        entry = Correction(who.id, right, name.strip() or who.name, by, now(), why)
        if (entry.number, entry.name) == (who.id, who.name):
            raise Refused(messages.tell("{candidate} is already on the roster like that; nothing was recorded",
                                        candidate=" ".join(filter(None, (who.id, who.name)))))  # fmt: skip
        store.append(writing, roll.RECORD, roll.written([entry]))
    return entry


def _taken(number: str, other: Candidate) -> Problem:
    """The problem of a number that another candidate has, or had before it was corrected."""
    name = other.name or messages.tell("another candidate")
    if other.id == number:
        told = messages.tell("{number} is the number of {name}; nothing was recorded", number=number, name=name)
    else:
        told = messages.tell("{number} was the number of {name}; nothing was recorded", number=number, name=name)
    advice = messages.tell("if two were exchanged: correct both names, and write the paper that each had into 'form'")
    return Problem("roll.number", told, proposal=advice)


def assign(folder: Path, candidate: str, paper: str, *, name: str = "", by: str, why: str = "") -> Handed:
    """Record that a candidate, who may be new, wrote on the spare paper of that code.

    Raises Refused, and records nothing, for a paper that is not a spare one, or that another candidate has.
    """
    with store.writing(folder) as writing:
        exam = open_exam(folder, figures=False)
        code = spare(exam, paper, _given(folder))
        said = intake.identity(exam.number(intake.identity(candidate)))
        if not said:
            raise Refused(messages.tell("name the candidate by their number"))
        known = next((each for each in exam.candidates if each.id == said), None)
        if known is not None and name.strip() not in ("", known.name):
            told = messages.tell("{number} is {name!r} on the roster, not {other!r}; nothing was recorded",
                                 number=known.id, name=known.name, other=name.strip())  # fmt: skip
            advice = messages.tell("'qbank correct' changes a name")
            raise Refused(Problem("roll.name", told, proposal=advice))
        entry = Handed(said, known.name if known else name.strip(), code, by, now(), why)
        store.append(writing, roll.RECORD, roll.written([entry]))
    return entry


def take_back(folder: Path, candidate: str, paper: str, *, by: str, why: str = "") -> Handed:
    """Record that a candidate did not write on the spare paper of that code: it was recorded for them by mistake.

    A candidate of the roster has their own paper again, another is not on it any more, and the paper is a spare one.
    Raises Refused, and records nothing, where the candidate does not have that paper by a record.
    """
    with store.writing(folder) as writing:
        exam = open_exam(folder, figures=False)
        who = found(exam, candidate)
        form = exam.form(paper)
        code = exam.forms[form] if form is not None else paper.strip()
        if code not in _given(folder) or (who.id, code) not in _papers(exam):
            raise Refused(messages.tell("no record gives paper {paper} to {candidate}, so there is nothing to take "
                                        "back", paper=code, candidate=who.id))  # fmt: skip
        entry = Handed(who.id, who.name, code, by, now(), why, withdrawn=True)
        store.append(writing, roll.RECORD, roll.written([entry]))
    return entry


def _given(folder: Path) -> frozenset[str]:
    """The codes of the spare papers that any record gives to a candidate."""
    entries = roll.parsed(store.journal(folder, roll.RECORD))
    return frozenset(each.paper for each in entries if isinstance(each, Handed))


def _papers(exam: Exam) -> list[tuple[str, str]]:
    """Every candidate's number, with the code of the paper that they have."""
    return [(who.id, exam.forms[form]) for who, form in zip(exam.candidates, exam.form_of.tolist(), strict=True)]


def spare(exam: Exam, paper: str, given: frozenset[str]) -> str:
    """The code of a spare paper as it is printed; `given` are those that a record gave to a candidate.

    Raises Refused with those that are left.
    """
    said = paper.strip().casefold()
    form = exam.form(said)
    if form is None or form not in exam.spares:
        left = messages.listed(exam.forms[each] for each in exam.spares) or messages.tell("none")
        advice = messages.tell("'qbank add EXAM --spare 5' prints more")
        code = paper if form is None else exam.forms[form]
        holder = next((who for who, own in _papers(exam) if own == code and code in given), None)
        if form is None:
            told = messages.tell("paper {paper!r} is not known; spare papers that are left: {left}", paper=paper,
                                 left=left)  # fmt: skip
        elif holder is not None:
            told = messages.tell("paper {paper} is recorded for candidate {candidate}; spare papers that are left: "
                                 "{left}", paper=code, candidate=holder, left=left)  # fmt: skip
            advice = messages.tell("if that is wrong, first take it back: qbank add EXAM --candidate {candidate} "
                                   "--paper {paper} --take-back", candidate=holder, paper=code)  # fmt: skip
        else:
            told = messages.tell("paper {paper} is not a spare paper; spare papers that are left: {left}",
                                 paper=code, left=left)  # fmt: skip
        raise Refused(Problem("roll.paper", told, proposal=advice))
    return exam.forms[form]
