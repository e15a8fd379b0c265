"""Who handed in what: the rows of the responses and the candidates of the exam, put together."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from qbank import intake, registry
from qbank.distinct import distinct
from qbank.intake import Table
from qbank.model import Candidate, Problem, Refused
from qbank.papers import Exam

SHOWN = 8
"""So many candidates of one kind are told one by one."""


@dataclass(frozen=True, slots=True, eq=False)
class Attendance:
    """`order` (n,) is each candidate's row of the table, or -1; `forms` (n,) the form that each had.

    An error among the `problems` means that a row is nobody's, or its form is not known.
    """

    candidates: tuple[Candidate, ...]
    order: NDArray[np.int64]
    forms: NDArray[np.int64]
    problems: tuple[Problem, ...]


def attendance(exam: Exam, table: Table) -> Attendance:
    """The candidates of the exam in the order of its roster, each with their row and their form.

    Without a roster they are those of the table. Who is not on the roster and has a spare paper comes after the others.
    Raises Refused where there is nobody.
    """
    numbers = table.candidates
    listed = exam.candidates or _named(table, numbers, range(len(numbers)))
    if not listed:
        raise Refused(f"{table.file}: has no row, and the exam has no roster: there is nobody to grade")
    if not exam.candidates:
        problems: list[Problem] = []
        order = np.arange(len(listed))
        return Attendance(listed, order, _forms(exam, table, listed, order, problems), tuple(problems))
    places = {intake.restored(candidate.id) or candidate.id: place for place, candidate in enumerate(listed)}
    places |= {was: places[now] for was, now in exam.numbers.items() if now in places and was not in places}
    strange = [row for row, number in enumerate(numbers) if number not in places]
    late = [row for row in strange if table.forms and exam.form(table.forms[row]) in exam.spares]
    candidates = (*listed, *_named(table, numbers, late))
    order = np.full(len(candidates), -1)
    twice: list[Problem] = []
    for row, number in enumerate(numbers):
        if number in places:
            before = order[places[number]]
            if before >= 0:
                twice.append(_same(table, candidates[places[number]], int(before), row))
            order[places[number]] = row
    order[len(listed) :] = late
    seated = frozenset(late)
    nobody = [(table.lines[row], numbers[row]) for row in strange if row not in seated]
    problems = [*twice, *strangers(table.file, nobody, places)]
    forms = _forms(exam, table, candidates, order, problems)
    problems += _other_names(table, candidates, order)
    if late:
        message = f"{table.file}: {_some(numbers[row] for row in late)}: not on the roster, with a spare paper"
        problems.append(Problem("responses.spare", message, severity="warning"))
    return Attendance(candidates, order, forms, tuple(problems))


def _same(table: Table, candidate: Candidate, one: int, other: int) -> Problem:
    """What to say of two rows with the earlier and the corrected number of one candidate."""
    lines = " and ".join(f"line {table.lines[row]} ({table.candidates[row]})" for row in sorted((one, other)))
    message = f"{table.file}, {lines}: both are candidate {candidate.id}, whose number was corrected"
    return Problem("responses.candidate", message, proposal="delete the row that does not count")


def _named(table: Table, numbers: Sequence[str], rows: Iterable[int]) -> tuple[Candidate, ...]:
    kept = list(rows)
    own = [table.names[row] for row in kept] if table.names else [""] * len(kept)
    return tuple(map(Candidate, [numbers[row] for row in kept], own))


def strangers(file: str, rows: Sequence[tuple[int, str]], known: Iterable[str]) -> Iterator[Problem]:
    """What to say of rows (line, number) that are nobody's.

    One thing for a class that has lost its leading zeros, the nearest number for a few others, a count for many.
    """
    numbers = list(known)
    short: dict[str, list[str]] = {}
    for number in numbers:
        if number.startswith("0"):
            short.setdefault(number.lstrip("0"), []).append(number)
    lost = [f"line {line}: {number!r} is {' or '.join(map(repr, short[number]))}" for line, number in rows
            if number in short]  # fmt: skip
    others = [(line, number) for line, number in rows if number not in short]
    if lost:
        what = f"{len(lost)} candidates' numbers have lost their leading zeros"
        if len(lost) == 1:
            what = "a candidate's number has lost its leading zeros"
        proposal = "format the column of numbers as text, and put the numbers in again"
        yield Problem("responses.zeros", f"{file}: {what} ({_some(lost)})", proposal=proposal)
    for line, number in others[:SHOWN]:
        message = f"{file}, line {line}: candidate {registry.unknown(number, numbers)}"
        yield Problem("responses.candidate", message, proposal="correct the number or delete the row")
    if len(others) > SHOWN:
        lines = _some(str(line) for line, _ in others[SHOWN:])
        message = f"{file}: the numbers of {len(others) - SHOWN} more rows are not known (lines {lines})"
        yield Problem("responses.candidate", message, proposal="is it the right file?")


def _other_names(table: Table, candidates: Sequence[Candidate], order: NDArray[np.int64]) -> Iterator[Problem]:
    """One warning for all rows whose name is not that of the roster: a wrong number, or a row that has moved."""
    if not table.names:
        return
    apart = [
        f"line {table.lines[row]}: {candidate.id!r} is {candidate.name!r}, here {table.names[row]!r}"
        for candidate, row in zip(candidates, order, strict=True)
        if row >= 0 and candidate.name and table.names[row] and candidate.name != table.names[row]
        and plain(candidate.name) != plain(table.names[row])
    ]
    if apart:
        what = "another name than the roster's" if len(apart) == 1 else f"{len(apart)} other names than the roster's"
        yield Problem("responses.name", f"{table.file}: {what} ({_some(apart)})", severity="warning",
                      proposal="see whether these rows have the right numbers")  # fmt: skip


def plain(name: str) -> str:
    """A name for comparing: the order of its words, capitals, accents, width, spaces and dots do not matter."""
    text = unicodedata.normalize("NFKD", intake.identity(name)).casefold()
    words = re.findall(r"\w+", "".join(sign for sign in text if not unicodedata.combining(sign)))
    return "".join(sorted(words) if all(map(str.isascii, words)) else words)


def _forms(
    exam: Exam, table: Table, candidates: Sequence[Candidate], order: NDArray[np.int64],
    problems: list[Problem],
) -> NDArray[np.int64]:  # fmt: skip
    """(n,) each candidate's form: as the responses say where they do, else as it was handed out."""
    forms = np.zeros(len(order), dtype=np.int64)
    forms[: len(exam.form_of)] = exam.form_of
    needed = len(exam.forms) > 1 and not exam.candidates
    if not table.forms:
        if needed:
            message = f"{table.file}: the exam has the forms {_some(exam.forms)}; no column says who had which"
            problems.append(Problem("responses.form", message, proposal="add a column 'form' with each candidate's"))
        return forms
    texts, codes = distinct(table.forms)
    told = [exam.form(text) for text in texts]
    if not exam.instead and None not in told:  # everybody's row says a form that there is
        there = order >= 0
        forms[there] = np.array(told)[codes[order[there]]]
        return _with_shared(exam, table, candidates, order, forms, problems)
    for place, row in enumerate(order.tolist()):
        said = table.forms[row].strip() if row >= 0 else ""
        found = exam.form(said)
        number = candidates[place].id
        if found is not None and found == exam.instead.get(number):
            continue  # the code of the paper that was made for them, and a spare one was given instead
        if found is not None:
            if number in exam.instead and found != forms[place]:
                was = f"the record gives {number} the spare paper {exam.forms[forms[place]]}"
                message = f"{table.file}, line {table.lines[row]}: form {exam.forms[found]}, and {was}; the row counts"
                problems.append(Problem("responses.form", message, severity="warning"))
            forms[place] = found
        elif said:
            message = f"{table.file}, line {table.lines[row]}: form {registry.unknown(said, exam.forms)}"
            problems.append(Problem("responses.form", message))
        elif row >= 0 and needed and not table.frame["absent"][row]:
            message = f"{table.file}, line {table.lines[row]}: candidate {table.candidates[row]!r} has no form"
            problems.append(Problem("responses.form", message, proposal=f"write one of {_some(exam.forms)}"))
    return _with_shared(exam, table, candidates, order, forms, problems)


