"""Every command with its help, as the terminal prints it in the language of the page."""

from __future__ import annotations

import gettext
from collections.abc import Callable, Iterator, Mapping

import click

from pages.tables import fenced
from qbank import cli, messages
from qbank.cli import _help

WIDTH = 100


def commands() -> str:
    """The help of the program, then that of each command and of its subcommands."""
    gettext.bindtextdomain(messages.DOMAIN, messages.TABLES)
    program = _help.in_language(cli.group)
    whole = _help.Context(program, info_name="qbank", max_content_width=WIDTH, terminal_width=WIDTH,
                          help_option_names=["-h", "--help"])  # fmt: skip
    pieces = [fenced(program.get_help(whole), "text")]
    for name in cli.COMMANDS:
        pieces.append(f"## qbank {name}")
        pieces += (fenced(text, "text") for text in _helps(whole, name))
    return "\n\n".join(pieces)


def _helps(parent: click.Context, name: str) -> Iterator[str]:
    group = parent.command
    assert isinstance(group, click.Group)
    command = group.get_command(parent, name)
    assert command is not None
    context = _help.Context(command, parent=parent, info_name=name, max_content_width=WIDTH, terminal_width=WIDTH,
                            help_option_names=["-h", "--help"])  # fmt: skip
    yield command.get_help(context)
    if isinstance(command, click.Group):
        for inner in command.list_commands(context):
            yield from _helps(context, inner)


INSERTS: Mapping[str, Callable[..., str]] = {"commands": commands}
