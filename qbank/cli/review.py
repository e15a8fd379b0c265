"""`qbank review`."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from qbank import messages
from qbank.cli import _session, _shared, _terminal

if TYPE_CHECKING:
    from qbank.actions.review import Waiting
    from qbank.grading import Graded
    from qbank.intake import Sheet
    from qbank.model import Lang


@click.command()
@_shared.exam_argument
@click.option("-o", "--output", "--out", "out", type=click.Path(path_type=Path, dir_okay=False),
              help="Write the list of answers to fill in (csv or xlsx).")
@_shared.replace_option
@click.option("--each", is_flag=True, help="Give each of several equal answers a line of its own.")
@click.option("--read", "filled", type=click.Path(path_type=Path, exists=True, dir_okay=False), multiple=True,
              help="Take the marks from a list that was filled in. Given twice, for the lists of two people who marked "
              "the same answers: keep the marks on which they agree, write the rest to -o, show how far they agree.")
@click.option("--within", type=click.FloatRange(min=0), default=0, metavar="MARKS",
              help="With two lists: where the marks differ by at most MARKS, the mean counts.")
@click.option("--steps", "working", is_flag=True,
              help="Also list answers that lost marks in parts with steps: the working on paper may earn some.")
@click.option("--interactive", is_flag=True, help="Mark one answer after another in the terminal.")
@_shared.by_option
@_shared.unsealed_option
def command(
    exam: Path, out: Path | None, replace: bool, each: bool, filled: tuple[Path, ...], within: float, working: bool,
    interactive: bool, by: str, unsealed: bool,
) -> None:
    """List the answers of EXAM that wait for a person, and take the marks that a person gives.

    These are answers that could not be read, long answers, near-misses in spelling and units that are not recognised. A
    person gives marks, as a whole or step by step, or types what is written, which is then marked by the rules. The
    marks are kept beside those of the program; qbank grade EXAM counts them.
    """
    from qbank import intake
    from qbank.actions import review
    from qbank.model import printed_marks

    if filled:
        sheets = [intake.sheet(path) for path in filled]
        _shared.warn([problem for sheet in sheets for problem in sheet.problems])
        graded = review.decided(exam, sheets, unsealed=unsealed, watch=_shared.progress)
        lang = graded.exam.langs[0]
        if len(sheets) > 1:
            _two(exam, graded, sheets, out, lang, within, replace=replace)
            return
        given = review.verdicts(graded, sheets[0], by=_shared.judge(by))
        fresh = review.keep_fresh(exam, graded.exam, given)
        _say_before(len(given) - len(fresh))
        _session.say_kept(len(fresh), exam)
        return
    graded = review.to_decide(exam, steps=working, unsealed=unsealed, watch=_shared.progress)
    lang = graded.exam.langs[0]
    found = review.waiting(graded, lang, steps=working)
    if interactive:
        _session.session(exam, graded, found, lang, _shared.judge(by))
    elif out is not None:
        lines = review.write(out, found, lang, each=each, replace=replace)
        if lines == len(found):
            count = str(len(found))
        else:
            count = messages.tell_many(lines, "{answers}, in {count} line", "{answers}, in {count} lines",
                                       answers=len(found))  # fmt: skip
        _terminal.say(messages.tell("answers in {file}: {count}; fill in the column marks or read as, then: qbank "
                                    "review {exam} --read {file}", file=out, count=count, exam=exam))  # fmt: skip
    else:
        rows = [(_who(one, each=each), one.part, f"{printed_marks(one.earned)} / {printed_marks(one.worth)}",
                 review.WHY[one.why][lang], _shared.safe(one.text)) for one in found if each or one.first]  # fmt: skip
        if rows:
            _terminal.table(_waiting(), rows)
        waiting, doubtful = graded.undecided
        _terminal.say(messages.tell("answers that wait for a person: {waiting}; doubtful: {doubtful}", waiting=waiting,
                                    doubtful=doubtful))  # fmt: skip


def _say_before(count: int) -> None:
    """That some verdicts of a list are on record already, and take back nothing that was decided since."""
    if count:
        _terminal.say(messages.tell_many(
            count, "{count} verdict was recorded before; it was not recorded again",
            "{count} verdicts were recorded before; they were not recorded again",
        ))  # fmt: skip


def _waiting() -> tuple[_terminal.Column, ...]:
    tell, column = messages.tell, _terminal.Column
    return (column(tell("candidate")), column(tell("part")), column(tell("marks"), right=True), column(tell("why")),
            column(tell("written"), wraps=True))  # fmt: skip


def _agreement() -> tuple[_terminal.Column, ...]:
    tell = messages.tell
    heads = (tell("number of answers"), tell("equal"), tell("difference"), tell("kappa"))
    return (_terminal.Column(tell("part")), *(_terminal.Column(head, right=True) for head in heads))


def _who(one: Waiting, *, each: bool) -> str:
    """Whose answer it is, and how many others have the same."""
    more = 0 if each else len(one.together) - 1
    return f"{one.candidate} + {more}" if more else one.candidate


def _two(
    exam: Path, graded: Graded, sheets: Sequence[Sheet], out: Path | None, lang: Lang, within: float, *,
    replace: bool,
) -> None:  # fmt: skip
    """Keep what two markers agree on, and write what they do not."""
    from qbank.actions import double_marking, review
    from qbank.model import Refused

    if len(sheets) > 2:
        raise Refused(messages.tell("{count} lists; only two can be compared at a time", count=len(sheets)))
    marked = double_marking.compared(graded, sheets[0], sheets[1], within=within)
    if marked.apart and out is None:
        raise Refused(messages.tell_many(
            len(marked.apart),
            "{count} answer to settle; give a file for the list of them: -o settle.xlsx",
            "{count} answers to settle; give a file for the list of them: -o settle.xlsx",
        ))  # fmt: skip
    if out is not None and marked.apart:
        double_marking.write(out, graded, marked, lang, replace=replace)
    fresh = review.keep_fresh(exam, graded.exam, marked.settled)
    _say_before(len(marked.settled) - len(fresh))
    rows = [(each.part or messages.tell("all, as shares"), str(each.answers), str(each.equal),
             f"{each.difference:+.2f}", "-" if each.kappa != each.kappa else f"{each.kappa:.2f}")
            for each in marked.agreements]  # fmt: skip
    _terminal.table(_agreement(), rows)
    first, second = marked.markers
    _terminal.say(messages.tell(
        "{first} and {second}: the difference is how much more {second} gave; weighted kappa is 1 if they always "
        "agree, 0 if they agree only by chance",
        first=first, second=second,
    ))  # fmt: skip
    if marked.single:
        _terminal.say(
            messages.tell("answers that only one of them marked, not kept: {count}", count=len(marked.single))
        )
    _session.say_kept(len(marked.settled), exam)
    if marked.apart:
        _terminal.say(messages.tell("to settle in {file}: {count}; then: qbank review {exam} --read {file}", file=out,
                                    count=len(marked.apart), exam=exam))  # fmt: skip
