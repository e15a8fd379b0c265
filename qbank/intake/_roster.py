"""Who sits the exam, from a table of any column order, headed in Chinese or English."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from qbank import messages
from qbank.intake import _accommodations, _people, _table
from qbank.model import Candidate, Problem, Refused


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
    wanted = messages.tell("give one of them the heading '学号' or 'id' (also recognised: 考号, student id, number)")
    people = _people.people(sheet, wanted=wanted)
    if not people.numbers:
        raise Refused(messages.tell("{file}: no candidates: there is no row with a number below the headings",
                                    file=sheet.file))  # fmt: skip
    granted = _accommodations.accommodations(people.sheet)
    candidates = tuple(map(Candidate, people.numbers, people.names, people.groups, granted))
    places = tuple(messages.tell("{file}, line {line}", file=sheet.file, line=line) for line in people.sheet.lines)
    return Roster(candidates, (*sheet.problems, *people.problems), places)
