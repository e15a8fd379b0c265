"""Every word that is a unit by itself: symbols with their prefixes, and names in both languages."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Literal

from qbank.units.symbols import (
    CHINESE_PREFIXES,
    LONG_PREFIXES,
    MARKED,
    NEVER_ALONE,
    OTHER_NAMES,
    PREFIXES,
    PURE,
    QUANTITY,
    SMALL,
    SYMBOLS,
    Dimension,
    Symbol,
)


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit: `value_in_SI = number * factor + offset`; decibels are of kind "log", `mark` is rms, p or pp.

    `plain` is the factor without prefixes: that of mL is the factor of L. `cycles`, `angle` and `turns` are its powers
    of a cycle, a radian and a full turn; `symbols` are those that it is made of, and a `customary` unit holds one that
    is read only by choice. Equal units are read alike: V/A and Ω are of one size, and not equal.
    """

    factor: float = 1.0
    dimension: Dimension = PURE
    kind: Literal["linear", "log"] = "linear"
    offset: float = 0.0
    mark: str = ""
    cycles: int = 0
    angle: int = 0
    turns: int = 0
    symbols: frozenset[str] = frozenset()
    customary: bool = False
    plain: float = 1.0

    def fits(self, other: Unit) -> bool:
        """Whether both measure the same thing: dimension, kind, and marks where both have one.

        Cycles and radians do not fit each other, a full turn fits both.

        >>> from qbank.units import read
        >>> read("V/mA").fits(read("kΩ")), read("Vpp").fits(read("Vrms"))
        (True, False)
        >>> read("Hz").fits(read("rad/s")), read("1/s").fits(read("rad/s")), read("rpm").fits(read("rad/s"))
        (False, True, True)
        """
        marks = self.mark == other.mark or (self.kind == "linear" and not (self.mark and other.mark))
        turns = (self.cycles, self.angle) == (other.cycles, other.angle)
        turning = turns or not ((self.cycles and other.angle) or (self.angle and other.cycles))
        return self.dimension == other.dimension and self.kind == other.kind and marks and turning

    def akin(self, other: Unit) -> bool:
        """Whether both have one dimension and yet measure different things, as W and var do.

        >>> from qbank.units import read
        >>> read("kW").akin(read("var")), read("J/s").akin(read("W")), read("rad").akin(read("%"))
        (True, False, True)
        """
        if self.dimension != other.dimension:
            return False
        own, theirs = ({QUANTITY[each] for each in unit.symbols & QUANTITY.keys()} for unit in (self, other))
        angles = self.dimension == PURE and self.angle != other.angle
        return not self.fits(other) or bool(own and theirs and not own & theirs) or angles


@dataclass(frozen=True, slots=True)
class Word:
    """One word and its unit: `prefix` and `symbol` as a page shows them; a name is `spelled`."""

    unit: Unit
    prefix: str
    symbol: str
    spelled: bool


@cache
def known() -> dict[str, Word]:
    """Every word that is a unit. A plain symbol (`min`, `cd`, `Pa`) comes before a prefix and a symbol."""
    found: dict[str, Word] = {}
    for symbol, unit in SYMBOLS.items():
        for spelling in (symbol, *unit.spellings):
            found[spelling] = _word(symbol, unit, "", spelled=False)
    for symbol, (base, mark) in MARKED.items():
        volts = Symbol(SYMBOLS[base].factor, SYMBOLS[base].dimension, mark=mark)
        for prefix in ("", "m", "µ", "u", "k"):
            found[prefix + symbol] = _word(symbol, volts, prefix, spelled=False)
    for symbol, unit in SYMBOLS.items():
        for prefix in PREFIXES:
            if unit.takes == "all" or (unit.takes == "most" and prefix not in SMALL):
                for spelling in (symbol, *unit.spellings):
                    found.setdefault(prefix + spelling, _word(symbol, unit, prefix, spelled=False))
    for name, symbol, prefix in _names():
        if prefix + symbol in found:
            found.setdefault(name, _word(symbol, SYMBOLS[symbol], prefix, spelled=True))
    for symbol, unit in SYMBOLS.items():
        if not unit.customary:
            for prefix, letter in (*CHINESE_PREFIXES.items(), *LONG_PREFIXES.items()):  # 千Ω, kiloV
                if letter + symbol in found:
                    found.setdefault(prefix + symbol, _word(symbol, unit, letter, spelled=True))
    for name, written in OTHER_NAMES.items():
        word = found[written]
        found[name] = _word(word.symbol, SYMBOLS[word.symbol], word.prefix, spelled=True)
    return found


