"""`qbank show`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from qbank.cli import _completion, _shared


@click.command()
@click.argument("item", shell_complete=_completion.items)
@click.option("--seat", type=click.IntRange(0), default=0, show_default=True, help="Whose variant to show.")
@click.option("--seed", default="preview", show_default=True, help="The seed it is drawn from.")
@click.option("--key", is_flag=True, help="Show the key, what counts as right, the mistakes and the solution as well.")
@_shared.lang_option
@_shared.bank_option
def command(item: str, seat: int, seed: str, key: bool, lang: Any, bank_folder: Path | None) -> None:
    """Show ITEM (an id or a file) in the terminal as a seat would get it; figures are named."""
    from qbank.actions.show import show
    from qbank.outputs import text

    source, name = _shared.having(_shared.open_bank(bank_folder), item)
    shown = show(source, name, seat=seat, lang=lang, seed=seed)
    record = shown.item
    click.echo(f"{record.id}  {record.title[lang]}  [{record.topic}, level {record.level}]\n")
    click.echo(text.worked(shown.worked, lang) if key else text.question(shown.worked.question, lang))
