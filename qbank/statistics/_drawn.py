"""Whether the values that were drawn for a candidate made the item harder: regression where variants are unique.

The score is regressed on the rest of the paper and on one drawn parameter; the partial F test says whether the
parameter adds anything (Cohen 1988, chapter 9; Draper & Smith, "Applied Regression Analysis" (1998), chapter 6).
Needs SciPy.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from qbank.model import Array, Floats
from qbank.statistics import _power

LEAST = 30
"""The candidates that a regression needs."""
DECADE = 10.0
"""Positive values that span a factor of this and more count by their logarithm."""
CATEGORIES = 12
"""The most words of which one parameter may be drawn to be compared, each for at least FEWEST candidates."""
FEWEST = 5


@dataclass(frozen=True, slots=True, eq=False)
class Effect:
    """What a drawn parameter did to the share of the marks, ability held equal.

    `difference` is between its largest and its smallest value on the fitted line, or between the best and the worst
    word; `easiest` and `hardest` are these values. `unit` times √λ is what would be found: see `detectable`.
    """

    count: int
    freedom: tuple[int, int]
    statistic: float
    chance: float
    difference: float
    easiest: str
    hardest: str
    unit: float

    def detectable(self, tests: int) -> float:
        """The difference that would have been found with the chance `_power.POWER`, as the first of so many tests."""
        return self.unit * float(np.sqrt(_power.noncentrality(*self.freedom, _power.ERROR / max(tests, 1))))


def effect(score: Floats, rest: Floats, values: Array) -> Effect | None:
    """What the drawn values (n,), numbers or words, did to the scores (n,) in [0, 1]; `rest` (n,) is the ability.

    None where it cannot be told: fewer than LEAST candidates, one value, too many words. Raises ModuleNotFoundError
    without SciPy.
    """
    if len(score) < LEAST or values.ndim != 1 or np.ptp(score) == 0:
        return None
    return _number(score, rest, values) if values.dtype.kind in "fiu" else _word(score, rest, values.astype(np.str_))


def _number(score: Floats, rest: Floats, values: Array) -> Effect | None:
    low, high = float(values.min()), float(values.max())
    if not (np.isfinite(low) and np.isfinite(high)) or low == high:
        return None
    x = np.log10(values) if low > 0 and high / low >= DECADE else values.astype(np.float64)
    x = (x - x.min()) / np.ptp(x)
    fit = _fitted(score, rest, x[:, None])
    if fit is None:
        return None
    slope, variance, left, statistic, freedom = fit
    ends = (f"{low:.6g}", f"{high:.6g}")
    return Effect(
        len(score), freedom, statistic, float(_power.exceeding(np.array(statistic), *freedom)), abs(float(slope[0])),
        ends[int(slope[0] > 0)], ends[int(slope[0] <= 0)], float(np.sqrt(variance / left)),
    )  # fmt: skip


def _word(score: Floats, rest: Floats, words: NDArray[np.str_]) -> Effect | None:
    names, codes, counts = np.unique(words, return_inverse=True, return_counts=True)
    kept = np.flatnonzero(counts >= FEWEST)
    if not 2 <= len(kept) <= CATEGORIES or len(names) > 2 * CATEGORIES:
        return None
    rows = np.isin(codes, kept)
    if rows.sum() < LEAST:
        return None
    place = np.searchsorted(kept, codes[rows])
    fit = _fitted(score[rows], rest[rows], np.eye(len(kept))[place][:, 1:])
    if fit is None:
        return None
    slopes, variance, _, statistic, freedom = fit
    shares = np.concatenate([[0.0], slopes])
    unit = float(np.sqrt(variance / rows.sum() * 2 * len(kept)))
    return Effect(
        int(rows.sum()), freedom, statistic, float(_power.exceeding(np.array(statistic), *freedom)),
        float(np.ptp(shares)), str(names[kept[shares.argmax()]]), str(names[kept[shares.argmin()]]), unit,
    )  # fmt: skip


def _fitted(
    score: Floats, rest: Floats, design: Floats
) -> tuple[Floats, float, float, float, tuple[int, int]] | None:
    """The slopes of the design (n, c), the residual variance, what is left of its first column, F and its freedom."""
    known = np.stack([np.ones(len(score)), rest - rest.mean()], axis=1)
    if np.ptp(rest) == 0:
        known = known[:, :1]
    own, others = _left(design, known), _left(score, known)
    if np.linalg.matrix_rank(own) < own.shape[1]:
        return None
    slopes = np.asarray(np.linalg.lstsq(own, others, rcond=None)[0], dtype=np.float64)
    freedom = (int(own.shape[1]), int(len(score) - known.shape[1] - own.shape[1]))
    residual = float(((others - own @ slopes) ** 2).sum())
    if residual <= 1e-12 * float((score**2).sum()):
        return None
    variance = residual / freedom[1]
    statistic = max(float((others**2).sum()) - residual, 0.0) / freedom[0] / variance
    return slopes, variance, float((own[:, 0] ** 2).sum()), statistic, freedom


def _left(columns: Floats, known: Floats) -> Floats:
    """What of the columns the known ones do not explain."""
    return np.asarray(columns - known @ np.linalg.lstsq(known, columns, rcond=None)[0])
