"""`qbank status`."""

from __future__ import annotations

from pathlib import Path

import click

from qbank.cli import _shared, _terminal

RECORDS = (
    _terminal.Column("candidate"), _terminal.Column("name"), _terminal.Column("state"), _terminal.Column("by"),
    _terminal.Column("at"), _terminal.Column("why", wraps=True),
)  # fmt: skip


@click.command()
@_shared.exam_argument
@click.argument("state", required=False)
@click.argument("candidates", nargs=-1)
@_shared.by_option
@_shared.why_option
def command(exam: Path, state: str | None, candidates: tuple[str, ...], by: str, why: str) -> None:
    """Record STATE for CANDIDATES (numbers) of a sealed EXAM; without STATE, list what is recorded.

    absent (缺考), misconduct (违纪, 作弊): the total is 0. excused (缓考), withdrawn (退考), lost (答卷遗失): no total.
    Only those who sat the exam count in statistics. sat: takes a record back. The next qbank grade EXAM counts it.
    """
    from qbank.actions import status
    from qbank.model import STANDINGS

    if state is None:
        rows = [(each.candidate.id, _shared.safe(each.candidate.name), STANDINGS[each.status.state].word.en,
                 _shared.safe(each.status.by), each.status.at, _shared.safe(each.status.why))
                for each in status.statuses(exam)]  # fmt: skip
        if rows:
            _terminal.table(RECORDS, rows)
        _terminal.say(f"{_shared.count(len(rows), 'candidate')} with a recorded state")
        return
    meant = status.read(state)
    if not candidates:
        raise click.UsageError("name the candidates by their numbers")
    for each in status.status(exam, candidates, meant, by=_shared.judge(by), why=why):
        told = STANDINGS[meant].word.en or "what was recorded is taken back; the responses decide"
        _terminal.say(f"{each.candidate.id} {_shared.safe(each.candidate.name)}".rstrip() + f": {told}")
    _terminal.say(f"qbank grade {exam} counts it")
