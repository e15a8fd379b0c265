"""`qbank history`."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from qbank.cli import _shared, _terminal

EVENTS = (_terminal.Column(""), _terminal.Column(""), _terminal.Column("", wraps=True))


@click.command()
@_shared.exam_argument
@click.option("--verify", is_flag=True, help="Check every file: sheets, results and their history as well.")
def command(exam: Path, verify: bool) -> None:
    """Say what happened to EXAM: sealed, reviewed, regraded, graded; and check whether anything was changed.

    exam.yaml and private/ are always checked. The exit code is 1 when something is not as it was written.
    """
    from qbank.actions.history import history

    told = history(exam, verify=verify)
    _terminal.say(f"{_shared.safe(told.title)} ({_shared.safe(told.exam)})")
    events = [(event.at or "at no known time", event.what, _shared.safe(event.told)) for event in told.events]
    _terminal.table(EVENTS, events)
    _terminal.say("responses.csv is the empty form" if told.untouched else "responses.csv was filled in")
    for each in told.differences:
        _terminal.say(f"not as it was written: {_shared.safe(each)}")
    if told.differences:
        sys.exit(1)
    looked_at = "every file is" if verify else "exam.yaml and private/ are"
    _terminal.say(f"{looked_at} as written")
