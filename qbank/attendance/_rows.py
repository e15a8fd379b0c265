"""Who handed in what: the rows of the responses and the candidates of the exam, put together."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from qbank import intake, messages, registry
from qbank.distinct import distinct
from qbank.intake import Table
from qbank.model import Candidate, Problem, Refused
from qbank.papers import Exam

SHOWN = 8
"""How many candidates of one kind are told one by one."""


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
        raise Refused(messages.tell(
            "{file}: there is nobody to grade: the file has no row, and the exam has no roster", file=table.file
        ))  # fmt: skip
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
        message = messages.tell(
            "{file}: not on the roster, but with a spare paper: {candidates}",
            file=table.file, candidates=messages.listed((numbers[row] for row in late), SHOWN),
        )  # fmt: skip
        problems.append(Problem("responses.spare", message, severity="warning"))
    return Attendance(candidates, order, forms, tuple(problems))


def _same(table: Table, candidate: Candidate, one: int, other: int) -> Problem:
    """What to say of two rows with the earlier and the corrected number of one candidate."""
    first, second = sorted((one, other))
    message = messages.tell(
        "{file}, line {line} ({number}) and line {other_line} ({other_number}): both are candidate {candidate}, whose "
        "number was corrected",
        file=table.file, line=table.lines[first], number=table.candidates[first], other_line=table.lines[second],
        other_number=table.candidates[second], candidate=candidate.id,
    )  # fmt: skip
    return Problem("responses.candidate", message, proposal=messages.tell("delete the row that does not count"))


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
    lost = [
        messages.tell("line {line}: {number!r} is {numbers}", line=line, number=number,
                      numbers=" / ".join(map(repr, short[number])))
        for line, number in rows if number in short
    ]  # fmt: skip
    others = [(line, number) for line, number in rows if number not in short]
    if lost:
        message = messages.tell_many(
            len(lost),
            "{file}: a candidate's number has lost its leading zeros ({listing})",
            "{file}: {count} candidates' numbers have lost their leading zeros ({listing})",
            file=file, listing=messages.listed(lost, SHOWN),
        )  # fmt: skip
        proposal = messages.tell("format the column of numbers as text, and enter the numbers again")
        yield Problem("responses.zeros", message, proposal=proposal)
    for line, number in others[:SHOWN]:
        message = messages.tell(
            "{file}, line {line}: candidate {unknown}",
            file=file, line=line, unknown=registry.unknown(number, numbers),
        )  # fmt: skip
        yield Problem("responses.candidate", message, proposal=messages.tell("correct the number or delete the row"))
    if len(others) > SHOWN:
        message = messages.tell_many(
            len(others) - SHOWN,
            "{file}: the number of {count} more row is not known (line {lines})",
            "{file}: the numbers of {count} more rows are not known (lines {lines})",
            file=file, lines=messages.listed((str(line) for line, _ in others[SHOWN:]), SHOWN),
        )  # fmt: skip
        yield Problem("responses.candidate", message, proposal=messages.tell("check that this is the right file"))


def _other_names(table: Table, candidates: Sequence[Candidate], order: NDArray[np.int64]) -> Iterator[Problem]:
    """One warning for all rows whose name is not that of the roster: a wrong number, or a row that has moved."""
    if not table.names:
        return
    apart = [
        messages.tell("line {line}: {candidate!r} is {name!r}, here {here!r}",
                      line=table.lines[row], candidate=candidate.id, name=candidate.name, here=table.names[row])
        for candidate, row in zip(candidates, order, strict=True)
        if row >= 0 and candidate.name and table.names[row] and candidate.name != table.names[row]
        and plain(candidate.name) != plain(table.names[row])
    ]  # fmt: skip
    if apart:
        message = messages.tell_many(
            len(apart),
            "{file}: {count} name differs from the roster ({listing})",
            "{file}: {count} names differ from the roster ({listing})",
            file=table.file, listing=messages.listed(apart, SHOWN),
        )  # fmt: skip
        proposal = messages.tell("check that these rows have the right numbers")
        yield Problem("responses.name", message, severity="warning", proposal=proposal)


def agree(name: str, other: str) -> bool:
    """Whether two names are there, and are the same one."""
    return bool(name and other) and plain(name) == plain(other)


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
            message = messages.tell(
                "{file}: the exam has the forms {forms}, and no column gives each candidate's form",
                file=table.file, forms=messages.listed(exam.forms, SHOWN),
            )  # fmt: skip
            proposal = messages.tell("add a column 'form' with each candidate's form")
            problems.append(Problem("responses.form", message, proposal=proposal))
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
                message = messages.tell(
                    "{file}, line {line}: this row has form {form}, but by the record candidate {candidate} has the "
                    "spare paper {spare}; the row counts",
                    file=table.file, line=table.lines[row], form=exam.forms[found], candidate=number,
                    spare=exam.forms[forms[place]],
                )  # fmt: skip
                problems.append(Problem("responses.form", message, severity="warning"))
            forms[place] = found
        elif said:
            message = messages.tell(
                "{file}, line {line}: form {unknown}",
                file=table.file, line=table.lines[row], unknown=registry.unknown(said, exam.forms),
            )  # fmt: skip
            problems.append(Problem("responses.form", message))
        elif row >= 0 and needed and not table.frame["absent"][row]:
            message = messages.tell(
                "{file}, line {line}: candidate {candidate!r} has no form",
                file=table.file, line=table.lines[row], candidate=table.candidates[row],
            )  # fmt: skip
            proposal = messages.tell("write one of {forms}", forms=messages.listed(exam.forms, SHOWN))
            problems.append(Problem("responses.form", message, proposal=proposal))
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
    twice = [f"{exam.forms[form]}: {' / '.join(who[:3])}" for form, who in sorted(had.items()) if len(who) > 1]
    if twice:
        message = messages.tell(
            "{file}: several candidates have the same paper ({listing})",
            file=table.file, listing=messages.listed(twice, SHOWN),
        )  # fmt: skip
        proposal = messages.tell("check the column 'form' of these rows")
        yield Problem("responses.form", message, severity="warning", proposal=proposal)
