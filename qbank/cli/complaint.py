"""`qbank complaint`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from qbank.cli import _shared, _terminal

TAKEN = (_terminal.Column("no.", right=True), _terminal.Column("candidate"), _terminal.Column("part"),
         _terminal.Column("outcome"), _terminal.Column("text", wraps=True))  # fmt: skip


@click.command()
@_shared.exam_argument
@click.argument("candidate", required=False)
@click.argument("part", required=False)
@click.argument("text", required=False)
@click.option("--settle", "number", type=click.IntRange(min=1), metavar="NO", help="Record the outcome of this one.")
@click.option("--outcome", type=click.Choice(["upheld", "rejected"]), help="With --settle: what became of it.")
@_shared.by_option
@_shared.why_option
def command(
    exam: Path, candidate: str | None, part: str | None, text: str | None, number: int | None, outcome: Any, by: str,
    why: str,
) -> None:  # fmt: skip
    """Record what CANDIDATE says of the marks of PART in EXAM (TEXT), or list all complaints.

    qbank complaint EXAM --settle 1 --outcome upheld --why "…" records what became of one. A complaint changes no mark:
    qbank review or qbank regrade does, and the outcome names what they changed.
    """
    from qbank import complaints
    from qbank.actions import complain

    if (number is None) != (outcome is None) or (number is not None and candidate):
        raise click.UsageError("--settle NO and --outcome belong together, without a candidate")
    if number is not None:
        done = complain.settle(exam, number, outcome, by=_shared.judge(by), why=why)
        changed = ", ".join(done.changed) or "no review or regrade of the part since then"
        _terminal.say(f"complaint {number}: {complaints.WORDS[done.outcome].en}; {changed}")
        return
    if candidate:
        if not part or not text:
            raise click.UsageError("name the part and what is said: qbank complaint EXAM 20260007 Q7 \"…\"")
        kept = complain.complain(exam, candidate, part, text, by=_shared.judge(by))
        _terminal.say(f"complaint {kept.number}: {kept.candidate}, {kept.part}")
        return
    rows = [(str(one.number), one.candidate, one.part, complaints.WORDS[end.outcome].en if end else "open",
             _shared.safe(one.text)) for one, end in complain.taken(exam)]  # fmt: skip
    if rows:
        _terminal.table(TAKEN, rows)
    left = sum(end is None for _, end in complain.taken(exam))
    _terminal.say(f"{_shared.count(len(rows), 'complaint')}, {left} open")
