"""`qbank witness`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from qbank.cli import _completion, _shared

if TYPE_CHECKING:
    from qbank.actions.witness import Proof
    from qbank.model import Floats


@click.command()
@click.argument("item", shell_complete=_completion.items)
@click.option("--seats", type=click.IntRange(1, 10_000), default=5, show_default=True,
              help="How many variants to show.")
@_shared.bank_option
def command(item: str, seats: int, banks: tuple[Path, ...]) -> None:
    """Put the keys of ITEM (an id or a file) beside what their witnesses say, in SI units.

    Exit code 1 when they disagree.

    The variants are those of `qbank check`; see one with: qbank show ITEM --seed check --seat N
    """
    from qbank.actions.witness import witness

    wrong = 0
    source, name = _shared.having(_shared.open_bank(banks, [item]), item)
    for proof in witness(source, name, seats=seats):
        click.echo(f"{proof.part.id}: {f'by {proof.by}, ' if proof.by else ''}{_said(proof)}")
        if proof.found is not None:
            _table(proof)
            wrong += not proof.found.accepts(proof.found.key).all()
        elif proof.by:
            wrong += 1
    sys.exit(1 if wrong else 0)


def _said(proof: Proof) -> str:
    if proof.found is None:
        return f"no witness: {proof.reason}" if proof.part.because and not proof.by else proof.reason
    return f"within {proof.found.within:g}"


def _table(proof: Proof) -> None:
    from rich.console import Console
    from rich.table import Table

    found = proof.found
    assert found is not None
    table = Table(box=None, pad_edge=True, header_style="bold")
    for heading in ("seat", "key", "witness", "off by", ""):
        table.add_column(heading, overflow="fold", justify="right" if heading != "" else "left")
    rows = zip(found.key, found.says, found.error(found.key), found.accepts(found.key), strict=True)
    for seat, (key, says, error, agrees) in enumerate(rows):
        table.add_row(str(seat), _number(key), _number(says), f"{error:.1e}", "✓" if agrees else "✗ they disagree")
    Console(highlight=False, markup=False, width=None if sys.stdout.isatty() else 120).print(table)


def _number(value: Floats) -> str:
    return f"{value:.8g}" if not value.shape else f"({', '.join(f'{each:.5g}' for each in value.ravel())})"
