"""`qbank schema`."""

from __future__ import annotations

import json

import click


@click.command()
@click.option("--of", "record", type=click.Choice(["item", "blueprint"]), default="item", show_default=True)
def command(record: str) -> None:
    """Print the JSON Schema of an item (or a blueprint), so that an editor completes and checks the YAML."""
    from qbank.actions.schema import schema
    from qbank.bank.blueprint import Blueprint
    from qbank.bank.item import Item

    made = schema(Item if record == "item" else Blueprint)
    click.echo(json.dumps(made, ensure_ascii=False, indent=2))
