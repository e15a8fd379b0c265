"""Who sits the exam, from a table of any column order, headed in Chinese or English."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from qbank.intake import _accommodations, _people, _table
from qbank.model import Candidate, Problem, Refused

_WANTED = "give one the header '学号' or 'id' (also read: 考号, student id, number)"


@dataclass(frozen=True, slots=True)
class Roster:
    """The candidates in the order of the file, and what is doubtful about it."""

    candidates: tuple[Candidate, ...]
    problems: tuple[Problem, ...] = ()
    places: tuple[str, ...] = ()
    """The file and the line of each candidate, as messages name them."""


def roster(path: Path) -> Roster:
    """The class in a file.

    Raises Refused without a column of numbers, without a candidate, and for numbers that are blank or appear twice
    (with both lines), and for accommodations that are not recognised.
    """
    sheet = _table.read(path)
    people = _people.people(sheet, wanted=_WANTED)
    if not people.numbers:
        raise Refused(f"{sheet.file}: names no candidate: there is no row with a number below the headings")
    granted = _accommodations.accommodations(people.sheet)
    candidates = tuple(map(Candidate, people.numbers, people.names, people.groups, granted))
    places = tuple(f"{sheet.file}, line {line}" for line in people.sheet.lines)
    return Roster(candidates, (*sheet.problems, *people.problems), places)