def loose(word: str) -> Unit | None:
    """The unit of a word whose prefix its symbol does not take, as in hPa; None for any other word."""
    for prefix in SMALL:
        symbol = word.removeprefix(prefix)
        if symbol != word and symbol in SYMBOLS and SYMBOLS[symbol].takes == "most":
            return _word(symbol, SYMBOLS[symbol], prefix, spelled=False).unit
    return None


def stored(word: str) -> str:
    """A word as a page shows it: `kilohms` as kΩ, `uF` as µF; what is not known stays."""
    found = known().get(word)
    return word if found is None else _shown(found.prefix) + found.symbol


def _shown(prefix: str) -> str:
    return {"u": "µ", "K": "k", "Meg": "M", "MEG": "M", "meg": "M"}.get(prefix, prefix)


@cache
def by_small_letters() -> dict[str, tuple[str, ...]]:
    """The symbols that could be meant by a word in other letters."""
    folded: dict[str, tuple[str, ...]] = {}
    for word, found in known().items():
        odd = word[:1] in ("K", "u") or found.prefix in ("a", "Meg", "MEG", "meg") or found.unit.customary
        if not odd and not (word.endswith("R") or "Ohm" in word):
            folded[word.lower()] = (*folded.get(word.lower(), ()), word)
    return folded | {"db": ("dB",)}


def _word(symbol: str, unit: Symbol, prefix: str, *, spelled: bool) -> Word:
    plain = float(f"{float(unit.factor):.17g}")
    factor = plain * float(f"1e{PREFIXES.get(prefix, 0)}")
    if prefix == "k" and symbol == "g":
        factor = 1.0
    made = Unit(
        factor, unit.dimension, "linear", 0.0, unit.mark, unit.cycles, unit.angle, unit.turns, frozenset((symbol,)),
        unit.customary, plain,
    )  # fmt: skip
    return Word(made, prefix, symbol, spelled)


def _names() -> Iterator[tuple[str, str, str]]:
    """(name, symbol, prefix) of every name, singular and plural, small and capital, with the prefixes' names."""
    for symbol, unit in SYMBOLS.items():
        for name in unit.chinese:
            yield name, symbol, ""
            for prefix, letter in CHINESE_PREFIXES.items():
                yield prefix + name, symbol, letter
            for letter in PREFIXES:  # k欧, M赫
                if letter != "a":
                    yield letter + name, symbol, letter
        for name in unit.english:
            for spelling in _numbers(name):
                yield spelling, symbol, ""
                for letter in PREFIXES:  # kohms, mAmps
                    if letter not in NEVER_ALONE:
                        yield from ((letter + each, symbol, letter) for each in (spelling, spelling.capitalize()))
                for prefix, letter in LONG_PREFIXES.items():
                    yield from _both(prefix + spelling, symbol, letter)
                    if name == "ohm" and prefix[-1] in "ao":  # kilohm, megohm
                        yield from _both(prefix[:-1] + spelling, symbol, letter)
                yield spelling.capitalize(), symbol, ""


def _numbers(name: str) -> tuple[str, ...]:
    """A name in the singular and the plural."""
    if name.endswith("henry"):
        return name, name[:-1] + "ies"
    return (name,) if name[-1] in "sxz" else (name, name + "s")


def _both(name: str, symbol: str, prefix: str) -> Iterator[tuple[str, str, str]]:
    yield name, symbol, prefix
    yield name.capitalize(), symbol, prefix
