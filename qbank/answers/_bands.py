"""What is right around a key by a tolerance: the ends of a band, and what is exactly a number."""

from __future__ import annotations

import math
from collections.abc import Iterator
from fractions import Fraction
from functools import lru_cache
from typing import Protocol

import numpy as np

from qbank import units
from qbank.answers._tolerance import Tolerance, only_exact
from qbank.model import Array, Floats
from qbank.units import Unit

SLACK = 1e-9
"""The share of a band's own width by which its edges lie outward, so that an edge is right on every machine."""

EXACT = 2.0**-50
"""Within this share of the key two doubles are one number: four units in the last place."""


class Typed(Protocol):
    """How numbers were typed, as in a reading: with more figures than a double has, as decimals (form 0) or else."""

    @property
    def clipped(self) -> Array: ...
    @property
    def form(self) -> Array: ...


def holds(
    tolerance: Tolerance, asked: Floats, low: Floats, high: Floats, value: Floats, typed: Typed,
    places: Array | slice = slice(None),
) -> Array:  # fmt: skip
    """Which values are right beside what is asked, low..high, all of one shape; `places` says where each was typed.

    Where nothing but the exact value is right, 0.333 is never 1/3, and 17 figures are not their first 15.
    """
    right = (low <= value) & (value <= high)
    if only_exact(tolerance):
        right &= ~typed.clipped[places] & ((typed.form[places] > 0) | short_decimal(asked) | np.isinf(asked))
    return np.asarray(right, dtype=np.bool_)


def band(
    tolerance: Tolerance, key: Floats, unit: Unit, last: float | None = None,
    ends: tuple[Floats, Floats] | None = None,
) -> tuple[Floats, Floats]:  # fmt: skip
    """The ends of what is right around each key (SI), inclusive; `last` is what one unit in the last figure of
    the key as written is worth (SI), `ends` are those of a range.

    Several tolerances are joined: `either` reaches as far as the wider, `both` as the narrower, `sum` as all of them
    together. A key that is not finite has no band.

    >>> low, high = band(Tolerance(rel=0.01), np.array([-10.0]), Unit())
    >>> bool(low[0] <= -10.1), bool(high[0] >= -9.9), bool(high[0] >= -9.89999)
    (True, True, False)
    >>> low, high = band(Tolerance(abs=0.2, sf=3), np.array([101.56]), Unit())
    >>> bool(low[0] <= 101.36), bool(high[0] >= 102.4)
    (True, True)
    """
    with np.errstate(invalid="ignore", over="ignore"):
        bands = list(_bands(tolerance, key, unit, last, ends))
        if len(bands) == 1:
            return bands[0]
        lows, highs = zip(*bands, strict=True)
        match tolerance.join:
            case "either":
                return np.min(lows, axis=0), np.max(highs, axis=0)
            case "both":
                return np.max(lows, axis=0), np.min(highs, axis=0)
            case "sum":
                return key + np.sum(np.array(lows) - key, axis=0), key + np.sum(np.array(highs) - key, axis=0)


def _bands(
    tolerance: Tolerance, key: Floats, unit: Unit, last: float | None, ends: tuple[Floats, Floats] | None
) -> Iterator[tuple[Floats, Floats]]:
    """The ends of each tolerance that is written, by itself."""
    if tolerance.exact:
        yield key - np.abs(key) * EXACT, key + np.abs(key) * EXACT
    if tolerance.range is not None:
        assert ends is not None
        yield outward(*ends)
    if tolerance.sf is not None:
        yield _figures(key, tolerance.sf, unit)
    if tolerance.rel is not None:
        yield _around(key, np.abs(key) * tolerance.rel)
    if tolerance.abs is not None:
        factor = units.read(tolerance.unit).factor if tolerance.unit else unit.factor
        yield _around(key, np.full(key.shape, tolerance.abs * factor))
    if tolerance.dp is not None:
        yield _around(key, np.full(key.shape, 0.5 * 10.0**-tolerance.dp * unit.factor))
    if tolerance.last:
        assert last is not None
        yield _around(key, np.full(key.shape, 0.5 * last))


def _around(key: Floats, half: Floats) -> tuple[Floats, Floats]:
    return outward(key - half, key + half)


def outward(low: Floats, high: Floats) -> tuple[Floats, Floats]:
    """The ends moved outward by the slack."""
    slack = (high - low) * SLACK
    return low - slack, high + slack


def _figures(key: Floats, figures: int, unit: Unit) -> tuple[Floats, Floats]:
    """What agrees with the key rounded to so many figures, halves away from zero.

    The near edge counts where it rounds up to the key; the far edge rounds away from it, and so does the near edge of a
    power of ten, below which the figures are finer.
    """
    written = (key - unit.offset) / unit.factor
    with np.errstate(all="ignore"):
        size = np.abs(written)
        step = 10.0 ** (np.floor(np.log10(size)) - figures + 1)
        rounded = np.floor(size / step + 0.5 + 1e-9) * step
        lead = rounded / 10.0 ** np.rint(np.log10(rounded))
        power_of_ten = np.abs(lead - 1) < 1e-9
        step = np.where(power_of_ten, 10.0 ** (np.rint(np.log10(rounded)) - figures + 1), step)
    slack = step * SLACK
    near = rounded - step / 2 + np.where(power_of_ten, slack, -slack)
    far = rounded + step / 2 - slack
    zero = size == 0
    near, far = np.where(zero, 0.0, near), np.where(zero, 0.0, far)
    negative = written < 0
    low = np.where(negative, -far, near) * unit.factor + unit.offset
    high = np.where(negative, -near, far) * unit.factor + unit.offset
    return low, high


@lru_cache(maxsize=4096)
def fraction(value: float) -> Fraction | None:
    """The fraction that a value is, where no decimal writes it exactly; None for decimals and irrational values.

    >>> fraction(-100 / 9), fraction(0.25), fraction(2**0.5)
    (Fraction(-100, 9), None, None)
    """
    if not math.isfinite(value) or short_decimal(np.array([value]))[0]:
        return None
    found = Fraction(value).limit_denominator(10_000)
    return found if abs(float(found) - value) <= abs(value) * EXACT else None


def writable(key: Floats, *, fractions: bool) -> Array:
    """(n,) whether a key can be written exactly, as a decimal of 12 figures or, where they are read, a fraction."""
    found = short_decimal(key)
    if fractions:
        found[~found] = [fraction(value) is not None for value in key[~found].tolist()]
    return found


def short_decimal(key: Floats) -> Array:
    """(n,) whether a key is a decimal of at most 12 figures: what no fraction is needed to write exactly."""
    with np.errstate(all="ignore"):
        scale = 10.0 ** (11 - np.floor(np.log10(np.abs(key))))
        rounded = np.rint(key * scale) / scale
        return np.asarray((np.abs(rounded - key) <= np.abs(key) * EXACT) | (key == 0))
