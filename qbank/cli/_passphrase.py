"""A passphrase: from a file, from the environment, or typed unseen; never from the command line."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

VARIABLE = "QBANK_PASSPHRASE"
Command = TypeVar("Command", bound=Callable[..., Any])


def option(command: Command) -> Command:
    """`--passphrase-file FILE`."""
    return click.option("--passphrase-file", type=click.Path(path_type=Path, exists=True, dir_okay=False),
                        help=f"A file whose first line is the passphrase (default: ${VARIABLE}, else it is asked for)."
                        )(command)  # fmt: skip


def given(file: Path | None, *, new: bool) -> str:
    """The passphrase; a new one is typed twice. Raises Refused where there is nobody to ask."""
    from qbank.model import Refused

    if file is not None:
        try:
            found = file.read_text("utf-8-sig").partition("\n")[0].rstrip("\r")
        except (OSError, UnicodeDecodeError) as error:
            raise Refused(f"{file}: cannot be read as a text: {error}") from error
        if not found:
            raise Refused(f"{file}: its first line is empty, and should be the passphrase")
        return found
    if os.environ.get(VARIABLE):
        return os.environ[VARIABLE]
    if not sys.stdin.isatty():
        raise Refused(f"there is no terminal to ask for the passphrase: put it into ${VARIABLE}, or name a file: "
                      "--passphrase-file FILE")  # fmt: skip
    typed: str = click.prompt("passphrase", hide_input=True, confirmation_prompt=new, err=True)
    return typed
