"""What a unit text means: a factor to SI, a dimension, and marks; or why it cannot be read."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache
from typing import Literal, TypeAlias, assert_never

from qbank import messages
from qbank.units import concentrations, words
from qbank.units.symbols import MARKS, NEVER_ALONE, PREFIXES, SYMBOLS
from qbank.units.words import Unit

Fault: TypeAlias = Literal["unknown", "case", "syntax"]
Broken: TypeAlias = Literal["", "deep", "open", "size"]
POWER = r"\s*+(?:\^|\*\*)\s*+(?:([+-]?\d)|\(\s*+([+-]?\d)\s*\))(?!\d)"
_POWER = re.compile(POWER + r"|(?<=[^\W\d_])([1-9])(?!\d)", re.ASCII)
WORD = re.compile(r"[^\W\d_]*℧|[^\W\d_]+|°[^\W\d_]*|[%‰]")
_ABOVE = re.compile(r"\s*+(?:1\s*+)?(?=/)")
_MARK = re.compile(rf"(?<!\s)\s*+(?:\(\s*({'|'.join(MARKS)})\s*\)|_?({'|'.join(MARKS)}))\s*$")
_PER = re.compile(r"\s+per\s+|\s*每\s*")
_AREA = re.compile(r"(平方|立方|二次方|三次方|\b[Ss]quare\s|\b[Cc]ubic\s)\s*([^\W\d_]+)")
_SQUARED = re.compile(r"\s+(squared|cubed)\b")
_CUBES = ("立方", "三次方", "cubic", "cubed")
_DEGREES = re.compile(r"(?:\bdeg(?:rees?)?|°)\s*([Cc]elsius|C|[Ff]ahrenheit|F|[Kk]elvins?|K)\b")
_TEMPERATURES = {"C": "°C", "F": "°F", "K": "K"}
_DEPTH = 8
_LEVELS = {
    "dB": "", "decibel": "", "decibels": "", "Decibel": "", "Decibels": "", "分贝": "",
    "dB/dec": "dec", "dB/decade": "dec", "dB/十倍频": "dec", "dB/十倍频程": "dec",
    "dB/oct": "oct", "dB/octave": "oct", "dB/倍频": "oct", "dB/倍频程": "oct",
}  # fmt: skip


class UnitError(ValueError):
    """A unit text that is not understood: an unknown word, letters of the wrong case, or a broken expression.

    `at` is the index in the text, `guesses` the units that could have been meant, `word` the one that is not known,
    `broken` what is wrong with a broken expression. Its message is made when it is asked for: most are never told.
    """

    def __init__(
        self, text: str, fault: Fault, at: int = 0, guesses: tuple[str, ...] = (), word: str = "", broken: Broken = ""
    ) -> None:
        super().__init__(text)
        self.text, self.fault, self.at, self.guesses, self.word, self.broken = text, fault, at, guesses, word, broken

    def __str__(self) -> str:
        match self.broken:
            case "deep":
                return messages.tell("{text!r} has too many nested brackets", text=self.text)
            case "open":
                return messages.tell("{text!r} has a bracket that is not closed", text=self.text)
            case "size":
                return messages.tell("{text!r} is too large or too small for a unit", text=self.text)
            case "":
                if not self.guesses:
                    return messages.tell("{text!r} is not a unit", text=self.text)
                guesses = messages.either(self.guesses)
                return messages.tell("{text!r} is not a unit; did you mean {guesses}?", text=self.text, guesses=guesses)
            case other:
                assert_never(other)


@lru_cache(maxsize=8192)
def read(tail: str) -> Unit:
    """The unit that a normalised text means; '' is the pure number. Raises UnitError.

    °C by itself is a temperature; in a product, a quotient or a power it is a difference, equal to K.

    >>> read("kΩ").factor, read("V/mA").factor, read("kilohms") == read("kΩ"), read("%").factor
    (1000.0, 1000.0, True, 0.01)
    >>> read("°C").offset, read("mV/°C").factor == read("mV/K").factor, read("m/s2") == read("m/s^2")
    (273.15, True, True)
    >>> read("mhz")
    Traceback (most recent call last):
    qbank.units.reading.UnitError: 'mhz' is not a unit; did you mean MHz or mHz?
    """
    body = tail.strip()
    if "°" in body or "deg" in body:
        body = _DEGREES.sub(lambda found: _TEMPERATURES[found.group(1)[0].upper()], body)
    if not body:
        return Unit()
    marked = _MARK.search(body)
    mark = ""
    if marked and marked.start() > 0 and _is_volts(body[: marked.start()].strip()):
        mark = MARKS[marked.group(1) or marked.group(2)]
        body = body[: marked.start()]
    if (slope := _LEVELS.get(body.replace(" ", ""))) is not None:
        return Unit(kind="log", mark=slope)
    if not body.isascii() or "u" in body:
        body = _AREA.sub(lambda found: f"{found.group(2)}^{_power_of(found.group(1))}", body)
        body = _SQUARED.sub(lambda found: f"^{_power_of(found.group(1))}", body)
    if "每" in body or " per " in body:
        body = _PER.sub("/", body)
    alone = words.known().get(body)
    if alone is not None and (offset := SYMBOLS[alone.symbol].offset if alone.symbol in SYMBOLS else 0.0):
        return replace(alone.unit, offset=offset)
    unit, end = _product(body, 0, _DEPTH)
    if end < len(body):
        raise UnitError(tail, "syntax", end)
    return replace(unit, mark=mark) if mark else unit


def prefix(tail: str) -> float | None:
    """The factor of a bare prefix, as in 4.7k; None when the text is not a prefix.

    >>> prefix("k"), prefix("V"), prefix("Meg")
    (1000.0, None, 1000000.0)
    """
    power = PREFIXES.get(tail)
    return None if power is None or tail in NEVER_ALONE else float(f"1e{power}")


def _power_of(word: str) -> int:
    """The power that a word before or after a unit means."""
    return 3 if word.strip().lower() in _CUBES else 2


def _is_volts(text: str) -> bool:
    word = words.known().get(text)
    return word is not None and word.symbol == "V"


def _product(text: str, at: int, depth: int) -> tuple[Unit, int]:
    if above := _ABOVE.match(text, at):  # `5/s`: the number itself is above the line
        left, at = Unit(), above.end()
    else:
        left, at = _factor(text, at, depth)
    while True:
        at = _skip(text, at)
        sign = text[at : at + 1]
        if sign in ("*", "/") and sign:
            right, at = _factor(text, at + 1, depth)
        elif sign and (WORD.match(text, at) or sign == "("):
            right, at = _factor(text, at, depth)
        else:
            return left, at
        left = _times(left, right if sign != "/" else _raised(right, -1, text), text)


def _factor(text: str, at: int, depth: int) -> tuple[Unit, int]:
    at = _skip(text, at)
    if text[at : at + 1] == "(":
        if depth == 0:
            raise UnitError(text, "syntax", at, broken="deep")
        unit, end = _product(text, at + 1, depth - 1)
        end = _skip(text, end)
        if text[end : end + 1] != ")":
            raise UnitError(text, "syntax", at, broken="open")
        end += 1
    else:
        found = WORD.match(text, at)
        if not found:
            raise UnitError(text, "syntax", at)
        unit, end = _symbol(found.group(), at), found.end()
    power = _POWER.match(text, end)
    if power:
        return _raised(unit, int(next(group for group in power.groups() if group)), text), power.end()
    return unit, end


def _symbol(word: str, at: int) -> Unit:
    found = words.known().get(word)
    if found is not None:
        return found.unit
    small = word.lower()
    meant = words.by_small_letters()
    found_in = meant.get(small) or (meant.get("µ" + small[1:], ()) if small[:1] == "u" else ())
    by_case = tuple(sorted(guess for guess in found_in if guess != word))
    if molar := concentrations.spelled(word):
        by_case = (molar, *by_case)
    if by_case:
        raise UnitError(word, "case", at, by_case, word)
    raise UnitError(word, "unknown", at, (), word)


def _times(left: Unit, right: Unit, text: str) -> Unit:
    dimension = tuple(a + b for a, b in zip(left.dimension, right.dimension, strict=True))
    return Unit(
        _sized(left.factor * right.factor, text), dimension, "linear", 0.0, left.mark or right.mark,
        left.cycles + right.cycles, left.angle + right.angle, left.turns + right.turns, left.symbols | right.symbols,
        left.customary or right.customary, left.plain * right.plain,
    )  # fmt: skip


def _raised(unit: Unit, power: int, text: str) -> Unit:
    try:
        factor, plain = unit.factor**power, unit.plain**power
    except OverflowError:
        factor = plain = float("inf")
    return replace(
        unit, factor=_sized(factor, text), plain=plain, dimension=tuple(power * a for a in unit.dimension),
        cycles=power * unit.cycles, angle=power * unit.angle, turns=power * unit.turns,
    )  # fmt: skip


def _sized(factor: float, text: str) -> float:
    """The factor, which no unit that anyone measures in takes beyond 1e±99. Raises UnitError."""
    if not 1e-99 <= factor <= 1e99:
        raise UnitError(text, "syntax", broken="size")
    return factor


def _skip(text: str, at: int) -> int:
    while at < len(text) and text[at].isspace():
        at += 1
    return at
