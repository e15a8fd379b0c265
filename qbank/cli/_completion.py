"""What a shell offers while a command is typed: items, topics and blueprints, by the names of their files."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import click

from qbank.cli import _shared


def items(context: click.Context, _: click.Parameter, begun: str) -> list[str]:
    """The ids of items that begin so; a file is named like its item."""
    return [name for name in _items(context) if name.startswith(begun)]


def items_and_topics(context: click.Context, _: click.Parameter, begun: str) -> list[str]:
    """The ids of items and the topics that begin so."""
    return [name for name in (*_topics(context), *_items(context)) if name.startswith(begun)]


def blueprints(context: click.Context, _: click.Parameter, begun: str) -> list[str]:
    """The ids of blueprints that begin so."""
    found = sorted(path.stem for folder in _folders(context) for path in folder.glob("blueprints/*.yaml"))
    return [name for name in found if name.startswith(begun)]


def named(room: str) -> Callable[[click.Context, click.Parameter, str], list[str]]:
    """The tags of a room that begin so: kinds of answer, outputs."""
    def tags(_: click.Context, __: click.Parameter, begun: str) -> list[str]:
        from qbank import registry

        return [tag for tag in registry.tags(room) if tag.startswith(begun)]

    return tags


def _items(context: click.Context) -> Iterator[str]:
    for folder in _folders(context):
        for path in sorted(folder.rglob("*.yaml")):
            apart = {"circuits", "blueprints"} & set(path.relative_to(folder).parts) or "." not in path.stem
            if not apart:
                yield path.stem


def _topics(context: click.Context) -> Iterator[str]:
    for folder in _folders(context):
        path = folder / "topics.yaml"
        if path.is_file():
            yield from re.findall(r"(?m)^([^\s#:][^\s:]*):", path.read_text(encoding="utf-8", errors="replace"))


def _folders(context: click.Context) -> list[Path]:
    """The banks that the command will read: those named so far, else the usual one."""
    return [folder for folder in _shared.folders(context.params.get("banks") or ()) if folder.is_dir()]
