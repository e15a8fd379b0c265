"""`qbank review`."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from qbank.cli import _session, _shared, _terminal

if TYPE_CHECKING:
    from qbank.actions.review import Waiting
    from qbank.grading import Graded
    from qbank.intake import Sheet
    from qbank.model import Lang

WAITING = (_terminal.Column("candidate"), _terminal.Column("part"), _terminal.Column("marks", right=True),
           _terminal.Column("why"), _terminal.Column("written", wraps=True))  # fmt: skip

AGREEMENT = (_terminal.Column("part"), _terminal.Column("answers", right=True), _terminal.Column("equal", right=True),
             _terminal.Column("difference", right=True), _terminal.Column("kappa", right=True))  # fmt: skip


@click.command()
@_shared.exam_argument
@click.option("-o", "--output", "--out", "out", type=click.Path(path_type=Path, dir_okay=False),
              help="Write the list to fill in (csv or xlsx).")
@click.option("--each", is_flag=True, help="List equal answers each on a line of its own.")
@click.option("--read", "filled", type=click.Path(path_type=Path, exists=True, dir_okay=False), multiple=True,
              help="Take the marks of a list that was filled in. Given twice, the lists of two people who marked the "
              "same: keep what they agree on, write the rest to -o to settle, say how far they agree.")
@click.option("--within", type=click.FloatRange(min=0), default=0, metavar="MARKS",
              help="With two lists: where they differ by no more than this, the mean counts.")
@click.option("--steps", "working", is_flag=True,
              help="List as well what lost marks in parts with steps: the working on paper may earn some.")
@click.option("--interactive", is_flag=True, help="Decide one answer after another here.")
@_shared.by_option
@_shared.unsealed_option
def command(
    exam: Path, out: Path | None, each: bool, filled: tuple[Path, ...], within: float, working: bool,
    interactive: bool, by: str, unsealed: bool,
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
    if filled:
        sheets = [intake.sheet(path) for path in filled]
        _shared.warn([problem for sheet in sheets for problem in sheet.problems])
        if len(sheets) > 1:
            _two(exam, graded, sheets, out, lang, within)
            return
        given = review.verdicts(graded, sheets[0], by=_shared.judge(by))
        review.keep(exam, given)
        _terminal.say(f"verdicts kept: {len(given)}; qbank grade {exam} counts them")
        return
    found = review.waiting(graded, lang, steps=working)
    if interactive:
        _session.session(exam, graded, found, lang, _shared.judge(by))
    elif out is not None:
        lines = review.write(out, found, lang, each=each)
        then = f"fill in the column marks or read as, then: qbank review {exam} --read {out}"
        count = f"{len(found)}" if lines == len(found) else f"{len(found)}, in {_shared.count(lines, 'line')}"
        _terminal.say(f"answers in {out}: {count}; {then}")
    else:
        rows = [(_who(one, each=each), one.part, f"{printed_marks(one.earned)} / {printed_marks(one.worth)}",
                 review.WHY[one.why][lang], _shared.safe(one.text)) for one in found if each or one.first]  # fmt: skip
        if rows:
            _terminal.table(WAITING, rows)
        waiting, doubtful = graded.undecided
        _terminal.say(f"answers that wait for a person: {waiting}; doubtful: {doubtful}")


def _who(one: Waiting, *, each: bool) -> str:
    """Whose answer it is, and how many others have the same."""
    more = 0 if each else len(one.together) - 1
    return f"{one.candidate} + {more}" if more else one.candidate


def _two(
    exam: Path, graded: Graded, sheets: Sequence[Sheet], out: Path | None, lang: Lang, within: float
) -> None:
    """Keep what two markers agree on, and write what they do not."""
    from qbank.actions import double_marking, review
    from qbank.model import Refused

    if len(sheets) > 2:
        raise Refused(f"{len(sheets)} lists; compare those of two people at a time")
    marked = double_marking.compared(graded, sheets[0], sheets[1], within=within)
    if marked.apart and out is None:
        left = _shared.count(len(marked.apart), "answer")
        raise Refused(f"{left} to settle; say where the list of them goes: -o settle.xlsx")
    if out is not None and marked.apart:
        double_marking.write(out, graded, marked, lang)
    review.keep(exam, marked.settled)
    rows = [(each.part or "all, as shares", str(each.answers), str(each.equal), f"{each.difference:+.2f}",
             "-" if each.kappa != each.kappa else f"{each.kappa:.2f}") for each in marked.agreements]  # fmt: skip
    _terminal.table(AGREEMENT, rows)
    first, second = marked.markers
    _terminal.say(f"{first} and {second}: difference is what {second} gave more; weighted kappa is 1 where they always "
                  "agree, 0 where only by chance")
    if marked.single:
        _terminal.say(f"answers that only one of them marked, not kept: {len(marked.single)}")
    _terminal.say(f"verdicts kept: {len(marked.settled)}; qbank grade {exam} counts them")
    if marked.apart:
        _terminal.say(f"to settle in {out}: {len(marked.apart)}; then: qbank review {exam} --read {out}")
