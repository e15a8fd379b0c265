"""`qbank paper`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from qbank.cli import _completion, _shared, _terminal
from qbank.model import LANGS, Lang

if TYPE_CHECKING:
    from qbank.actions.make_paper import Made

UNKNOWN = "no roster: name everyone in responses.csv"
ASKED: dict[str, tuple[Lang, ...]] = {"zh": ("zh",), "en": ("en",), "both": LANGS}
DRAWN = (_terminal.Column(""), _terminal.Column("item"), _terminal.Column("topic"),
         _terminal.Column("level", right=True), _terminal.Column("marks", right=True),
         _terminal.Column("asked before", wraps=True))  # fmt: skip
FORMS = (_terminal.Column("form"), _terminal.Column("questions", right=True), _terminal.Column("facility", right=True),
         _terminal.Column("minutes", right=True), _terminal.Column("measured", right=True),
         _terminal.Column("items again", right=True))  # fmt: skip
SAFE = 16
"""A chosen seed of fewer characters can be found by trying."""


@click.command()
@click.argument("blueprint", required=False, default="", shell_complete=_completion.blueprints)
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
@click.option("--avoid", multiple=True, metavar="EXAM",
              help="Do not draw what this exam asked: its folder, a folder of exams, or a sitting of the bank (an id, "
              "a year). May be repeated.")
@click.option("--like", type=click.Path(path_type=Path, exists=True, file_okay=False), metavar="EXAM",
              help="Instead of a blueprint: a paper like this sealed exam, with other items or other values.")
@click.option("--for-failed", "failed", type=click.Path(path_type=Path, exists=True, file_okay=False), metavar="EXAM",
              help="Instead of a roster: those who failed this graded exam, were excused, or whose paper is lost.")
@click.option("--below", type=click.FloatRange(0, 100), default=60, show_default=True,
              help="With --for-failed: the pass mark in percent.")
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
    avoid: tuple[str, ...],
    like: Path | None,
    failed: Path | None,
    below: float,
    strict: bool,
    replace: bool,
    banks: tuple[Path, ...],
) -> None:
    """Make the exam of BLUEPRINT (an id or a file): papers, answer book, responses form, sealed for grading.

    The next paper: --avoid what was asked; --like EXAM -o resit --for-failed EXAM for a resit without repeats.
    """
    from qbank import intake, papers
    from qbank.actions import next_paper
    from qbank.actions.grade import open_exam
    from qbank.actions.make_paper import make_papers
    from qbank.actions.unprintable import unprintable

    if bool(blueprint) == (like is not None):
        raise click.UsageError("name a blueprint, or the exam that the paper is to be --like")
    if failed is not None and roster is not None:
        raise click.UsageError("either --roster or --for-failed")

    if seed is not None and len(seed) < SAFE:
        known = "whoever has the bank can find it by trying words, and every paper with it"
        advice = "leave --seed out for a real exam"
        _shared.warn([f"the seed {seed!r} is shorter than {SAFE} characters: {known}; {advice}"])
    people = intake.roster(roster) if roster else intake.Roster(
        next_paper.resitting(failed, below) if failed is not None else ())  # fmt: skip
    _shared.warn(people.problems)
    _shared.warn(unprintable(people.candidates, people.places))
    source, plan = _shared.having(_shared.open_bank(banks, [blueprint] if blueprint else []), blueprint)
    before = open_exam(like) if like is not None else None
    planned = source.blueprint(plan) if before is None else None
    langs = ASKED[lang] if lang else planned.languages[:1] if planned else before.langs if before else ()
    near = Path(blueprint).parent if blueprint else Path()
    seen = next_paper.past(source, [*(planned.avoid if planned else ()), *avoid], near)
    made = make_papers(
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
        avoid=seen,
        like=before,
        strict=strict,
        replace=replace,
        kept=_shared.say_kept,
        watch=_shared.progress,
    )
    shown = seen if before is None or like is None else papers.Past({**seen.exams, like.name: before}, seen.recorded)
    for one in made:
        _say(one, folder if len(made) == 1 else folder / chr(ord("A") + made.index(one)))
        if before is not None or avoid or (planned is not None and planned.by_rule):
            _terminal.table(DRAWN, [(f"Q{each.number}", each.item, each.topic, str(each.level), each.marks,
                                     each.before or "new")
                                    for each in next_paper.drawn(one.exam, source, shown)])  # fmt: skip
    if len(made) > 1:
        _terminal.say("\nforms of different items; marks by section, topic and level are equal")
        _terminal.table(FORMS, [
            (each.name, str(each.questions), f"{each.facility:.3f}", f"{each.minutes:.0f}", str(each.measured),
             str(each.again))
            for each in next_paper.alike([one.exam for one in made], next_paper.measured(source))
        ])  # fmt: skip


def _say(made: Made, folder: Path) -> None:
    """What was made, and where its files are."""
    exam = made.exam
    _shared.say_lost(made.losses)
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
    _shared.say_granted(exam)
    _terminal.say(made.printing())
    _terminal.say(f"to print:    {folder / 'sheets'}")
    _terminal.say(f"to fill in:  {folder / 'responses.csv'}")
    _terminal.say(f"keep secret: {folder / 'private'}")
