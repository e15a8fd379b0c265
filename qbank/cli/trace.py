"""`qbank trace`."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import click

from qbank import messages
from qbank.cli import _shared, _terminal

if TYPE_CHECKING:
    from qbank.papers import Sightings

SHOWN = 20
"""The most papers that are listed one by one."""


def _share(_: click.Context, __: click.Parameter, text: str) -> float:
    """A tolerance as a share: 2% or 0.02."""
    match = re.fullmatch(r"\s*([0-9]*\.?[0-9]+)\s*(%?)\s*", text)
    share = float(match[1]) / (100 if match[2] else 1) if match else 1.0
    if share >= 0.5:
        raise click.BadParameter(messages.tell("{text!r} is not a tolerance below 50%, such as 2%", text=text))
    return share


@click.command()
@_shared.exam_argument
@click.option("--seen", "numbers", multiple=True, metavar="NUMBER",
              help="A number that can be read on the paper, such as 4.7k, '12 V' or 0.35; may be repeated.")
@click.option("--within", default="0", callback=_share, metavar="SHARE",
              help="How far a number may differ from the printed one, such as 2% (default: not at all).")
@click.option("--where", "conditions", multiple=True,
              help="A condition on an item's values; may be repeated, and then all of them must hold.")
@click.option("--item", default="", help="With --where: search only this item.")
@_shared.unsealed_option
def command(
    exam: Path, numbers: tuple[str, ...], within: float, conditions: tuple[str, ...], item: str, unsealed: bool
) -> None:
    """Find whose paper of EXAM it is, by numbers that can be read on a photograph or by an item's values.

    qbank trace EXAM --seen 4.7k --seen "12 V" --seen 0.35 finds the papers with the most of these numbers, in any
    question and in any order. qbank trace EXAM --where "R1 = 4.7k" finds the variants on which the condition holds.
    """
    from qbank.actions import trace

    if numbers and (conditions or item):
        raise click.UsageError(messages.tell("use either --seen or --where (with --item)"))
    if numbers:
        _tell(trace.seen(exam, numbers, within=within, unsealed=unsealed))
        return
    found = trace.trace(exam, conditions, item=item, unsealed=unsealed)
    for each in found:
        values = messages.listed(f"{name} = {value}" for name, value in each.values)
        _terminal.say(messages.tell("Q{number} {item}, form {form}: {values}", number=each.number, item=each.item,
                                    form=each.form, values=values))  # fmt: skip
        for who in each.candidates:
            _terminal.say(f"  {who.id}  {_shared.safe(who.name)}  {_shared.safe(who.group)}".rstrip())
    _terminal.say(messages.tell("variants: {variants}; candidates: {candidates}", variants=len(found),
                                candidates=sum(len(each.candidates) for each in found)))  # fmt: skip


def _tell(found: Sightings) -> None:
    tell_many = messages.tell_many
    columns = (_terminal.Column(messages.tell("seen")), _terminal.Column(messages.tell("papers"), right=True),
               _terminal.Column(messages.tell("place"), wraps=True))  # fmt: skip
    _terminal.table(columns, [(each.text, str(each.papers), _some(each.places)) for each in found.seen])
    _terminal.say()
    if not found.most:
        _terminal.say(tell_many(
            found.papers,
            "none of these numbers is on the {count} paper; if one may be misread, use --within 2%",
            "none of these numbers is on any of the {count} papers; if one may be misread, use --within 2%",
        ))  # fmt: skip
        return
    for each in found.best[:SHOWN]:
        _terminal.say(messages.tell("paper {paper}: {places}", paper=each.form,
                                    places=_some(tuple(filter(None, each.places)))))  # fmt: skip
        for who in each.candidates:
            _terminal.say(f"  {who.id}  {_shared.safe(who.name)}  {_shared.safe(who.group)}".rstrip())
    if len(found.best) > SHOWN:
        _terminal.say(tell_many(len(found.best) - SHOWN, "and {count} more paper", "and {count} more papers"))
    people = sum(len(each.candidates) for each in found.best)
    _terminal.say(messages.tell(
        "{papers} of {all} with {most} of {numbers}, {candidates}; {others} with one number less; expected by chance: "
        "about {chance:.2g}",
        papers=tell_many(len(found.best), "{count} paper", "{count} papers"), all=found.papers, most=found.most,
        numbers=tell_many(len(found.seen), "{count} number", "{count} numbers"),
        candidates=tell_many(people, "{count} candidate", "{count} candidates"),
        others=tell_many(found.next_best, "{count} paper", "{count} papers"), chance=found.chance,
    ))  # fmt: skip


def _some(places: tuple[str, ...]) -> str:
    return messages.listed([*dict.fromkeys(places[:6]), *(["…"] if len(places) > 6 else [])])
