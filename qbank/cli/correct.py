"""`qbank correct`."""

from __future__ import annotations

from pathlib import Path

import click

from qbank import messages
from qbank.cli import _shared, _terminal


@click.command()
@_shared.exam_argument
@click.argument("candidate")
@click.option("--number", default="", help="The correct number.")
@click.option("--name", default="", help="The correct name.")
@_shared.by_option
@_shared.why_option
def command(exam: Path, candidate: str, number: str, name: str, by: str, why: str) -> None:
    """Correct the number or the name of CANDIDATE on the roster of a sealed EXAM.

    Responses are matched with the old number or the new one; the printed paper keeps its file. The correction counts
    from the next qbank grade EXAM on.
    """
    from qbank.actions.correct import correct

    if not number and not name:
        raise click.UsageError(messages.tell("give the correct number (--number), the correct name (--name) or both"))
    done = correct(exam, candidate, number=number, name=name, by=_shared.judge(by), why=why)
    now = f"{done.number} {_shared.safe(done.name)}".rstrip()
    _terminal.say(messages.tell("{candidate}: now {number_and_name}", candidate=done.candidate, number_and_name=now))
