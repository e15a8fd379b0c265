"""`qbank anonymise`."""

from __future__ import annotations

from pathlib import Path

import click

from qbank import messages
from qbank.cli import _shared, _terminal


@click.command()
@_shared.exam_argument
@click.option("-o", "--output", required=True, type=click.Path(path_type=Path, file_okay=False),
              help="The new folder for the copy.")
@click.option("--without-answers", is_flag=True,
              help="Leave out long answers (those that a person marks); their marks stay.")
def command(exam: Path, output: Path, without_answers: bool) -> None:
    """Copy a graded EXAM without names and numbers: random codes in random order, the same marks, sealed again.

    The answers stay; names and numbers of candidates in long answers are hidden. The way in which somebody writes may
    still show who it is.
    """
    from qbank.actions import anonymise

    done = anonymise.anonymise(exam, output, answers=not without_answers)
    _terminal.say(messages.tell_many(
        len(done.codes),
        "{folder}: {count} candidate under a random code, with the same marks; no record links codes and candidates",
        "{folder}: {count} candidates under random codes, with the same marks; no record links codes and candidates",
        folder=output,
    ))  # fmt: skip
    _terminal.say(messages.tell("left out: {what}; the names of candidates, classes and markers",
                                what=messages.translated(anonymise.LEFT_OUT)))  # fmt: skip
    if done.dropped:
        _terminal.say(messages.tell_many(done.dropped, "left out: {count} long answer",
                                         "left out: {count} long answers"))  # fmt: skip
    elif not without_answers:
        _terminal.say(messages.tell_many(
            done.hidden,
            "kept: the answers; names were hidden in {count} long answer (to leave out long answers: "
            "--without-answers)",
            "kept: the answers; names were hidden in {count} long answers (to leave out long answers: "
            "--without-answers)",
        ))  # fmt: skip
    _shared.warn(done.problems)
