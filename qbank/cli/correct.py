"""`qbank correct`."""

from __future__ import annotations

from pathlib import Path

import click

from qbank.cli import _shared, _terminal


@click.command()
@_shared.exam_argument
@click.argument("candidate")
@click.option("--number", default="", help="The right number.")
@click.option("--name", default="", help="The right name.")
@_shared.by_option
@_shared.why_option
def command(exam: Path, candidate: str, number: str, name: str, by: str, why: str) -> None:
    """Correct the number or the name of CANDIDATE on the roster of a sealed EXAM.

    Responses are matched with either number; the printed paper keeps its file. The next qbank grade EXAM counts it.
    """
    from qbank.actions.correct import correct

    if not number and not name:
        raise click.UsageError("say what is right: --number, --name or both")
    done = correct(exam, candidate, number=number, name=name, by=_shared.judge(by), why=why)
    _terminal.say(f"{done.candidate}: now {done.number} {_shared.safe(done.name)}".rstrip())
