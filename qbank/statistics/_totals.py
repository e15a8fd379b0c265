"""The distribution of totals: a summary in a few numbers, and a histogram."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from qbank.model import Floats


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


def histogram(totals: Floats, full: float, bars: int = 10) -> tuple[NDArray[np.int64], Floats]:
    """How many totals fall in each of equal bars from 0 to full marks, and the bars' edges (bars + 1,).

    A total below 0, where wrong answers cost marks, counts in the first bar.
    """
    counts, edges = np.histogram(np.clip(totals, 0.0, full), bins=bars, range=(0.0, full))
    return counts.astype(np.int64), edges
