"""A sitting at the terminal: one answer after another, equal ones together, every verdict kept at once or undone."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from qbank.cli import _shared, _terminal

if TYPE_CHECKING:
    from fractions import Fraction

    from qbank.actions.review import Waiting
    from qbank.grading import Graded
    from qbank.model import Lang
    from qbank.reviews import Review

KEYS = "f full, h half, n none, a number, {steps}r read as, c comment, s skip, b back, u undo, q quit"
STEPS = "t step by step, "


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
        said = _said(KEYS.format(steps=STEPS if one.steps else ""))
        if said in ("q", ""):
            break
        if said == "c":
            comment = _line("comment: ")
        elif said in ("b", "u"):
            undone = steps.pop() if steps else _Step("", ())
            if said == "u" and undone.given:
                before = [review.undone(each, graded.reviews.get((each.part, places[each.candidate])), by=by)
                          for each in undone.given]  # fmt: skip
                review.keep(exam, before)
                _terminal.say(f"undone: {_shared.count(len(before), 'verdict')}\n")
        elif said == "s":
            steps.append(_Step(one.part, one.together))
            comment = ""
        elif (given := _verdict(graded, one, said, by=by, why=comment)) is not None:
            review.keep(exam, given)
            same = "" if len(given) == 1 else f" for {len(given)} equal answers"
            told = f"read as {given[0].reading!r}" if given[0].marks is None else f"{given[0].marks:g} marks"
            _terminal.say(f"{told}{same}\n")
            steps.append(_Step(one.part, tuple(places[each.candidate] for each in given), given))
            comment = ""
    kept = sum(len(step.given) for step in steps)
    _terminal.say(f"verdicts kept: {kept}; qbank grade {exam} counts them")


def _show(one: Waiting, place: str, lang: Lang) -> None:
    from rich.cells import cell_len

    from qbank.actions.review import WHY
    from qbank.model import printed_marks

    who = f"{one.candidate} {one.name}".rstrip()
    _terminal.say(f"{place} {one.part}, {printed_marks(one.worth)} marks: {WHY[one.why][lang]}; {who}")
    written = f"  written:  {_shared.safe(one.text)}"
    if one.stop:
        before = cell_len(_shared.safe(one.text)[: one.stop - 1])  # a Chinese character takes two columns
        written += f"\n            {'~' * before}^ expected: {one.expected}"[:200]
    _terminal.say(written)
    _terminal.say(f"  key:      {one.key}")
    if len(one.together) > len(one.alike):
        _terminal.say(f"  {len(one.together)} answers with this text and several keys: none decides them all, "
                      f"other marks {_shared.count(len(one.alike), 'answer')} with this key")
    elif len(one.alike) > 1:
        _terminal.say(f"  {len(one.alike)} answers with this text and this key")


def _verdict(graded: Graded, one: Waiting, said: str, *, by: str, why: str) -> tuple[Review, ...] | None:
    """What a key or a number decides; None, once it is said why, where it decides nothing."""
    from qbank.actions import review
    from qbank.model import printed_marks

    if said == "r":
        reading = _line("read as: ").strip()
        fault = review.unread(graded, one.row, one.part, reading) if reading else "nothing was written"
        if fault is None:
            return review.judged(graded, one, None, by=by, why=why, reading=reading)
        _terminal.say(fault)
    elif said == "t" and one.steps:
        if (steps := _steps(one)) is not None:
            return review.judged(graded, one, float(sum(steps.values())), by=by, why=why,
                                 steps={name: float(marks) for name, marks in steps.items()})  # fmt: skip
    elif (marks := _marks(said, one.worth)) is None:
        _terminal.say(f"{said!r} is neither one of the keys nor a number from 0 to {printed_marks(one.worth)}")
    else:
        return review.judged(graded, one, float(marks), by=by, why=why)
    return None


def _steps(one: Waiting) -> dict[str, Fraction] | None:
    """The marks of every step, asked for one by one; None where one is no such number."""
    from qbank.model import exact_marks

    earned = {}
    for step in one.steps:
        said = _line(f"  {step.name}, {exact_marks(step.worth)}: {step.text} ").strip()
        marks = _marks(said, step.worth)
        if marks is None:
            _terminal.say(f"{said!r} is not a number from 0 to {exact_marks(step.worth)}; nothing was kept")
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
    """One key, or a number after `a` or that begins with a digit; a line where the input is no terminal."""
    if not sys.stdin.isatty():
        return _line(f"[{keys}] ").strip()
    click.echo(f"[{keys}] ", nl=False)
    key = click.getchar()
    if key == "a":
        return _line("marks: ").strip()
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
