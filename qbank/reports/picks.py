"""Who picked which option: the whole class, its upper group and its lower one (distractor analysis)."""

from __future__ import annotations

from dataclasses import dataclass

from qbank import answers, statistics
from qbank.model import LANGS, Bilingual
from qbank.reports.measures import Paper, taken


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


def of(paper: Paper, column: str) -> tuple[Pick, ...]:
    """The options of a part, in the order of its file; none where nothing is picked from, or the part was dropped.

    The groups are those of `statistics.outer`, by the rest of the paper.
    """
    _, part, _ = paper.graded.exam.columns()[column]
    if not part.facts.options or column not in paper.columns:
        return ()
    chosen, shown, right = taken(paper, column, part)
    low, high = statistics.outer(paper.rest(paper.parts[:, paper.columns.index(column)]))
    found = []
    for place, option in enumerate(part.facts.options):
        own, there = chosen[:, place] & shown[:, place], shown[:, place]
        wanted = set(right[there, place].tolist())
        text = Bilingual(*(answers.general(option.text, lang) or option.name for lang in LANGS))
        found.append(Pick(
            option.name, text, wanted.pop() if len(wanted) == 1 else None, int(there.sum()), int(own.sum()),
            int((there & low).sum()), int((own & low).sum()), int((there & high).sum()), int((own & high).sum()),
        ))  # fmt: skip
    return tuple(found)
