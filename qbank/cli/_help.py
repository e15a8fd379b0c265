"""The help of a command in the language of the reader, in lines that fit a terminal where Chinese takes two columns."""

from __future__ import annotations

import inspect
from collections.abc import Iterable
from copy import copy
from typing import TypeVar

import click

from qbank import messages
from qbank.cli import _terminal

Command = TypeVar("Command", bound=click.Command)
DEEPEST = 30
"""The text of an option begins at this column at the latest."""
TYPES = ("integer", "integer range", "float", "float range", "text")
"""What click calls the values of options, but for files; a language may have a word of its own."""
USAGE = ("[OPTIONS]", "COMMAND [ARGS]...")
"""What stands in a line of usage for options, and for a command."""


class Formatter(click.HelpFormatter):
    """Click's formatter, counting columns of the terminal instead of characters."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        """The line of usage; no space follows the colon of Chinese."""
        super().write_usage(prog, args, messages.tell("Usage: ") if prefix is None else prefix)

    def write_heading(self, heading: str) -> None:
        """A heading with the colon of the language."""
        told = messages.tell("{heading}:", heading=heading)
        self.write(f"{' ' * self.current_indent}{told}\n")

    def write_text(self, text: str) -> None:
        """Paragraphs set in by the present indent; one that begins with `\\b` keeps its lines."""
        margin = " " * self.current_indent
        for place, paragraph in enumerate(text.split("\n\n")):
            self.write("\n" * (place > 0))
            kept = paragraph.startswith("\b")
            lines = paragraph[1:].strip("\n").split("\n") if kept else self._broken(" ".join(paragraph.split()))
            self.write("".join(f"{margin}{line}\n" for line in lines))

    def write_dl(self, rows: Iterable[tuple[str, str]], col_max: int = DEEPEST, col_spacing: int = 2) -> None:
        """Terms with what they mean beside them, or under a term that is longer than the column."""
        margin, rows = " " * self.current_indent, list(rows)
        deep = min(max((_terminal.cells(term) for term, _ in rows), default=0), col_max) + col_spacing
        for term, meaning in rows:
            beside = _terminal.cells(term) <= deep - col_spacing
            lead = margin + term + (" " * (deep - _terminal.cells(term)) if beside else f"\n{margin}{' ' * deep}")
            lines = self._broken(meaning, deep)
            self.write(lead + f"\n{margin}{' ' * deep}".join(lines).rstrip() + "\n")

    def _broken(self, text: str, deep: int = 0) -> list[str]:
        room = max(self.width - self.current_indent - deep, _terminal.NARROW)
        return _terminal.wrapped(text, room, 0)


class Context(click.Context):
    """A context of click whose help is written by `Formatter`."""

    formatter_class = Formatter


def in_language(command: Command) -> Command:
    """A copy of a command whose help, and that of its options, is in the language of the reader."""
    told = copy(command)
    told.context_class = Context
    told._help_option = None  # click keeps it with the language in which it was first asked for
    told.help = messages.translated(inspect.cleandoc(command.help or ""))
    told.options_metavar = messages.translated(USAGE[0])
    told.params = [_option(each) if isinstance(each, click.Option) else each for each in command.params]
    told.short_help = " ".join(told.help.partition("\n\n")[0].split())
    if isinstance(told, click.Group):
        told.subcommand_metavar = messages.translated(USAGE[1])
        told.commands = {name: in_language(each) for name, each in told.commands.items()}
    return told


def in_words(error: click.ClickException) -> click.ClickException:
    """An error of click, in a sentence of ours where click puts its own together from pieces."""
    match error:
        case click.NoSuchOption(option_name=name, possibilities=[guess, *_]):
            message = messages.tell("there is no option {name!r}; did you mean {guess!r}?", name=name, guess=guess)
        case click.NoSuchOption(option_name=name):
            message = messages.tell("there is no option {name!r}", name=name)
        case click.MissingParameter(param=click.Option() as option):
            message = messages.tell("the option {name} is missing", name=option.get_error_hint(error.ctx))
        case click.MissingParameter(param=click.Argument() as argument):
            message = messages.tell("the argument {name} is missing", name=argument.get_error_hint(error.ctx))
        case _:
            return error
    return click.UsageError(message, error.ctx)


def texts(command: click.Command) -> list[str]:
    """What of a command's help is translated."""
    own = [inspect.cleandoc(command.help or "")]
    return own + [each.help for each in command.params if isinstance(each, click.Option) and each.help]


def _option(option: click.Option) -> click.Option:
    told = copy(option)
    told.help = messages.translated(option.help or "") or None
    if option.type.name in TYPES:
        told.type = copy(option.type)
        told.type.name = messages.translated(option.type.name)
    return told
