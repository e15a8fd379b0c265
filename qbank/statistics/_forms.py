"""Whether groups of candidates, such as those with one form of a paper, differ by more than chance.

One-way analysis of variance: Fisher 1925; the effect ω² by Hays, "Statistics" (1963). Needs SciPy.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from qbank.model import Floats
from qbank.statistics import _power

FEWEST = 5
"""The candidates that a group needs to be compared."""


@dataclass(frozen=True, slots=True, eq=False)
class Differences:
    """By column (k,): the means of the groups (g, k), F, its p-value, ω², and the widest difference that was missed.

    `detectable` is the difference between the best and the worst group that would have been found with the chance
    `_power.POWER`, whatever the other groups did; `spread` the standard deviation within groups.
    """

    counts: NDArray[np.int64]
    means: Floats
    statistic: Floats
    chance: Floats
    effect: Floats
    spread: Floats
    detectable: Floats

    @property
    def widest(self) -> Floats:
        """(k,) the difference between the best group and the worst."""
        return np.asarray(np.ptp(self.means, axis=0))


def differences(values: Floats, groups: NDArray[np.int64], tests: int = 1) -> Differences | None:
    """How the columns (n, k) differ between the groups 0, 1, … (n,), as one of so many tests.

    Groups of fewer than FEWEST are left out; None where fewer than two are left. Raises ModuleNotFoundError without
    SciPy.
    """
    sizes = np.bincount(groups)
    kept = np.flatnonzero(sizes >= FEWEST)
    if len(kept) < 2:
        return None
    rows = np.isin(groups, kept)
    values, groups = values[rows], np.searchsorted(kept, groups[rows])
    counts, n = np.bincount(groups), len(values)
    means = np.stack([values[groups == group].mean(axis=0) for group in range(len(kept))])
    first, second = len(kept) - 1, n - len(kept)
    between = (counts[:, None] * (means - values.mean(axis=0)) ** 2).sum(axis=0)
    within = ((values - means[groups]) ** 2).sum(axis=0)
    error = within / second
    varies = error > 1e-18
    statistic = np.divide(between / first, error, out=np.full(values.shape[1], np.nan), where=varies)
    whole, none = between + within + error, np.full_like(statistic, np.nan)
    effect = np.divide(between - first * error, whole, out=none, where=varies)
    size = np.sqrt(_power.noncentrality(first, second, _power.ERROR / tests) / n)
    return Differences(
        sizes, _at(means, kept, len(sizes)), statistic, _power.exceeding(statistic, first, second),
        np.maximum(effect, 0.0), np.sqrt(error), size * np.sqrt(2 * len(kept) * error),
    )  # fmt: skip


def _at(means: Floats, kept: NDArray[np.intp], count: int) -> Floats:
    result = np.full((count, means.shape[1]), np.nan)
    result[kept] = means
    return result
