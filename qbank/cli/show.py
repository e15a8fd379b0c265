"""`qbank show`."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from qbank.cli import _completion, _shared, _terminal

if TYPE_CHECKING:
    from qbank.bank.item import Item


@click.command()
@click.argument("item", shell_complete=_completion.items)
@click.option("--seat", type=click.IntRange(0), default=0, show_default=True, help="Whose variant to show.")
@click.option("--seed", default="preview", show_default=True, help="The seed it is drawn from.")
@click.option("--key", is_flag=True, help="Show the key, what counts as right, the mistakes and the solution as well.")
@_shared.files_option
@_shared.lang_option
@_shared.bank_option
def command(
    item: str, seat: int, seed: str, key: bool, files_folder: Path | None, lang: Any, banks: tuple[Path, ...]
) -> None:
    """Show ITEM (an id or a file) in the terminal as a seat would get it; figures are named."""
    from qbank.actions.hand_out import hand_out
    from qbank.actions.show import show
    from qbank.outputs import text

    source, name = _shared.having(_shared.open_bank(banks, [item]), item)
    shown = show(source, name, seat=seat, lang=lang, seed=seed)
    record = shown.item
    _terminal.say(f"{record.id}  {record.title[lang]}  [{record.topic}, level {record.level}]")
    for line in _kept(record):
        _terminal.say(line)
    worked = shown.worked
    if files_folder is not None:
        hand_out(worked.question, files_folder)
    _terminal.say()
    _terminal.say(text.worked(worked, shown.lang) if key else text.question(worked.question, shown.lang), hang=0)


def _kept(record: Item) -> Iterator[str]:
    """What is kept of the item and not printed on a paper, where there is something."""
    if record.status != "ready":
        yield f"status: {record.status}"
    if record.tags:
        yield f"tags: {', '.join(record.tags)}"
    for name, said in (("author", record.author), ("source", record.source), ("licence", record.licence)):
        if said:
            yield f"{name}: {said}"
    for review in record.reviewed:
        yield f"reviewed: {review.by}, {review.on.isoformat()}"
