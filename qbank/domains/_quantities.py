"""Numbers of a domain as an author writes them: `4.7k`, which is in SI, or with their unit, `4.7 kΩ`.

A domain computes in the unit that its numbers are written in, exactly, and turns the results into SI once.

>>> quantity("4.7 kΩ").si, quantity("4.7k").si, quantity("20 °C").si
(Decimal('4700'), Decimal('4700'), Decimal('293.15'))
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Context, Decimal
from fractions import Fraction
from functools import lru_cache
from typing import Annotated, Any, TypeAlias

from pydantic import PlainSerializer, PlainValidator, WithJsonSchema

from qbank import messages, units
from qbank.algebra import exact, written
from qbank.algebra.literals import SUFFIXES, NotANumber, plain
from qbank.units import Unit

LARGEST = 2**18
"""The most values a domain may have."""
_SPLIT = re.compile(r"(?P<number>[+\-−]?\s*(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?)(?P<gap>\s*)(?P<tail>.*)")
_PRECISION = Context(prec=60)
MOST_FIGURES = 17
"""A value in SI that has more figures, as 30° has, is the float nearest to it."""


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number and the unit that is written beside it; without one it is in SI. `text` is how it was written."""

    number: Decimal
    unit: str = ""
    text: str = ""

    def __str__(self) -> str:
        return self.text

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Quantity) and (self.number, self.unit) == (other.number, other.unit)

    def __hash__(self) -> int:
        return hash((self.number, self.unit))

    @property
    def si(self) -> Decimal:
        """The value in SI."""
        return in_si(self.number, self.unit)

    def within(self, unit: str, *, difference: bool = False) -> Decimal:
        """The number in another unit of the same dimension; a `difference` of 5 °C is one of 5 K.

        >>> quantity("2 kg").within("g"), quantity("5 °C").within("K", difference=True), quantity("5 °C").within("K")
        (Decimal('2000'), Decimal('5'), Decimal('278.15'))
        """
        if self.unit == unit:
            return self.number
        own, other = units.read(self.unit), units.read(unit)
        value = Fraction(self.number) * ratio(own)
        if not difference:
            value += _offset(own) - _offset(other)
        return _decimal(value / ratio(other))


def quantity(value: Any) -> Quantity:
    """The quantity that is written. Raises ValueError for what is neither a number nor one with a unit."""
    if isinstance(value, Quantity):
        return value
    if isinstance(value, bool) or not isinstance(value, (str, int, float, Decimal)):
        raise ValueError(messages.tell("needs a number such as 4.7k or 4.7 kΩ, not a value of type {type}",
                                       type=type(value).__name__))  # fmt: skip
    text = str(value).strip()
    match = _SPLIT.fullmatch(text)
    if match is None:
        raise NotANumber(messages.tell(
            "{text!r} is not a number; write 4700, 4.7k or 4.7e3, or 4.7 kΩ with its unit", text=text
        ))  # fmt: skip
    tail = match["tail"]
    if not tail or (tail in SUFFIXES and not match["gap"]):
        return Quantity(exact(text), "", text)
    try:
        unit = units.canonical(tail)
        units.read(unit)
    except units.UnitError as error:
        if tail in SUFFIXES:
            raise NotANumber(messages.tell(
                "{text!r} is not a number; write {number}{prefix}, or its unit, as in {number} {prefix}Ω",
                text=text, number=match["number"], prefix=tail,
            )) from error  # fmt: skip
        message = messages.tell("{text!r} is not a number with a unit: {fault}", text=text, fault=error)
        raise NotANumber(message) from error
    return Quantity(exact(match["number"].replace(" ", "")), unit, text)


def number(value: Any) -> Decimal:
    """The exact value in SI of a number that is written, with its unit or without. Raises ValueError."""
    return quantity(value).si


def found(record: Any) -> Iterator[tuple[tuple[str | int, ...], Quantity]]:
    """Every quantity in the fields of a record, with the path to it; also in the records and lists below."""
    if isinstance(record, Quantity):
        yield (), record
    elif isinstance(record, tuple):
        for place, each in enumerate(record):
            yield from (((place, *path), one) for path, one in found(each))
    elif (fields := getattr(type(record), "model_fields", None)) is not None:
        for name, field in fields.items():
            below = found(getattr(record, name))
            yield from (((str(field.alias or name), *path), one) for path, one in below)


