"""What exams and columns of tables give for candidates, put in one order, for a scheme to combine."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from qbank import messages
from qbank.actions import _rows
from qbank.grading import Graded
from qbank.intake import Template
from qbank.model import STANDINGS, STATES, Candidate, Marks, Problem, Refused, State
from qbank.scales import Given


def candidates(graded: Mapping[str, Graded]) -> tuple[tuple[Candidate, ...], dict[str, NDArray[np.int64]]]:
    """Everyone in any of the exams, in the order of the first, and each one's row in every exam."""
    everyone: dict[str, Candidate] = {}
    for each in graded.values():
        for candidate in each.candidates:
            everyone.setdefault(_rows.key(candidate.id), candidate)
    rows = {}
    for name, each in graded.items():
        places = {_rows.key(candidate.id): row for row, candidate in enumerate(each.candidates)}
        rows[name] = np.array([places.get(number, -1) for number in everyone], dtype=np.int64)
    return tuple(everyone.values()), rows


def of_exam(graded: Graded, rows: NDArray[np.int64]) -> Given:
    """What an exam gives for each candidate, whose rows of its grading are given."""
    known = rows >= 0
    exact = graded.exact()
    states: list[State] = [graded.states[row] if row >= 0 else "sat" for row in rows.tolist()]
    marks = exact[np.maximum(rows, 0)].where(~known, Marks.full(len(rows), Fraction(0)))
    return Given(graded.exam.total, marks, tuple(states), known)


def of_column(
    heading: str, out_of: Fraction, sheets: Sequence[Template], candidates: Sequence[Candidate], problems: list[Problem]
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
    found = _rows.matched(sheet, candidates)
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
