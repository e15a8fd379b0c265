"""`qbank complaint`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from qbank import messages
from qbank.cli import _shared, _terminal


@click.command()
@_shared.exam_argument
@click.argument("candidate", required=False)
@click.argument("part", required=False)
@click.argument("text", required=False)
@click.option(
    "--settle",
    "number",
    type=click.IntRange(min=1),
    metavar="NO",
    help="The number of the complaint whose outcome is recorded.",
)
@click.option("--outcome", type=click.Choice(["upheld", "rejected"]), help="With --settle: the outcome.")
@_shared.by_option
@_shared.why_option
def command(
    exam: Path, candidate: str | None, part: str | None, text: str | None, number: int | None, outcome: Any, by: str,
    why: str,
) -> None:  # fmt: skip
    """Record a complaint of CANDIDATE about the marks of PART in EXAM (its TEXT), or list all complaints.

    qbank complaint EXAM --settle 1 --outcome upheld --why "…" records the outcome of one. A complaint does not change
    a mark: qbank review or qbank regrade does, and the outcome names what they changed.
    """
    from qbank import complaints
    from qbank.actions import complain

    if (number is None) != (outcome is None) or (number is not None and candidate):
        raise click.UsageError(messages.tell("--settle NO and --outcome must be used together, without a candidate"))
    if number is not None:
        done = complain.settle(exam, number, outcome, by=_shared.judge(by), why=why)
        changed = messages.listed(done.changed) or messages.tell("no review or regrade of the part since then")
        word = complaints.WORDS[done.outcome][messages.language()]
        _terminal.say(messages.tell("complaint {number}: {outcome}; {changed}", number=number, outcome=word,
                                    changed=changed))  # fmt: skip
        return
    if candidate:
        if not part or not text:
            raise click.UsageError(messages.tell("give the part and the text of the complaint: qbank complaint EXAM "
                                                 "20260007 Q7 \"…\""))  # fmt: skip
        kept = complain.complain(exam, candidate, part, text, by=_shared.judge(by))
        _terminal.say(messages.tell("complaint {number}: {candidate}, {part}", number=kept.number,
                                    candidate=kept.candidate, part=kept.part))  # fmt: skip
        return
    rows = [(str(one.number), one.candidate, one.part,
             complaints.WORDS[end.outcome][messages.language()] if end else messages.tell("open"),
             _shared.safe(one.text)) for one, end in complain.taken(exam)]  # fmt: skip
    if rows:
        _terminal.table(_columns(), rows)
    left = sum(end is None for _, end in complain.taken(exam))
    _terminal.say(messages.tell_many(len(rows), "{count} complaint, {open} open", "{count} complaints, {open} open",
                                     open=left))  # fmt: skip


def _columns() -> tuple[_terminal.Column, ...]:
    tell, column = messages.tell, _terminal.Column
    return (column(tell("no."), right=True), column(tell("candidate")), column(tell("part")), column(tell("outcome")),
            column(tell("complaint text"), wraps=True))  # fmt: skip