def scale(quantities: Iterable[Quantity | None]) -> str:
    """The unit in which the quantities of one domain are counted, that of the first that has one; '' is SI.

    Raises ValueError where one of them has no unit beside others that have one, or one of another dimension. Zero
    needs none.
    """
    given = [each for each in quantities if each is not None]
    first = next((each for each in given if each.unit), None)
    if first is None:
        return ""
    counted = units.read(first.unit)
    for each in given:
        if not each.unit and (each.number or counted.offset):
            raise ValueError(messages.tell("{value} has no unit, but {other} has one; write {value} {unit}",
                                           value=each, other=first, unit=first.unit))  # fmt: skip
        if each.unit and not units.read(each.unit).fits(counted):
            raise ValueError(messages.tell("{value} and {other} have different dimensions", value=each, other=first))
    return first.unit


@lru_cache(maxsize=1024)
def ratio(unit: Unit) -> Fraction:
    """What one of the unit is in SI, exactly: an hour is 3600, a km/h 5/18; a degree is the nearest float."""
    decimal, simple = Fraction(f"{unit.factor:.12g}"), Fraction(unit.factor).limit_denominator(10**6)
    for guess in (decimal, simple):
        if guess and math.isclose(float(guess), unit.factor, rel_tol=4e-16):
            return guess
    return Fraction(unit.factor)


def in_si(value: Decimal, unit: str) -> Decimal:
    """A number of some unit in SI: the exact decimal, or that of the nearest float where it would have many figures.

    >>> in_si(Decimal(2), "h"), in_si(Decimal(36), "km/h"), in_si(Decimal(180), "°")
    (Decimal('7200'), Decimal('10'), Decimal('3.141592653589793'))
    """
    return _converted(value, unit) if unit else value


@lru_cache(maxsize=1 << 14)
def _converted(value: Decimal, unit: str) -> Decimal:
    read = units.read(unit)
    exactly = Fraction(value) * ratio(read) + _offset(read)
    decimal = _decimal(exactly)
    few = len(decimal.as_tuple().digits) <= MOST_FIGURES and Fraction(decimal) == exactly
    return decimal if few else exact(repr(float(exactly)))


def _offset(unit: Unit) -> Fraction:
    return Fraction(str(unit.offset))


def _decimal(value: Fraction) -> Decimal:
    return plain(_PRECISION.divide(Decimal(value.numerator), Decimal(value.denominator)))


def dumped(value: Quantity) -> str:
    """The quantity as it is written, without SI suffix."""
    return f"{written(value.number)} {value.unit}".rstrip()


_SCALAR = {"type": ["string", "number"]}

Exact: TypeAlias = Annotated[Quantity, PlainValidator(quantity), PlainSerializer(dumped), WithJsonSchema(_SCALAR)]
"""A number as an author writes it, exactly: `4.7k`, or `4.7 kΩ`."""


def _list(values: Any) -> tuple[Quantity, ...]:
    """The quantities of a list. Raises ValueError for an empty one or one that has a value twice."""
    if isinstance(values, (str, Mapping)) or not isinstance(values, Sequence):
        raise ValueError(messages.tell("needs a list, such as [12, 13, 14]"))
    quantities = tuple(quantity(value) for value in values)
    unit = scale(quantities)
    distinct([each.within(unit) for each in quantities], [str(each) for each in quantities])
    return quantities


def distinct(values: Sequence[Any], texts: Sequence[str]) -> None:
    """Raise ValueError for a list that is empty, too long, or has a value twice."""
    if not values:
        raise ValueError(messages.tell("the list is empty"))
    if len(values) > LARGEST:
        raise ValueError(messages.tell("a domain may have at most {most} values; this list has {given}",
                                       most=LARGEST, given=len(values)))  # fmt: skip
    seen: set[Any] = set()
    for value, text in zip(values, texts, strict=True):
        if value in seen:
            raise ValueError(messages.tell("{value} appears twice in the list", value=text))
        seen.add(value)


ExactList: TypeAlias = Annotated[
    tuple[Quantity, ...],
    PlainValidator(_list),
    PlainSerializer(lambda values: [dumped(value) for value in values]),
    WithJsonSchema({"type": "array", "items": _SCALAR, "minItems": 1}),
]
"""A list of different numbers."""
