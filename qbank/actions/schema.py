"""The JSON Schema of an item or a blueprint, for editors: it lets through whatever the records read."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from qbank.records import Record

SCALAR = ["string", "number", "boolean"]
"""What an editor takes a scalar for that a record reads as the text that was written: `4.7k`, `1`, `yes`."""
_WIDER = {"string": SCALAR, "number": ["number", "string"], "boolean": ["boolean", "string"]}


def schema(record: type[Record]) -> dict[str, Any]:
    """The schema of a record and of all that it holds.

    A text may look like a number or a truth to an editor, and a record that reads a short form takes a scalar or a list
    as well.
    """
    made = record.model_json_schema(mode="validation")
    short = {name for each in _records() if _reads_short_forms(each) for name in _names(each)}
    definitions = {
        name: {"anyOf": [_widened(own), {"type": [*SCALAR, "array"]}]} if name in short else _widened(own)
        for name, own in made.pop("$defs", {}).items()
    }
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "$defs": definitions, **_widened(made)}


def _widened(node: Any) -> Any:
    if isinstance(node, list):
        return [_widened(each) for each in node]
    if not isinstance(node, dict):
        return node
    made = {name: _widened(each) for name, each in node.items()}
    kinds = made.get("type")
    if isinstance(kinds, str | list) and "enum" not in made and "const" not in made:
        wider = [kind for each in ([kinds] if isinstance(kinds, str) else kinds) for kind in _WIDER.get(each, [each])]
        made["type"] = wider[0] if len(wider) == 1 else list(dict.fromkeys(wider))
    return made


def _names(record: type[Record]) -> tuple[str, str]:
    """What a schema may call the record: its name, and where two share that, with its module."""
    return record.__name__, f"{record.__module__.replace('.', '__')}__{record.__name__}"


def _records(of: type[Record] = Record) -> Iterator[type[Record]]:
    for each in of.__subclasses__():
        yield each
        yield from _records(each)


def _reads_short_forms(record: type[Record]) -> bool:
    return any(found.info.mode == "before" for found in record.__pydantic_decorators__.model_validators.values())
