"""`qbank unpack`."""

from __future__ import annotations

from pathlib import Path

import click

from qbank import messages
from qbank.cli import _passphrase, _terminal


@click.command()
@click.argument("archive", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("-o", "--output", required=True, type=click.Path(path_type=Path, file_okay=False),
              help="The folder for the exam; it must be new or empty.")
@_passphrase.option
def command(archive: Path, output: Path, passphrase_file: Path | None) -> None:
    """Unpack an exam from an ARCHIVE made by qbank pack; all files are checked before the first is written."""
    from qbank import store
    from qbank.actions import pack
    from qbank.model import Refused

    count = pack.unpack(archive, output, _passphrase.given(passphrase_file, new=False))
    differences = store.verified(output)
    if differences:
        raise Refused(messages.tell("{differing} (it was like this when it was packed)",
                                    differing=store.differing(output, differences)))  # fmt: skip
    _terminal.say(messages.tell_many(count, "{folder}: {count} file, as it was sealed",
                                     "{folder}: {count} files, as they were sealed", folder=output))  # fmt: skip
