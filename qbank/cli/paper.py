"""`qbank paper`."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from qbank.cli import _shared


@click.command()
@click.argument("blueprint")
@click.option("-o", "--output", "folder", type=click.Path(path_type=Path), required=True, help="The exam's folder.")
@click.option("--roster", type=click.Path(path_type=Path, exists=True, dir_okay=False),
              help="The class, as csv or xlsx: number, name, class in any order.")
@click.option("--forms", default="A", show_default=True, help="each (one for every candidate), or names: A,B.")
@click.option("--lang", type=click.Choice(["zh", "en", "both"]), default="zh", show_default=True)
@click.option("--seed", help="Draw the same exam again; leave it out for a real exam: a secret one is drawn.")
@click.option("--html/--no-html", default=None, help="Web pages of the sheets (default: for up to ten forms).")
@click.option("--books/--one-book", default=None, help="An answer book of every form (default: for up to ten forms).")
@click.option("--replace", is_flag=True, help="Replace an exam that is in the folder already and has no results.")
@_shared.bank_option
def command(
    blueprint: str,
    folder: Path,
    roster: Path | None,
    forms: str,
    lang: str,
    seed: str | None,
    html: bool | None,
    books: bool | None,
    replace: bool,
    bank_folder: Path | None,
) -> None:
    """Make the exam of BLUEPRINT: papers, answer book, responses form, everything sealed for grading."""
    from qbank.actions.make_paper import make_paper

    source = _shared.open_bank(bank_folder)
    exam = make_paper(
        source,
        blueprint,
        folder,
        roster=roster,
        forms=forms,
        langs=("zh", "en") if lang == "both" else ("zh",) if lang == "zh" else ("en",),
        seed=seed,
        web_pages=None if html is None else sys.maxsize if html else 0,
        books=books,
        replace=replace,
        watch=_shared.progress,
    )
    questions = sum(len(section.placed) for section in exam.sections)
    title = exam.title[exam.langs[0]]
    click.echo(f"{title}: {questions} questions, {float(exam.total):g} marks, {exam.minutes} minutes")
    click.echo(f"{len(exam.forms)} form{'s' if len(exam.forms) != 1 else ''}, {len(exam.candidates)} candidates")
    click.echo(f"to print:    {folder / 'sheets'}")
    click.echo(f"to fill in:  {folder / 'responses.csv'}")
    click.echo(f"keep secret: {folder / 'private'}")
