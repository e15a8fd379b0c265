"""What a unit text means where a part asks for a unit: the usual reading, and what else may have been meant.

The usual reading is the first that fits: known symbols and names, a bare prefix, symbols written together (`Nm`). A
second reading never marks; it sends an answer that would be right by it to a person (docs/en/grading.md, two readings).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal, TypeAlias

from qbank.units import concentrations, glosses, together, words
from qbank.units.reading import UnitError, prefix, read
from qbank.units.second_readings import (
    Second,
    factor,
    in_other_letters,
    is_unit,
    of_another,
    of_fitting,
    of_nothing,
    readable,
    same_size,
)
from qbank.units.symbols import CONTEXT
from qbank.units.words import Unit

Status: TypeAlias = Literal["none", "fits", "other", "unknown", "refused"]
Doubt: TypeAlias = Literal["", "gloss", "customary"]

_SWAPPED = {"m": "M", "M": "m"}
_PRODUCTS = ("T", "K")
"""The prefixes that are units by themselves, and hardly ever prefixes; `12 mN` stays millinewton."""
_PEAKS = ("p", "pp")
_UNRAISED = re.compile(r"(?<=[^\W\d_])-[1-9](?!\d)")
"""A power that lost its place, as plain text has it."""
_OTHER_DEGREES = ("摄氏度", "华氏度", "弧度", "elsius")
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
    if unraised := _UNRAISED.search(bare):  # `m s-1`
        power = _UNRAISED.sub(r"^\g<0>", bare)
        raised = readable((power, *_molar(power, asked.unit)), asked.unit)
        unclear = Meaning("refused", 1.0, error=UnitError(tail, "syntax", unraised.start()))
        return next((Meaning("fits", factor(unit, asked.unit), unit=unit) for unit in raised), unclear)
    found = _taken(bare, asked)
    if found.status == "other":
        found = next(_named_twice(bare, asked), found)
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


def _named_twice(text: str, asked: Asked) -> Iterator[Meaning]:
    """The meaning of a unit that is there by two of its names, `mA（毫安）`; another unit is a gloss: `kΩ（Ω）`."""
    for first, second in glosses.halves(text):
        own, other = _taken(first, asked), _taken(second, asked)
        if own.unit is None or other.unit is None:
            continue
        if same_size(own.unit, other.unit):
            yield own
        elif own.status == "fits":
            yield replace(own, doubt="gloss")


def _taken(text: str, asked: Asked) -> Meaning:
    """The meaning of a text without glosses."""
    unit = asked.unit
    if not text:
        return Meaning("none", unit.factor, unit.offset, tuple(of_nothing(unit)))
    for molar in readable(_molar(text, unit), unit):
        return Meaning("fits", factor(molar, unit), unit=molar)
    try:
        written = _in_context(text, unit)
    except UnitError as error:
        return _not_known(text, asked, error)
    if asked.difference:
        written = replace(written, offset=0.0)
    bare = prefix(text)
    if written.fits(unit):
        seconds = tuple(of_fitting(text, written, asked.unit)) if len(text) <= LONGEST else ()
        return Meaning("fits", factor(written, unit), written.offset, seconds, _doubt(written, asked), unit=written)
    if bare is not None and asked.prefixes:
        if not written.symbols & unit.symbols:
            return _prefixed(text, bare, unit)
        return Meaning("other", unit.factor, unit.offset, (Second("prefix", bare * unit.plain),))  # `3 m` for mm/s
    products = together.apart(text, taking=_PRODUCTS) if len(text) <= LONGEST else ()
    for apart in readable(products, unit):  # `Tm/A`: tesla metres, not terametres
        return Meaning("fits", factor(apart, unit), unit=apart)
    others = together.joined(text)
    if len(text) > LONGEST:
        others = ()
    elif "m" in unit.symbols and text not in words.known():  # `W/mK`: per metre; `mN` by itself is a millinewton
        others += together.apart(text, taking=("m",))
    seconds = tuple(Second("prefix", factor(one, unit)) for one in readable(others, unit))
    seconds += tuple(Second("divisor", factor(one, unit)) for one in readable(together.under(text), unit))
    seconds += tuple(of_another(text, unit)) if len(text) <= LONGEST else ()
    if bare is not None and same_size(unit, Unit()) and not unit.angle:  # `3.2m` for 0.0032
        seconds += (Second("prefix", bare),)
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
    for whole in readable(together.joined(text), unit):
        seconds = tuple(in_other_letters(together.joined(text)[0], unit))
        return Meaning("fits", factor(whole, unit), 0.0, seconds, unit=whole)
    if any(is_unit(whole) for whole in together.joined(text)):  # `k V` where kΩ is asked
        return Meaning("other", unit.factor, unit.offset)
    splits = together.apart(text)
    right: dict[float, Unit] = {}
    for one in readable(splits, unit):
        right.setdefault(factor(one, unit), one)
    if right:
        first, *others = right
        return Meaning("fits", first, 0.0, tuple(Second("prefix", other) for other in others), unit=right[first])
    meant = [Second("case", factor(one, unit)) for one in readable(together.guessed(text, error), unit)]
    meant += [Second("prefix", unit_.factor) for unit_ in _loosely(text) if unit_.fits(unit)]
    if splits or meant:
        if not splits and error.guesses:
            return Meaning("refused", 1.0, error=error)
        own = [Second("together", unit.factor, unit.offset)] if splits else []
        return Meaning("other", unit.factor, unit.offset, (*own, *meant))
    if error.fault == "case":
        return Meaning("refused", 1.0, error=error)
    return Meaning("unknown", unit.factor, unit.offset)


def _prefixed(text: str, power: float, asked: Unit) -> Meaning:
    """A bare prefix in the place of the unit: `5k` is 5 kg where grams are asked, in whatever prefix.

    M and m are easily written for each other, and k for a kelvin; where % is asked, `50m` may be the number 0.05.

    >>> _prefixed("k", 1e3, read("kg")).factor, _prefixed("m", 1e-3, read("mL")).factor
    (1.0, 1e-06)
    """
    swapped = _SWAPPED.get(text, "")
    other, molar = prefix(swapped), [unit.factor for unit in readable(_molar(swapped, asked), asked)]
    meant = molar or ([] if other is None else [other * asked.plain])
    if asked.symbols == {text.swapcase()}:
        meant.append(words.known()[text.swapcase()].unit.factor)
    seconds = [Second("case", factor) for factor in meant]
    if asked.symbols == {"%"}:
        seconds.append(Second("percent", power))
    return Meaning("fits", power * asked.plain, 0.0, tuple(seconds))


def _molar(text: str, asked: Unit) -> tuple[str, ...]:
    """The text with M as moles in a litre, where the part asks for such a unit."""
    written = concentrations.in_moles(text, asked)
    return (written,) if written else ()


def _doubt(written: Unit, asked: Asked) -> Doubt:
    """Whether the unit is one that is not opened, or names peak volts where the part does not say which volts it asks.

    >>> volts = Asked(read("V"), prefixes=True)
    >>> meaning("Vpp", volts).doubt, meaning("Vrms", volts).doubt, meaning("Vpp", Asked(read("Vpp"), True)).doubt
    ('gloss', '', '')
    """
    if written.mark in _PEAKS and written.kind == "linear" and not asked.unit.mark:
        return "gloss"
    return "customary" if written.customary and not asked.customary else ""


def _in_context(text: str, asked: Unit) -> Unit:
    """The unit of a text whose words may depend on what is asked: 度 is °, °C or kWh. Raises UnitError."""
    for word, choices in CONTEXT.items():
        pattern = rf"\b{word}\b" if word.isascii() else word
        if word in text and re.search(pattern, text) and not any(known in text for known in _OTHER_DEGREES):
            found = [read(re.sub(pattern, choice, text)) for choice in choices]
            return next((unit for unit in found if unit.fits(asked)), found[0])
    return read(text)


def _loosely(text: str) -> Iterator[Unit]:
    """The unit of a single word with a prefix that its symbol does not take: hPa."""
    unit = words.loose(text)
    if unit is not None:
        yield unit


__all__ = ["LONGEST", "Asked", "Doubt", "Meaning", "Status", "meaning"]
