"""What each option of a choice drew: how many, from which end of the class, and whether it drew strong or weak ones.

Sources: Kelley 1939, Journal of Educational Psychology 30 (the outer 27 %); Haladyna & Downing 1993, Educational and
Psychological Measurement 53 (a distractor that fewer than one in twenty take does not work).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from qbank.model import Floats
from qbank.statistics._items import correlations
from qbank.statistics._spread import Counts, quantiles

OUTER = 0.27
"""The share of the candidates in the upper and in the lower group, and more where totals are equal."""
TAKEN = 0.05
"""The share of candidates that a working distractor takes at least."""


@dataclass(frozen=True, slots=True, eq=False)
class Picked:
    """By option (k,): how many it was shown to, how many chose it, and the shares of them in the upper and lower group.

    `rest` is the mean of those who chose it in the rest of the paper, `correlation` that of choosing it with the rest.
    """

    shown: NDArray[np.int64]
    chosen: NDArray[np.int64]
    lower: Floats
    upper: Floats
    rest: Floats
    correlation: Floats

    @property
    def share(self) -> Floats:
        """(k,) of those who saw the option, how many chose it."""
        return _share(self.chosen, self.shown)


def outer(rest: Floats, counts: Counts | None = None) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """(n,) and (n,) who is in the lower and in the upper group by marks in the rest of the paper (n,).

    Equal marks are in one group; where all are equal, nobody is in either. `counts` (n,) is how many candidates each
    row stands for.
    """
    rest = np.round(rest, 9)  # what differs by the rounding of floats is equal
    if not len(rest) or np.ptp(rest) == 0:
        nobody = np.zeros(len(rest), dtype=np.bool_)
        return nobody, nobody
    low, high = quantiles(rest, np.array([OUTER, 1 - OUTER]), counts).tolist()
    if low == high:
        return rest < low, rest > high
    return rest <= low, rest >= high


def picked(chosen: NDArray[np.bool_], shown: NDArray[np.bool_], rest: Floats) -> Picked:
    """The table of a part's options: `chosen` and `shown` (n, k), the marks in the rest of the paper `rest` (n,)."""
    took = chosen & shown
    lower, upper = outer(rest)
    weighed = np.where(took, rest[:, None], 0.0).sum(axis=0)
    correlation = np.array([
        correlations(took[seen, place, None].astype(np.float64), rest[seen, None])[0]
        for place, seen in enumerate(shown.T)
    ])  # fmt: skip
    return Picked(
        shown.sum(axis=0), took.sum(axis=0), _share((took[lower]).sum(axis=0), shown[lower].sum(axis=0)),
        _share(took[upper].sum(axis=0), shown[upper].sum(axis=0)), _share(weighed, took.sum(axis=0)), correlation,
    )  # fmt: skip


def _share(part: NDArray[np.int64] | Floats, whole: NDArray[np.int64]) -> Floats:
    return np.asarray(np.divide(part, whole, out=np.full(len(whole), np.nan), where=whole > 0))
