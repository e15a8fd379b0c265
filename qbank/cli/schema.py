"""`qbank schema`."""

from __future__ import annotations

from pathlib import Path

import click

from qbank import messages
from qbank.cli import _shared, _terminal

SORTS = ("item", "blueprint", "circuit", "topics", "knowledge-points", "bank", "sitting")


@click.command()
@click.option("--of", "file", type=click.Choice(SORTS), default="item", show_default=True, help="The kind of file.")
@click.option("--editor", is_flag=True,
              help="Write all schemas into the bank's folder, with settings for Visual Studio Code.")
@_shared.bank_option
def command(file: str, editor: bool, banks: tuple[Path, ...]) -> None:
    """Print the JSON Schema of a bank's files, so that an editor completes and checks the YAML.

    With --bank, the editor also completes the ids, topics and knowledge points of that bank; with --editor, the
    settings are written into the last bank given.
    """
    from qbank import bank
    from qbank.actions import schema

    source = _shared.open_bank(banks) if banks or editor else None
    if not editor:
        _terminal.emit(schema.schema(file, source))
        return
    folder = _shared.folders(banks)[-1]
    if not banks and folder == bank.named(bank.SHIPPED):
        raise click.UsageError(messages.tell("--editor needs --bank: the folder of the bank that gets the settings"))
    for path in schema.editor(folder, source):
        _terminal.say(messages.tell("written: {file}", file=path))
    _terminal.say(messages.tell("next:    install the extension YAML (redhat.vscode-yaml), and open the folder"))
