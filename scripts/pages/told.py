"""What the program tells without `messages.tell`: the help, the meanings of fields, click's texts, the pages."""

from __future__ import annotations

import importlib
import inspect
from collections.abc import Iterator, Mapping

import build_docs
import click
from babel.messages.extract import extract_from_file

from pages import words
from qbank import cli, messages, schemas
from qbank.actions import anonymise
from qbank.actions.schema import meanings
from qbank.checks import mutation
from qbank.cli import _help
from qbank.figures import _vector

KEYWORDS: Mapping[str, tuple[int, ...] | None] = {"_": None, "ngettext": (1, 2)}
"""How click marks its texts."""


def texts() -> Iterator[tuple[str, str | tuple[str, ...]]]:
    """(file, text) for each text; one about a number of things has two forms."""
    for name, line in cli.COMMANDS.items():
        yield "qbank/cli/__init__.py", line
        module = importlib.import_module(f"qbank.cli.{cli.MODULES.get(name, name)}")
        yield from _of_command(f"qbank/cli/{name}.py", module.command)
    yield from _of_command("qbank/cli/__init__.py", cli.group)
    for meaning in _leaves(meanings()):
        yield "templates/fields.yaml", meaning
    yield from (("qbank/schemas", text) for text in schemas.texts())
    yield from (("qbank/checks/mutation.py", slip) for slip in mutation.SLIPS)
    yield from (("qbank/figures/_vector.py", what) for what in _vector.DANGERS.values())
    yield "qbank/actions/anonymise.py", anonymise.LEFT_OUT
    yield from (("qbank/messages/__init__.py", reason) for reason in messages.REASONS)
    yield from _of_click()
    build_docs.build(messages.LANGUAGES[0])
    yield from (("scripts/pages", text) for text in words.SAID)


def _of_command(origin: str, command: click.Command) -> Iterator[tuple[str, str]]:
    if isinstance(command, click.Group) and command is not cli.group:
        for each in command.commands.values():
            yield from _of_command(origin, each)
    yield from ((origin, text) for text in _help.texts(command) if text)


def _leaves(told: Mapping[str, object]) -> Iterator[str]:
    for value in told.values():
        if isinstance(value, Mapping):
            yield from _leaves(value)
        elif isinstance(value, str):
            yield value


def _of_click() -> Iterator[tuple[str, str | tuple[str, ...]]]:
    """What click tells a user of this program: usage, errors, the headings of the help."""
    for name in ("core", "decorators", "exceptions", "formatting", "parser", "termui", "types"):
        module = importlib.import_module(f"click.{name}")
        for _, found, *_ in extract_from_file("python", inspect.getfile(module), keywords=KEYWORDS):
            if isinstance(found, str):
                yield "click", found
            elif isinstance(found, tuple):
                yield "click", tuple(map(str, found))
    yield "click", "required"  # which click looks up by a variable
    yield from (("click", name) for name in (*_help.TYPES, *_help.USAGE))
