"""Functions of whole numbers: divisors, bits, digits.

The result is NaN for a number that is not whole or is beyond 2^53.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import reduce
from typing import Any

import numpy as np

from qbank import messages
from qbank.model import Array, Floats
from qbank.subjects._columns import aligned

MOST_BITS = 52


def gcd(first: Array, *others: Array) -> Floats:
    """The greatest common divisor: of the components of one vector, or of several numbers.

    >>> gcd(np.array([12.0, 5.0]), np.array([18.0, 7.0])).tolist()
    [6.0, 1.0]
    """
    return _folded(np.gcd, first, *others)


def lcm(first: Array, *others: Array) -> Floats:
    """The least common multiple: of the components of one vector, or of several numbers.

    >>> lcm(np.array([[4.0, 6.0, 10.0]])).tolist()
    [60.0]
    """
    return _folded(np.lcm, first, *others)


def bit_and(a: Array, b: Array) -> Floats:
    """The bitwise AND of two whole numbers from 0: that of 6 and 3 is 2."""
    return _bits(np.bitwise_and, a, b)


def bit_or(a: Array, b: Array) -> Floats:
    """The bitwise OR of two whole numbers from 0: that of 6 and 3 is 7."""
    return _bits(np.bitwise_or, a, b)


def bit_xor(a: Array, b: Array) -> Floats:
    """The bitwise exclusive OR of two whole numbers from 0: that of 6 and 3 is 5."""
    return _bits(np.bitwise_xor, a, b)


def bit_not(a: Array, width: Array) -> Floats:
    """The complement of a number with a width in bits: 2^width − 1 − a.

    >>> bit_not(np.array([0b0101]), np.array([4])).tolist()
    [10.0]
    """
    value, bits = aligned(a, width)
    sound = _whole(value) & _whole(bits) & (bits <= MOST_BITS)
    top = 2.0 ** np.where(sound, bits, 0)
    return np.where(sound & (value < top), top - 1 - value, np.nan)


def shift_left(a: Array, count: Array) -> Floats:
    """The bits shifted to the left by a number of places: a · 2^count."""
    value, places = aligned(a, count)
    sound = _whole(value) & _whole(places) & (places <= MOST_BITS)
    moved = value * 2.0 ** np.where(sound, places, 0)
    return np.where(sound & (moved <= 2.0**53), moved, np.nan)


def shift_right(a: Array, count: Array) -> Floats:
    """The bits shifted to the right by a number of places: the floor of a / 2^count."""
    value, places = aligned(a, count)
    sound = _whole(value) & _whole(places) & (places <= MOST_BITS)
    return np.where(sound, np.floor(value / 2.0 ** np.where(sound, places, 0)), np.nan)


def digits(number: Array, base: Array, count: Array) -> Floats:
    """A given number of digits of a whole number in a base, the highest first: digits(6, 2, 4) is [0, 1, 1, 0].

    There is no value where the number has more digits. Base and count must be the same on every variant.

    >>> digits(np.array([6, 100]), np.array([2, 2]), np.array([4, 4])).tolist()
    [[0.0, 1.0, 1.0, 0.0], [nan, nan, nan, nan]]
    """
    values, radix, many = np.asarray(number), _base(base), _one(count, 1, 64)
    if many is None:
        raise ValueError(messages.tell("the count must be one whole number from 1 to 64, the same on every variant"))
    if values.ndim != 1:
        raise ValueError(messages.tell("needs a number, not the shape {shape}", shape=values.shape[1:]))
    fits = _whole(values) & (values < float(radix) ** many)
    left = np.where(fits, values, 0).astype(np.int64)
    found = np.empty((len(values), many))
    for place in range(many - 1, -1, -1):
        left, found[:, place] = np.divmod(left, radix)
    return np.where(fits[:, None], found, np.nan)


def from_digits(digits: Array, base: Array) -> Floats:
    """The whole number with these digits in a base, the highest first: from_digits([1, 1, 0], 2) is 6.

    >>> from_digits(np.array([[1, 1, 0], [1, 2, 0]]), np.array([2, 2])).tolist()
    [6.0, nan]
    """
    given, radix = np.asarray(digits), _base(base)
    if given.ndim != 2:
        raise ValueError(messages.tell("needs a vector of digits, not the shape {shape}", shape=given.shape[1:]))
    value = reduce(lambda total, digit: total * radix + digit, np.moveaxis(given, 1, 0), np.zeros(len(given)))
    sound = (_whole(given) & (given < radix)).all(axis=1) & (value <= 2.0**53)
    return np.where(sound, value, np.nan)


def _whole(values: Array) -> Array:
    """Where a number is whole, not below zero, and exact as a float."""
    return np.asarray((values == np.floor(values)) & (values >= 0) & (values <= 2.0**53))


def _base(column: Array) -> int:
    """The base of a number system, the same on every variant. Raises ValueError."""
    base = _one(column, 2, 36)
    if base is None:
        raise ValueError(messages.tell("the base must be one whole number from 2 to 36, the same on every variant"))
    return base


def _one(column: Array, least: int, most: int) -> int | None:
    """The whole number in a range that a column has on every variant, or None."""
    given = np.asarray(column)
    if given.ndim != 1 or not given.size or (given != given[0]).any() or not least <= given[0] <= most or given[0] % 1:
        return None
    return int(given[0])


def _bits(operation: Callable[[Any, Any], Any], a: Array, b: Array) -> Floats:
    first, second = aligned(a, b)
    sound = _whole(first) & _whole(second)
    found = operation(np.where(sound, first, 0).astype(np.int64), np.where(sound, second, 0).astype(np.int64))
    return np.where(sound, found.astype(np.float64), np.nan)


def _folded(operation: Callable[[Any, Any], Any], first: Array, *others: Array) -> Floats:
    if not others and np.ndim(first) != 2:
        raise ValueError(messages.tell("needs a vector, or several numbers"))
    columns = aligned(first, *others) if others else tuple(np.moveaxis(np.asarray(first), 1, 0))
    sound = np.logical_and.reduce([_whole(np.abs(column)) for column in columns])
    whole = [np.where(sound, column, 1).astype(np.int64) for column in columns]
    return np.where(sound, np.asarray(reduce(operation, whole)).astype(np.float64), np.nan)
