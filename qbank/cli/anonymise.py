"""`qbank anonymise`."""

from __future__ import annotations

from pathlib import Path

import click

from qbank.cli import _shared, _terminal


@click.command()
@_shared.exam_argument
@click.option("-o", "--output", required=True, type=click.Path(path_type=Path, file_okay=False),
              help="The new folder for the copy.")
@click.option("--without-answers", is_flag=True,
              help="Leave out long answers, which a person marked; their marks stay.")
def command(exam: Path, output: Path, without_answers: bool) -> None:
    """Copy a graded EXAM without people: random codes in random order, the same marks, sealed anew.

    What candidates wrote stays, with their names and numbers hidden in long answers: a handwriting of words may still
    tell who wrote it.
    """
    from qbank.actions import anonymise

    done = anonymise.anonymise(exam, output, answers=not without_answers)
    _terminal.say(f"{output}: {_shared.count(len(done.codes), 'candidate')} under random codes, with the same marks; "
                  "nothing says who is who")  # fmt: skip
    _terminal.say(f"left out: {anonymise.LEFT_OUT}; the names of candidates, classes and markers")
    if done.dropped:
        _terminal.say(f"left out: {_shared.count(done.dropped, 'long answer')}")
    elif not without_answers:
        _terminal.say("kept: what candidates wrote; in long answers "
                      f"{_shared.count(done.hidden, 'text')} named somebody, who is hidden (without them: "
                      "--without-answers)")  # fmt: skip
    _shared.warn(done.problems)
