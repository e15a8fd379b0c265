"""`qbank schema`."""

from __future__ import annotations

from pathlib import Path

import click

from qbank.cli import _shared, _terminal

SORTS = ("item", "blueprint", "circuit", "topics", "knowledge-points", "bank", "sitting")


@click.command()
@click.option("--of", "file", type=click.Choice(SORTS), default="item", show_default=True, help="The sort of file.")
@click.option("--editor", is_flag=True,
              help="Write all schemas into the bank's folder, with settings for Visual Studio Code.")
@_shared.bank_option
def command(file: str, editor: bool, banks: tuple[Path, ...]) -> None:
    """Print the JSON Schema of a bank's files, so that an editor completes and checks the YAML.

    With --bank, the ids, topics and knowledge points of that bank complete themselves; the settings for an editor are
    written into the last one.
    """
    from qbank import bank
    from qbank.actions import schema

    source = _shared.open_bank(banks) if banks or editor else None
    if not editor:
        click.echo(schema.schema(file, source), nl=False)
        return
    folder = _shared.folders(banks)[-1]
    if not banks and folder == bank.named(bank.SHIPPED):
        raise click.UsageError("--editor needs --bank: the folder that the settings are for")
    for path in schema.editor(folder, source):
        _terminal.say(f"written: {path}")
    _terminal.say("next:    install the extension YAML (redhat.vscode-yaml), and open the folder")
