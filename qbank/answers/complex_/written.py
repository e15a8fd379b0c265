"""Complex numbers as candidates write them: `3+4j`, `3+j4`, `5∠36.9°`, `5e^(j0.64)`, each with its unit or without.

    answer := [name "="] formula [unit]        a formula without letters, with i, j, I, J and the angles of `formulas`
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from qbank import formulas, units
from qbank.algebra import balls, tree
from qbank.answers._quantities import FITS, NONE, OTHER, UNKNOWN
from qbank.answers._readings import Stopped
from qbank.formulas import Vocabulary, reasons, tokens
from qbank.formulas.deciding import weight
from qbank.model import Bilingual
from qbank.units import Asked, Doubt, Meaning

_STATUS = {"none": NONE, "fits": FITS, "other": OTHER, "unknown": UNKNOWN}
_TAIL = re.compile(r"[A-Za-zΩµ%\u3400-\u9fff][A-Za-zΩµ%\u3400-\u9fff·*/^()0-9.-]*+$")
_PAIR = re.compile(r"\s*\(?\s*([+-]?\d{1,30}),(\d{1,30})\s*\)?\s*")
"""`(3,4)` has a decimal comma, or is the two parts."""
_UNIT = r"(?P<unit>[A-Za-zΩµ\u3400-\u9fff][A-Za-zΩµ\u3400-\u9fff·*/^()0-9-]{0,20}?)"
_PART = r"\d[\d.]*(?:e[+-]?\d+)?"
_BESIDE_MODULUS = re.compile(rf"(?P<first>.*?[\d)]\s*){_UNIT}\s*(?P<second>∠.*|[*·]?\s*(?:e\s*\^|exp).*)")
_BESIDE_PARTS = re.compile(
    rf"(?P<first>\(?\s*[+-]?\s*{_PART}\s*){_UNIT}\s*(?P<second>[+-]\s*(?:[ij]\s*{_PART}|{_PART}\s*[ij]))\s*(?P=unit)"
)
_IN_BRACKETS = re.compile(rf"(?P<first>.*[^\s(\[])\s*[(\[]\s*{_UNIT}\s*[)\]](?P<second>)")
_GROUPS = re.compile(r"(?<![\d.,])([1-9]\d{0,2})[.,](\d{3})(?![\d.,])")
_ANGLE = re.compile(r"∠|e\s*\^|exp")
SECONDS = 16
"""The most second readings of one answer: of its formula, and two of its unit."""
HEAVY = 1000
"""What an answer may weigh to be read in other ways, too: a sum of thirty phasors."""

_LETTERS = ("i", "j", "I", "J")

WANTED = Bilingual(zh="复数，如 3+4j、5∠36.9° 或 5e^(j0.64)", en="a complex number such as 3+4j, 5∠36.9° or 5e^(j0.64)")
FINITE = Bilingual(zh="数值超出可读范围", en="a number that is not too large")


@dataclass(frozen=True, slots=True)
class Given:
    """A complex number (SI), what its unit is beside the part's: NONE, FITS, OTHER or UNKNOWN, and other readings."""

    value: complex
    unit: int
    seconds: tuple[complex, ...] = ()
    doubt: Doubt = ""


def parse(text: str, asked: Asked, *, degrees: bool = True, name: str = "", decimal_comma: bool = False) -> Given:
    """The complex number that a text is; its unit may also be beside each part of it. Raises Stopped.

    >>> ratio = Asked(units.Unit(), prefixes=False)
    >>> parse("3+4j", ratio).value, parse("3+J4", ratio).value, abs(parse("5∠36.87°", ratio).value.imag - 3) < 1e-3
    ((3+4j), (3+4j), True)
    """
    try:
        return _given(text, asked, degrees=degrees, name=name, decimal_comma=decimal_comma)
    except Stopped as stopped:
        again = _with_unit_last(text, asked)
        try:
            return _given(again, asked, degrees=degrees, name=name, decimal_comma=decimal_comma)
        except Stopped:
            raise stopped from None


def _given(text: str, asked: Asked, degrees: bool, name: str, decimal_comma: bool) -> Given:
    folded, origin = tokens.unmarked(text)
    named = re.match(rf"\s*{re.escape(name)}\s*[=≈:]", folded) if name else None
    start = named.end() if named else 0
    body = folded.rstrip(" .。;")
    words = _words(asked, degrees)
    first: Stopped | None = None
    for end, meaning in _ends(body, start, asked):
        try:
            value, others = _values(body[start:end], start, words, decimal_comma)
        except Stopped as stopped:
            column = (*origin, len(text))[min(stopped.column - 1, len(origin))] + 1
            first = first or Stopped(column, stopped.expected)
            continue
        if pair := _PAIR.fullmatch(body[start:end]):
            others.insert(0, complex(float(pair[1]), float(pair[2])))
        others += _grouped(body[start:end], words)
        seconds = [second * meaning.factor for second in others]
        if body[end:].strip() == "J" and "J" in asked.unit.symbols:  # 3+4J: joules, or the imaginary unit
            seconds += [each * asked.unit.factor for each in _others(f"{body[start:end]}j", words)]
        of_units = [value * other.factor for other in meaning.seconds if other.because in ("case", "prefix")]
        seconds[SECONDS - 2 :] = of_units
        return Given(value * meaning.factor, _STATUS[meaning.status], tuple(seconds[:SECONDS]), meaning.doubt)
    assert first is not None
    raise first


