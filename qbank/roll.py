"""What was recorded of the candidates after an exam was sealed: who, when, why. The newest record counts.

The records are kept beside the sealed half and never in it: the printed papers and their keys stay what they are.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from typing import Annotated, Literal, TypeAlias, assert_never

from pydantic import ConfigDict, Field, TypeAdapter

from qbank import journals, messages
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


@dataclass(frozen=True, slots=True)
class Correction:
    """A candidate's number (as it was, and as it is now) and name; the printed paper keeps its file."""

    __pydantic_config__ = ConfigDict(strict=True, extra="forbid")

    candidate: str
    number: str
    name: str
    by: str
    at: str
    why: str = ""
    what: Literal["correction"] = "correction"


@dataclass(frozen=True, slots=True)
class Handed:
    """A spare paper, by its code, and the candidate who got it: one of the roster, or a new one.

    A record that is `withdrawn` takes back the one before it: that paper was never theirs.
    """

    __pydantic_config__ = ConfigDict(strict=True, extra="forbid")

    candidate: str
    name: str
    paper: str
    by: str
    at: str
    why: str = ""
    what: Literal["paper"] = "paper"
    withdrawn: bool = False


Entry: TypeAlias = Status | Correction | Handed
"""Every kind of record."""
_ENTRY: TypeAdapter[Entry] = TypeAdapter(Annotated[Entry, Field(discriminator="what")],
                                         config=ConfigDict(defer_build=True))


def written(entries: Iterable[Entry]) -> bytes:
    """The records as lines of JSON; what a record does not have is left out."""
    return journals.written(
        {name: value for name, value in asdict(each).items() if value or name != "withdrawn"} for each in entries
    )


def parsed(content: bytes, file: str = RECORD) -> tuple[Entry, ...]:
    """The records of such lines. Raises Refused with the number of a line that is not one.

    >>> one = Status("71", "excused", "Wang", "2026-01-05T08:00:00Z", "病假")
    >>> parsed(written([one])) == (one,)
    True
    """
    return journals.parsed(_ENTRY, content, file, code="roll.line", broken=_broken)


def _broken(file: str, line: int) -> str:
    fields = messages.listed(("what", "candidate", "by", "at", "why", "…"))
    return messages.tell("{file}, line {line}: this is not a record of a candidate, which has the fields {fields}",
                         file=file, line=line, fields=fields)  # fmt: skip


def statuses(entries: Iterable[Entry]) -> dict[str, Status]:
    """The last status that was recorded of each candidate, by the number that they have now."""
    found: dict[str, Status] = {}
    for each in entries:
        match each:
            case Status():
                found[each.candidate] = each
            case Correction():
                if each.candidate in found:
                    found[each.number] = replace(found.pop(each.candidate), candidate=each.number)
            case Handed():
                pass
            case other:
                assert_never(other)
    return found
