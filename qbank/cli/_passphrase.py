"""A passphrase: from a file, from the environment, or typed unseen; never from the command line."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from qbank import messages

VARIABLE = "QBANK_PASSPHRASE"
Command = TypeVar("Command", bound=Callable[..., Any])


def option(command: Command) -> Command:
    """`--passphrase-file FILE`."""
    return click.option("--passphrase-file", type=click.Path(path_type=Path, exists=True, dir_okay=False),
                        help=f"A file whose first line is the passphrase (default: ${VARIABLE}, else it is asked for)."
                        )(command)  # fmt: skip


def given(file: Path | None, *, new: bool) -> str:
    """The passphrase; a new one is typed twice. Raises Refused where it cannot be asked for."""
    from qbank.model import Refused

    if file is not None:
        try:
            found = file.read_text("utf-8-sig").partition("\n")[0].rstrip("\r")
        except (OSError, UnicodeDecodeError) as error:
            raise Refused(messages.tell("{file}: cannot be read as text: {error}", file=file, error=error)) from error
        if not found:
            raise Refused(messages.tell("{file}: the first line is empty; it should be the passphrase", file=file))
        return found
    if os.environ.get(VARIABLE):
        return os.environ[VARIABLE]
    if not sys.stdin.isatty():
        raise Refused(messages.tell("there is no terminal to ask for the passphrase: put it into ${variable}, or give "
                                    "a file: --passphrase-file FILE", variable=VARIABLE))  # fmt: skip
    typed: str = click.prompt(messages.tell("passphrase"), hide_input=True, confirmation_prompt=new, err=True)
    return typed
