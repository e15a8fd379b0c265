"""What a schema tells about whole records and files, in the language of the reader."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from qbank import messages

TOLD = ("title", "description")
"""The words of JSON Schema with a text for people."""


def whole(node: Any) -> Any:
    """A schema with its texts in the language of the reader; what is translated already stays as it is."""
    match node:
        case dict():
            return {
                name: messages.translated(value) if name in TOLD and isinstance(value, str) else whole(value)
                for name, value in node.items()
            }
        case list():
            return [whole(each) for each in node]
        case _:
            return node


def texts(node: Any) -> Iterator[str]:
    """The texts of a schema for people."""
    match node:
        case dict():
            for name, value in node.items():
                if name in TOLD and isinstance(value, str):
                    yield from [value] if value else []
                else:
                    yield from texts(value)
        case list():
            for each in node:
                yield from texts(each)
