"""`qbank status`."""

from __future__ import annotations

from pathlib import Path

import click

from qbank import messages
from qbank.cli import _shared, _terminal


@click.command()
@_shared.exam_argument
@click.argument("state", required=False)
@click.argument("candidates", nargs=-1)
@_shared.by_option
@_shared.why_option
def command(exam: Path, state: str | None, candidates: tuple[str, ...], by: str, why: str) -> None:
    """Record STATE for CANDIDATES (numbers) of a sealed EXAM; without STATE, list what is recorded.

    absent (缺考), misconduct (违纪, 作弊): the total is 0. excused (缓考), withdrawn (退考), lost (答卷遗失): no total.
    sat: the record is taken back. Only candidates who sat the exam count in statistics. The record counts from the next
    qbank grade EXAM on.
    """
    from qbank.actions import status
    from qbank.model import STANDINGS

    lang = messages.language()
    if state is None:
        rows = [(each.candidate.id, _shared.safe(each.candidate.name), STANDINGS[each.status.state].word[lang],
                 _shared.safe(each.status.by), each.status.at, _shared.safe(each.status.why))
                for each in status.statuses(exam)]  # fmt: skip
        if rows:
            _terminal.table(_columns(), rows)
        _terminal.say(messages.tell_many(len(rows), "{count} candidate with a recorded state",
                                         "{count} candidates with a recorded state"))  # fmt: skip
        return
    meant = status.read(state)
    if not candidates:
        raise click.UsageError(messages.tell("give the numbers of the candidates"))
    for each in status.status(exam, candidates, meant, by=_shared.judge(by), why=why):
        told = STANDINGS[meant].word[lang] or messages.tell(
            "the record is taken back; the responses decide"
        )
        who = f"{each.candidate.id} {_shared.safe(each.candidate.name)}".rstrip()
        _terminal.say(messages.tell("{candidate}: {state}", candidate=who, state=told))
    _terminal.say(messages.tell("qbank grade {exam} counts it", exam=exam))


def _columns() -> tuple[_terminal.Column, ...]:
    tell, column = messages.tell, _terminal.Column
    return (column(tell("candidate")), column(tell("name")), column(tell("state")), column(tell("recorded by")),
            column(tell("time")), column(tell("why"), wraps=True))  # fmt: skip
