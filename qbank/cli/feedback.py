"""`qbank feedback`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from qbank.cli import _shared, _terminal


@click.command()
@_shared.exam_argument
@click.option("--key", is_flag=True, help="With the keys, and every question with its worked solution.")
@click.option("--pdf", is_flag=True, help="A PDF beside each web page: the table alone.")
@click.option("--lang", type=click.Choice(["zh", "en"]), help="The language (default: the exam's).")
@_shared.unsealed_option
def command(exam: Path, key: bool, pdf: bool, lang: Any, unsealed: bool) -> None:
    """Write a page for each candidate of a graded EXAM, in results/feedback/: answers, marks and reasons."""
    from qbank.actions.feedback import feedback

    count = feedback(exam, key=key, pdf=pdf, lang=lang, unsealed=unsealed, watch=_shared.progress)
    _terminal.say(f"{_shared.count(count, 'candidate')}: {exam / 'results' / 'feedback'}")
