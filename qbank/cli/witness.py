"""`qbank witness`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from qbank import messages
from qbank.cli import _completion, _shared, _terminal

if TYPE_CHECKING:
    from qbank.actions.witness import Proof
    from qbank.model import Floats


@click.command()
@click.argument("item", shell_complete=_completion.items)
@click.option("--seats", type=click.IntRange(1, 10_000), default=5, show_default=True,
              help="The number of variants to show.")
@_shared.bank_option
def command(item: str, seats: int, banks: tuple[Path, ...]) -> None:
    """Compare the keys of ITEM (an id or a file) with the results of their witnesses, in SI units.

    Exit code 1: they disagree.

    The variants are those of qbank check; to see one: qbank show ITEM --seed check --seat N
    """
    from qbank.actions.witness import witness

    wrong = 0
    source, name = _shared.having(_shared.open_bank(banks, [item]), item)
    for proof in witness(source, name, seats=seats):
        _terminal.say(_told(proof))
        if proof.found is not None:
            _table(proof)
            wrong += not proof.found.accepts(proof.found.key).all()
        elif proof.by:
            wrong += 1
    sys.exit(1 if wrong else 0)


def _told(proof: Proof) -> str:
    """Which witness a part has and how near it must be, or why there is none."""
    part, by = proof.part.id, proof.by
    if proof.found is not None:
        return messages.tell("{part}: by {witness}, within {share:g}", part=part, witness=by, share=proof.found.within)
    if by:
        return messages.tell("{part}: by {witness}, {reason}", part=part, witness=by, reason=proof.reason)
    if proof.part.because:
        return messages.tell("{part}: no witness: {reason}", part=part, reason=proof.reason)
    return messages.tell("{part}: {reason}", part=part, reason=proof.reason)


def _table(proof: Proof) -> None:
    found = proof.found
    assert found is not None
    heads = (messages.tell("seat"), messages.tell("key"), messages.tell("witness"), messages.tell("deviation"))
    columns = [_terminal.Column(head, right=True) for head in heads]
    rows = []
    compared = zip(found.key, found.says, found.error(found.key), found.accepts(found.key), strict=True)
    for seat, (key, says, error, agrees) in enumerate(compared):
        told = "✓" if agrees else messages.tell("✗ they disagree")
        rows.append((str(seat), _number(key), _number(says), f"{error:.1e}", told))
    _terminal.table([*columns, _terminal.Column("")], rows)


def _number(value: Floats) -> str:
    return f"{value:.8g}" if not value.shape else f"({', '.join(f'{each:.5g}' for each in value.ravel())})"
