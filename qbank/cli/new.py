"""`qbank new`."""

from __future__ import annotations

from pathlib import Path

import click


@click.group()
def command() -> None:
    """Start an item, a blueprint or a bank from a commented example that passes check."""


@command.command()
@click.argument("name")
@click.option("-o", "--output", type=click.Path(path_type=Path, dir_okay=False), help="The file (default: NAME.yaml).")
@click.option("--topic", default="electronics/opamp", show_default=True, help="The topic it goes under.")
def item(name: str, output: Path | None, topic: str) -> None:
    """A new item called NAME."""
    from qbank.actions import new

    path = new.item(output or Path(f"{name}.yaml"), name, topic)
    click.echo(f"written: {path}\nnext:    edit it, then  qbank check {path}")


@command.command()
@click.argument("name")
@click.option("-o", "--output", type=click.Path(path_type=Path, dir_okay=False), help="The file (default: NAME.yaml).")
@click.option("--item", "first", default="opamp.inverting.gain", show_default=True, help="The item to begin with.")
def blueprint(name: str, output: Path | None, first: str) -> None:
    """A new blueprint called NAME; in a bank, it belongs into blueprints/."""
    from qbank.actions import new

    path = new.blueprint(output or Path(f"{name}.yaml"), name, first)
    click.echo(f"written: {path}\nnext:    edit it, then  qbank check {path}   and   qbank paper {path} -o exam/")


@command.command()
@click.argument("folder", type=click.Path(path_type=Path))
def bank(folder: Path) -> None:
    """A new bank in FOLDER: topics, an item, a blueprint."""
    from qbank.actions import new

    for path in new.bank(folder):
        click.echo(f"written: {path}")
    click.echo(f"next:    qbank check --bank {folder}   and   qbank paper quiz --bank {folder} -o exam/")
