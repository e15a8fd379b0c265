"""What is computed from samples: vectors (n, k) whose first axis is the variant.

They are sums, products and orders alone, so that they serve numbers with many digits as well.
"""

from __future__ import annotations

import numpy as np

from qbank import messages
from qbank.model import Array


def sort(x: Array) -> Array:
    """The components of a vector in ascending order."""
    return np.sort(_vector(x), axis=1)


def cumsum(x: Array) -> Array:
    """The running sums of a vector: x_1, x_1 + x_2, …"""
    return np.asarray(np.cumsum(_vector(x), axis=1))


def median(x: Array) -> Array:
    """The middle value of a sample, or the mean of the two in the middle."""
    ordered = sort(x)
    size = ordered.shape[1]
    return np.asarray((ordered[:, (size - 1) // 2] + ordered[:, size // 2]) / 2)


def quantile(x: Array, p: Array) -> Array:
    """The p-quantile of a sample, interpolated linearly at the position 1 + (k − 1)p of its k ordered values.

    NaN where p lies outside 0 to 1. Source: definition 7 of Hyndman & Fan, "Sample quantiles in statistical packages",
    1996; the default of NumPy, R and Excel's QUARTILE.INC.
    """
    ordered = sort(x)
    last = ordered.shape[1] - 1
    share = np.asarray(p)
    if share.ndim != 1:
        raise ValueError(messages.tell("the share must be a number, not of the shape {shape}", shape=share.shape[1:]))
    place = share * last
    inside = (share >= 0) & (share <= 1)
    below = np.where(inside, np.floor(place.astype(np.float64)), 0).astype(np.intp)
    rows = np.arange(max(len(ordered), len(share)))
    ordered = np.broadcast_to(ordered, (len(rows), last + 1))
    first, second = ordered[rows, below], ordered[rows, np.minimum(below + 1, last)]
    return np.where(inside, first + (second - first) * (place - below), np.nan)


def var(x: Array, ddof: Array | None = None) -> Array:
    """The variance: the sum of the squared distances from the mean over k − ddof; ddof is 1 for a sample, and 0 (the
    default) for a population."""
    return _over(np.square(_centred(x)).sum(axis=tuple(range(1, x.ndim))), x, ddof)


def std(x: Array, ddof: Array) -> Array:
    """The standard deviation, the square root of var(x, ddof): ddof is 1 for a sample, 0 for a population."""
    return np.asarray(np.sqrt(var(x, ddof)))


def cov(x: Array, y: Array, ddof: Array) -> Array:
    """The covariance of two samples, over k − ddof."""
    first, second = _pair(x, y)
    return _over((_centred(first) * _centred(second)).sum(axis=1), first, ddof)


def corr(x: Array, y: Array) -> Array:
    """The correlation coefficient of two samples (Pearson's r); NaN where one of them is constant."""
    first, second = (_centred(each) for each in _pair(x, y))
    constant = _constant(x) | _constant(y)
    spread = np.square(first).sum(axis=1) * np.square(second).sum(axis=1) + constant
    return np.where(constant, np.nan, (first * second).sum(axis=1) / np.sqrt(spread))


def _vector(x: Array) -> Array:
    if x.ndim != 2:
        raise ValueError(messages.tell("needs a vector, not the shape {shape}", shape=x.shape[1:]))
    return x


def _pair(x: Array, y: Array) -> tuple[Array, Array]:
    if x.ndim != 2 or x.shape[1:] != y.shape[1:]:
        raise ValueError(messages.tell("needs two vectors of the same length, not the shapes {first} and {second}",
                                       first=x.shape[1:], second=y.shape[1:]))  # fmt: skip
    return x, y


def _centred(x: Array) -> Array:
    """The distances from the mean of all components."""
    axes = tuple(range(1, x.ndim))
    return np.asarray(x - x.sum(axis=axes, keepdims=True) / max(x[0].size, 1))


def _constant(x: Array) -> Array:
    return np.asarray((x == x[:, :1]).all(axis=1))


def _over(total: Array, x: Array, ddof: Array | None) -> Array:
    """A sum over how many there are, less ddof. Raises ValueError for another ddof than 0 and 1."""
    less = np.zeros(1) if ddof is None else np.asarray(ddof)
    if less.ndim != 1 or not ((less == 0) | (less == 1)).all():
        raise ValueError(messages.tell("ddof must be 1 for a sample or 0 for a population"))
    count = x[0].size - less
    return np.asarray(total / np.where(count > 0, count, np.nan))
