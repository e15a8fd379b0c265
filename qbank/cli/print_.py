"""`qbank print`."""

from __future__ import annotations

import re
from pathlib import Path

import click

from qbank import messages
from qbank.cli import _shared, _terminal


@click.command()
@_shared.exam_argument
@click.option("-o", "--output", "target", type=click.Path(path_type=Path), required=True,
              help="The folder of the papers: a new one, or one in which a run was stopped.")
@click.option("--papers", metavar="FIRST-LAST",
              help="Print these papers only, counted from 1 in the order of the roster, such as 1-5000.")
@click.option("--templates", type=click.Path(path_type=Path, exists=True, file_okay=False), metavar="DIR",
              help="The page templates that the exam was made with.")
def command(exam: Path, target: Path, papers: str | None, templates: Path | None) -> None:
    """Print the papers of a sealed EXAM, volume by volume; a run that was stopped goes on where it was.

    Several machines can print one exam: give each its own --papers.
    """
    from qbank.actions.print_papers import print_papers

    done = print_papers(exam, target, span=_span(papers), templates=templates, watch=_shared.progress)
    if done.before:
        _terminal.say(messages.tell_many(done.before, "{count} paper was there already", "{count} papers were there "
                                         "already"))  # fmt: skip
    _terminal.say(messages.tell_many(done.papers, "{count} paper printed: {folder}", "{count} papers printed: {folder}",
                                     folder=target))  # fmt: skip


def _span(text: str | None) -> tuple[int, int] | None:
    """The first and the last paper that are named. Raises UsageError."""
    if text is None:
        return None
    found = re.fullmatch(r"\s*(\d{1,9})\s*(?:[-–—]\s*(\d{1,9})\s*)?", text, re.ASCII)
    if found is None:
        raise click.UsageError(messages.tell("--papers {text!r} does not name papers; write 1-5000", text=text))
    return int(found[1]), int(found[2] or found[1])
