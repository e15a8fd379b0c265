"""What a YAML file becomes: mappings, sequences and scalars, each knowing where it was written."""

from __future__ import annotations

import re
from collections import abc
from dataclasses import dataclass, field
from typing import Any, TypeAlias

Path: TypeAlias = abc.Sequence[str | int]
"""The way from a node to one below it: a key of a mapping or an index of a sequence at each step."""


@dataclass(frozen=True, slots=True)
class Source:
    """A file's name and its lines, without their ends."""

    file: str
    lines: tuple[str, ...] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Span:
    """From the first character to the one after the last; lines and columns count from 0."""

    source: Source
    line: int
    column: int
    last_line: int
    last_column: int


@dataclass(frozen=True, slots=True)
class Scalar:
    """A text as it was written; None where nothing was. `style` is its quotation: '', ' " | or >."""

    text: str | None
    style: str
    span: Span


@dataclass(frozen=True, slots=True)
class Sequence:
    """The items of a list, in order."""

    items: tuple[Node, ...]
    span: Span

    def __len__(self) -> int:
        return len(self.items)

    def __getitem__(self, index: int) -> Node:
        return self.items[index]


@dataclass(frozen=True, slots=True)
class Mapping:
    """Keys as they were written, each with its value, in the order of the file."""

    keys: abc.Mapping[str, Scalar]
    values: abc.Mapping[str, Node]
    span: Span

    def __len__(self) -> int:
        return len(self.values)

    def __contains__(self, key: object) -> bool:
        return key in self.values

    def __getitem__(self, key: str) -> Node:
        return self.values[key]


Node: TypeAlias = Mapping | Sequence | Scalar


def plain(node: Node) -> Any:
    """The node as dict, list and str; an empty value is None, so that a model can ask for one."""
    match node:
        case Mapping():
            return {key: plain(value) for key, value in node.values.items()}
        case Sequence():
            return [plain(item) for item in node.items]
        case Scalar():
            return node.text


def child(node: Node, step: str | int) -> Node | None:
    """The node one step below, or None where there is none."""
    if isinstance(node, Mapping) and isinstance(step, str):
        return node.values.get(step)
    if isinstance(node, Sequence) and isinstance(step, int) and 0 <= step < len(node.items):
        return node.items[step]
    return None


def path_text(path: Path) -> str:
    """A path as a problem prints it.

    >>> path_text(["parts", 0, "answer", "a.b"])
    '$.parts[0].answer["a.b"]'
    """
    steps = (
        f"[{step}]" if isinstance(step, int) else f".{step}" if re.fullmatch(r"[\w-]+", step) else f'["{step}"]'
        for step in path
    )
    return "$" + "".join(steps)