def _with_shared(
    exam: Exam, table: Table, candidates: Sequence[Candidate], order: NDArray[np.int64], forms: NDArray[np.int64],
    problems: list[Problem],
) -> NDArray[np.int64]:  # fmt: skip
    """The forms, after what is odd where everyone has their own was told."""
    if exam.each:
        problems += _shared(exam, table, candidates, order, forms)
    return forms


def _shared(
    exam: Exam, table: Table, candidates: Sequence[Candidate], order: NDArray[np.int64], forms: NDArray[np.int64]
) -> Iterator[Problem]:
    """One warning for all papers that two people had, where everyone has their own."""
    here = np.flatnonzero(order >= 0)
    had: dict[int, list[str]] = {}
    for place in here.tolist():
        had.setdefault(int(forms[place]), []).append(candidates[place].id)
    twice = [f"{exam.forms[form]}: {' and '.join(who[:3])}" for form, who in sorted(had.items()) if len(who) > 1]
    if twice:
        yield Problem("responses.form", f"{table.file}: papers that several candidates have ({_some(twice)})",
                      severity="warning", proposal="see column 'form' in these rows")  # fmt: skip


def _some(texts: Iterable[str]) -> str:
    """The first of many, and a sign that there are more."""
    every = list(texts)
    return ", ".join(every[:SHOWN]) + (", …" if len(every) > SHOWN else "")
