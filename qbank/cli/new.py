"""`qbank new`."""

from __future__ import annotations

from pathlib import Path

import click

from qbank.cli import _terminal


@click.group()
def command() -> None:
    """Start an item, a blueprint or a bank from a commented example that passes check."""


@command.command()
@click.argument("name")
@click.option("-o", "--output", type=click.Path(path_type=Path, dir_okay=False), help="The file (default: NAME.yaml).")
@click.option("--topic", default="", help="The topic it goes under (default: the bank's first).")
def item(name: str, output: Path | None, topic: str) -> None:
    """A new item called NAME; in a bank, with a topic of its own and in its languages."""
    from qbank.actions import new

    path = new.item(name, output, topic)
    _terminal.say(f"written: {path}\nnext:    edit it, then  qbank check {path}")


@command.command()
@click.argument("name")
@click.option("-o", "--output", type=click.Path(path_type=Path, dir_okay=False),
              help="The file (default: NAME.yaml; in a bank, blueprints/NAME.yaml).")
@click.option("--item", "first", default="", help="The item to begin with (default: the bank's first).")
def blueprint(name: str, output: Path | None, first: str) -> None:
    """A new blueprint called NAME; in a bank, in its folder blueprints/."""
    from qbank.actions import new

    path = new.blueprint(name, output, first)
    _terminal.say(f"written: {path}\nnext:    edit it, then  qbank check {path}   and   qbank paper {path} -o exam/")


@command.command()
@click.argument("folder", type=click.Path(path_type=Path))
def bank(folder: Path) -> None:
    """A new bank in FOLDER: settings, topics, an item, a blueprint."""
    from qbank.actions import new

    for path in new.bank(folder):
        if path.suffix == ".yaml":
            _terminal.say(f"written: {path}")
    _terminal.say(f"written: {folder / '.vscode'}  (its files complete themselves in Visual Studio Code)")
    _terminal.say(f"next:    cd {folder}, then  qbank check   and   qbank paper quiz -o exam/")
