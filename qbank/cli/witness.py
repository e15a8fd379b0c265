"""`qbank witness`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from qbank.cli import _completion, _shared, _terminal

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
        _terminal.say(f"{proof.part.id}: {f'by {proof.by}, ' if proof.by else ''}{_said(proof)}")
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
    found = proof.found
    assert found is not None
    columns = [_terminal.Column(head, right=True) for head in ("seat", "key", "witness", "off by")]
    rows = []
    compared = zip(found.key, found.says, found.error(found.key), found.accepts(found.key), strict=True)
    for seat, (key, says, error, agrees) in enumerate(compared):
        told = "✓" if agrees else "✗ they disagree"
        rows.append((str(seat), _number(key), _number(says), f"{error:.1e}", told))
    _terminal.table([*columns, _terminal.Column("")], rows)


def _number(value: Floats) -> str:
    return f"{value:.8g}" if not value.shape else f"({', '.join(f'{each:.5g}' for each in value.ravel())})"
