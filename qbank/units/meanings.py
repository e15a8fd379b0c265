"""What a unit text means where a part asks for a unit: the usual reading, and what else may have been meant.

The usual reading is the first that fits: known symbols and names, a bare prefix, symbols written together (`Nm`). A
second reading never marks; it sends an answer that would be right by it to a person (docs/en/grading.md, two readings).
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal, TypeAlias

from qbank.units import glosses, together, words
from qbank.units.reading import WORD, UnitError, prefix, read
from qbank.units.symbols import CONTEXT, SECOND_FACTORS
from qbank.units.words import Unit

Status: TypeAlias = Literal["none", "fits", "other", "unknown", "refused"]
Because: TypeAlias = Literal["percent", "angle", "prefix", "case", "difference", "horsepower", "together", "divisor"]
"""Why a unit text has a second reading (`answers._two_readings` says it to people)."""
Doubt: TypeAlias = Literal["", "gloss", "customary"]

LARGEST_PERCENTAGE = 100.0
"""A bare number up to this may be a percentage; -1000 for a gain of -10 is not a slip of this kind."""
_SWAPPED = {"m": "M", "M": "m"}
_PRODUCTS = ("T", "K")
"""The prefixes that are units by themselves, and hardly ever prefixes; `12 mN` stays millinewton."""
_PEAKS = ("p", "pp")
_OTHER_DEGREES = ("摄氏度", "弧度", "elsius")
"""The words that hold a word of `CONTEXT` and mean one thing."""
LONGEST = 60
"""A longer unit text is read as it is: no one writes such a unit by mistake."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What a part asks for: its unit, whether a bare prefix is enough, and whether customary units are read."""

    unit: Unit
    prefixes: bool
    customary: bool = False
    difference: bool = False
    """Whether °C is a difference of temperatures."""


