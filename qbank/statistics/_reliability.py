"""How far totals would be the same on another paper of its kind: Cronbach's α, its error, and the error of a total.

Sources: Cronbach 1951, Psychometrika 16; the standard error of α by van Zyl, Neudecker & Nel 2000, Psychometrika 65;
its interval by Feldt, Woodruff & Salih 1987, Applied Psychological Measurement 11; Crocker & Algina 1986, chapter 7.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from qbank.model import Floats

EQUAL = 1e-12
"""A variance that is only the rounding of floats."""


@dataclass(frozen=True, slots=True, eq=False)
class Reliability:
    """α over the items, its standard error, the standard error of a total in marks, and α without each item (k,).

    A number that cannot be told is NaN.
    """

    count: int
    items: int
    alpha: float
    error: float
    measurement: float
    without: Floats

    def interval(self) -> tuple[float, float]:
        """Feldt's 95 % interval of α. Raises ModuleNotFoundError without SciPy.

        >>> low, high = Reliability(89, 7, 0.85, 0.0, 0.0, np.zeros(7)).interval()
        >>> round(low, 4), round(high, 4)
        (0.7971, 0.8932)
        """
        from scipy import special

        first, second = self.count - 1, (self.count - 1) * (self.items - 1)
        if not np.isfinite(self.alpha):
            return float("nan"), float("nan")
        above, below = (float(special.fdtri(first, second, share)) for share in (0.975, 0.025))
        return 1 - (1 - self.alpha) * above, 1 - (1 - self.alpha) * below


def reliability(marks: Mapping[str, Floats]) -> float:
    """Cronbach's alpha over items: the share of the totals' variance that the items have in common.

    NaN for fewer than two items or three candidates, or where nobody differs.
    """
    return reliable(np.array(list(marks.values())).T).alpha if marks else float("nan")


def reliable(table: Floats) -> Reliability:
    """The reliability of the marks of items (n, k)."""
    n, k = table.shape
    return of_covariance(np.atleast_2d(np.cov(table, rowvar=False)) if k > 1 and n > 2 else np.zeros((k, k)), n)


def of_covariance(covariance: Floats, count: int) -> Reliability:
    """The reliability of items whose marks have a covariance (k, k) over so many candidates."""
    n, k = count, len(covariance)
    none = np.full(k, np.nan)
    if k < 2 or n < 3:
        return Reliability(n, k, float("nan"), float("nan"), float("nan"), none)
    own, rows = np.diag(covariance), covariance.sum(axis=1)
    whole = float(covariance.sum())
    if whole < EQUAL:
        return Reliability(n, k, float("nan"), float("nan"), float("nan"), none)
    alpha = float(k / (k - 1) * (1 - own.sum() / whole))
    rest, others = whole - 2 * rows + own, own.sum() - own
    if k > 2:
        shares = np.divide(others, rest, out=none.copy(), where=rest > EQUAL)
        none = (k - 1) / (k - 2) * (1 - shares)
    error = float(np.sqrt(max(_spread(covariance), 0.0) / n))
    return Reliability(n, k, alpha, error, float(np.sqrt(whole * max(1 - alpha, 0.0))), none)


def _spread(covariance: Floats) -> float:
    """n times the variance of α where marks are normal, whatever their covariances (van Zyl et al., theorem 1)."""
    k, trace, whole = len(covariance), float(np.trace(covariance)), float(covariance.sum())
    square = covariance @ covariance
    inner = whole * (float(np.trace(square)) + trace**2) - 2 * trace * float(square.sum())
    return 2 * k**2 / ((k - 1) ** 2 * whole**3) * inner
