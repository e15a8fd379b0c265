"""What was recorded of the candidates after an exam was sealed: who, when, why. The newest record counts.

The records are kept beside the sealed half and never in it: the printed papers and their keys stay what they are.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Annotated, Literal, TypeAlias

from pydantic import ConfigDict, Field, TypeAdapter

from qbank import journals
from qbank.model import State

RECORD = "roll.jsonl"
"""Where an exam keeps them: a line a record, the newest last."""


@dataclass(frozen=True, slots=True)
class Status:
    """What became of a candidate's examination; "sat" takes back what was recorded before."""

    __pydantic_config__ = ConfigDict(strict=True, extra="forbid")

    candidate: str
    state: State
    by: str
    at: str
    why: str = ""
    what: Literal["status"] = "status"


Entry: TypeAlias = Status
"""Every kind of record."""
_ENTRY: TypeAdapter[Entry] = TypeAdapter(Annotated[Entry, Field()])


def written(entries: Iterable[Entry]) -> bytes:
    """The records as lines of JSON."""
    return journals.written(asdict(each) for each in entries)


def parsed(content: bytes, file: str = RECORD) -> tuple[Entry, ...]:
    """The records of such lines. Raises Refused with the number of a line that is not one.

    >>> one = Status("71", "excused", "Wang", "2026-01-05T08:00:00Z", "病假")
    >>> parsed(written([one])) == (one,)
    True
    """
    return journals.parsed(_ENTRY, content, file, code="roll.line", what="a record of a candidate",
                           fields=("what", "candidate", "by", "at", "why", "…"))  # fmt: skip


def statuses(entries: Iterable[Entry]) -> dict[str, Status]:
    """The last status that was recorded of each candidate, by number."""
    return {each.candidate: each for each in entries if isinstance(each, Status)}
