"""How hard an item was, and how well it told strong from weak candidates, each with its interval.

Sources: Crocker & Algina, "Introduction to Classical and Modern Test Theory" (1986), chapters 5 and 14; Wilson 1927,
Journal of the American Statistical Association 22; Fisher 1921, Metron 1.
"""

from __future__ import annotations

import numpy as np

from qbank.model import Floats
from qbank.statistics._spread import Counts, Joint

NORMAL = 1.959963984540054
"""The quantile of the standard normal distribution that leaves 2.5 % above it."""
LEAST = 3
"""The candidates that a correlation needs."""
LEVEL = 1e-9
"""A spread of marks below this is only the rounding of floats."""


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
    return float(discriminations(marks[:, None], totals)[0])


def joint_discrimination(joint: Joint, scale: float = 1.0) -> float:
    """The same of marks as often as they went with totals; `scale` is what the marks count for in a total.

    >>> joint = Joint(np.array([0.0, 1.0, 2.0]), np.array([10.0, 21.0, 32.0]), np.ones((1, 3), dtype=np.int64))
    >>> round(joint_discrimination(joint), 3)
    1.0
    """
    if len(joint) < LEAST:
        return float("nan")
    marks = joint.marks * scale
    return float(correlations(marks[:, None], (joint.totals - marks)[:, None], joint.counts)[0])


def discriminations(table: Floats, totals: Floats) -> Floats:
    """(k,) the correlation of each column of marks (n, k) with the rest of the totals (n,): see discrimination."""
    return correlations(table, totals[:, None] - table)


def correlations(first: Floats, second: Floats, counts: Counts | None = None) -> Floats:
    """(k,) the correlation of each column (n, k) with that of the other table; NaN where either does not vary.

    With marks of 0 and 1 it is the point-biserial correlation. `counts` (n,) is how many candidates each row stands
    for.
    """
    each = np.ones(len(first)) if counts is None else counts.astype(np.float64)
    first, second, each = first[each > 0], second[each > 0], each[each > 0, None]
    if each.sum() < LEAST:
        return np.full(first.shape[1], np.nan)
    x, y = first - (first * each).sum(axis=0) / each.sum(), second - (second * each).sum(axis=0) / each.sum()
    varies = (np.ptp(first, axis=0) > LEVEL) & (np.ptp(second, axis=0) > LEVEL)
    spread = np.sqrt((x * x * each).sum(axis=0) * (y * y * each).sum(axis=0))
    unknown, known = np.full(first.shape[1], np.nan), varies & (spread > 0)
    result = np.divide((x * y * each).sum(axis=0), spread, out=unknown, where=known)
    return np.asarray(np.clip(result, -1.0, 1.0))


def facility_interval(share: Floats, count: int) -> tuple[Floats, Floats]:
    """(k,) and (k,) Wilson's 95 % intervals of facilities over `count` candidates.

    With marks between nothing and all of them the interval is wider than it had to be: no marks between 0 and 1 vary
    more than 0 and 1 themselves. A facility below 0 counts as 0.

    >>> [round(float(end), 3) for end in facility_interval(np.array(0.5), 10)]
    [0.237, 0.763]
    """
    if not count:
        return np.full_like(share, np.nan), np.full_like(share, np.nan)
    p, square = np.clip(share, 0.0, 1.0), NORMAL**2
    middle = (p + square / (2 * count)) / (1 + square / count)
    half = NORMAL / (1 + square / count) * np.sqrt(p * (1 - p) / count + square / (4 * count**2))
    return np.maximum(middle - half, 0.0), np.minimum(middle + half, 1.0)


def correlation_interval(correlation: Floats, count: int) -> tuple[Floats, Floats]:
    """(k,) and (k,) Fisher's 95 % intervals of correlations over `count` candidates; NaN for fewer than 4.

    >>> [round(float(end), 3) for end in correlation_interval(np.array(0.5), 30)]
    [0.17, 0.729]
    """
    if count < 4:
        return np.full_like(correlation, np.nan), np.full_like(correlation, np.nan)
    z = np.arctanh(np.clip(correlation, -1 + 1e-15, 1 - 1e-15))
    half = NORMAL / np.sqrt(count - 3)
    return np.tanh(z - half), np.tanh(z + half)
