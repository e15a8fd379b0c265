"""Distributions of statistics: the share below a value, and the value below which a share lies (its quantile).

Computed by SciPy (scipy.special), which `qbank[statistics]` installs and the first call imports. Where a number is
outside what the distribution has (a share outside 0 to 1, no degree of freedom), there is no value.
"""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np

from qbank.model import Array, Floats
from qbank.subjects._columns import aligned

NEEDS = ("scipy", "statistics")
"""The library, and the extra that installs it."""


def normal_cdf(x: Array, mean: Array | float = 0.0, sd: Array | float = 1.0) -> Floats:
    """P(X ≤ x) of the normal distribution; the default is the standard normal distribution.

    >>> normal_cdf(np.array([1.96])).round(4).tolist()
    [0.975]
    """
    value, middle, deviation = aligned(*_given(x, mean, sd))
    return _where(deviation > 0, _special().ndtr((value - middle) / deviation))


def normal_quantile(p: Array, mean: Array | float = 0.0, sd: Array | float = 1.0) -> Floats:
    """The x with P(X ≤ x) = p of the normal distribution; the default is the standard normal distribution.

    >>> normal_quantile(np.array([0.975])).round(4).tolist()
    [1.96]
    """
    share, middle, deviation = aligned(*_given(p, mean, sd))
    return _where(deviation > 0, middle + deviation * _special().ndtri(share))


def t_cdf(x: Array, df: Array) -> Floats:
    """P(T ≤ x) of Student's t distribution with df degrees of freedom."""
    value, freedom = aligned(*_given(x, df))
    return _where(freedom > 0, _special().stdtr(freedom, value))


def t_quantile(p: Array, df: Array) -> Floats:
    """The x with P(T ≤ x) = p of Student's t distribution with df degrees of freedom.

    >>> t_quantile(np.array([0.975]), np.array([10.0])).round(3).tolist()
    [2.228]
    """
    share, freedom = aligned(*_given(p, df))
    return _where((freedom > 0) & _share(share), _special().stdtrit(freedom, share))


def chi2_cdf(x: Array, df: Array) -> Floats:
    """P(X ≤ x) of the χ² distribution with df degrees of freedom."""
    value, freedom = aligned(*_given(x, df))
    return _where(freedom > 0, _special().chdtr(freedom, np.maximum(value, 0)))


def chi2_quantile(p: Array, df: Array) -> Floats:
    """The x with P(X ≤ x) = p of the χ² distribution with df degrees of freedom.

    >>> chi2_quantile(np.array([0.95]), np.array([3.0])).round(3).tolist()
    [7.815]
    """
    share, freedom = aligned(*_given(p, df))
    return _where((freedom > 0) & _share(share), 2 * _special().gammaincinv(freedom / 2, share))


def f_cdf(x: Array, df1: Array, df2: Array) -> Floats:
    """P(X ≤ x) of the F distribution with df1 degrees of freedom in the numerator and df2 in the denominator."""
    value, above, below = aligned(*_given(x, df1, df2))
    return _where((above > 0) & (below > 0), _special().fdtr(above, below, np.maximum(value, 0)))


def f_quantile(p: Array, df1: Array, df2: Array) -> Floats:
    """The x with P(X ≤ x) = p of the F distribution with df1 degrees of freedom in the numerator and df2 in the
    denominator.

    >>> f_quantile(np.array([0.95]), np.array([5.0]), np.array([10.0])).round(3).tolist()
    [3.326]
    """
    share, above, below = aligned(*_given(p, df1, df2))
    return _where((above > 0) & (below > 0) & _share(share), _special().fdtri(above, below, share))


@cache
def _special() -> Any:
    import scipy.special

    return scipy.special


def _given(*columns: Array | float) -> list[Array]:
    return [np.atleast_1d(np.asarray(column, dtype=np.float64)) for column in columns]


def _share(p: Array) -> Array:
    return np.asarray((p >= 0) & (p <= 1))


def _where(sound: Array, values: Array) -> Floats:
    return np.where(sound, values, np.nan)
