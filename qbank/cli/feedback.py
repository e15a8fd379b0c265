"""`qbank feedback`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from qbank import messages
from qbank.cli import _shared, _terminal


@click.command()
@_shared.exam_argument
@click.option("--candidate", "candidates", multiple=True, metavar="NUMBER",
              help="Write the page of this candidate only; may be repeated.")
@click.option("--key", is_flag=True, help="Include the keys and the solutions worked with the candidate's own values.")
@click.option("--pdf", is_flag=True, help="Also write a PDF of each web page.")
@click.option("--class-mean", "mean", is_flag=True, help="Include the class mean of each part.")
@click.option("--zip", "packed", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE",
              help="Write all pages into one zip file to hand out, and none into the exam.")
@_shared.replace_option
@click.option("--lang", type=click.Choice(["zh", "en"]), help="The language (default: the exam's).")
@_shared.unsealed_option
def command(
    exam: Path, candidates: tuple[str, ...], key: bool, pdf: bool, mean: bool, packed: Path | None, replace: bool,
    lang: Any, unsealed: bool,
) -> None:
    """Write a page for each candidate of a graded EXAM, in results/feedback/.

    A page has what cost marks, what to revise, and each question with the candidate's answer, marks and reasons.
    """
    from qbank.actions.feedback import Pages, archive, feedback

    pages = Pages(key, pdf, mean, lang, candidates)
    if packed is not None:
        count = archive(exam, packed, pages, replace=replace, unsealed=unsealed, watch=_shared.progress)
    else:
        count = feedback(exam, pages, unsealed=unsealed, watch=_shared.progress)
    _terminal.say(messages.tell_many(count, "{count} candidate: {place}", "{count} candidates: {place}",
                                     place=packed or exam / "results" / "feedback"))  # fmt: skip
