"""`qbank paper`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from qbank import messages
from qbank.cli import _completion, _shared, _terminal
from qbank.model import LANGS, Lang

if TYPE_CHECKING:
    from qbank.actions.make_paper import Made

ASKED: dict[str, tuple[Lang, ...]] = {"zh": ("zh",), "en": ("en",), "both": LANGS}
SAFE = 16
"""A given seed of fewer characters can be found by trying."""


@click.command()
@click.argument("blueprint", required=False, default="", shell_complete=_completion.blueprints)
@click.option(
    "-o", "--output", "folder", type=click.Path(path_type=Path), required=True, help="The folder of the exam."
)
@click.option("--roster", type=click.Path(path_type=Path, exists=True, dir_okay=False),
              help="The class, as csv or xlsx: number, name, class in any order.")
@click.option(
    "--forms", default="A", show_default=True, help="The forms: each (one for every candidate), or names such as A,B."
)
@click.option("--spare", "spares", type=click.IntRange(0, 10_000), default=0, metavar="N",
              help="Also print N papers without a candidate (with --forms each).")
@click.option("--lang", type=click.Choice(["zh", "en", "both"]),
              help="The language of the papers (default: zh, or the only language of the blueprint).")
@click.option("--side-by-side/--apart", default=None,
              help="With --lang both: one paper in both languages, or a paper in each (default: set by the blueprint).")
@click.option("--seed", help="Draw the same exam again. Leave it out for a real exam, so that a secret seed is drawn.")
@click.option(
    "--html/--no-html", default=None, help="Also write the sheets as web pages (default: for up to ten forms)."
)
@click.option(
    "--books/--one-book",
    default=None,
    help="Write an answer book for every form, or only for the first (default: for every form of up to ten).",
)
@click.option("--also", multiple=True, metavar="TAG",
              help="Also write another output, given by its tag, such as gift (the items for Moodle); may be repeated.")
@click.option(
    "--templates",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    metavar="DIR",
    help="A folder of your own page templates, such as DIR/paper/title.typ.j2, to use instead of the shipped ones.",
)
@click.option(
    "--avoid",
    multiple=True,
    metavar="EXAM",
    help="Do not draw the items of this exam: its folder, a folder of exams, or a sitting of the bank (an id, "
    "a year); may be repeated.",
)
@click.option("--like", type=click.Path(path_type=Path, exists=True, file_okay=False), metavar="EXAM",
              help="Instead of BLUEPRINT: a paper like this sealed exam, with other items or other values.")
@click.option("--for-failed", "failed", type=click.Path(path_type=Path, exists=True, file_okay=False), metavar="EXAM",
              help="Instead of --roster: candidates who failed this graded exam, were excused, or whose paper is lost.")
@click.option("--below", type=click.FloatRange(0, 100), default=60, show_default=True,
              help="With --for-failed: the pass mark in percent.")
@click.option("--unprinted", is_flag=True,
              help="Seal the exam without printing its papers; print them later with qbank print.")
@click.option("--strict", is_flag=True, help="Write nothing if an output of --also cannot hold everything.")
@click.option("--replace", is_flag=True,
              help="Replace the exam in the folder, unless it has answers or results; the earlier exam is kept beside "
              "it. With --forms each, candidates keep their seats, and the seed stays the same.")
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
    unprinted: bool,
    strict: bool,
    replace: bool,
    banks: tuple[Path, ...],
) -> None:
    """Make the exam of BLUEPRINT (an id or a file): papers, answer book and responses form, sealed for grading.

    For a new paper without the items of earlier exams: --avoid EXAM. For a resit: --like EXAM -o resit --for-failed
    EXAM.
    """
    from qbank import intake, papers
    from qbank.actions import next_paper
    from qbank.actions.grade import open_exam
    from qbank.actions.make_paper import make_papers
    from qbank.actions.unprintable import unprintable

    if bool(blueprint) == (like is not None):
        raise click.UsageError(messages.tell("give either a blueprint or an exam (--like EXAM)"))
    if failed is not None and roster is not None:
        raise click.UsageError(messages.tell("use either --roster or --for-failed"))

    if seed is not None and len(seed) < SAFE:
        _shared.warn([messages.tell(
            "the seed {seed!r} is shorter than {least} characters: anybody who has the bank can find it, and with it "
            "every paper, by trying words; leave --seed out for a real exam",
            seed=seed, least=SAFE,
        )])  # fmt: skip
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
        unprinted=unprinted,
        replace=replace,
        kept=_shared.say_kept,
        watch=_shared.progress,
    )
    shown = seen if before is None or like is None else papers.Past({**seen.exams, like.name: before}, seen.recorded)
    for one in made:
        _say(one, folder if len(made) == 1 else folder / chr(ord("A") + made.index(one)))
        if before is not None or avoid or (planned is not None and planned.by_rule):
            _terminal.table(_drawn(), [(f"Q{each.number}", each.item, each.topic, str(each.level), each.marks,
                                     each.before or messages.tell("new"))
                                    for each in next_paper.drawn(one.exam, source, shown)])  # fmt: skip
    if len(made) > 1:
        _terminal.say()
        _terminal.say(messages.tell("forms of different items; marks by section, topic and level are equal"))
        _terminal.table(_forms(), [
            (each.name, str(each.questions), f"{each.facility:.3f}", f"{each.minutes:.0f}", str(each.measured),
             str(each.again))
            for each in next_paper.alike([one.exam for one in made], next_paper.measured(source))
        ])  # fmt: skip


def _drawn() -> tuple[_terminal.Column, ...]:
    tell, column = messages.tell, _terminal.Column
    return (column(""), column(tell("item")), column(tell("topic")), column(tell("level"), right=True),
            column(tell("marks"), right=True), column(tell("asked before"), wraps=True))  # fmt: skip


def _forms() -> tuple[_terminal.Column, ...]:
    heads = [messages.tell("questions"), messages.tell("facility"), messages.tell("minutes"), messages.tell("measured"),
             messages.tell("used before")]  # fmt: skip
    return (_terminal.Column(messages.tell("form")), *(_terminal.Column(head, right=True) for head in heads))


def _say(made: Made, folder: Path) -> None:
    """What was made, and where its files are."""
    exam = made.exam
    _shared.say_lost(made.losses)
    questions = sum(len(section.placed) for section in exam.sections)
    title = exam.title[exam.langs[0]]
    tell_many = messages.tell_many
    _terminal.say(tell_many(
        questions,
        "{title}: {count} question, {marks:g} marks, {minutes} minutes",
        "{title}: {count} questions, {marks:g} marks, {minutes} minutes",
        title=title, marks=float(exam.total), minutes=exam.minutes,
    ))  # fmt: skip
    who = (tell_many(len(exam.candidates), "{count} candidate", "{count} candidates") if exam.candidates
           else messages.tell("no roster: write the name of every candidate into responses.csv"))  # fmt: skip
    _terminal.say(_shared.joined([tell_many(len(exam.printed()), "{count} form", "{count} forms"), who]))
    if exam.spares:
        codes = messages.listed(exam.forms[form] for form in exam.spares)
        _terminal.say(tell_many(
            len(exam.spares),
            "{count} spare paper: {codes}; if it is used, write its code into the column 'form'",
            "{count} spare papers: {codes}; if one is used, write its code into the column 'form'",
            codes=codes,
        ))  # fmt: skip
    _shared.say_granted(exam)
    if made.pages:
        _terminal.say(made.printing())
        _terminal.say(messages.tell("to print:    {file}", file=folder / "sheets"))
    else:
        _terminal.say(messages.tell("to print:    run  qbank print {folder} -o FOLDER", folder=folder))
    _terminal.say(messages.tell("to fill in:  {file}", file=folder / "responses.csv"))
    _terminal.say(messages.tell("keep secret: {folder}", folder=folder / "private"))
