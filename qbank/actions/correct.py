"""Correct what the roster says of a candidate, and give a spare paper to somebody; nobody's paper changes."""

from __future__ import annotations

from pathlib import Path

from qbank import intake, roll, store
from qbank.actions._sources import now
from qbank.actions.grade import open_exam
from qbank.actions.status import found
from qbank.model import Problem, Refused
from qbank.papers import Exam
from qbank.roll import Correction, Handed


def correct(folder: Path, candidate: str, *, number: str = "", name: str = "", by: str, why: str = "") -> Correction:
    """Record the right number or name of a candidate; responses are matched with either number from then on.

    The printed paper keeps its file. Raises Refused, and records nothing, for a candidate that the exam does not have,
    a number that somebody else has or had before, and where nothing would change.
    """
    with store.writing(folder) as writing:
        exam = open_exam(folder, figures=False)
        if not exam.candidates:
            raise Refused(f"{folder}: the exam has no roster; correct the responses")
        who = found(exam, candidate)
        right = intake.identity(number) or who.id
        other = next((each for each in exam.candidates if each.id == exam.number(right) and each.id != who.id), None)
        if other is not None:
            had = "is" if other.id == right else "was"
            told = f"{right} {had} the number of {other.name or 'another candidate'}; nothing was recorded"
            advice = "for two that were exchanged: correct both names, and write the paper that each had into 'form'"
            raise Refused(Problem("roll.number", told, proposal=advice))
        entry = Correction(who.id, right, name.strip() or who.name, by, now(), why)
        if (entry.number, entry.name) == (who.id, who.name):
            raise Refused(f"{who.id} {who.name}".rstrip() + " is on the roster like that; nothing was recorded")
        store.append(writing, roll.RECORD, roll.written([entry]))
    return entry


def assign(folder: Path, candidate: str, paper: str, *, name: str = "", by: str, why: str = "") -> Handed:
    """Record that a candidate, who may be new, wrote on the spare paper of that code.

    Raises Refused, and records nothing, for a paper that is not a spare one, or that somebody has.
    """
    with store.writing(folder) as writing:
        exam = open_exam(folder, figures=False)
        code = spare(exam, paper)
        said = intake.identity(exam.number(intake.identity(candidate)))
        if not said:
            raise Refused("name the candidate by their number")
        known = next((each for each in exam.candidates if each.id == said), None)
        if known is not None and name.strip() not in ("", known.name):
            told = f"{known.id} is {known.name!r} on the roster, not {name.strip()!r}; nothing was recorded"
            raise Refused(Problem("roll.name", told, proposal="qbank correct changes a name"))
        entry = Handed(said, known.name if known else name.strip(), code, by, now(), why)
        store.append(writing, roll.RECORD, roll.written([entry]))
    return entry


def spare(exam: Exam, paper: str) -> str:
    """The code of a spare paper as it is printed. Raises Refused with those that are left."""
    said = paper.strip().casefold()
    form = exam.form(said)
    if form is None or form not in exam.spares:
        left = ", ".join(exam.forms[each] for each in exam.spares) or "none"
        told = f"paper {paper!r} is not known" if form is None else f"paper {exam.forms[form]} is not a spare one"
        raise Refused(Problem("roll.paper", f"{told}; spare papers that are left: {left}",
                              proposal="qbank add EXAM --spare 5 prints more"))  # fmt: skip
    return exam.forms[form]
