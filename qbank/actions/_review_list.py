"""A list of answers that a person has filled in, read back as verdicts: marks, marks step by step, or what was read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cache, partial
from pathlib import Path

import numpy as np

from qbank import attendance, intake, marking, messages, registry, reviews, variants
from qbank.actions._alike import by_text, groups, still
from qbank.actions._sources import now
from qbank.grading import Graded
from qbank.intake import Sheet
from qbank.model import UNREADABLE, Problem, Refused, exact_marks
from qbank.reviews import Review

NEEDED = ("candidate", "part", "marks")
KNOWN = (*NEEDED, "answers", "step", "read as", "written", "comment", "by")
OURS = ("candidate", "name", "answers", "part", "step", "written", "stopped at", "expected", "key", "why", "earned",
        "worth")  # fmt: skip
"""The columns that qbank fills in; any other is for a person, or was added by one."""


def verdicts(graded: Graded, sheet: Sheet, *, by: str, at: str = "") -> tuple[Review, ...]:
    """The verdicts of a list that was filled in (`intake.sheet` reads it); lines without any are left out.

    `by` is who judged where the list names nobody. Raises Refused with the line of every fault: an answer that the exam
    does not have, or that is no longer the one judged; marks that the part or the step is not worth; steps that are
    marked in part; a reading that the rules cannot read either.
    """
    rows, faults = _given(graded, sheet)
    found: list[Review] = []
    when, equal = at or now(), cache(partial(by_text, graded))
    for (row, part), lines in rows.items():
        try:
            one = _verdict(graded, row, part, lines, by=by, at=when)
            together = any(line.together for line in lines)
            others = _others(graded, row, part, one, lines, equal(part)[one.text.strip()]) if together else []
        except _Fault as fault:
            faults.append(_problem(sheet, fault.line, fault.message))
            continue
        found.append(one)
        found += [replace(one, candidate=graded.candidates[other].id, text=graded.texts[part][other])
                  for other in others if (other, part) not in rows]  # fmt: skip
    if faults:
        raise Refused(*faults)
    return tuple(found)


def named(sheet: Sheet) -> dict[str, frozenset[str]]:
    """The numbers in a list that was filled in, each with the parts in which a line is for several candidates."""
    cells = _cells(sheet)
    found: dict[str, frozenset[str]] = {}
    for at in _filled(cells):
        part = frozenset({cells["part"][at].strip()} if _is_together(cells, at) else ())
        number = _number(cells, at)
        found[number] = found.get(number, frozenset()) | part
    return found


def _others(
    graded: Graded, row: int, part: str, one: Review, lines: Sequence[_Line], equal: Sequence[int]
) -> list[int]:
    """The other rows that a line for several answers decides, of all with the same text.

    Raises _Fault where it is not clear for which it is.
    """
    same = still(graded, part, row, equal)
    alike, together = groups(graded, part, same)[row]
    nothing = one.marks == 0 and not one.reading
    if len(together) > len(alike) and not nothing:
        told = messages.tell("the {count} answers {answer!r} to {part} have different keys; list each of them (qbank "
                             "review EXAM --each -o …), or give 0", count=len(together), answer=graded.texts[part][row],
                             part=part)  # fmt: skip
        raise _Fault(lines[0].number, told)
    return [other for other in (together if nothing else alike) if other != row]


@dataclass(frozen=True, slots=True)
class _Line:
    """One filled-in line: of an answer as a whole, or of one of its steps."""

    number: int
    step: str
    marks: str
    reading: str
    written: str
    comment: str
    by: str
    together: bool = False
    """Whether it is for all that have given this answer."""
    broken: Problem | None = None


@dataclass(slots=True)
class _Fault(Exception):
    line: int
    message: str


def _problem(sheet: Sheet, line: int, fault: str) -> Problem:
    return Problem("review.line", messages.tell("{file}, line {line}: {fault}", file=sheet.file, line=line,
                                                fault=fault))  # fmt: skip


def _given(graded: Graded, sheet: Sheet) -> tuple[dict[tuple[int, str], list[_Line]], list[Problem]]:
    """The filled-in lines of every answer, by the candidate's row and the part; and lines of no answer."""
    cells = _cells(sheet)
    known = places(graded)
    found: dict[tuple[int, str], list[_Line]] = {}
    faults: list[Problem] = []
    nobody: list[tuple[int, str]] = []
    marks = _column(sheet, "marks") or 0
    for at in _filled(cells):
        number, who = sheet.lines[at], _number(cells, at)
        own = {name: cells[name][at].strip() for name in KNOWN}
        if who not in known:
            nobody.append((number, who))
        elif own["part"] not in graded.marked:
            unknown = registry.unknown(own["part"], graded.marked)
            faults.append(_problem(sheet, number, messages.tell("part {unknown}", unknown=unknown)))
        else:
            line = _Line(number, own["step"], own["marks"], own["read as"], cells["written"][at],
                         own["comment"], own["by"], _is_together(cells, at), sheet.cells.get((at, marks)))
            found.setdefault((known[who], own["part"]), []).append(line)
    return found, [*faults, *attendance.strangers(sheet.file, nobody, known)]


