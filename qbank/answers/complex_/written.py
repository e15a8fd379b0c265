"""Complex numbers as candidates write them: `3+4j`, `3+j4`, `5∠36.9°`, `5e^(j0.64)`, each with its unit or without.

    answer := [name "="] (formula without letters, with i or j | sum "∠" angle) [unit]
    angle  := sum ["°" | "deg" | "度" | "rad"]
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from qbank import formulas, numerals, units
from qbank.answers._quantities import FITS, NONE, OTHER, UNKNOWN
from qbank.answers._readings import Stopped
from qbank.formulas import Points, Vocabulary
from qbank.model import Bilingual
from qbank.units import Asked, Doubt, Meaning

_WORDS = Vocabulary((), imaginary=True)
_NOWHERE = Points({}, imaginary=True)
_STATUS = {"none": NONE, "fits": FITS, "other": OTHER, "unknown": UNKNOWN}
_ANGLES = ("°", "degrees", "deg", "度", "radians", "rad")
_TAIL = re.compile(r"[A-Za-zΩµ%\u3400-\u9fff][A-Za-zΩµ%\u3400-\u9fff·*/^()0-9.-]*+$")
_CAPITAL = re.compile(r"(?<![A-Za-z])[IJ](?![A-Za-z])")
SECONDS = 3
"""The most second readings of one answer: of its angle, and two of its unit."""

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
    """The complex number that a text is. Raises Stopped.

    >>> ratio = Asked(Unit(), prefixes=False)
    >>> parse("3+4j", ratio).value, parse("3+J4", ratio).value, abs(parse("5∠36.87°", ratio).value.imag - 3) < 1e-3
    ((3+4j), (3+4j), True)
    """
    folded, origin = numerals.fold(text)
    named = re.match(rf"\s*{re.escape(name)}\s*[=≈:]", folded) if name else None
    start = named.end() if named else 0
    body = folded.rstrip(" .。;")
    if "J" not in asked.unit.symbols:
        body = _CAPITAL.sub("j", body)
    first: Stopped | None = None
    for end, meaning in _ends(body, start, asked):
        try:
            values = [value + 0.0 for value in _values(body, start, end, degrees, decimal_comma)]  # no negative zero
            scaled = [value * meaning.factor for value in values]
            scaled += [values[0] * second.factor for second in meaning.seconds if second.because in ("case", "prefix")]
            return Given(scaled[0], _STATUS[meaning.status], tuple(scaled[1 : SECONDS + 1]), meaning.doubt)
        except Stopped as stopped:
            column = (*origin, len(text))[min(stopped.column - 1, len(origin))] + 1
            first = first or Stopped(column, stopped.expected)
    assert first is not None
    raise first


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


def _values(body: str, start: int, end: int, degrees: bool, decimal_comma: bool) -> list[complex]:
    """The number; and the one that it is with its angle in the other unit, where the angle has none."""
    angle = body.find("∠", start, end)
    if angle < 0:
        return [_number(body, start, end, decimal_comma)]
    modulus = _number(body, start, angle, decimal_comma)
    written = body[angle + 1 : end].rstrip()
    unit = next((unit for unit in _ANGLES if written.endswith(unit)), "")
    turned = _number(body, angle + 1, angle + 1 + len(written) - len(unit), decimal_comma)
    if modulus.imag or turned.imag:
        raise Stopped(angle + 1, WANTED)
    ways = [math.radians(turned.real), turned.real]
    if not (degrees if not unit else not unit.startswith("rad")):
        ways.reverse()
    ways = ways[:1] if unit else ways
    return [modulus.real * complex(math.cos(radians), math.sin(radians)) for radians in ways]


def _number(body: str, start: int, end: int, decimal_comma: bool) -> complex:
    """The value of a formula without letters; columns count from 1 in the folded text."""
    try:
        formula = formulas.read(body[start:end], _WORDS, decimal_comma=decimal_comma)
    except formulas.Unreadable as stopped:
        expected = WANTED if not body[start:end].strip() else stopped.expected
        raise Stopped(start + stopped.column, expected) from None
    if isinstance(formula, formulas.Equation):
        raise Stopped(start + 1, WANTED)
    value = complex(formulas.values([formula], _NOWHERE)[0, 0])
    if not np.isfinite(value) or abs(value) >= 1e100:
        raise Stopped(start + 1, FINITE)
    return value
