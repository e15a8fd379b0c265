"""`qbank trace`."""

from __future__ import annotations

from pathlib import Path

import click

from qbank.cli import _shared, _terminal


@click.command()
@_shared.exam_argument
@click.option("--where", "conditions", multiple=True, required=True,
              help="A condition on an item's values; may be repeated, and then all hold.")
@click.option("--item", default="", help="Look in this item alone.")
@_shared.unsealed_option
def command(exam: Path, conditions: tuple[str, ...], item: str, unsealed: bool) -> None:
    """Find whose variant in EXAM has some values: --where "R1 = 4.7k" --where "A < -20"."""
    from qbank.actions.trace import trace

    found = trace(exam, conditions, item=item, unsealed=unsealed)
    for each in found:
        values = ", ".join(f"{name} = {value}" for name, value in each.values)
        _terminal.say(f"Q{each.number} {each.item}, form {each.form}: {values}")
        for who in each.candidates:
            _terminal.say(f"  {who.id}  {_shared.safe(who.name)}  {_shared.safe(who.group)}".rstrip())
    _terminal.say(f"variants: {len(found)}; candidates: {sum(len(each.candidates) for each in found)}")
