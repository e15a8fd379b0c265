"""What became of a candidate's examination: whether there are marks, whether they count, and the word for it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, TypeAlias, get_args

from qbank.model._texts import Bilingual, Lang

State: TypeAlias = Literal["sat", "absent", "misconduct", "excused", "withdrawn", "lost"]
"""They sat it; did not come (0); were caught cheating (0); may sit it later; are off the list; their paper is lost."""
STATES: tuple[State, ...] = get_args(State)


@dataclass(frozen=True, slots=True)
class Standing:
    """What a state means: its word, and whether a total (0, but for those who sat) is entered for it."""

    word: Bilingual
    counted: bool


STANDINGS: dict[State, Standing] = {
    "sat": Standing(Bilingual(zh="", en=""), counted=True),
    "absent": Standing(Bilingual(zh="缺考", en="absent"), counted=True),
    "misconduct": Standing(Bilingual(zh="违纪", en="misconduct"), counted=True),
    "excused": Standing(Bilingual(zh="缓考", en="excused"), counted=False),
    "withdrawn": Standing(Bilingual(zh="退考", en="withdrawn"), counted=False),
    "lost": Standing(Bilingual(zh="答卷遗失", en="paper lost"), counted=False),
}
"""Every state; statistics are over those who sat the exam, whatever the state of the others."""


def away(counts: Mapping[State, int], lang: Lang) -> dict[str, int]:
    """How many did not sit the exam, by the word for it; the absent always.

    >>> away({"sat": 28, "lost": 1}, "en")
    {'absent': 0, 'paper lost': 1}
    """
    return {
        standing.word[lang]: counts.get(state, 0) for state, standing in STANDINGS.items()
        if state == "absent" or (state != "sat" and counts.get(state, 0))
    }  # fmt: skip
