"""Who picked which option: the whole class, its upper group and its lower one (distractor analysis)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from qbank import answers, statistics
from qbank.bank.item import Part
from qbank.model import LANGS, Bilingual
from qbank.reports.tally import Option
from qbank.statistics import Joint


@dataclass(frozen=True, slots=True)
class Pick:
    """One option: how many candidates saw it and picked it, and how many of those in the lower and the upper group.

    `right` is whether it was to be picked on every variant, None where that differs between variants.
    """

    name: str
    text: Bilingual
    right: bool | None
    seen: int
    count: int
    seen_lower: int
    lower: int
    seen_upper: int
    upper: int


def of(part: Part, told: Sequence[Option], joint: Joint, scale: float) -> tuple[Pick, ...]:
    """The options of a part, in the order of its file, from the layers of its counts.

    The groups are those of `statistics.outer`, by the rest of the paper; `scale` is what its marks count for there.
    """
    low, high = statistics.outer(joint.totals - joint.marks * scale, joint.counts)
    seen, took = joint.layers[1 : len(told) + 1], joint.layers[len(told) + 1 :]
    found = []
    for option, own, there, those in zip(part.facts.options, told, seen, took, strict=True):
        text = Bilingual(*(answers.general(option.text, lang) or option.name for lang in LANGS))
        counts = [int(each.sum()) for each in (there, those, there[low], those[low], there[high], those[high])]
        found.append(Pick(option.name, text, own.right if own.right != own.wrong else None, *counts))
    return tuple(found)
