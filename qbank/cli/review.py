"""`qbank review`."""

from __future__ import annotations

import sys
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

KEYS = "f full, h half, n none, a number, {steps}r read as, c comment, s skip, b back, q quit"
STEPS = "t step by step, "

WAITING = (_terminal.Column("candidate"), _terminal.Column("part"), _terminal.Column("marks", right=True),
           _terminal.Column("why"), _terminal.Column("written", wraps=True))  # fmt: skip


@click.command()
@_shared.exam_argument
@click.option("-o", "--output", "--out", "out", type=click.Path(path_type=Path, dir_okay=False),
              help="Write the list to fill in (csv or xlsx).")
@click.option("--read", "filled", type=click.Path(path_type=Path, exists=True, dir_okay=False),
              help="Take the marks of a list that was filled in.")
@click.option("--steps", "working", is_flag=True,
              help="List as well what lost marks in parts with steps: the working on paper may earn some.")
@click.option("--interactive", is_flag=True, help="Decide one answer after another here.")
@_shared.by_option
@_shared.unsealed_option
def command(
    exam: Path, out: Path | None, filled: Path | None, working: bool, interactive: bool, by: str, unsealed: bool
) -> None:
    """List what waits for a person in EXAM, and take a person's marks.

    Answers that could not be read, long ones, near-misses in spelling and units that are not recognised. A person gives
    marks, as a whole or step by step, or says what is written, which is then marked and carried on by the rules. The
    marks stand beside the machine's; qbank grade EXAM counts them.
    """
    from qbank import intake
    from qbank.actions import review
    from qbank.actions.grade import grade
    from qbank.model import printed_marks

    graded = grade(exam, write=False, unsealed=unsealed)
    lang = graded.exam.langs[0]
    if filled is not None:
        sheet = intake.sheet(filled)
        _shared.warn(sheet.problems)
        given = review.verdicts(graded, sheet, by=_shared.judge(by))
        review.keep(exam, given)
        _terminal.say(f"verdicts kept: {len(given)}; qbank grade {exam} counts them")
        return
    found = review.waiting(graded, lang, steps=working)
    if interactive:
        _session(exam, graded, found, lang, _shared.judge(by))
    elif out is not None:
        review.write(out, found, lang)
        then = f"fill in the column marks or read as, then: qbank review {exam} --read {out}"
        _terminal.say(f"answers in {out}: {len(found)}; {then}")
    else:
        rows = [(each.candidate, each.part, f"{printed_marks(each.earned)} / {printed_marks(each.worth)}",
                 review.WHY[each.why][lang], _shared.safe(each.text)) for each in found]  # fmt: skip
        if rows:
            _terminal.table(WAITING, rows)
        waiting, doubtful = graded.undecided
        _terminal.say(f"answers that wait for a person: {waiting}; doubtful: {doubtful}")


def _session(exam: Path, graded: Graded, found: tuple[Waiting, ...], lang: Lang, by: str) -> None:
    """One answer after another, equal ones together; every verdict is kept at once."""
    from qbank.actions import review

    firsts = [each for each in found if each.row == each.alike[0]]
    at = kept = 0
    comment = ""
    while at < len(firsts):
        one = firsts[at]
        _show(one, f"[{at + 1}/{len(firsts)}]", lang)
        said = _said(KEYS.format(steps=STEPS if one.steps else ""))
        if said in ("q", ""):
            break
        if said == "c":
            comment = _line("comment: ")
        elif said == "b":
            at = max(at - 1, 0)
        elif said == "s":
            at, comment = at + 1, ""
        elif (given := _verdict(graded, one, said, by=by, why=comment)) is not None:
            review.keep(exam, given)
            same = "" if len(given) == 1 else f" for {len(given)} equal answers"
            told = f"read as {given[0].reading!r}" if given[0].marks is None else f"{given[0].marks:g} marks"
            _terminal.say(f"{told}{same}\n")
            at, kept, comment = at + 1, kept + len(given), ""
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
    if len(one.alike) > 1:
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
    named = {"f": worth, "h": worth / 2, "n": worth * 0}
    if said in named:
        return named[said]
    from qbank.records import fraction

    try:
        marks = fraction(said)
    except ValueError:
        return None
    return marks if marks <= worth else None


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
