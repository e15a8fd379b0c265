"""What counts as right beside the key: relative, absolute, exact, a range, figures or decimals. Nothing hidden.

    tolerance := term (("or" | "and" | "+") term)*          either (the wider), both (the narrower), the sum
    term      := "exact" | "last" | "sf" n | "dp" n | "rel"? number "%" | "rel" number | "abs"? number unit?
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from fractions import Fraction
from functools import lru_cache
from typing import Annotated, Any, Literal, Self, TypeAlias

import numpy as np
from pydantic import BeforeValidator, Field, WithJsonSchema, model_validator

from qbank import algebra, units
from qbank.model import Array, Floats
from qbank.records import Record, Truth
from qbank.units import Unit

Join: TypeAlias = Literal["either", "both", "sum"]
SLACK = 1e-9
"""The share of a band's own width by which its edges lie outward, so that an edge is right on every machine."""

EXACT = 2.0**-50
"""Within this share of the key two doubles are one number: four units in the last place."""

_JOINS: dict[str, Join] = {"or": "either", "and": "both", "+": "sum"}
_TERM = re.compile(
    r"(?P<word>exact|last)|(?P<count>sf|dp)\s*[:=]?\s*(?P<n>\d{1,2})|(?:rel\s*)?(?P<percent>[\d.]+)\s*%"
    r"|rel\s*(?P<rel>[\d.eE+-]+)|(?:abs\s*|±\s*)?(?P<abs>(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)\s*(?P<unit>.*)"
)
_NEARLY = re.compile(r"(?P<number>[\d.]+)\s*(?:pct|percent|per cent|pc|prozent|个百分点)", re.IGNORECASE)
_HOW = "write 1%, 0.05, 0.05 V, exact, sf 3, dp 2, last or range: [low, high]"


def _number(value: Any) -> Any:
    text = str(value).strip()
    return float(text[:-1]) / 100 if re.fullmatch(r"[\d.]+\s*%", text) else value


Share: TypeAlias = Annotated[float, BeforeValidator(_number), Field(ge=0, lt=10, allow_inf_nan=False)]


class Tolerance(Record):
    """How far an answer may lie from the key; at least one of them is written."""

    rel: Share | None = None
    abs: Annotated[float, Field(ge=0, allow_inf_nan=False)] | None = None
    unit: str = ""
    exact: Truth = False
    range: tuple[algebra.Formula, algebra.Formula] | None = None
    sf: Annotated[int, Field(ge=1, le=15)] | None = None
    dp: Annotated[int, Field(ge=0, le=15)] | None = None
    last: Truth = False
    join: Join = "either"

    @model_validator(mode="after")
    def _sound(self) -> Self:
        written = [self.rel, self.abs, self.dp, self.sf, self.range]
        if all(one is None for one in written) and not self.last and not self.exact:
            raise ValueError(f"no tolerance is written; {_HOW}")
        if self.unit:
            units.canonical(self.unit)
        return self


def parse(value: Any) -> Any:
    """The fields of a tolerance written in one line. Raises ValueError with what may be written.

    >>> parse("1% or 0.05 V")
    {'rel': 0.01, 'abs': 0.05, 'unit': 'V', 'join': 'either'}
    >>> parse("1 pct")
    Traceback (most recent call last):
    ValueError: '1 pct' is not a tolerance; did you mean '1%'?
    """
    if not isinstance(value, str | int | float):
        return value
    text = str(value).strip()
    read: dict[str, Any] = {}
    terms = re.split(r"\s+(or|and)\s+|\s*(\+)\s+", text)
    terms = [term for term in terms if term is not None]
    for term in terms[::2]:
        found = _one(term.strip(), text)
        if set(found) & set(read):
            raise ValueError(f"{text!r} says {', '.join(found)} twice")
        read |= found
    joins = {_JOINS[word] for word in terms[1::2]}
    if len(joins) > 1:
        raise ValueError(f"{text!r} joins in two ways; use one of or, and, +")
    return read | ({"join": joins.pop()} if joins else {})


def _one(term: str, text: str) -> dict[str, Any]:
    nearly = _NEARLY.fullmatch(term)
    if nearly:
        raise ValueError(f"{text!r} is not a tolerance; did you mean {nearly['number'] + '%'!r}?")
    found = _TERM.fullmatch(term)
    if found is None:
        raise ValueError(f"{text!r} is not a tolerance; {_HOW}")
    try:
        if found["word"]:
            return {found["word"]: True}
        if found["count"]:
            return {found["count"]: int(found["n"])}
        if found["percent"]:
            return {"rel": float(found["percent"]) / 100}
        if found["rel"]:
            return {"rel": float(found["rel"])}
        unit = found["unit"].strip()
        return {"abs": float(found["abs"])} | ({"unit": units.canonical(unit)} if unit else {})
    except ValueError as error:
        raise ValueError(f"{text!r} is not a tolerance; {_HOW}") from error


Written: TypeAlias = Annotated[Tolerance, BeforeValidator(parse), WithJsonSchema({"type": ["string", "object"]})]
"""A tolerance as an author writes it, in one line or as a mapping."""


def in_unit(tolerance: Tolerance, unit: str) -> None:
    """Raises ValueError for a tolerance in a unit that is not one of the key's."""
    if tolerance.unit and not units.read(tolerance.unit).fits(units.read(unit)):
        raise ValueError(f"the tolerance is in {tolerance.unit}, the key in {unit or 'no unit'}")


def only_exact(tolerance: Tolerance) -> bool:
    """Whether nothing but the exact value is right: exact alone, or both exact and something else."""
    widths = (tolerance.rel, tolerance.abs, tolerance.dp, tolerance.sf, tolerance.range)
    alone = not tolerance.last and all(width is None for width in widths)
    return tolerance.exact and (alone or tolerance.join == "both")


def holds(
    tolerance: Tolerance, asked: Floats, low: Floats, high: Floats, value: Floats, *, clipped: Array, form: Array
) -> Array:
    """Which values are right beside what is asked, low..high, all of one shape; `clipped` and `form` as in a reading.

    Where nothing but the exact value is right, 0.333 is never 1/3, and 17 figures are not their first 15.
    """
    with np.errstate(invalid="ignore"):
        right = (low <= value) & (value <= high)
    if only_exact(tolerance):
        right &= ~clipped & ((form > 0) | short_decimal(asked) | np.isinf(asked))
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
    with np.errstate(all="ignore"):
        size = np.abs((key - unit.offset) / unit.factor)
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
    negative = key < 0
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
