"""The schema of a record and of all that it holds, with the meaning of every field."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from pydantic.json_schema import GenerateJsonSchema
from pydantic_core import core_schema

from qbank import messages, registry
from qbank.records import Record, by_key
from qbank.schemas._meanings import Meanings, meaning

SCALAR = ["string", "number", "boolean"]
"""What an editor takes a scalar for that a record reads as the text that was written: `4.7k`, `1`, `yes`."""
_WIDER = {"string": SCALAR, "number": ["number", "string"], "boolean": ["boolean", "string"]}
_LINK = re.compile(r"\[([^]]*)\]\([^)]*\)")
_WITNESSES = "witnesses"

Known = Mapping[tuple[str, str], Iterable[str]]


class _Told(GenerateJsonSchema):
    """Pydantic's generator, which adds the meaning of every field, and what may be written into some."""

    meanings: Meanings
    known: Known

    def model_schema(self, schema: core_schema.ModelSchema) -> dict[str, Any]:
        made = super().model_schema(schema)
        record: type = schema["cls"]
        made.pop("title", None)
        for name, field in made.get("properties", {}).items():
            if not isinstance(field, dict):
                continue
            field.pop("title", None)
            if name in ("zh", "en"):
                continue
            sentence = meaning(self.meanings, record, name)
            if sentence:
                field["description"] = plain(messages.translated(sentence))
            _complete(field, tuple(self.known.get((record.__name__, name), ())))
        return made


def schema(record: type[Record], meanings: Meanings, known: Known) -> dict[str, Any]:
    """The schema of a record and of all that it holds.

    A text may look like a number or a truth to an editor, and a record that reads a short form takes a scalar or a list
    as well. What a witness may have is told by its fields: a part holds one as a mapping, which its solver reads.
    """
    told = type("Told", (_Told,), {"meanings": meanings, "known": known})(by_alias=True)
    root = told.generate(record.__pydantic_core_schema__)
    own = root.pop("$defs", {})
    if "Part" in own:
        witness = own["Part"]["properties"]["witness"]
        witness["anyOf"] = [by_key(_witnesses(meanings)), {"const": "none"}]
    short = {name for each in _subclasses() if _reads_short_forms(each) for name in _names(each)}
    definitions = {
        name: {"anyOf": [_widened(each), {"type": [*SCALAR, "array"]}]} if name in short else _widened(each)
        for name, each in own.items()
    }
    return {"$defs": definitions, **_widened(root)}


def _witnesses(meanings: Meanings) -> dict[str, Any]:
    """Every witness with its fields, whatever may be in them."""
    found = {}
    for tag in registry.tags(_WITNESSES):
        spec: type[Record] = registry.load(_WITNESSES, tag).Spec
        names = {field.alias or name: field for name, field in spec.model_fields.items()}
        found[tag] = {
            "type": "object",
            "description": inspect.getdoc(spec) or "",
            "properties": {
                name: {"description": plain(messages.translated(meaning(meanings, spec, name)))} for name in names
            },
            "required": [name for name, field in names.items() if field.is_required()],
            "additionalProperties": False,
        }
    return found


def plain(sentence: str) -> str:
    """A sentence of a page without its links.

    >>> plain("see [Parameters](#parameters)")
    'see Parameters'
    """
    return _LINK.sub(r"\1", sentence)


def _complete(field: dict[str, Any], choices: tuple[str, ...]) -> None:
    """Let an editor offer what a field may name; what is not there yet may be written all the same."""
    if not choices:
        return
    if field.get("type") == "array":
        field["items"] = {"anyOf": [{"enum": list(choices)}, {"not": {"type": ["object", "array"]}}]}
        return
    described = {"description": field["description"]} if "description" in field else {}
    field.clear()
    field |= {**described, "anyOf": [{"enum": list(choices)}, {"not": {"type": ["object", "array"]}}]}


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


def _subclasses(of: type[Record] = Record) -> Iterator[type[Record]]:
    for each in of.__subclasses__():
        yield each
        yield from _subclasses(each)


def _reads_short_forms(record: type[Record]) -> bool:
    return any(found.info.mode == "before" for found in record.__pydantic_decorators__.model_validators.values())
