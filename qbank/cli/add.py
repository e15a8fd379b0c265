"""`qbank add`."""

from __future__ import annotations

from pathlib import Path

import click

from qbank import messages
from qbank.cli import _shared, _terminal


@click.command()
@_shared.exam_argument
@click.option("--roster", type=click.Path(path_type=Path, exists=True, dir_okay=False),
              help="The late candidates, as csv or xlsx: number, name, class in any order.")
@click.option("--spare", "spares", type=click.IntRange(0, 10_000), default=0, metavar="N",
              help="Print N more papers without a candidate, if everyone has a form of their own.")
@click.option(
    "--candidate", default="", metavar="NUMBER", help="With --paper: the candidate who wrote on the spare paper."
)
@click.option("--name", default="", help="With --candidate: the name, if the number is new.")
@click.option("--paper", default="", metavar="CODE", help="The code of the spare paper that --candidate wrote on.")
@click.option("--take-back", is_flag=True,
              help="With --candidate and --paper: the record was a mistake, and the paper is a spare one again.")
@click.option("--only-new", is_flag=True, help="Skip candidates who are already on the roster.")
@click.option("--templates", type=click.Path(path_type=Path, exists=True, file_okay=False), metavar="DIR",
              help="The page templates that the exam was made with.")
@_shared.by_option
@_shared.why_option
def command(
    exam: Path, roster: Path | None, spares: int, candidate: str, name: str, paper: str, take_back: bool,
    only_new: bool, templates: Path | None, by: str, why: str,
) -> None:  # fmt: skip
    """Add late candidates or spare papers to a sealed EXAM; candidates who are already on it keep their papers.

    qbank add EXAM --roster late.xlsx gives them the next seats and writes their sheets, answer books, marking list and
    responses form. qbank add EXAM --candidate 20260131 --paper 131 records who wrote on a spare paper;
    recorded again with another one, that one counts, and --take-back takes the record back.
    """
    from qbank import intake
    from qbank.actions import correct
    from qbank.actions.add import add
    from qbank.actions.unprintable import unprintable

    if bool(candidate) != bool(paper):
        raise click.UsageError(messages.tell("--candidate and --paper must be used together"))
    if take_back and (not paper or name):
        raise click.UsageError(messages.tell("--take-back needs --candidate and --paper, and nothing else"))
    if paper:
        if roster is not None or spares:
            raise click.UsageError(messages.tell("use either --roster and --spare, or --candidate with --paper"))
        judge = _shared.judge(by)
        given = (correct.take_back(exam, candidate, paper, by=judge, why=why) if take_back
                 else correct.assign(exam, candidate, paper, name=name, by=judge, why=why))  # fmt: skip
        who = f"{given.candidate} {_shared.safe(given.name)}".rstrip()
        told = (messages.tell("{candidate}: paper {paper} is taken back", candidate=who, paper=given.paper)
                if take_back else messages.tell("{candidate}: paper {paper}", candidate=who, paper=given.paper))
        _terminal.say(told)
        _terminal.say(messages.tell("qbank grade {exam} counts it", exam=exam))
        return
    if roster is None and not spares:
        raise click.UsageError(messages.tell("give the late candidates (--roster late.xlsx) or the number of spare "
                                             "papers (--spare 5)"))  # fmt: skip
    people = intake.roster(roster) if roster is not None else intake.Roster(())
    _shared.warn(people.problems)
    _shared.warn(unprintable(people.candidates, people.places))
    done = add(exam, people.candidates, spares=spares, by=_shared.judge(by), why=why, only_new=only_new,
               templates=templates, watch=_shared.progress)  # fmt: skip
    if done.candidates:
        heads = (messages.tell("candidate"), messages.tell("name"), messages.tell("paper"))
        _terminal.table([_terminal.Column(head) for head in heads],
                        [(who.id, _shared.safe(who.name), code) for who, code in done.candidates])  # fmt: skip
    if done.passed:
        _terminal.say(messages.tell("already on the roster, skipped: {count}", count=len(done.passed)))
    if done.spares:
        _terminal.say(messages.tell("spare papers: {codes}", codes=messages.listed(done.spares)))
    _shared.say_granted(done.exam, len(done.exam.candidates) - len(done.candidates))
    _terminal.say(messages.tell("sealed:      {folder}", folder=exam / done.addition))
    for path in done.sheets:
        _terminal.say(messages.tell("to print:    {file}", file=exam / path))
    if done.form:
        _terminal.say(messages.tell("to fill in:  {file} (copy its rows below the rows of responses.csv)",
                                    file=exam / done.form))  # fmt: skip
