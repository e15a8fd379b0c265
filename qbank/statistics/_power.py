"""How large a difference has to be to be found: the power of F tests, and p-values of many tests together.

Sources: Cohen, "Statistical Power Analysis for the Behavioral Sciences" (1988), chapters 8 and 9; Holm 1979,
Scandinavian Journal of Statistics 6. Needs SciPy.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from qbank.model import Floats

POWER = 0.8
"""The chance with which a difference of the size that is told would have been found."""
ERROR = 0.05
"""The chance of finding a difference where there is none, in all tests of a table together."""


def exceeding(statistic: Floats, first: float, second: float) -> Floats:
    """(k,) the p-values of F statistics with these degrees of freedom."""
    from scipy import special

    return np.asarray(special.fdtrc(first, second, statistic))


@lru_cache(maxsize=4096)
def noncentrality(first: float, second: float, error: float = ERROR) -> float:
    """The λ at which an F test of these degrees of freedom and that error has the power POWER.

    With λ = f² n it gives Cohen's effect f: 0.25 for three groups of 52.

    >>> round((noncentrality(2, 153) / 156) ** 0.5, 2)
    0.25
    """
    from scipy import optimize, special

    limit = float(special.fdtri(first, second, 1 - error))

    def missed(value: float) -> float:
        return float(special.ncfdtr(first, second, value, limit)) - (1 - POWER)

    high = 1.0
    while missed(high) > 0:
        high *= 2
    return float(optimize.brentq(missed, 1e-9, high, xtol=1e-9))


def together(chances: Floats) -> Floats:
    """(k,) p-values adjusted for being many (Holm); those that are NaN are no tests.

    >>> together(np.array([0.01, 0.04, 0.03])).tolist()
    [0.03, 0.06, 0.06]
    """
    result = np.full(len(chances), np.nan)
    tests = np.flatnonzero(~np.isnan(chances))
    order = tests[np.argsort(chances[tests], kind="stable")]
    left = np.arange(len(order), 0, -1)
    result[order] = np.minimum(np.maximum.accumulate(chances[order] * left), 1.0)
    return result
