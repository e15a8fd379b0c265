"""`qbank unpack`."""

from __future__ import annotations

from pathlib import Path

import click

from qbank.cli import _passphrase, _shared, _terminal


@click.command()
@click.argument("archive", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("-o", "--output", required=True, type=click.Path(path_type=Path, file_okay=False),
              help="The folder of the exam, which is not there yet or empty.")
@_passphrase.option
def command(archive: Path, output: Path, passphrase_file: Path | None) -> None:
    """Unpack an exam from an ARCHIVE that qbank pack made; every file is checked before one is written."""
    from qbank import store
    from qbank.actions import pack
    from qbank.model import Refused

    count = pack.unpack(archive, output, _passphrase.given(passphrase_file, new=False))
    differences = store.verified(output)
    if differences:
        raise Refused(f"{store.differing(output, differences)} (it was packed so)")
    _terminal.say(f"{output}: {_shared.count(count, 'file')}, as they were sealed")
