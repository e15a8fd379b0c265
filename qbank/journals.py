"""The journals of an exam as records: a line of JSON a record, the newest last, each read strictly."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TypeVar

from pydantic import TypeAdapter, ValidationError

from qbank.model import Problem, Refused

Record = TypeVar("Record")


def written(records: Iterable[Mapping[str, Any]]) -> bytes:
    """The fields of records as lines.

    >>> written([{"candidate": "71", "why": "病假"}]).decode()
    '{"candidate": "71", "why": "病假"}\\n'
    """
    return b"".join(json.dumps(record, ensure_ascii=False).encode() + b"\n" for record in records)


def parsed(
    adapter: TypeAdapter[Record], content: bytes, file: str, *, code: str, what: str, fields: Sequence[str]
) -> tuple[Record, ...]:
    """The records of such lines. Raises Refused with the number of a line that is not `what`, and its `fields`."""
    found = []
    for number, line in enumerate(content.split(b"\n"), start=1):
        if line.strip():
            try:
                found.append(adapter.validate_json(line))
            except ValidationError:
                message = f"{file}, line {number}: this is not {what}; it has the fields {', '.join(fields)}"
                raise Refused(Problem(code, message, proposal="restore the line")) from None
    return tuple(found)
