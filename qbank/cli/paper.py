"""`qbank paper`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from qbank.cli import _completion, _shared, _terminal
from qbank.model import LANGS, Lang

if TYPE_CHECKING:
    from qbank.papers import Exam

UNKNOWN = "no roster: name everyone in responses.csv"
ASKED: dict[str, tuple[Lang, ...]] = {"zh": ("zh",), "en": ("en",), "both": LANGS}
SAFE = 16
"""A chosen seed of fewer characters can be found by trying."""


@click.command()
@click.argument("blueprint", shell_complete=_completion.blueprints)
@click.option("-o", "--output", "folder", type=click.Path(path_type=Path), required=True, help="The exam's folder.")
@click.option("--roster", type=click.Path(path_type=Path, exists=True, dir_okay=False),
              help="The class, as csv or xlsx: number, name, class in any order.")
@click.option("--forms", default="A", show_default=True, help="each (one for every candidate), or names: A,B.")
@click.option("--spare", "spares", type=click.IntRange(0, 10_000), default=0, metavar="N",
              help="Print so many papers without a candidate as well (with --forms each).")
@click.option("--lang", type=click.Choice(["zh", "en", "both"]),
              help="The language of the papers (default: zh, or the only one that the blueprint has).")
@click.option("--side-by-side/--apart", default=None,
              help="With --lang both: one paper in both, or a paper in each (default: as the blueprint has it).")
@click.option("--seed", help="Draw the same exam again; leave it out for a real exam: a secret one is drawn.")
@click.option("--html/--no-html", default=None, help="Web pages of the sheets (default: for up to ten forms).")
@click.option("--books/--one-book", default=None, help="An answer book of every form (default: for up to ten forms).")
@click.option("--also", multiple=True, metavar="TAG",
              help="Write another output as well, by its tag, such as gift (its items for Moodle).")
@click.option("--templates", type=click.Path(path_type=Path, exists=True, file_okay=False), metavar="DIR",
              help="Page templates of your own, such as DIR/paper/title.typ.j2, in the place of ours.")
@click.option("--strict", is_flag=True, help="Write nothing if an output of --also cannot hold everything.")
@click.option("--replace", is_flag=True,
              help="Replace the exam in the folder, unless it has answers or results; it is kept beside the new one. "
              "With --forms each, everyone keeps their seat, and the seed stays.")
@_shared.bank_option
def command(
    blueprint: str,
    folder: Path,
    roster: Path | None,
    forms: str,
    spares: int,
    lang: str | None,
    side_by_side: bool | None,
    seed: str | None,
    html: bool | None,
    books: bool | None,
    also: tuple[str, ...],
    templates: Path | None,
    strict: bool,
    replace: bool,
    banks: tuple[Path, ...],
) -> None:
    """Make the exam of BLUEPRINT (an id or a file): papers, answer book, responses form, sealed for grading."""
    from qbank import intake
    from qbank.actions.make_paper import make_paper
    from qbank.actions.unprintable import unprintable

    if seed is not None and len(seed) < SAFE:
        known = "whoever has the bank can find it by trying words, and every paper with it"
        advice = "leave --seed out for a real exam"
        _shared.warn([f"the seed {seed!r} is shorter than {SAFE} characters: {known}; {advice}"])
    people = intake.roster(roster) if roster else intake.Roster(())
    _shared.warn(people.problems)
    _shared.warn(unprintable(people.candidates, people.places))
    source, plan = _shared.having(_shared.open_bank(banks, [blueprint]), blueprint)
    langs = ASKED[lang] if lang else source.blueprint(plan).languages[:1]
    made = make_paper(
        source,
        plan,
        folder,
        candidates=people.candidates,
        forms=forms,
        spares=spares,
        langs=langs,
        side_by_side=side_by_side,
        seed=seed,
        web_pages=None if html is None else sys.maxsize if html else 0,
        books=books,
        also=also,
        templates=templates,
        strict=strict,
        replace=replace,
        kept=_shared.say_kept,
        watch=_shared.progress,
    )
    exam = made.exam
    for loss in made.losses:
        _terminal.say(f"lost: {loss}", err=True)
    questions = sum(len(section.placed) for section in exam.sections)
    title = exam.title[exam.langs[0]]
    count = _shared.count
    _terminal.say(f"{title}: {count(questions, 'question')}, {float(exam.total):g} marks, {exam.minutes} minutes")
    who = count(len(exam.candidates), "candidate") if exam.candidates else UNKNOWN
    _terminal.say(f"{count(len(exam.printed()), 'form')}, {who}")
    if exam.spares:
        codes = ", ".join(exam.forms[form] for form in exam.spares)
        spare = count(len(exam.spares), "spare paper")
        _terminal.say(f"{spare}: {codes}; write the code of one that is used into the column 'form'")
    _say_granted(exam)
    _terminal.say(made.printing())
    _terminal.say(f"to print:    {folder / 'sheets'}")
    _terminal.say(f"to fill in:  {folder / 'responses.csv'}")
    _terminal.say(f"keep secret: {folder / 'private'}")


def _say_granted(exam: Exam) -> None:
    """For the invigilators: who is granted large print or extra time, each on a line."""
    from qbank.outputs import granted

    for form, candidate in zip(exam.form_of.tolist(), exam.candidates, strict=True):
        if candidate.accommodation:
            extra = candidate.accommodation.extra(exam.minutes)
            time = f" ({exam.minutes + extra} minutes)" if extra else ""
            said = granted(candidate.accommodation, "en")
            _terminal.say(f"accommodation: {candidate.id}, paper {exam.forms[form]}: {said}{time}")
