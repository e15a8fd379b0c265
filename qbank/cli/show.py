"""`qbank show`."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from qbank import messages
from qbank.cli import _completion, _shared, _terminal

if TYPE_CHECKING:
    from qbank.bank.item import Item


@click.command()
@click.argument("item", shell_complete=_completion.items)
@click.option("--seat", type=click.IntRange(0), default=0, show_default=True, help="The seat whose variant is shown.")
@click.option("--seed", default="preview", show_default=True, help="The seed that the variant is drawn from.")
@click.option(
    "--key", is_flag=True, help="Also show the key, the answers that count as right, the mistakes and the solution."
)
@_shared.files_option
@_shared.lang_option
@_shared.bank_option
def command(
    item: str, seat: int, seed: str, key: bool, files_folder: Path | None, lang: Any, banks: tuple[Path, ...]
) -> None:
    """Show one variant of ITEM (an id or a file) in the terminal; figures are named, not drawn."""
    from qbank.actions.show import show
    from qbank.outputs import text

    source, name = _shared.having(_shared.open_bank(banks, [item]), item)
    shown = show(source, name, seat=seat, lang=lang, seed=seed)
    record = shown.item
    _terminal.say(messages.tell("{id}  {title}  [{topic}, level {level}]", id=record.id, title=record.title[lang],
                                topic=record.topic, level=record.level))  # fmt: skip
    for line in _kept(record):
        _terminal.say(line)
    worked = shown.worked
    if files_folder is not None:
        from qbank.actions.hand_out import hand_out

        hand_out(worked.question, files_folder)
    _terminal.say()
    _terminal.say(text.worked(worked, shown.lang) if key else text.question(worked.question, shown.lang), hang=0)


def _kept(record: Item) -> Iterator[str]:
    """What is kept of the item and not printed on a paper, where there is something."""
    if record.status != "ready":
        yield messages.tell("status: {status}", status=record.status)
    if record.tags:
        yield messages.tell("tags: {tags}", tags=messages.listed(record.tags))
    if record.author:
        yield messages.tell("author: {author}", author=record.author)
    if record.source:
        yield messages.tell("source: {source}", source=record.source)
    if record.licence:
        yield messages.tell("licence: {licence}", licence=record.licence)
    for review in record.reviewed:
        yield messages.tell("reviewed: {person}, {date}", person=review.by, date=review.on.isoformat())