def places(graded: Graded) -> dict[str, int]:
    """The row of each candidate, by number: the one they have, and those that were corrected."""
    found = {intake.identity(candidate.id): row for row, candidate in enumerate(graded.candidates)}
    return found | {was: found[now] for was, now in graded.exam.numbers.items() if now in found and was not in found}


def _cells(sheet: Sheet) -> dict[str, list[str]]:
    """The cells of every known column. Raises Refused where one is missing that must be there."""
    columns = {name: _column(sheet, name) for name in KNOWN}
    for name in NEEDED:
        if columns[name] is None:
            raise Refused(messages.tell("{file}: the column {name!r} is missing; 'qbank review EXAM --out' writes a "
                                        "list with all columns", file=sheet.file, name=name))  # fmt: skip
    return {name: sheet.column(at) if at is not None else [""] * len(sheet.rows) for name, at in columns.items()}


def _filled(cells: Mapping[str, Sequence[str]]) -> Iterator[int]:
    """The lines with a verdict, by their place."""
    verdicts = zip(cells["marks"], cells["read as"], strict=True)
    return (at for at, said in enumerate(verdicts) if any(map(str.strip, said)))


def _number(cells: Mapping[str, Sequence[str]], at: int) -> str:
    """Whose answer a line is."""
    return intake.restored(cells["candidate"][at]) or cells["candidate"][at].strip()


def _is_together(cells: Mapping[str, Sequence[str]], at: int) -> bool:
    """Whether a line is for all who gave this answer."""
    return cells["answers"][at].strip() not in ("", "1")


def _verdict(graded: Graded, row: int, part: str, lines: Sequence[_Line], *, by: str, at: str) -> Review:
    """The verdict of the lines of one answer. Raises _Fault with the line that does not fit."""
    whole = [line for line in lines if not line.step]
    steps = [line for line in lines if line.step]
    who, text = graded.candidates[row].id, graded.texts[part][row]
    for line in lines:
        if line.broken is not None:
            raise _Fault(line.number, line.broken.message.partition(": ")[2] or line.broken.message)
        _same(line, text, who, part)
    if len(whole) > 1:
        raise _Fault(whole[1].number, messages.tell("candidate {candidate}, {part} appears twice", candidate=who,
                                                    part=part))  # fmt: skip
    first = whole[0] if whole else None
    earned = _steps(graded, row, part, steps, who)
    marks = _marks(first, part, graded.exam.columns()[part][2]) if first and first.marks else None
    if earned:
        together = sum(earned.values(), start=Fraction(0))
        if first is not None and marks is not None and marks != together:
            raise _Fault(first.number, messages.tell("{part} has {marks} marks, but its steps have {together} "
                                                     "together; leave one of the two empty", part=part,
                                                     marks=first.marks, together=exact_marks(together)))  # fmt: skip
        marks = together
    reading = first.reading if first else ""
    if first is not None and reading and (fault := unread(graded, row, part, reading)):
        raise _Fault(first.number, fault)
    said = first or steps[0]
    return Review(who, part, text, None if marks is None else float(marks), said.by or by, at, said.comment, reading,
                  {name: float(own) for name, own in earned.items()})  # fmt: skip


def _same(line: _Line, text: str, who: str, part: str) -> None:
    """Refuse a line whose answer is no longer the one that was judged."""
    if line.written.strip() in ("", text.strip(), intake.shortened(text).strip()):
        return
    written, answer = (each if len(each) <= 200 else f"{each[:200]}…" for each in (line.written, text))
    raise _Fault(line.number, messages.tell("candidate {candidate}, {part}: {written!r} was judged, but the answer "
                                            "is {answer!r}; if a spreadsheet has changed it, empty the cell",
                                            candidate=who, part=part, written=written, answer=answer))  # fmt: skip


