"""Sums of marks and of their products, exact however large the class and in whatever parts it is added up."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np
from numpy.typing import NDArray

from qbank import messages
from qbank.model import Floats, Marks

EXACT = 1 << 53
"""Whole numbers below this one are exact as floats."""


@dataclass(frozen=True, slots=True, eq=False)
class Moments:
    """Of k columns of marks over n candidates: the sums (k,) and the sums of products (k, k), as whole numbers.

    Column j is counted in units of 1 / `denominators[j]`.

    >>> columns = [Marks.of(np.array([1.0, 0.5, 0.0])), Marks.of(np.array([1.0, 1.0, 0.0]))]
    >>> Moments.of(columns, 3).covariance().round(3).tolist()
    [[0.25, 0.25], [0.25, 0.333]]
    """

    count: int
    denominators: tuple[int, ...]
    sums: NDArray[Any]
    products: NDArray[Any]

    @staticmethod
    def of(columns: Sequence[Marks], count: int) -> Moments:
        """The moments of columns of marks (n,) each."""
        k = len(columns)
        sums = np.array([0] * k, dtype=object)
        products = np.zeros((k, k), dtype=object)
        if k and count:
            table = np.stack([each.numerators for each in columns], axis=1)
            largest = max(int(np.abs(table).max()), 1)
            size = EXACT // largest**2 if table.dtype != object else 0
            for start in range(0, count, max(size, 1) if size else count):
                piece = table[start : start + size].astype(np.float64) if size else table.astype(object)
                sums = sums + _whole(piece.sum(axis=0))
                products = products + _whole(piece.T @ piece)
        return Moments(count, tuple(each.denominator for each in columns), sums, products)

    @staticmethod
    def together(moments: Sequence[Moments]) -> Moments:
        """The moments of all their candidates."""
        common = tuple(math.lcm(*own) for own in zip(*(each.denominators for each in moments), strict=True))
        sums, products = [], []
        for each in moments:
            factors = np.array([new // old for new, old in zip(common, each.denominators, strict=True)], dtype=object)
            sums.append(each.sums * factors)
            products.append(each.products * factors[:, None] * factors[None, :])
        return Moments(sum(each.count for each in moments), common, sum(sums), sum(products))

    def covariance(self) -> Floats:
        """(k, k) the sample's covariance. Raises ValueError for fewer than two candidates."""
        n, k = self.count, len(self.denominators)
        if n < 2:
            raise ValueError(messages.tell("a covariance needs at least two candidates"))
        inner = n * self.products - self.sums[:, None] * self.sums[None, :]
        units = np.array(self.denominators, dtype=object)
        whole = units[:, None] * units[None, :] * (n * (n - 1))
        found = [float(Fraction(int(a), int(b))) for a, b in zip(inner.ravel(), whole.ravel(), strict=True)]
        return np.array(found, dtype=np.float64).reshape(k, k)


def _whole(values: NDArray[Any]) -> NDArray[Any]:
    """Whole numbers as Python's own."""
    return np.vectorize(int, otypes=[object])(values) if values.size else values.astype(object)
