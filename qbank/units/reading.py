"""What a unit text means: a factor to SI, a dimension, and marks; or why it cannot be read."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from typing import Literal, TypeAlias

from qbank.units.symbols import (
    ALONE,
    EXTRA,
    MARKED,
    MARKS,
    NAMES,
    PREFIXED,
    PREFIXES,
    PURE,
    SMALL,
    SMALL_TAKEN_BY,
    Dimension,
)

Fault: TypeAlias = Literal["unknown", "case", "syntax"]
_POWER = re.compile(r"\s*+(?:\^|\*\*)\s*+(?:([+-]?\d)|\(\s*+([+-]?\d)\s*\))(?!\d)", re.ASCII)
_WORD = re.compile(r"[^\W\d_]+|°[^\W\d_]*|%")
_ABOVE = re.compile(r"\s*+(?:1\s*+)?(?=/)")
_MARK = re.compile(rf"(?<!\s)\s*+(?:\(\s*({'|'.join(MARKS)})\s*\)|({'|'.join(MARKS)}))\s*$")
_DEPTH = 8
_LEVELS = dict.fromkeys(("dB", *(word for word, symbol in NAMES.items() if symbol == "dB")), "") | {
    "dB/dec": "dec", "dB/decade": "dec", "dB/十倍频": "dec", "dB/oct": "oct", "dB/octave": "oct", "dB/倍频": "oct",
}  # fmt: skip


class UnitError(ValueError):
    """A unit text that is not understood: an unknown word, letters of the wrong case, or a broken expression.

    `at` is the index in the text, `guesses` the units that could have been meant.
    """

    def __init__(self, message: str, fault: Fault, at: int = 0, guesses: tuple[str, ...] = ()) -> None:
        super().__init__(message)
        self.fault, self.at, self.guesses = fault, at, guesses


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit: `value_in_SI = number * factor + offset`; decibels are of kind "log", `mark` is rms, p or pp."""

    factor: float = 1.0
    dimension: Dimension = PURE
    kind: Literal["linear", "log"] = "linear"
    offset: float = 0.0
    mark: str = ""

    def fits(self, other: Unit) -> bool:
        """Whether both measure the same thing: dimension, kind, and marks where both have one.

        >>> read("V/mA").fits(read("kΩ")), read("Vpp").fits(read("Vrms"))
        (True, False)
        """
        marks = self.mark == other.mark or (self.kind == "linear" and not (self.mark and other.mark))
        return self.dimension == other.dimension and self.kind == other.kind and marks


@lru_cache(maxsize=8192)
def read(tail: str, *, extra: bool = False) -> Unit:
    """The unit that a normalised text means; '' is the pure number. Raises UnitError.

    >>> read("kΩ").factor, read("V/mA") == read("kΩ"), read("kilohms") == read("kΩ"), read("%").factor
    (1000.0, True, True, 0.01)
    >>> read("mhz")
    Traceback (most recent call last):
    qbank.units.reading.UnitError: 'mhz' is not a unit; did you mean MHz or mHz?
    """
    body = tail.strip()
    if not body:
        return Unit()
    marked = _MARK.search(body)
    mark = ""
    if marked and marked.start() > 0 and body[: marked.start()].strip() in _VOLTS:
        mark = MARKS[marked.group(1) or marked.group(2)]
        body = body[: marked.start()]
    if (slope := _LEVELS.get(body.replace(" ", ""))) is not None:
        return Unit(kind="log", mark=slope)
    if body == "°C":
        return Unit(dimension=PREFIXED["K"][1], offset=273.15)
    unit, end = _product(body, 0, extra, _DEPTH)
    if end < len(body):
        raise UnitError(f"{tail!r} is not a unit", "syntax", end)
    return replace(unit, mark=mark or unit.mark)


def prefix(tail: str) -> float | None:
    """The factor of a bare prefix, as in 4.7k; None when the text is no prefix.

    >>> prefix("k"), prefix("V")
    (1000.0, None)
    """
    power = PREFIXES.get(tail)
    return None if power is None or tail in SMALL else float(f"1e{power}")


