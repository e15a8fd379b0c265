"""`qbank pack`."""

from __future__ import annotations

from pathlib import Path

import click

from qbank import messages
from qbank.cli import _passphrase, _shared, _terminal


@click.command()
@click.argument("exam", type=click.Path(path_type=Path))
@click.option("-o", "--output", type=click.Path(path_type=Path, dir_okay=False),
              help="The archive to write (default: EXAM.qbank.zip beside it).")
@click.option("--verify", is_flag=True, help="Check EXAM, which is an archive, file by file; write nothing.")
@_passphrase.option
@_shared.unsealed_option
def command(exam: Path, output: Path | None, verify: bool, passphrase_file: Path | None, unsealed: bool) -> None:
    """Pack the folder of an EXAM into one file for the archive, encrypted with a passphrase.

    A lost passphrase cannot be recovered: keep it apart from the file. To open the file: qbank unpack.
    """
    from qbank.actions import pack
    from qbank.model import Refused

    if verify:
        if output is not None:
            raise Refused(messages.tell("--verify does not write a file: leave out -o"))
        count = pack.check(exam, _passphrase.given(passphrase_file, new=False))
        _terminal.say(messages.tell_many(count, "{archive}: {count} file, as it was packed",
                                         "{archive}: {count} files, each as it was packed", archive=exam))  # fmt: skip
        return
    target = output or exam.with_name(f"{exam.absolute().name}.qbank.zip")
    count = pack.pack(exam, target, _passphrase.given(passphrase_file, new=True), unsealed=unsealed)
    _terminal.say(messages.tell_many(count, "{archive}: {count} file, encrypted, and checked by unpacking it once",
                                     "{archive}: {count} files, encrypted, and checked by unpacking them once",
                                     archive=target))  # fmt: skip
