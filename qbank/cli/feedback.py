"""`qbank feedback`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from qbank.cli import _shared, _terminal


@click.command()
@_shared.exam_argument
@click.option("--key", is_flag=True, help="With the keys and the worked solutions on the candidate's own values.")
@click.option("--pdf", is_flag=True, help="A PDF beside each web page.")
@click.option("--class-mean", "mean", is_flag=True, help="With the class's mean of each part.")
@click.option("--zip", "packed", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE",
              help="Write all pages into one zip file, to hand out, and not into the exam.")
@click.option("--lang", type=click.Choice(["zh", "en"]), help="The language (default: the exam's).")
@_shared.unsealed_option
def command(exam: Path, key: bool, pdf: bool, mean: bool, packed: Path | None, lang: Any, unsealed: bool) -> None:
    """Write a page for each candidate of a graded EXAM, in results/feedback/.

    Each question in its place with the candidate's answer, marks and reasons; what was lost first; what to revise.
    """
    from qbank.actions import feedback

    if packed is not None:
        count = feedback.archive(exam, packed, key=key, pdf=pdf, mean=mean, lang=lang, unsealed=unsealed,
                                 watch=_shared.progress)  # fmt: skip
    else:
        count = feedback.feedback(exam, key=key, pdf=pdf, mean=mean, lang=lang, unsealed=unsealed,
                                  watch=_shared.progress)  # fmt: skip
    _terminal.say(f"{_shared.count(count, 'candidate')}: {packed or exam / 'results' / 'feedback'}")
