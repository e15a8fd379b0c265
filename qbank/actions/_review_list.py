"""A list of answers that a person has filled in, read back as verdicts: marks, marks step by step, or what was read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

import numpy as np

from qbank import attendance, intake, marking, registry, reviews, variants
from qbank.actions._alike import groups, still
from qbank.actions._sources import now
from qbank.grading import Graded
from qbank.intake import Sheet
from qbank.model import UNREADABLE, Problem, Refused, exact_marks
from qbank.reviews import Review

NEEDED = ("candidate", "part", "marks")
KNOWN = (*NEEDED, "answers", "step", "read as", "written", "comment", "by")


def verdicts(graded: Graded, sheet: Sheet, *, by: str, at: str = "") -> tuple[Review, ...]:
    """The verdicts of a list that was filled in (`intake.sheet` reads it); lines without any are left out.

    `by` is who judged where the list does not say. Raises Refused with the line of every fault: an answer that the exam
    does not have, or that is no longer the one judged; marks that the part or the step is not worth; steps that are
    marked in part; a reading that the rules cannot read either.
    """
    rows, faults = _given(graded, sheet)
    found: list[Review] = []
    when = at or now()
    for (row, part), lines in rows.items():
        try:
            one = _verdict(graded, row, part, lines, by=by, at=when)
            others = _others(graded, row, part, one, lines) if any(line.together for line in lines) else []
        except _Fault as fault:
            faults.append(Problem("review.line", f"{sheet.file}, line {fault.line}: {fault.message}"))
            continue
        found.append(one)
        found += [replace(one, candidate=graded.candidates[other].id, text=graded.texts[part][other])
                  for other in others if (other, part) not in rows]  # fmt: skip
    if faults:
        raise Refused(*faults)
    return tuple(found)


def _others(graded: Graded, row: int, part: str, one: Review, lines: Sequence[_Line]) -> list[int]:
    """The other rows that a line for several answers decides. Raises _Fault where it is not clear for which it is."""
    same = still(graded, part, row)
    alike, together = groups(graded, part, same)[row]
    nothing = one.marks == 0 and not one.reading
    if len(together) > len(alike) and not nothing:
        told = f"the {len(together)} answers {graded.texts[part][row]!r} to {part} have different keys"
        raise _Fault(lines[0].number, f"{told}: list them each (qbank review EXAM --each -o …), or give 0")
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


def _given(graded: Graded, sheet: Sheet) -> tuple[dict[tuple[int, str], list[_Line]], list[Problem]]:
    """The filled-in lines of every answer, by the candidate's row and the part; and lines of no answer."""
    columns = {name: _column(sheet, name) for name in KNOWN}
    for name in NEEDED:
        if columns[name] is None:
            raise Refused(f"{sheet.file}: no column {name!r}; qbank review EXAM --out writes a list that has all")
    cells = {name: sheet.column(at) if at is not None else [""] * len(sheet.rows) for name, at in columns.items()}
    places = {intake.identity(candidate.id): row for row, candidate in enumerate(graded.candidates)}
    places |= {was: places[now] for was, now in graded.exam.numbers.items() if now in places and was not in places}
    found: dict[tuple[int, str], list[_Line]] = {}
    faults: list[Problem] = []
    nobody: list[tuple[int, str]] = []
    for at, number in enumerate(sheet.lines):
        own = {name: cells[name][at].strip() for name in KNOWN}
        who = intake.restored(cells["candidate"][at]) or own["candidate"]
        if not own["marks"] and not own["read as"]:
            continue
        if who not in places:
            nobody.append((number, who))
        elif own["part"] not in graded.marked:
            message = f"part {registry.unknown(own['part'], graded.marked)}"
            faults.append(Problem("review.line", f"{sheet.file}, line {number}: {message}"))
        else:
            line = _Line(number, own["step"], own["marks"], own["read as"], cells["written"][at],
                         own["comment"], own["by"], own["answers"] not in ("", "1"),
                         sheet.cells.get((at, columns["marks"] or 0)))  # fmt: skip
            found.setdefault((places[who], own["part"]), []).append(line)
    return found, [*faults, *attendance.strangers(sheet.file, nobody, places)]


