"""Advice: an option that a message names is one of the command to which it is told, or of the one that it names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from babel.messages.pofile import read_po

from qbank import cli

ROOT = Path(__file__).parents[1]
OPTION = re.compile(r"(?<![\w-])--[a-z][a-z-]*")
NAMED = re.compile(r"qbank ((?:new )?[a-z]+)((?:\s(?:-[a-z]|<?[A-Z{][\w}/.>-]*|[a-z0-9.-]+|--[a-z-]+)(?![\w:]))*)")
"""A command in a text, with the words that follow it."""

TELLS: dict[str, tuple[str, ...]] = {
    "actions/_changed": ("check",), "actions/_cluster": ("grade",), "actions/_given": ("marks",),
    "actions/_rows": ("marks",), "actions/add": ("add",), "actions/fill": ("marks",), "actions/grade_large": ("grade",),
    "actions/deliver": ("marks", "export", "review", "preview", "check", "feedback"),  # where it is asked for
    "actions/export": ("export",), "actions/make_paper": ("paper",), "actions/print_papers": ("print",),
    "actions/_schemes": ("marks",), "actions/regrade": ("regrade",), "actions/stats": ("stats",),
    "actions/trace": ("trace",), "cli/_passphrase": ("pack", "unpack"), "cli/_session": ("review",),
    "bank/_folder": ("check", "show", "ask", "list", "paper", "preview", "export"),
    "bank/_together": ("check", "show", "ask", "list", "paper", "preview", "export"), "checks/sittings": ("check",),
    "intake/_template": ("marks",), "papers/_compose": ("paper",), "papers/_offer": ("paper",),
    "papers/_sightings": ("trace",), "papers/_suited": ("paper",), "papers/seats": ("paper",),
    "scales/combining": ("marks", "export"), "scales/tables": ("marks",), "store/_folder": ("paper", "demo"),
}  # fmt: skip
"""The commands that tell what a module outside of their own files has to say."""
ASIDE = {"cli/__init__": "of every command", "cli/_shared": "beside the option itself"}


def commands(group: click.Group = cli.group, before: str = "") -> Iterator[tuple[str, frozenset[str]]]:
    """Every command with its options."""
    for name in group.list_commands(click.Context(group)):
        found = group.get_command(click.Context(group), name)
        if isinstance(found, click.Group):
            yield from commands(found, f"{before}{name} ")
        elif found is not None:
            told = (option for each in found.params for option in (*each.opts, *each.secondary_opts))
            yield f"{before}{name}", frozenset({*told, "--help", "--lang"} if name == "qbank" else {*told, "--help"})


COMMANDS = dict(commands())


def advice() -> Iterator[tuple[str, str]]:
    """Every text that names an option, with a module that tells it."""
    with (ROOT / "qbank/messages/locale/zh/LC_MESSAGES/messages.po").open("rb") as file:
        for message in read_po(file):
            texts = [message.id] if isinstance(message.id, str) else list(message.id)
            for place in {place for place, _ in message.locations if place.startswith("qbank/")}:
                yield from ((place.removeprefix("qbank/").removesuffix(".py"), text) for text in texts
                            if OPTION.search(text))  # fmt: skip


@pytest.mark.parametrize(("module", "text"), sorted(set(advice())))
def test_an_option_that_a_message_advises_is_there(module: str, text: str) -> None:
    rest = text
    for found in NAMED.finditer(text):
        if found[1] not in COMMANDS:
            continue
        for option in OPTION.findall(found[2]):
            assert option in COMMANDS[found[1]], f"qbank {found[1]} has no {option}"
        rest = rest.replace(found[0], "")
    left = OPTION.findall(rest)
    own = module.removeprefix("cli/").rstrip("_")
    if left and module not in ASIDE:
        tells = (own,) if own in COMMANDS else TELLS.get(module, ())
        assert tells or own == "new", f"{module}: which commands tell this?"
        for option in left:
            assert all(option in COMMANDS[each] for each in tells), f"not every one of {tells} has {option}"
