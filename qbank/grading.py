"""Grading an exam: a table of responses against the sealed exam, to marks with their reasons.

A person's marks stand beside the machine's, never in them; the totals say which rule and which reviews made them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from qbank import marking, registry
from qbank.intake import Table
from qbank.marking import Marked
from qbank.model import UNREADABLE, Candidate, Floats, Problem, Refused
from qbank.papers import Exam, Section

SLACK = 1e-9
"""What a floating total may be short of a rounding edge."""


@dataclass(frozen=True, slots=True, eq=False)
class Graded:
    """An exam marked: `marked` and `texts` by column of responses.csv, row i for candidate i of `candidates`.

    `by_hand` (n,) holds a person's marks of a part, NaN where there are none. `rows` is each candidate's form.
    """

    exam: Exam
    candidates: tuple[Candidate, ...]
    absent: NDArray[np.bool_]
    rows: NDArray[np.int64]
    texts: Mapping[str, list[str]]
    marked: Mapping[str, Marked]
    by_hand: Mapping[str, Floats]
    problems: tuple[Problem, ...] = ()

    def marks(self, column: str) -> Floats:
        """(n,) the marks of one part: a person's where there are any, else the machine's; absent is 0."""
        _, _, worth = self.exam.columns()[column]
        machine = self.marked[column].credit * float(worth)
        hand = self.by_hand.get(column)
        given = machine if hand is None else np.where(np.isnan(hand), machine, hand)
        return np.where(self.absent, 0.0, given)

    def of_section(self, section: Section) -> Floats:
        """(n,) the marks of a section, not rounded."""
        columns = [placed.column(part) for placed in section.placed for part in placed.item.parts]
        return sum((self.marks(column) for column in columns), start=np.zeros(len(self.candidates)))

    def exact(self) -> Floats:
        """(n,) the total before it is rounded."""
        return sum((self.of_section(section) for section in self.exam.sections), start=np.zeros(len(self.absent)))

    def totals(self) -> Floats:
        """(n,) the total, rounded once by the paper's rule."""
        return rounded(self.exact(), self.exam.rules.round_to)

    def waiting(self, column: str) -> NDArray[np.bool_]:
        """(n,) which answers wait for a person: unreadable ones without marks by hand."""
        unread: NDArray[np.bool_] = (self.marked[column].reading.state == UNREADABLE) & ~self.absent
        hand = self.by_hand.get(column)
        return unread if hand is None else unread & np.isnan(hand)


def rounded(values: Floats, step: Fraction) -> Floats:
    """The values as whole steps, halves up.

    >>> rounded(np.array([71.25, 71.2]), Fraction(1, 2)).tolist()
    [71.5, 71.0]
    """
    size = float(step)
    return np.asarray(np.floor(values / size + 0.5 + SLACK) * size) if size else values


def grade(exam: Exam, table: Table) -> Graded:
    """The marks of every candidate of the exam, in the order of its roster.

    A candidate with no row is absent. Raises Refused for a candidate whom the exam does not know, a form that it does
    not have, and cells that do not hold what was written.
    """
    columns = exam.columns()
    wrong = [problem for problem in table.problems if problem.severity == "error"]
    candidates = exam.candidates or tuple(Candidate(number) for number in table.candidates)
    places = {candidate.id: place for place, candidate in enumerate(candidates)}
    order = np.full(len(candidates), -1)
    for row, (number, line) in enumerate(zip(table.candidates, table.lines, strict=True)):
        if number in places:
            order[places[number]] = row
        else:
            message = f"{table.file}, line {line}: candidate {registry.unknown(number, places)}"
            wrong.append(Problem("responses.candidate", message, proposal="correct the number or delete the row"))
    rows = _forms(exam, table, order, wrong)
    by_hand = {name: _by_hand(table, name, float(columns[name][2]), order, wrong) for name in table.marks.columns}
    if wrong:
        raise Refused(*wrong)
    present = order >= 0
    absent = ~present | np.where(present, table.frame["absent"].to_numpy()[order], True)
    texts = {name: _ordered(table.frame[name].to_list(), order) for name in columns}
    marked: dict[str, Marked] = {}
    for section, placed in exam.placed():
        own = {part.id: texts[placed.column(part)] for part in placed.item.parts}
        done = marking.mark(placed.item, exam.drawn[placed.item.id], own, rows, section.rules)
        marked |= {placed.column(part): done[part.id] for part in placed.item.parts}
    missing = [
        Problem("responses.missing", f"{table.file}: candidate {candidate.id} has no row and counts as absent",
                severity="warning")
        for candidate, here in zip(candidates, present, strict=True) if not here
    ]  # fmt: skip
    warnings = [problem for problem in table.problems if problem.severity == "warning"]
    return Graded(exam, candidates, absent, rows, texts, marked, by_hand, (*warnings, *missing))


def _ordered(values: list[str], order: NDArray[np.int64]) -> list[str]:
    return [values[row] if row >= 0 else "" for row in order]


def _forms(exam: Exam, table: Table, order: NDArray[np.int64], wrong: list[Problem]) -> NDArray[np.int64]:
    """(n,) each candidate's form: as the responses say where they do, else as it was handed out."""
    handed = exam.form_of if len(exam.form_of) else np.zeros(len(order), dtype=np.int64)
    if not table.forms:
        if len(exam.forms) > 1 and not exam.candidates:
            message = f"{table.file}: the exam has the forms {', '.join(exam.forms)}; no column says who had which"
            wrong.append(Problem("responses.form", message, proposal="add a column 'form' with each candidate's"))
        return handed
    rows = handed.copy()
    codes = {code: place for place, code in enumerate(exam.forms)}
    for place, row in enumerate(order):
        said = table.forms[row].strip() if row >= 0 else ""
        if said in codes:
            rows[place] = codes[said]
        elif said.casefold() in {code.casefold() for code in codes}:
            rows[place] = next(place for code, place in codes.items() if code.casefold() == said.casefold())
        elif said and said.isdigit() and f"{int(said):0{len(exam.forms[0])}d}" in codes:
            rows[place] = codes[f"{int(said):0{len(exam.forms[0])}d}"]  # a spreadsheet dropped the leading zeros
        elif said:
            message = f"{table.file}, line {table.lines[row]}: form {registry.unknown(said, codes)}"
            wrong.append(Problem("responses.form", message))
    return rows


def _by_hand(
    table: Table, column: str, worth: float, order: NDArray[np.int64], wrong: list[Problem]
) -> Floats:
    """(n,) the marks a person gave, NaN where none; each between 0 and what the part is worth."""
    given = np.full(len(order), np.nan)
    cells = table.marks[column].to_list()
    for place, row in enumerate(order):
        text = cells[row].strip() if row >= 0 else ""
        if not text:
            continue
        try:
            marks = float(text)
        except ValueError:
            marks = -1.0
        if not 0 <= marks <= worth:
            where = f"{table.file}, line {table.lines[row]}: {column} marks"
            wrong.append(Problem("responses.marks", f"{where}: {text!r} is not a number from 0 to {worth:g}"))
        else:
            given[place] = marks
    return given
