"""`qbank feedback`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from qbank.cli import _shared


@click.command()
@click.argument("exam", type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.option("--key", is_flag=True, help="With the keys, and every question with its worked solution.")
@click.option("--pdf", is_flag=True, help="A PDF beside each web page: the table alone.")
@click.option("--lang", type=click.Choice(["zh", "en"]), help="The language (default: the exam's).")
def command(exam: Path, key: bool, pdf: bool, lang: Any) -> None:
    """Write a page for each candidate of a graded EXAM, in results/feedback/: answers, marks and reasons."""
    from qbank.actions.feedback import feedback

    count = feedback(exam, key=key, pdf=pdf, lang=lang, watch=_shared.progress)
    click.echo(f"{_shared.count(count, 'candidate')}: {exam / 'results' / 'feedback'}")
