"""`qbank history`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from qbank import messages
from qbank.cli import _shared, _terminal

if TYPE_CHECKING:
    from qbank.actions.history import What

EVENTS = (_terminal.Column(""), _terminal.Column(""), _terminal.Column("", wraps=True))


@click.command()
@_shared.exam_argument
@click.option("--verify", is_flag=True, help="Check every file, including sheets, results and their history.")
def command(exam: Path, verify: bool) -> None:
    """Show what happened to EXAM (sealed, reviewed, regraded, graded), and check that nothing was changed.

    exam.yaml and private/ are always checked. Exit code 1: a file is not as it was written.
    """
    from qbank.actions.grade import copied
    from qbank.actions.history import history

    told = history(exam, verify=verify)
    _terminal.say(messages.tell("{title} ({exam})", title=_shared.safe(told.title), exam=_shared.safe(told.exam)))
    events = [
        (event.at or messages.tell("time not known"), _event(event.what), _shared.safe(event.told))
        for event in told.events
    ]
    _terminal.table(EVENTS, events)
    _terminal.say(messages.tell("responses.csv is the empty form") if told.untouched
                  else messages.tell("responses.csv was filled in"))  # fmt: skip
    _shared.warn(copied(exam))
    for each in told.differences:
        _terminal.say(messages.tell("not as it was written: {file}", file=_shared.safe(each)))
    if told.differences:
        sys.exit(1)
    _terminal.say(messages.tell("every file is as it was written") if verify
                  else messages.tell("exam.yaml and private/ are as they were written"))  # fmt: skip


def _event(what: What) -> str:
    """What happened, in a word."""
    return {
        "sealed": messages.tell("sealed"), "addition": messages.tell("addition"), "status": messages.tell("status"),
        "correction": messages.tell("correction"), "paper": messages.tell("spare paper"),
        "complaint": messages.tell("complaint"), "review": messages.tell("review"),
        "regrade": messages.tell("regrade"), "graded": messages.tell("graded"),
    }[what]  # fmt: skip
