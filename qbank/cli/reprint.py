"""`qbank reprint`."""

from __future__ import annotations

from pathlib import Path

import click

from qbank.cli import _shared, _terminal


@click.command()
@_shared.exam_argument
@click.argument("who")
@click.option("-o", "--output", "target", type=click.Path(path_type=Path),
              help="The folder or PDF file to copy it to (default: only show where it is).")
def command(exam: Path, who: str, target: Path | None) -> None:
    """Find the sheet of WHO (a candidate's number or the code of a paper) as it was sealed in EXAM."""
    from qbank.actions.reprint import reprint

    for path in reprint(exam, who, target):
        _terminal.say(str(path))