def _verdict(graded: Graded, row: int, part: str, lines: Sequence[_Line], *, by: str, at: str) -> Review:
    """The verdict of the lines of one answer. Raises _Fault with the line that does not fit."""
    whole = [line for line in lines if not line.step]
    steps = [line for line in lines if line.step]
    who, text = graded.candidates[row].id, graded.texts[part][row]
    for line in lines:
        if line.broken is not None:
            raise _Fault(line.number, line.broken.message.partition(": ")[2] or line.broken.message)
        _same(line, text, f"candidate {who}, {part}")
    if len(whole) > 1:
        raise _Fault(whole[1].number, f"candidate {who}, {part} stands twice")
    first = whole[0] if whole else None
    earned = _steps(graded, row, part, steps, who)
    marks = _marks(first, part, graded.exam.columns()[part][2]) if first and first.marks else None
    if earned:
        together = sum(earned.values(), start=Fraction(0))
        if first is not None and marks is not None and marks != together:
            told = f"{first.marks} marks for {part}, and its steps have {exact_marks(together)} together"
            raise _Fault(first.number, f"{told}; leave one of the two empty")
        marks = together
    reading = first.reading if first else ""
    if first is not None and reading and (fault := unread(graded, row, part, reading)):
        raise _Fault(first.number, fault)
    said = first or steps[0]
    return Review(who, part, text, None if marks is None else float(marks), said.by or by, at, said.comment, reading,
                  {name: float(own) for name, own in earned.items()})  # fmt: skip


def _same(line: _Line, text: str, what: str) -> None:
    """Refuse a line whose answer is no longer the one that was judged."""
    if line.written.strip() in ("", text.strip(), intake.shortened(text).strip()):
        return
    texts = tuple(repr(each if len(each) <= 200 else f"{each[:200]}…") for each in (line.written, text))
    told = f"{what}: {texts[0]} was judged, and the answer is {texts[1]}"
    raise _Fault(line.number, f"{told}; if a spreadsheet has changed it, empty the cell")


def _marks(line: _Line, what: str, worth: Fraction) -> Fraction:
    """The marks of a line, exactly."""
    try:
        return reviews.marks_given(line.marks, worth)
    except ValueError as error:
        raise _Fault(line.number, f"{what}: {error}") from None


def _steps(graded: Graded, row: int, part: str, lines: Sequence[_Line], who: str) -> dict[str, Fraction]:
    """What each step of an answer earned: all that its variant has, or none at all."""
    if not lines:
        return {}
    placed, asked, worth = graded.exam.columns()[part]
    scheme = dict(variants.scheme(graded.exam.drawn[placed.item.id], asked, int(graded.rows[row]), worth))
    earned: dict[str, Fraction] = {}
    for line in lines:
        if line.step not in scheme:
            told = registry.unknown(line.step, scheme) if scheme else f"{line.step!r}: the part has no steps"
            raise _Fault(line.number, f"{part}, step {told}")
        if line.reading:
            raise _Fault(line.number, f"{part}, step {line.step!r}: only an answer as a whole is read as something")
        if line.step in earned:
            raise _Fault(line.number, f"candidate {who}, {part}, step {line.step!r} stands twice")
        earned[line.step] = _marks(line, f"step {line.step!r} of {part}", scheme[line.step])
    if missing := [name for name in scheme if name not in earned]:
        several = len(missing) > 1
        told = f"{'the steps' if several else 'step'} {', '.join(missing)} {'have' if several else 'has'} no marks"
        raise _Fault(lines[-1].number, f"candidate {who}, {part}: {told}; write 0 where nothing is earned")
    return earned


def unread(graded: Graded, row: int, column: str, reading: str) -> str | None:
    """Why the rules could not mark what a person read in the place of an answer; None where they can."""
    placed, part, _ = graded.exam.columns()[column]
    if part.facts.waits:
        return f"{column} is a long answer, which has no reading; give it marks"
    section, _ = graded.exam.numbered()[placed.number]
    texts = {each.id: [reading if each.id == part.id else ""] for each in placed.item.parts}
    rows = np.array([graded.rows[row]])
    marked = marking.mark(placed.item, graded.exam.drawn[placed.item.id], texts, rows, section.rules)[part.id]
    if marked.reading.state[0] == UNREADABLE:
        told = f"at character {int(marked.reading.stop[0])}; expected {marked.reading.expected(0, 'en')}"
        return f"{column} read as {reading!r} cannot be read either ({told})"
    if marked.waits[0]:
        return f"{column} read as {reading!r} has two readings as well; write the one that is meant in full"
    return None


def _column(sheet: Sheet, name: str) -> int | None:
    found = [at for at, header in enumerate(sheet.header) if header.strip().casefold() == name]
    if len(found) > 1:
        raise Refused(f"{sheet.file}: {len(found)} columns are headed {name!r}; delete those that do not count")
    return found[0] if found else None