def _with_unit_last(text: str, asked: Asked) -> str:
    """The text with its unit at the end, where that is beside its modulus, beside both parts or in brackets; or "".

    >>> volts = Asked(units.read("V"), prefixes=False)
    >>> [_with_unit_last(text, volts) for text in ("5 V∠53°", "3V + j4V", "3+4j (V)", "3V + j4A", "5 x∠3")]
    ['5 ∠53° V', '3+ j4 V', '3+4j V', '', '']
    """
    body = tokens.unmarked(text)[0].rstrip(" .。;")
    for pattern in (_BESIDE_MODULUS, _BESIDE_PARTS, _IN_BRACKETS):
        found = pattern.fullmatch(body)
        if found and units.meaning(found["unit"], Asked(asked.unit, prefixes=False)).status in ("fits", "other"):
            return f"{found['first']}{found['second'] or ''} {found['unit']}"
    return ""


def _grouped(body: str, words: Vocabulary) -> list[complex]:
    """What a text is if the points before three digits set off thousands: everywhere, and in the modulus alone."""
    whole = _GROUPS.sub(r"\1\2", body)
    if whole == body:
        return []
    end = angle.start() if (angle := _ANGLE.search(body)) else len(body)
    modulus = _GROUPS.sub(r"\1\2", body[:end]) + body[end:]
    return [each for one in dict.fromkeys((modulus, whole)) for each in _others(one, words)]


def _others(body: str, words: Vocabulary) -> list[complex]:
    """The value of a text read otherwise, if it can be read so."""
    try:
        return [_values(body, 0, words, decimal_comma=False)[0]]
    except Stopped:
        return []


def _ends(body: str, start: int, asked: Asked) -> Iterator[tuple[int, Meaning]]:
    """Where the number may end, and what the unit after it means: nothing, the longest unit first, an unknown word."""
    bare = Asked(asked.unit, prefixes=False)
    yield len(body), units.meaning("", bare)
    match = _TAIL.search(body, start)
    if match is None:
        return
    run = body[match.start() :]
    found = [
        (match.start() + skip, units.meaning(run[skip:], bare))
        for skip in range(min(len(run), 12))
        if run[skip].isalpha()
    ]
    yield from (each for each in found if each[1].status in ("fits", "other"))
    if body[match.start() - 1 : match.start()].isspace():  # `3+4j blah`; `3+4x` is a letter that the question has not
        yield from (each for each in found[:1] if each[1].status == "unknown")


def _values(body: str, start: int, words: Vocabulary, decimal_comma: bool) -> tuple[complex, list[complex]]:
    """The value of a formula without letters, and those of its other readings, such as with an angle in the other unit.

    Columns count from 1 in the folded text.
    """
    try:
        found = formulas.usual(body, words, decimal_comma=decimal_comma)
    except formulas.Unreadable as stopped:
        expected = WANTED if stopped.expected == reasons.OPERAND else stopped.expected
        raise Stopped(start + stopped.column, expected) from None
    value = None if tree.is_equation(found.node) else computed(found.node)
    if value is None:
        raise Stopped(start + 1, WANTED if tree.is_equation(found.node) else FINITE)
    others = found.others if weight(found.node) <= HEAVY else ()
    values = (computed(node) for node in others if not tree.is_equation(node))
    return value, list(dict.fromkeys(each for each in values if each is not None))


@lru_cache(maxsize=256)
def _words(asked: Asked, degrees: bool) -> Vocabulary:
    """What may appear in the formula; capital letters are the imaginary unit where the part's unit holds no joule."""
    letters = ("i", "j") if "J" in asked.unit.symbols else _LETTERS
    return Vocabulary((), imaginary=True, degrees=degrees, units=letters)


def computed(node: tree.Node) -> complex | None:
    """The value of a formula without letters, None where it has none; a part that vanishes beside the rest is 0.

    >>> from qbank.algebra import read
    >>> computed(read("sqrt(-4)").root)
    2j
    """
    try:
        found = complex(balls.known(node, {}, imaginary=True).middle)
    except ArithmeticError:
        return None
    return found if max(abs(found.real), abs(found.imag)) < 1e100 else None
