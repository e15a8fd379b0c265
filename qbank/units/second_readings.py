"""What a unit text may mean besides its usual reading: letters in the other case, a missing °, a percentage, and so on.

The kinds are those of docs/en/grading.md, two readings, and no others: a wrong answer must not wait by luck.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal, TypeAlias

from qbank.units import words
from qbank.units.reading import WORD, UnitError, read
from qbank.units.symbols import SECOND_FACTORS
from qbank.units.words import Unit

Because: TypeAlias = Literal[
    "percent", "angle", "prefix", "case", "degree", "difference", "horsepower", "together", "divisor"
]
"""Why a unit text has a second reading (`answers._two_readings` says it to people)."""

LARGEST_PERCENTAGE = 100.0
"""A bare number up to this may be a percentage; -1000 for a gain of -10 is not a slip of this kind."""
_HALF_CELSIUS = ("C", "°")
"""What is left of °C on a keyboard that lacks its sign, or in a hurry."""


@dataclass(frozen=True, slots=True)
class Second:
    """Another reading of a unit text: `value_in_SI = number * factor + offset` for numbers up to `most`, and why."""

    because: Because
    factor: float
    offset: float = 0.0
    most: float = math.inf


def of_nothing(asked: Unit) -> Iterator[Second]:
    """What a bare number may mean besides the part's own unit."""
    if asked.symbols == {"%"} and asked.factor == 0.01:
        yield Second("percent", 1.0)
    elif asked == Unit():
        yield Second("percent", 0.01, most=LARGEST_PERCENTAGE)
    elif asked.angle == 1 and same_size(asked, Unit(asked.factor, angle=1)):
        yield Second("angle", math.pi / 180 if asked.factor == 1 else 1.0)


def of_fitting(text: str, written: Unit, asked: Unit) -> Iterator[Second]:
    """What a unit that fits may mean besides."""
    yield from in_other_letters(text, asked)
    for symbol, factor in SECOND_FACTORS.items():
        if symbol in written.symbols and len(written.symbols) == 1:
            yield Second("horsepower", factor)
    if written.offset and not asked.offset:
        yield Second("difference", written.factor)


def of_another(text: str, asked: Unit) -> Iterator[Second]:
    """What a unit of another dimension may be meant for: its letters in the other case, °C without its ° or its C."""
    yield from in_other_letters(text, asked)
    if text in _HALF_CELSIUS and asked.symbols == {"°C"}:
        yield Second("degree", 1.0, asked.offset)


def in_other_letters(text: str, asked: Unit) -> Iterator[Second]:
    """The factors with one symbol in other letters, where that fits: mA for MA, pF for PF, s for S."""
    for found in WORD.finditer(text):
        word = words.known().get(found.group())
        if word is None:
            continue
        alike = words.by_small_letters().get(found.group().lower(), ())
        others = [each for each in alike if not same_size(words.known()[each].unit, word.unit)]  # RPM is rpm
        for unit in readable((text[: found.start()] + each + text[found.end() :] for each in others), asked):
            yield Second("case", factor(unit, asked))


def readable(texts: Iterable[str], asked: Unit) -> Iterator[Unit]:
    """The units among the texts that are one and fit what is asked."""
    for text in texts:
        try:
            unit = read(text)
        except UnitError:
            continue
        if unit.fits(asked):
            yield unit


def is_unit(text: str) -> bool:
    """Whether a text is a unit by itself."""
    try:
        read(text)
    except UnitError:
        return False
    return True


def same_size(one: Unit, other: Unit) -> bool:
    """Whether two units are one, whatever they are called."""
    return one.fits(other) and math.isclose(one.factor, other.factor, rel_tol=1e-9)


def factor(written: Unit, asked: Unit) -> float:
    """What one of the written unit is in SI; a full turn is a cycle, or 2π radians where the part asks for those."""
    if written.turns and asked.angle:
        return written.factor * (2 * math.pi) ** written.turns
    if asked.turns and written.angle:
        return written.factor / (2 * math.pi) ** written.angle
    return written.factor
