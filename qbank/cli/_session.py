"""A sitting at the terminal: one answer after another, equal ones together, every verdict kept at once or undone."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from qbank import messages
from qbank.cli import _shared, _terminal

if TYPE_CHECKING:
    from fractions import Fraction

    from qbank.actions.review import Waiting
    from qbank.grading import Graded
    from qbank.model import Lang
    from qbank.reviews import Review


@dataclass(frozen=True, slots=True)
class _Step:
    """What was decided or passed over: the rows of a part, and the verdicts on them (none where it was passed over)."""

    part: str
    rows: tuple[int, ...]
    given: tuple[Review, ...] = ()


def session(exam: Path, graded: Graded, found: Sequence[Waiting], lang: Lang, by: str) -> None:
    """Ask for a verdict on one answer after another; what one verdict decides is not asked again.

    `b` goes back to the last answer, whose verdict counts until another is given; `u` goes back and takes it away.
    """
    from qbank.actions import review

    places = {candidate.id: row for row, candidate in enumerate(graded.candidates)}
    steps: list[_Step] = []
    comment = ""
    while left := [one for one in found if not any(one.part == step.part and one.row in step.rows for step in steps)]:
        open_rows = {each.row for each in left if each.part == left[0].part}
        one = replace(left[0], together=tuple(row for row in left[0].together if row in open_rows))
        more = sum(each.first or each.row == one.row for each in left)
        _show(one, f"[{len(steps) + 1}/{len(steps) + more}]", lang)
        said = _said(_keys(one))
        if said in ("q", ""):
            break
        if said == "c":
            comment = _line(messages.tell("comment: "))
        elif said in ("b", "u"):
            undone = steps.pop() if steps else _Step("", ())
            if said == "u" and undone.given:
                before = [review.undone(each, graded.reviews.get((each.part, places[each.candidate])), by=by)
                          for each in undone.given]  # fmt: skip
                review.keep(exam, before)
                undone_told = messages.tell_many(len(before), "undone: {count} verdict", "undone: {count} verdicts")
                _terminal.say(f"{undone_told}\n")
        elif said == "s":
            steps.append(_Step(one.part, one.together))
            comment = ""
        elif (given := _verdict(graded, one, said, by=by, why=comment)) is not None:
            review.keep(exam, given)
            _terminal.say(f"{_given(given)}\n")
            steps.append(_Step(one.part, tuple(places[each.candidate] for each in given), given))
            comment = ""
    kept = sum(len(step.given) for step in steps)
    say_kept(kept, exam)


def say_kept(count: int, exam: Path) -> None:
    """How many verdicts are kept, and what counts them."""
    _terminal.say(messages.tell("verdicts kept: {count}; qbank grade {exam} counts them", count=count, exam=exam))


def _keys(one: Waiting) -> str:
    """The keys that may be pressed."""
    if one.steps:
        return messages.tell("f full, h half, n none, a number, t step by step, r read as, c comment, s skip, b back, "
                             "u undo, q quit")  # fmt: skip
    return messages.tell("f full, h half, n none, a number, r read as, c comment, s skip, b back, u undo, q quit")


def _given(given: Sequence[Review]) -> str:
    """What was decided, and on how many answers."""
    first, count = given[0], len(given)
    if first.marks is None:
        if count == 1:
            return messages.tell("read as {reading!r}", reading=first.reading)
        return messages.tell("read as {reading!r} for {count} equal answers", reading=first.reading, count=count)
    if count == 1:
        return messages.tell("{marks:g} marks", marks=first.marks)
    return messages.tell("{marks:g} marks for {count} equal answers", marks=first.marks, count=count)


def _show(one: Waiting, place: str, lang: Lang) -> None:
    from rich.cells import cell_len

    from qbank.actions.review import WHY
    from qbank.model import printed_marks

    who = f"{one.candidate} {one.name}".rstrip()
    _terminal.say(messages.tell("{place} {part}, {marks} marks: {why}; {who}", place=place, part=one.part,
                                marks=printed_marks(one.worth), why=WHY[one.why][lang], who=who))  # fmt: skip
    written = messages.tell("  written:  {text}", text=_shared.safe(one.text))
    if one.stop:
        before = cell_len(_shared.safe(one.text)[: one.stop - 1])  # a Chinese character takes two columns
        expected = messages.tell("expected: {expected}", expected=one.expected)
        written += f"\n            {'~' * before}^ {expected}"[:200]
    _terminal.say(written)
    _terminal.say(messages.tell("  key:      {key}", key=one.key))
    if len(one.together) > len(one.alike):
        _terminal.say(messages.tell_many(
            len(one.alike),
            "  {together} answers with this text have several keys: n (none) decides all of them, other marks decide "
            "the {count} answer with this key",
            "  {together} answers with this text have several keys: n (none) decides all of them, other marks decide "
            "the {count} answers with this key",
            together=len(one.together),
        ))  # fmt: skip
    elif len(one.alike) > 1:
        _terminal.say(messages.tell("  {count} answers with this text and this key", count=len(one.alike)))


def _verdict(graded: Graded, one: Waiting, said: str, *, by: str, why: str) -> tuple[Review, ...] | None:
    """What a key or a number decides; None, and a message, where it decides nothing."""
    from qbank.actions import review
    from qbank.model import printed_marks

    if said == "r":
        reading = _line(messages.tell("read as: ")).strip()
        fault = (review.unread(graded, one.row, one.part, reading) if reading
                 else messages.tell("no text was given"))  # fmt: skip
        if fault is None:
            return review.judged(graded, one, None, by=by, why=why, reading=reading)
        _terminal.say(fault)
    elif said == "t" and one.steps:
        if (steps := _steps(one)) is not None:
            return review.judged(graded, one, float(sum(steps.values())), by=by, why=why,
                                 steps={name: float(marks) for name, marks in steps.items()})  # fmt: skip
    elif (marks := _marks(said, one.worth)) is None:
        _terminal.say(messages.tell("{typed!r} is neither one of the keys nor a number from 0 to {marks}", typed=said,
                                    marks=printed_marks(one.worth)))  # fmt: skip
    else:
        return review.judged(graded, one, float(marks), by=by, why=why)
    return None


def _steps(one: Waiting) -> dict[str, Fraction] | None:
    """The marks of every step, asked for one by one; None where one is not such a number."""
    from qbank.model import exact_marks

    earned = {}
    for step in one.steps:
        said = _line(f"  {step.name}, {exact_marks(step.worth)}: {step.text} ").strip()
        marks = _marks(said, step.worth)
        if marks is None:
            _terminal.say(messages.tell("{typed!r} is not a number from 0 to {marks}; nothing was kept", typed=said,
                                        marks=exact_marks(step.worth)))  # fmt: skip
            return None
        earned[step.name] = marks
    return earned


def _marks(said: str, worth: Fraction) -> Fraction | None:
    from qbank.reviews import marks_given

    named = {"f": worth, "h": worth / 2, "n": worth * 0}
    if said in named:
        return named[said]
    try:
        return marks_given(said, worth)
    except ValueError:
        return None


def _said(keys: str) -> str:
    """One key, or a number after `a` or that begins with a digit; a line where the input is not a terminal."""
    if not sys.stdin.isatty():
        return _line(f"[{keys}] ").strip()
    click.echo(f"[{keys}] ", nl=False)
    key = click.getchar()
    if key == "a":
        return _line(messages.tell("marks: ")).strip()
    if key.isdigit() or key == ".":
        click.echo(key, nl=False)
        return (key + sys.stdin.readline()).strip()
    _terminal.say(key if key.isprintable() else "")
    return key.strip().lower() or "s"


def _line(prompt: str) -> str:
    click.echo(prompt, nl=False)
    line = sys.stdin.readline().rstrip("\r\n")
    if not sys.stdin.isatty():
        _terminal.say(_shared.safe(line))
    return line
