"""The distribution of totals: a summary in a few numbers, and a histogram."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from qbank import messages
from qbank.model import Floats
from qbank.statistics._spread import Spread, quantiles


@dataclass(frozen=True, slots=True)
class Summary:
    """A distribution of totals in a few numbers; `deviation` is the sample's, NaN for fewer than two."""

    count: int
    mean: float
    deviation: float
    lowest: float
    quartiles: tuple[float, float, float]
    highest: float


def summary(totals: Spread) -> Summary:
    """The summary of totals. Raises ValueError when there are none.

    >>> from qbank.model import Marks
    >>> summary(Spread.of(Marks.of(np.array([50.0, 70.0, 90.0])))).mean
    70.0
    """
    if not len(totals):
        raise ValueError(messages.tell("nobody sat the exam: there is nothing to summarise"))
    count, values = len(totals), totals.marks.floats
    low, middle, high = quantiles(values, np.array([0.25, 0.5, 0.75]), totals.counts).tolist()
    square = float(np.square(values - totals.mean) @ totals.counts)
    deviation = float(np.sqrt(square / (count - 1))) if count > 1 else float("nan")
    return Summary(count, totals.mean, deviation, float(values[0]), (low, middle, high), float(values[-1]))


def histogram(totals: Spread, full: float, bars: int = 10) -> tuple[NDArray[np.int64], Floats]:
    """How many totals fall in each of equal bars from 0 to full marks, and the bars' edges (bars + 1,).

    A total below 0, where wrong answers cost marks, counts in the first bar.
    """
    counts, edges = np.histogram(np.clip(totals.marks.floats, 0.0, full), bins=bars, range=(0.0, full),
                                 weights=totals.counts)  # fmt: skip
    return counts.astype(np.int64), edges
