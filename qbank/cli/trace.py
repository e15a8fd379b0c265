"""`qbank trace`."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import click

from qbank.cli import _shared, _terminal

if TYPE_CHECKING:
    from qbank.papers import Sightings

SHOWN = 20
"""So many papers are told one by one."""
SEEN = (_terminal.Column("seen"), _terminal.Column("papers", right=True), _terminal.Column("where", wraps=True))


def _share(_: click.Context, __: click.Parameter, said: str) -> float:
    """A tolerance as a share: 2% or 0.02."""
    match = re.fullmatch(r"\s*([0-9]*\.?[0-9]+)\s*(%?)\s*", said)
    share = float(match[1]) / (100 if match[2] else 1) if match else 1.0
    if share >= 0.5:
        raise click.BadParameter(f"{said!r} is not a tolerance below a half, such as 2%")
    return share


@click.command()
@_shared.exam_argument
@click.option("--seen", "numbers", multiple=True, metavar="NUMBER",
              help="A number that can be read on the paper, such as 4.7k, '12 V' or 0.35; repeat it for each.")
@click.option("--within", default="0", callback=_share, metavar="SHARE",
              help="How far a number may be misread, such as 2% (default: it is as printed).")
@click.option("--where", "conditions", multiple=True,
              help="A condition on an item's values; may be repeated, and then all hold.")
@click.option("--item", default="", help="With --where: look in this item alone.")
@_shared.unsealed_option
def command(
    exam: Path, numbers: tuple[str, ...], within: float, conditions: tuple[str, ...], item: str, unsealed: bool
) -> None:
    """Find whose paper of EXAM it was: by numbers that can be read on a photograph, or by an item's values.

    qbank trace EXAM --seen 4.7k --seen "12 V" --seen 0.35: the papers that print the most of these numbers, on any
    question and in any order. qbank trace EXAM --where "R1 = 4.7k": the variants on which it holds.
    """
    from qbank.actions import trace

    if numbers and (conditions or item):
        raise click.UsageError("either --seen or --where (with --item)")
    if numbers:
        _tell(trace.seen(exam, numbers, within=within, unsealed=unsealed))
        return
    found = trace.trace(exam, conditions, item=item, unsealed=unsealed)
    for each in found:
        values = ", ".join(f"{name} = {value}" for name, value in each.values)
        _terminal.say(f"Q{each.number} {each.item}, form {each.form}: {values}")
        for who in each.candidates:
            _terminal.say(f"  {who.id}  {_shared.safe(who.name)}  {_shared.safe(who.group)}".rstrip())
    _terminal.say(f"variants: {len(found)}; candidates: {sum(len(each.candidates) for each in found)}")


def _tell(found: Sightings) -> None:
    count = _shared.count
    _terminal.table(SEEN, [(each.text, str(each.papers), _some(each.places)) for each in found.seen])
    _terminal.say()
    if not found.most:
        _terminal.say(f"none of {count(found.papers, 'paper')} prints any of them; was one misread? --within 2%")
        return
    for each in found.best[:SHOWN]:
        _terminal.say(f"paper {each.form}: {_some(tuple(filter(None, each.places)))}")
        for who in each.candidates:
            _terminal.say(f"  {who.id}  {_shared.safe(who.name)}  {_shared.safe(who.group)}".rstrip())
    if len(found.best) > SHOWN:
        _terminal.say(f"and {len(found.best) - SHOWN} more papers")
    people = sum(len(each.candidates) for each in found.best)
    _terminal.say(f"{count(len(found.best), 'paper')} of {found.papers} with {found.most} of "
                  f"{count(len(found.seen), 'number')}, {count(people, 'candidate')}; "
                  f"{count(found.next_best, 'paper')} with one less; by chance alone about {found.chance:.2g}")


def _some(places: tuple[str, ...]) -> str:
    shown = ", ".join(dict.fromkeys(places[:6]))
    return shown + (", …" if len(places) > 6 else "")
