"""What marks say of the questions: facility, discrimination, reliability, and the mistakes by name.

Definitions: Crocker & Algina, "Introduction to Classical and Modern Test Theory" (1986), chapters 5, 7 and 14.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from qbank.model import Floats, Steps

EQUAL = 1e-12
"""A variance that is only the rounding of floats."""
QUIET = ("right", "credit", "waits", "blank", "unreadable")
"""Ends of notes that are no mistake."""


@dataclass(frozen=True, slots=True)
class Summary:
    """A distribution of totals in a few numbers; `deviation` is the sample's, NaN for fewer than two."""

    count: int
    mean: float
    deviation: float
    lowest: float
    quartiles: tuple[float, float, float]
    highest: float


def summary(totals: Floats) -> Summary:
    """The summary of totals (n,). Raises ValueError when there are none.

    >>> summary(np.array([50.0, 70.0, 90.0])).mean
    70.0
    """
    if not len(totals):
        raise ValueError("nobody sat the exam: there is nothing to summarise")
    low, middle, high = np.quantile(totals, [0.25, 0.5, 0.75])
    deviation = float(np.std(totals, ddof=1)) if len(totals) > 1 else float("nan")
    quartiles = (float(low), float(middle), float(high))
    return Summary(len(totals), float(totals.mean()), deviation, float(totals.min()), quartiles, float(totals.max()))


def facility(marks: Floats, worth: float) -> float:
    """The mean share of the marks that was earned: 1 is easy, 0 is hard.

    >>> facility(np.array([2.0, 1.0]), 2.0)
    0.75
    """
    return float(marks.mean() / worth) if len(marks) and worth else float("nan")


def discrimination(marks: Floats, totals: Floats) -> float:
    """The correlation of an item's marks with the rest of the total; NaN where either does not vary.

    >>> round(discrimination(np.array([0.0, 1.0, 2.0]), np.array([10.0, 21.0, 32.0])), 3)
    1.0
    """
    rest = totals - marks
    if len(marks) < 3 or np.ptp(marks) == 0 or np.ptp(rest) < 1e-9:
        return float("nan")
    return float(np.corrcoef(marks, rest)[0, 1])


def reliability(marks: Mapping[str, Floats]) -> float:
    """Cronbach's alpha over items: the share of the totals' variance that the items have in common.

    NaN for fewer than two items or three candidates, or where nobody differs.
    """
    table = np.array(list(marks.values()))
    if len(table) < 2 or table.shape[1] < 3:
        return float("nan")
    whole = table.sum(axis=0).var(ddof=1)
    if whole < EQUAL:
        return float("nan")
    return float(len(table) / (len(table) - 1) * (1 - table.var(axis=1, ddof=1).sum() / whole))


def histogram(totals: Floats, full: float, bars: int = 10) -> tuple[NDArray[np.int64], Floats]:
    """How many totals fall in each of equal bars from 0 to full marks, and the bars' edges (bars + 1,).

    A total below 0, where wrong answers cost marks, counts in the first bar.
    """
    counts, edges = np.histogram(np.clip(totals, 0.0, full), bins=bars, range=(0.0, full))
    return counts.astype(np.int64), edges


@dataclass(frozen=True, slots=True)
class Lost:
    """One way of losing marks: the note, what else tells it apart (names of options), how often, and one such row."""

    note: str
    which: tuple[str, ...]
    count: int
    row: int


def lost(steps: Steps, rows: NDArray[np.bool_], named_by: Sequence[str] = ()) -> Iterator[Lost]:
    """The notes that took something off on the given rows (n,), told apart by the named details.

    >>> steps = Steps(3).where(np.array([True, True, False]), "number.sign", 0.0)
    >>> list(lost(steps, np.array([True, True, True])))
    [Lost(note='number.sign', which=(), count=2, row=0)]
    """
    for step in steps.steps:
        taken = np.flatnonzero(step.rows & rows & (np.asarray(step.scale) < 1.0))
        if not len(taken) or step.note.rpartition(".")[2] in QUIET:
            continue
        told = [step.details[name][taken].astype(np.str_) for name in named_by if name in step.details]
        table = np.stack(told, axis=1) if told else np.zeros((len(taken), 0), dtype=np.str_)
        joined = np.array(["\x1f".join(row) for row in table.tolist()]) if told else np.zeros(len(taken))
        _, first, counts = np.unique(joined, return_index=True, return_counts=True)
        for place, count in zip(first.tolist(), counts.tolist(), strict=True):
            yield Lost(step.note, tuple(table[place].tolist()), count, int(taken[place]))
