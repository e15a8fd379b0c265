"""`qbank add`."""

from __future__ import annotations

from pathlib import Path

import click

from qbank.cli import _shared, _terminal

COMERS = (_terminal.Column("candidate"), _terminal.Column("name"), _terminal.Column("paper"))


@click.command()
@_shared.exam_argument
@click.option("--roster", type=click.Path(path_type=Path, exists=True, dir_okay=False),
              help="The late candidates, as csv or xlsx: number, name, class in any order.")
@click.option("--spare", "spares", type=click.IntRange(0, 10_000), default=0, metavar="N",
              help="Print so many more papers without a candidate (with --forms each).")
@click.option("--candidate", default="", metavar="NUMBER", help="With --paper: who wrote on the spare paper.")
@click.option("--name", default="", help="With --candidate: the name, where the number is new.")
@click.option("--paper", default="", metavar="CODE", help="Give a spare paper, by its code, to --candidate.")
@click.option("--only-new", is_flag=True, help="Pass over those who are on the roster already.")
@click.option("--templates", type=click.Path(path_type=Path, exists=True, file_okay=False), metavar="DIR",
              help="The page templates with which the exam was made.")
@_shared.by_option
@_shared.why_option
def command(
    exam: Path, roster: Path | None, spares: int, candidate: str, name: str, paper: str, only_new: bool,
    templates: Path | None, by: str, why: str,
) -> None:  # fmt: skip
    """Add late candidates or spare papers to a sealed EXAM; nobody who is on it moves.

    qbank add EXAM --roster late.xlsx: the next seats, their sheets, answer books, marking list and a responses form of
    their own. qbank add EXAM --candidate 20260131 --paper 131: a spare paper that somebody wrote on.
    """
    from qbank import intake
    from qbank.actions import correct
    from qbank.actions.add import add
    from qbank.actions.unprintable import unprintable

    if bool(candidate) != bool(paper):
        raise click.UsageError("--candidate and --paper belong together")
    if paper:
        if roster is not None or spares:
            raise click.UsageError("either --roster and --spare, or --candidate with --paper")
        given = correct.assign(exam, candidate, paper, name=name, by=_shared.judge(by), why=why)
        _terminal.say(f"{given.candidate} {_shared.safe(given.name)}".rstrip() + f": paper {given.paper}")
        return
    if roster is None and not spares:
        raise click.UsageError("say who is late (--roster late.xlsx), or how many spare papers (--spare 5)")
    people = intake.roster(roster) if roster is not None else intake.Roster(())
    _shared.warn(people.problems)
    _shared.warn(unprintable(people.candidates, people.places))
    done = add(exam, people.candidates, spares=spares, by=_shared.judge(by), why=why, only_new=only_new,
               templates=templates, watch=_shared.progress)  # fmt: skip
    if done.candidates:
        _terminal.table(COMERS, [(who.id, _shared.safe(who.name), code) for who, code in done.candidates])
    if done.passed:
        _terminal.say(f"on the roster already, passed over: {len(done.passed)}")
    if done.spares:
        _terminal.say(f"spare papers: {', '.join(done.spares)}")
    _shared.say_granted(done.exam, len(done.exam.candidates) - len(done.candidates))
    _terminal.say(f"sealed:      {exam / done.addition}")
    for path in done.sheets:
        _terminal.say(f"to print:    {exam / path}")
    if done.form:
        _terminal.say(f"to fill in:  {exam / done.form} (copy its rows below those of responses.csv)")
