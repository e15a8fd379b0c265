"""Marks over candidates, exact to the last print: whole numbers over one common denominator.

A credit reaches us as a float, the product of a few shares that were written as 0.2 or 1/3. Every distinct one is taken
for the fraction it stands for, the simplest within rounding; from there on nothing is rounded before it is printed.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from typing import Any, overload

import numpy as np
from numpy.typing import NDArray

from qbank.model._columns import Floats

FINEST = 1_000_000
"""The largest denominator of a credit, or of marks that a person gives."""
ROOM = 1 << 62
"""Whole numbers up to this one are counted in 64 bits; beyond it, in Python's own."""


@dataclass(frozen=True, slots=True, eq=False)
class Marks:
    """(n,) exact numbers: `numerators` (n,) over one `denominator`.

    >>> third = Marks.of(np.array([1/3, 0.0, 1.0]))
    >>> (third.times(Fraction(2)) + third)[0], third.floats.tolist()
    (Fraction(1, 1), [0.3333333333333333, 0.0, 1.0])
    """

    numerators: NDArray[Any]
    denominator: int

    @staticmethod
    def of(values: Floats) -> Marks:
        """The fractions that floats stand for; NaN counts 0."""
        distinct, where = np.unique(np.nan_to_num(np.asarray(values, dtype=np.float64)), return_inverse=True)
        return _table([simplest(value) for value in distinct.tolist()], where)

    @staticmethod
    def full(count: int, value: Fraction) -> Marks:
        """The same number for everyone."""
        return _table([value], np.zeros(count, dtype=np.intp))

    @staticmethod
    def listed(values: Sequence[Fraction]) -> Marks:
        """Exact numbers as they are."""
        return _table(values, np.arange(len(values)))

    @staticmethod
    def joined(columns: Sequence[Marks]) -> Marks:
        """Columns of marks one below the other.

        >>> Marks.joined([Marks.of(np.array([0.5])), Marks.of(np.array([1 / 3]))]).texts()
        ['0.5', '0.3333']
        """
        common = math.lcm(*(each.denominator for each in columns))
        return Marks(np.concatenate([each._over(common) for each in columns]), common)

    def __len__(self) -> int:
        return len(self.numerators)

    def __add__(self, other: Marks) -> Marks:
        common = math.lcm(self.denominator, other.denominator)
        return Marks(_add(self._over(common), other._over(common)), common)

    def times(self, factor: Fraction) -> Marks:
        """Each of them times an exact factor."""
        denominator = self.denominator * factor.denominator
        shared = math.gcd(denominator, factor.numerator) or 1
        return Marks(_times(self.numerators, factor.numerator // shared), denominator // shared)

    def exceeds(self, other: Marks) -> NDArray[np.bool_]:
        """(n,) where these are more than the other's."""
        common = math.lcm(self.denominator, other.denominator)
        return np.asarray(self._over(common) > other._over(common), dtype=np.bool_)

    def where(self, rows: NDArray[np.bool_], other: Marks) -> Marks:
        """These, and the other's on the given rows."""
        common = math.lcm(self.denominator, other.denominator)
        return Marks(np.where(rows, other._over(common), self._over(common)), common)

    def each(self, function: Callable[[Fraction], Fraction]) -> Marks:
        """Each of them by a function of an exact number, which is called once for each distinct one.

        >>> Marks.of(np.array([3.0, 4.0, 3.0])).each(lambda value: value**2).texts()
        ['9', '16', '9']
        """
        distinct, where = np.unique(self.numerators, return_inverse=True)
        return _table([function(Fraction(int(value), self.denominator)) for value in distinct], where)

    def rounded(self, step: Fraction) -> Marks:
        """The nearest whole steps, halves up; a step of 0 rounds nothing.

        >>> Marks.of(np.array([71.25, 71.2])).rounded(Fraction(1, 2)).texts()
        ['71.5', '71']
        """
        if not step:
            return self
        size = self.denominator * step.numerator  # x / step = numerators * step.denominator / size
        doubled = _add(_times(self.numerators, 2 * step.denominator), np.full(len(self), size, dtype=object))
        return Marks(_small(_times(doubled.astype(object) // (2 * size), step.numerator)), step.denominator)

    @overload
    def __getitem__(self, rows: int | np.integer[Any]) -> Fraction: ...
    @overload
    def __getitem__(self, rows: NDArray[Any]) -> Marks: ...
    def __getitem__(self, rows: int | np.integer[Any] | NDArray[Any]) -> Fraction | Marks:
        """One of them, or those of the given rows (indices or a mask)."""
        if isinstance(rows, np.ndarray):
            return Marks(self.numerators[rows], self.denominator)
        return Fraction(int(self.numerators[rows]), self.denominator)

    def __array__(self, dtype: Any = None, copy: bool | None = None) -> Floats:
        """The nearest floats, where NumPy asks for an array."""
        return np.array(self.floats, dtype=dtype, copy=copy)

    def tolist(self) -> list[float]:
        """The nearest floats."""
        values: list[float] = self.floats.tolist()
        return values

    def sum(self) -> Fraction:
        """The exact sum of all of them."""
        most = int(np.abs(self.numerators).max()) if len(self) else 0
        exact = self.numerators if most * len(self) < ROOM else self.numerators.astype(object)
        return Fraction(int(exact.sum()), self.denominator)

    @property
    def floats(self) -> Floats:
        """(n,) the nearest floats, for statistics and for what is printed with fewer digits."""
        if self.numerators.dtype == object or self.denominator > ROOM:
            return np.array([float(self[row]) for row in range(len(self))])
        return np.asarray(self.numerators / self.denominator)

    def decimals(self) -> Floats:
        """(n,) as tables hold them: the floats that print as decimals of at most four places, 2.8 and 0.3333."""
        return np.asarray(np.round(self.floats, 4))

    def texts(self) -> list[str]:
        """Each of them as it is printed: see `printed_marks`."""
        return [_written(int(value), self.denominator) for value in self.numerators.tolist()]

    def _over(self, denominator: int) -> NDArray[Any]:
        return _times(self.numerators, denominator // self.denominator)


def total_marks(parts: Sequence[Marks], count: int) -> Marks:
    """The sum of several columns of marks; zeros where there is none."""
    result = Marks.full(count, Fraction(0))
    for part in parts:
        result = result + part
    return result


@lru_cache(maxsize=1 << 16)
def simplest(value: float) -> Fraction:
    """The fraction that a float stands for.

    >>> simplest(1/3), simplest(0.1 + 0.2), simplest(0.8 * 0.7)
    (Fraction(1, 3), Fraction(3, 10), Fraction(14, 25))
    """
    return Fraction(value).limit_denominator(FINEST)


def printed_marks(marks: Fraction) -> str:
    """Marks as a page prints them: all digits of a decimal of up to four places, else four places.

    >>> [printed_marks(each) for each in (Fraction(14, 5), Fraction(71), Fraction(1, 3), Fraction(-1, 2))]
    ['2.8', '71', '0.3333', '-0.5']
    """
    return _written(marks.numerator, marks.denominator)


def exact_marks(marks: Fraction) -> str:
    """Marks that are to add up to others: a decimal where they are one of up to four places, else a fraction.

    >>> exact_marks(Fraction(5, 2)), exact_marks(Fraction(2, 3))
    ('2.5', '2/3')
    """
    decimal = printed_marks(marks)
    return decimal if Fraction(decimal) == marks else str(marks)


@lru_cache(maxsize=1 << 16)
def _written(numerator: int, denominator: int) -> str:
    scaled = (2 * abs(numerator) * 10_000 + denominator) // (2 * denominator)  # the nearest, halves away from zero
    whole, rest = divmod(scaled, 10_000)
    digits = f"{whole}.{rest:04d}".rstrip("0").rstrip(".")
    return f"-{digits}" if numerator < 0 and digits != "0" else digits


def _table(fractions: Sequence[Fraction], where: NDArray[np.intp]) -> Marks:
    common = math.lcm(*(each.denominator for each in fractions)) if fractions else 1
    numerators = [each.numerator * (common // each.denominator) for each in fractions]
    return Marks(_small(np.array(numerators, dtype=object))[where], common)


def _times(values: NDArray[Any], factor: int) -> NDArray[Any]:
    largest = int(np.abs(values).max()) if len(values) and values.dtype != object else 1
    if values.dtype != object and max(largest, 1) * abs(factor) < ROOM:
        return np.asarray(values * factor)
    return np.asarray(values.astype(object) * factor)


def _add(first: NDArray[Any], second: NDArray[Any]) -> NDArray[Any]:
    if first.dtype == object or second.dtype == object:
        return _small(first.astype(object) + second.astype(object))
    if len(first) and int(np.abs(first).max()) + int(np.abs(second).max()) >= ROOM:
        return np.asarray(first.astype(object) + second.astype(object))
    return np.asarray(first + second)


def _small(values: NDArray[Any]) -> NDArray[Any]:
    """Whole numbers in 64 bits where they fit."""
    if len(values) and max(abs(int(values.min())), abs(int(values.max()))) >= ROOM:
        return values
    return values.astype(np.int64)
