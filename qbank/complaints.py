"""The record of complaints about marks, and of what became of each. A complaint changes no mark by itself."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Annotated, Literal, TypeAlias

from pydantic import ConfigDict, Field, TypeAdapter

from qbank import journals, messages
from qbank.model import Bilingual

RECORD = "complaints.jsonl"
"""Where an exam keeps them: a line a complaint or an outcome, the newest last."""
Verdict: TypeAlias = Literal["upheld", "rejected"]
WORDS: Mapping[Verdict, Bilingual] = {
    "upheld": Bilingual(zh="申诉成立", en="upheld"),
    "rejected": Bilingual(zh="维持原评分", en="rejected"),
}
"""Every outcome, in words."""


@dataclass(frozen=True, slots=True)
class Complaint:
    """What a candidate said of the marks of a part (its column, Q7.1); `number` counts the complaints of an exam."""

    __pydantic_config__ = ConfigDict(strict=True, extra="forbid")

    number: int
    candidate: str
    part: str
    text: str
    by: str
    at: str
    what: Literal["complaint"] = "complaint"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What was decided on a complaint; `changed` names the reviews and regrades since then that bear on the part."""

    __pydantic_config__ = ConfigDict(strict=True, extra="forbid")

    number: int
    outcome: Verdict
    changed: tuple[str, ...]
    by: str
    at: str
    why: str = ""
    what: Literal["outcome"] = "outcome"


Entry: TypeAlias = Complaint | Outcome
_ENTRY: TypeAdapter[Entry] = TypeAdapter(Annotated[Entry, Field(discriminator="what")],
                                         config=ConfigDict(defer_build=True))


def written(entries: Iterable[Entry]) -> bytes:
    """The records as lines of JSON."""
    return journals.written(asdict(each) for each in entries)


def parsed(content: bytes, file: str = RECORD) -> tuple[Entry, ...]:
    """The records of such lines. Raises Refused with the number of a line that is not one.

    >>> one = Complaint(1, "71", "Q7", "量纲没有问题", "Wang", "2026-01-05T08:00:00Z")
    >>> parsed(written([one, Outcome(1, "rejected", (), "Wang", "2026-01-06T08:00:00Z")]))[0] == one
    True
    """
    return journals.parsed(_ENTRY, content, file, code="complaints.line", broken=_broken)


def _broken(file: str, line: int) -> str:
    fields = messages.listed(("what", "number", "by", "at", "…"))
    return messages.tell("{file}, line {line}: this is not a complaint or an outcome, which have the fields {fields}",
                         file=file, line=line, fields=fields)  # fmt: skip


def together(entries: Iterable[Entry]) -> list[tuple[Complaint, Outcome | None]]:
    """Every complaint with the last outcome that was recorded for it, None while it is open."""
    kept = tuple(entries)
    outcomes = {each.number: each for each in kept if isinstance(each, Outcome)}
    return [(each, outcomes.get(each.number)) for each in kept if isinstance(each, Complaint)]