def _marks(line: _Line, part: str, worth: Fraction) -> Fraction:
    """The marks of a line, exactly."""
    try:
        return reviews.marks_given(line.marks, worth)
    except ValueError as error:
        if line.step:
            raise _Fault(line.number, messages.tell("step {step!r} of {part}: {reason}", step=line.step, part=part,
                                                    reason=error)) from None  # fmt: skip
        raise _Fault(line.number, messages.tell("{part}: {reason}", part=part, reason=error)) from None


def _steps(graded: Graded, row: int, part: str, lines: Sequence[_Line], who: str) -> dict[str, Fraction]:
    """What each step of an answer earned: all that its variant has, or none at all."""
    if not lines:
        return {}
    placed, asked, worth = graded.exam.columns()[part]
    scheme = dict(variants.scheme(graded.exam.drawn[placed.item.id], asked, int(graded.rows[row]), worth))
    earned: dict[str, Fraction] = {}
    for line in lines:
        if line.step not in scheme:
            raise _Fault(line.number, _no_step(line, part, scheme))
        if line.reading:
            raise _Fault(line.number, messages.tell("{part}, step {step!r}: only a whole answer can have a reading",
                                                    part=part, step=line.step))  # fmt: skip
        if line.step in earned:
            raise _Fault(line.number, messages.tell("candidate {candidate}, {part}, step {step!r} appears twice",
                                                    candidate=who, part=part, step=line.step))  # fmt: skip
        earned[line.step] = _marks(line, part, scheme[line.step])
    if missing := [name for name in scheme if name not in earned]:
        raise _Fault(lines[-1].number, messages.tell_many(
            len(missing), "candidate {candidate}, {part}: step {steps} has no marks; write 0 where nothing is earned",
            "candidate {candidate}, {part}: the steps {steps} have no marks; write 0 where nothing is earned",
            candidate=who, part=part, steps=messages.listed(missing),
        ))  # fmt: skip
    return earned


def _no_step(line: _Line, part: str, scheme: Mapping[str, Fraction]) -> str:
    if not scheme:
        return messages.tell("{part}, step {step!r}: the part has no steps", part=part, step=line.step)
    return messages.tell("{part}, step {unknown}", part=part, unknown=registry.unknown(line.step, scheme))


def unread(graded: Graded, row: int, column: str, reading: str) -> str | None:
    """Why the rules could not mark what a person read in the place of an answer; None where they can."""
    placed, part, _ = graded.exam.columns()[column]
    if part.facts.waits:
        return messages.tell("{part} is a long answer, which has no reading; give it marks", part=column)
    section, _ = graded.exam.numbered()[placed.number]
    texts = {each.id: [reading if each.id == part.id else ""] for each in placed.item.parts}
    rows = np.array([graded.rows[row]])
    marked = marking.mark(placed.item, graded.exam.drawn[placed.item.id], texts, rows, section.rules)[part.id]
    if marked.reading.state[0] == UNREADABLE:
        return messages.tell("{part} read as {reading!r} is not recognised either (at character {stop}; expected "
                             "{expected})", part=column, reading=reading, stop=int(marked.reading.stop[0]),
                             expected=marked.reading.expected(0, messages.language()))  # fmt: skip
    if marked.waits[0]:
        return messages.tell("{part} read as {reading!r} has two readings as well; write the intended one in full",
                             part=column, reading=reading)  # fmt: skip
    return None


def is_unfilled(path: Path) -> bool:
    """Whether a file is a list of answers that nobody has filled in."""
    try:
        sheet = intake.sheet(path)
        if any(_column(sheet, name) is None for name in NEEDED):
            return False
        theirs = [at for at, head in enumerate(sheet.header) if not _is_ours(head.strip().casefold())]
        added = any(not part.strip() for part in sheet.column(_column(sheet, "part") or 0))
        return not added and not any(cell.strip() for at in theirs for cell in sheet.column(at))
    except Refused:
        return False


def _is_ours(head: str) -> bool:
    """Whether qbank fills in the column: those of a list, and the marks that two people gave who did not agree."""
    return head in OURS or head.startswith("marks ")


def _column(sheet: Sheet, name: str) -> int | None:
    found = [at for at, header in enumerate(sheet.header) if header.strip().casefold() == name]
    if len(found) > 1:
        raise Refused(messages.tell("{file}: {count} columns have the heading {name!r}; delete those that do not count",
                                    file=sheet.file, count=len(found), name=name))  # fmt: skip
    return found[0] if found else None
