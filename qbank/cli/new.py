"""`qbank new`."""

from __future__ import annotations

from pathlib import Path

import click

from qbank import messages
from qbank.cli import _terminal


@click.group()
def command() -> None:
    """Start an item, a blueprint or a bank from a commented example that passes check."""


@command.command()
@click.argument("name")
@click.option("-o", "--output", type=click.Path(path_type=Path, dir_okay=False), help="The file (default: NAME.yaml).")
@click.option("--topic", default="", help="The topic of the item (default: the bank's first).")
def item(name: str, output: Path | None, topic: str) -> None:
    """Start an item with the id NAME; in a bank, with one of its topics and in its languages."""
    from qbank.actions import new

    path = new.item(name, output, topic)
    _terminal.say(messages.tell("written: {file}\nnext:    edit it, then  qbank check {file}", file=path))


@command.command()
@click.argument("name")
@click.option("-o", "--output", type=click.Path(path_type=Path, dir_okay=False),
              help="The file (default: NAME.yaml; in a bank, blueprints/NAME.yaml).")
@click.option("--item", "first", default="", help="The first item of the blueprint (default: the bank's first).")
def blueprint(name: str, output: Path | None, first: str) -> None:
    """Start a blueprint with the id NAME; in a bank, in its folder blueprints/."""
    from qbank.actions import new

    path = new.blueprint(name, output, first)
    _terminal.say(messages.tell("written: {file}\nnext:    edit it, then  qbank check {file}   and   qbank paper "
                                "{file} -o exam/", file=path))  # fmt: skip


@command.command()
@click.argument("folder", type=click.Path(path_type=Path))
def bank(folder: Path) -> None:
    """Start a bank in FOLDER: settings, topics, an item, a blueprint."""
    from qbank.actions import new

    for path in new.bank(folder):
        if path.suffix == ".yaml":
            _terminal.say(messages.tell("written: {file}", file=path))
    _terminal.say(messages.tell("written: {folder}  (Visual Studio Code completes and checks the bank's files)",
                                folder=folder / ".vscode"))  # fmt: skip
    _terminal.say(messages.tell("next:    cd {folder}, then  qbank check   and   qbank paper quiz -o exam/",
                                folder=folder))  # fmt: skip