def _product(text: str, at: int, extra: bool, depth: int) -> tuple[Unit, int]:
    if above := _ABOVE.match(text, at):  # `5/s`: the number itself stands above the line
        left, at = Unit(), above.end()
    else:
        left, at = _factor(text, at, extra, depth)
    while True:
        at = _skip(text, at)
        sign = text[at : at + 1]
        if sign in ("*", "/") and sign:
            right, at = _factor(text, at + 1, extra, depth)
        elif sign and (_WORD.match(text, at) or sign == "("):
            right, at = _factor(text, at, extra, depth)
        else:
            return left, at
        left = _times(left, right if sign != "/" else _raised(right, -1, text), text)


def _factor(text: str, at: int, extra: bool, depth: int) -> tuple[Unit, int]:
    at = _skip(text, at)
    if text[at : at + 1] == "(":
        if depth == 0:
            raise UnitError(f"{text!r} has too many brackets", "syntax", at)
        unit, end = _product(text, at + 1, extra, depth - 1)
        end = _skip(text, end)
        if text[end : end + 1] != ")":
            raise UnitError(f"{text!r} has an open bracket", "syntax", at)
        end += 1
    else:
        found = _WORD.match(text, at)
        if not found:
            raise UnitError(f"{text!r} is not a unit", "syntax", at)
        unit, end = _symbol(found.group(), at, extra), found.end()
    power = _POWER.match(text, end)
    if power:
        return _raised(unit, int(power.group(1) or power.group(2)), text), power.end()
    return unit, end


def _symbol(word: str, at: int, extra: bool) -> Unit:
    known = _table(extra=extra).get(word)
    if known is not None:
        return known
    by_case = tuple(sorted(guess for guess in _by_small_letters(extra=extra).get(word.lower(), ()) if guess != word))
    if by_case:
        raise UnitError(f"{word!r} is not a unit; did you mean {' or '.join(by_case)}?", "case", at, by_case)
    raise UnitError(f"{word!r} is not a unit", "unknown", at)


@cache
def _table(*, extra: bool) -> dict[str, Unit]:
    """Every word that is a unit by itself, prefixes and names included."""
    table = {}
    for symbol, (factor, dimension) in PREFIXED.items():
        for letter, power in PREFIXES.items():
            if letter not in SMALL or symbol in SMALL_TAKEN_BY:
                table[letter + symbol] = Unit(float(f"{factor:.17g}") * float(f"1e{power}"), dimension)
    for symbol, (base, mark) in MARKED.items():
        for letter, power in {"": 0, "m": -3, "µ": -6, "u": -6, "k": 3}.items():
            table[letter + symbol] = Unit(float(f"1e{power}"), PREFIXED[base][1], mark=mark)
    table["kg"] = Unit(1.0, PREFIXED["g"][1])
    plain = PREFIXED | ALONE | (EXTRA if extra else {})
    table |= {symbol: Unit(float(factor), dimension) for symbol, (factor, dimension) in plain.items()}
    for name, symbol in NAMES.items():
        if symbol in table:
            table.setdefault(name, table[symbol])
    return table


_VOLTS = frozenset(("V", "mV", "µV", "uV", "kV", "volt", "volts", "伏", "伏特"))


@cache
def _by_small_letters(*, extra: bool) -> dict[str, tuple[str, ...]]:
    folded: dict[str, tuple[str, ...]] = {}
    for word in _table(extra=extra):
        if word[:1] not in ("K", "u") and not (word.endswith("R") or "Ohm" in word):
            folded[word.lower()] = (*folded.get(word.lower(), ()), word)
    return folded | {"db": ("dB",)}


def _times(left: Unit, right: Unit, text: str) -> Unit:
    dimension = tuple(a + b for a, b in zip(left.dimension, right.dimension, strict=True))
    return Unit(_sized(left.factor * right.factor, text), dimension, mark=left.mark or right.mark)


def _raised(unit: Unit, power: int, text: str) -> Unit:
    try:
        factor = unit.factor**power
    except OverflowError:
        factor = float("inf")
    return Unit(_sized(factor, text), tuple(power * a for a in unit.dimension), mark=unit.mark)


def _sized(factor: float, text: str) -> float:
    """The factor, which no unit that anyone measures in takes beyond 1e±99. Raises UnitError."""
    if not 1e-99 <= factor <= 1e99:
        raise UnitError(f"{text!r} is no size that anyone measures", "syntax")
    return factor


def _skip(text: str, at: int) -> int:
    while at < len(text) and text[at].isspace():
        at += 1
    return at
