"""The record of a regrade, kept beside the sealed exam, so that every later grading applies it again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Literal, TypeAlias

from pydantic import ConfigDict, TypeAdapter

from qbank import journals, messages
from qbank.model import Bilingual

RECORD = "regrades.jsonl"
"""Where an exam keeps them: a line a regrade, in the order in which they apply."""
Policy: TypeAlias = Literal["new", "either", "never-lower", "full", "drop", "drop-rescale"]
POLICIES: Mapping[Policy, Bilingual] = {
    "new": Bilingual(zh="只按更正后的答案评分", en="the corrected key alone counts"),
    "either": Bilingual(
        zh="原答案与更正后的答案，按得分高者计",
        en="each part counts by the old key or the new one, whichever earns more",
    ),
    "never-lower": Bilingual(
        zh="按更正后的答案评分，但该题得分不低于原得分",
        en="the corrected key counts, unless it takes marks for the item from a candidate",
    ),
    "full": Bilingual(zh="参加考试者一律给满分", en="everyone present gets full marks"),
    "drop": Bilingual(zh="不计入总分", en="the parts do not count in the total"),
    "drop-rescale": Bilingual(
        zh="不计入总分，其余得分按比例换算为原满分",
        en="the parts do not count in the total; the other marks are scaled so that full marks stay the same",
    ),
}
"""Every policy, in words."""


@dataclass(frozen=True, slots=True)
class Regrade:
    """One regrade: the item, its corrected text (empty where none is needed), the policy, and for which parts.

    No parts means all of them; `at` is the time in UTC, `version` the qbank that wrote the record.
    """

    __pydantic_config__ = ConfigDict(strict=True, extra="forbid", defer_build=True)

    item: str
    text: str
    policy: Policy
    parts: tuple[str, ...]
    by: str
    at: str
    version: str
    why: str = ""


_REGRADE = TypeAdapter(Regrade)


def written(regrade: Regrade) -> bytes:
    """The regrade as a line of JSON."""
    return journals.written([asdict(regrade)])


def parsed(content: bytes, file: str) -> tuple[Regrade, ...]:
    """The regrades of such lines. Raises Refused with the number of a line that is not one."""
    return journals.parsed(_REGRADE, content, file, code="regrades.line", broken=_broken)


def _broken(file: str, line: int) -> str:
    names = messages.listed(field.name for field in fields(Regrade))
    return messages.tell("{file}, line {line}: this is not a regrade, which has the fields {fields}",
                         file=file, line=line, fields=names)  # fmt: skip