@dataclass(frozen=True, slots=True)
class Second:
    """Another reading of a unit text: `value_in_SI = number * factor + offset` for numbers up to `most`, and why."""

    because: Because
    factor: float
    offset: float = 0.0
    most: float = math.inf


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a unit text means for a part; with a `doubt` a right answer waits for a person.

    `error` says why a text is refused, an index of it in `error.at`; None where a bare prefix is not read. `unit` is
    the unit as written, None where it is a bare prefix or not there.
    """

    status: Status
    factor: float
    offset: float = 0.0
    seconds: tuple[Second, ...] = ()
    doubt: Doubt = ""
    error: UnitError | None = None
    unit: Unit | None = None


@lru_cache(maxsize=8192)
def meaning(tail: str, asked: Asked) -> Meaning:
    """What the text after a number means where a part asks for a unit.

    >>> volts, newtons = Asked(read("V"), prefixes=True), Asked(read("N"), prefixes=True)
    >>> meaning("mV", volts).factor, meaning("k", volts).factor, meaning("AΩ", volts).status, meaning("A", volts).status
    (0.001, 1000.0, 'fits', 'other')
    >>> meaning("Nm", newtons).status, [second.because for second in meaning("Nm", newtons).seconds]
    ('other', ['together'])
    """
    text = " ".join(tail.replace("_", "").split())
    bare = text.removeprefix("*").strip()
    found = _taken(bare, asked)
    if found.status not in ("unknown", "refused"):
        return found
    plain = glosses.dropped(bare)
    if plain != bare:
        found = _taken(plain, asked)
    if found.status in ("unknown", "refused"):
        found = next(_with_gloss(plain, asked), found)
    if found.status == "unknown" and (bare != text or not glosses.is_word(plain)):  # `2*x`, `5x^2`, `5万`, `5 or less`
        return Meaning("refused", 1.0, error=UnitError(tail, "syntax", int(bare != text)))
    return found


def _with_gloss(text: str, asked: Asked) -> Iterator[Meaning]:
    """The meanings of the text without what may be a gloss, each with that doubt; a correction is none."""
    for unit in glosses.cut(text):
        found = _taken(unit, asked)
        if found.status in ("none", "fits", "other"):
            if glosses.is_change(text[len(unit) :]):
                yield Meaning("refused", 1.0, error=UnitError(text, "syntax", len(unit)))
            yield replace(found, doubt="gloss")


def _taken(text: str, asked: Asked) -> Meaning:
    """The meaning of a text without glosses."""
    unit = asked.unit
    if not text:
        return Meaning("none", unit.factor, unit.offset, tuple(_of_nothing(unit)))
    try:
        written = _in_context(text, unit)
    except UnitError as error:
        return _not_known(text, asked, error)
    if asked.difference:
        written = replace(written, offset=0.0)
    bare = prefix(text)
    if written.fits(unit):
        seconds = tuple(_seconds(text, written, asked)) if len(text) <= LONGEST else ()
        return Meaning("fits", _factor(written, unit), written.offset, seconds, _doubt(written, asked), unit=written)
    if bare is not None and asked.prefixes:
        if not written.symbols & unit.symbols:
            return _prefixed(text, bare, unit)
        return Meaning("other", unit.factor, unit.offset, (Second("prefix", bare),))  # `3 m` for mm/s
    products = together.apart(text, taking=_PRODUCTS) if len(text) <= LONGEST else ()
    for apart in _readable(products, unit):  # `Tm/A`: tesla metres, not terametres
        return Meaning("fits", _factor(apart, unit), unit=apart)
    others = together.joined(text)
    if len(text) > LONGEST:
        others = ()
    elif "m" in unit.symbols and text not in words.known():  # `W/mK`: per metre; `mN` by itself is a millinewton
        others += together.apart(text, taking=("m",))
    seconds = tuple(Second("prefix", _factor(one, unit)) for one in _readable(others, unit))
    seconds += tuple(Second("divisor", _factor(one, unit)) for one in _readable(together.under(text), unit))
    return Meaning("other", unit.factor, unit.offset, seconds, _doubt(written, asked), unit=written)


def _not_known(text: str, asked: Asked, error: UnitError) -> Meaning:
    """The meaning of a text that holds a word which is not a unit: a prefix, or symbols written together."""
    unit = asked.unit
    bare = prefix(text)
    if bare is not None:
        return _prefixed(text, bare, unit) if asked.prefixes else Meaning("refused", 1.0)
    if len(text) > LONGEST:
        error = UnitError(text, "syntax", error.at)
    if error.fault == "syntax":
        return Meaning("refused", 1.0, error=error)
    for whole in _readable(together.joined(text), unit):
        seconds = tuple(_swapped(together.joined(text)[0], unit))
        return Meaning("fits", _factor(whole, unit), 0.0, seconds, unit=whole)
    splits = together.apart(text)
    right: dict[float, Unit] = {}
    for one in _readable(splits, unit):
        right.setdefault(_factor(one, unit), one)
    if right:
        first, *others = right
        return Meaning("fits", first, 0.0, tuple(Second("prefix", factor) for factor in others), unit=right[first])
    meant = [Second("case", _factor(one, unit)) for one in _readable(together.guessed(text, error), unit)]
    meant += [Second("prefix", unit_.factor) for unit_ in _loosely(text) if unit_.fits(unit)]
    if splits or meant:
        if not splits and error.guesses:
            return Meaning("refused", 1.0, error=error)
        own = [Second("together", unit.factor, unit.offset)] if splits else []
        return Meaning("other", unit.factor, unit.offset, (*own, *meant))
    if error.fault == "case":
        return Meaning("refused", 1.0, error=error)
    return Meaning("unknown", unit.factor, unit.offset)


def _prefixed(text: str, factor: float, asked: Unit) -> Meaning:
    """A bare prefix in the place of the unit; M and m are easily written for each other, and k for a kelvin."""
    others = [prefix(_SWAPPED.get(text, ""))]
    if asked.symbols == {text.swapcase()}:
        others.append(words.known()[text.swapcase()].unit.factor)
    return Meaning("fits", factor, 0.0, tuple(Second("case", other) for other in others if other is not None))


def _doubt(written: Unit, asked: Asked) -> Doubt:
    """Whether the unit is one that is not opened, or names peak volts where the part does not say which volts it asks.

    >>> volts = Asked(read("V"), prefixes=True)
    >>> meaning("Vpp", volts).doubt, meaning("Vrms", volts).doubt, meaning("Vpp", Asked(read("Vpp"), True)).doubt
    ('gloss', '', '')
    """
    if written.mark in _PEAKS and written.kind == "linear" and not asked.unit.mark:
        return "gloss"
    return "customary" if written.customary and not asked.customary else ""


def _factor(written: Unit, asked: Unit) -> float:
    """What one of the written unit is in SI; a full turn is a cycle, or 2π radians where the part asks for those."""
    if written.turns and asked.angle:
        return written.factor * (2 * math.pi) ** written.turns
    if asked.turns and written.angle:
        return written.factor / (2 * math.pi) ** written.angle
    return written.factor


def _in_context(text: str, asked: Unit) -> Unit:
    """The unit of a text whose words may depend on what is asked: 度 is °, °C or kWh. Raises UnitError."""
    for word, choices in CONTEXT.items():
        pattern = rf"\b{word}\b" if word.isascii() else word
        if word in text and re.search(pattern, text) and not any(known in text for known in _OTHER_DEGREES):
            found = [read(re.sub(pattern, choice, text)) for choice in choices]
            return next((unit for unit in found if unit.fits(asked)), found[0])
    return read(text)


def _of_nothing(asked: Unit) -> Iterator[Second]:
    """What a bare number may mean besides the part's own unit."""
    if asked.symbols == {"%"} and asked.factor == 0.01:
        yield Second("percent", 1.0)
    elif not asked.symbols and asked == Unit():
        yield Second("percent", 0.01, most=LARGEST_PERCENTAGE)
    elif asked.angle == 1 and asked == Unit(asked.factor, angle=1):
        yield Second("angle", math.pi / 180 if asked.factor == 1 else 1.0)


def _seconds(text: str, written: Unit, asked: Asked) -> Iterator[Second]:
    """What a unit that fits may mean besides."""
    yield from _swapped(text, asked.unit)
    for symbol, factor in SECOND_FACTORS.items():
        if symbol in written.symbols and len(written.symbols) == 1:
            yield Second("horsepower", factor)
    if written.offset and not asked.unit.offset:
        yield Second("difference", written.factor)


def _swapped(text: str, asked: Unit) -> Iterator[Second]:
    """The factor with M for one m, or m for one M, where that is a prefix."""
    for found in WORD.finditer(text):
        word = words.known().get(found.group())
        if word is None or word.spelled or word.prefix not in _SWAPPED:
            continue
        other = text[: found.start()] + _SWAPPED[word.prefix] + text[found.start() + 1 :]
        for unit in _readable((other,), asked):
            yield Second("case", _factor(unit, asked))


def _readable(texts: tuple[str, ...], asked: Unit) -> Iterator[Unit]:
    """The units among the texts that are one and fit what is asked."""
    for text in texts:
        try:
            unit = read(text)
        except UnitError:
            continue
        if unit.fits(asked):
            yield unit


def _loosely(text: str) -> Iterator[Unit]:
    """The unit of a single word with a prefix that its symbol does not take: hPa."""
    unit = words.loose(text)
    if unit is not None:
        yield unit


__all__ = ["LARGEST_PERCENTAGE", "LONGEST", "Asked", "Because", "Doubt", "Meaning", "Second", "Status", "meaning"]
