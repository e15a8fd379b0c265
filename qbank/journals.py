"""The journals of an exam as records: a line of JSON a record, the newest last, each read strictly."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeVar

from pydantic import TypeAdapter, ValidationError

from qbank import messages
from qbank.model import Problem, Refused

Record = TypeVar("Record")


def written(records: Iterable[Mapping[str, Any]]) -> bytes:
    """The fields of records as lines.

    >>> written([{"candidate": "71", "why": "病假"}]).decode()
    '{"candidate": "71", "why": "病假"}\\n'
    """
    return b"".join(json.dumps(record, ensure_ascii=False).encode() + b"\n" for record in records)


def parsed(
    adapter: TypeAdapter[Record], content: bytes, file: str, *, code: str, broken: Callable[[str, int], str]
) -> tuple[Record, ...]:
    """The records of such lines. Raises Refused for the first line that is not one: `broken` tells it by its number."""
    found = []
    for number, line in enumerate(content.split(b"\n"), start=1):
        if line.strip():
            try:
                found.append(adapter.validate_json(line))
            except ValidationError:
                proposal = messages.tell("restore the line from a copy of the file")
                raise Refused(Problem(code, broken(file, number), proposal=proposal)) from None
    return tuple(found)
