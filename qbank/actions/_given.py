"""What exams and columns of tables give for candidates, put in one order, for a scheme to combine."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from qbank import attendance, messages
from qbank.actions import _rows
from qbank.grading import Summary
from qbank.intake import Template
from qbank.model import STANDINGS, STATES, Candidate, Marks, Problem, Refused, State
from qbank.scales import Given


@dataclass(frozen=True, slots=True, eq=False)
class Everyone:
    """The candidates of all exams, each person once; `rows` are their rows in every exam, -1 for none.

    `former` leads from a number that was corrected in one of the exams to the candidate's place.
    """

    candidates: tuple[Candidate, ...]
    rows: Mapping[str, NDArray[np.int64]]
    former: Mapping[str, int]
    problems: tuple[Problem, ...]


def everyone(exams: Mapping[str, Summary]) -> Everyone:
    """Everyone in any of the exams, in the order of the first.

    A number that was corrected in one exam, and is in another as it was, is the same person's where the names agree;
    where they do not, or are missing, it is told.
    """
    listed = {name: {_rows.key(who.id): who for who in each.totals.candidates} for name, each in exams.items()}
    now = {_rows.key(was): _rows.key(number) for each in exams.values() for was, number in each.exam.numbers.items()}
    found: dict[str, Candidate] = {}
    owns: dict[str, dict[str, int]] = {}
    apart: list[str] = []
    for name, own in listed.items():
        owns[name] = {}
        for row, (number, who) in enumerate(own.items()):
            right, other = _now(number, now), None
            if right != number and right not in own:
                other = next((each[right] for each in listed.values() if right in each), None)
            agree = other is not None and attendance.agree(who.name, other.name)
            same = other if agree and right not in owns[name] else None
            if other is not None and same is None:
                apart.append(messages.tell("{number} in {exam}, {right} in another: qbank correct {exam} {number} "
                                           "--number {right}", number=number, exam=name, right=right))  # fmt: skip
            kept = number if same is None else right
            owns[name][kept] = row
            found.setdefault(kept, same or who)
    places = {number: place for place, number in enumerate(found)}
    rows = {name: np.array([own.get(number, -1) for number in found], dtype=np.int64) for name, own in owns.items()}
    former = {was: places[_now(was, now)] for was in now if was not in places and _now(was, now) in places}
    return Everyone(tuple(found.values()), rows, former, tuple(_apart(apart)))


def _now(number: str, now: Mapping[str, str]) -> str:
    """The number that a number became, through every correction."""
    for _ in now:
        number = now.get(number, number)
    return number


def _apart(told: Sequence[str]) -> Iterator[Problem]:
    if told:
        message = messages.tell("a number was corrected in one exam and not in another, where the name does not tell "
                                "that it is the same person; they are counted as two ({numbers})",
                                numbers=_rows.some(told))  # fmt: skip
        yield Problem("marks.corrected", message, severity="warning",
                      proposal=messages.tell("if they are the same, correct the number in each exam"))  # fmt: skip


def of_exam(summary: Summary, rows: NDArray[np.int64]) -> Given:
    """What an exam gives for each candidate, whose rows of its totals are given."""
    known = rows >= 0
    totals = summary.totals
    states: list[State] = [totals.states[row] if row >= 0 else "sat" for row in rows.tolist()]
    marks = totals.exact()[np.maximum(rows, 0)].where(~known, Marks.full(len(rows), Fraction(0)))
    return Given(summary.exam.total, marks, tuple(states), known)


def of_column(
    heading: str, out_of: Fraction, sheets: Sequence[Template], people: Everyone, problems: list[Problem]
) -> Given:
    """A column of the first of the tables that has it, by candidate; a word such as 缓考 is a state."""
    sheet = next((each for each in sheets if each.has(heading)), None)
    if sheet is None:
        if not sheets:
            raise Refused(messages.tell("the scheme takes a column {heading!r}; name its table: --table FILE (or "
                                        "--into FILE)", heading=heading))  # fmt: skip
        raise Refused(messages.tell("the scheme takes a column {heading!r}, which is missing in {files}",
                                    heading=heading, files=messages.listed(each.file for each in sheets)))  # fmt: skip
    columns = sheet.named(heading)
    candidates = people.candidates
    found = _rows.matched(sheet, candidates, people.former)
    problems += [problem for problem in found.problems if problem.severity == "warning"]
    words = {word: state for state in STATES for word in (STANDINGS[state].word.zh, STANDINGS[state].word.en) if word}
    marks, known = [Fraction(0)] * len(candidates), np.zeros(len(candidates), dtype=np.bool_)
    states: list[State] = ["sat"] * len(candidates)
    faults = []
    for line, cell in zip(sheet.lines, sheet.cells(columns), strict=True):
        place = found.candidate.get(line)
        if place is None or not cell:
            continue
        known[place] = True
        if cell in words:
            states[place] = words[cell]
            continue
        mark = _rows.mark(cell)
        if mark is None or not 0 <= mark <= out_of:
            faults.append(messages.tell("{file}, {place}: {cell!r} is not a mark from 0 to {most:g} or a word such "
                                        "as 缓考", file=sheet.file, place=sheet.place(line.row, columns[line.block]),
                                        cell=cell[:40], most=float(out_of)))  # fmt: skip
        else:
            marks[place] = mark
    if faults:
        raise Refused(*faults[:8])
    return Given(out_of, Marks.listed(marks), tuple(states), known)
