"""Complex numbers as candidates write them: `3+4j`, `3+j4`, `5∠36.9°`, `5e^(j0.64)`, each with its unit or without.

    answer := [name "="] (formula without letters, with i or j | sum "∠" angle) [unit]
    angle  := sum ["°" | "deg" | "度" | "rad"]
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass

import numpy as np

from qbank import formulas, numerals, units
from qbank.answers._quantities import FITS, NONE, OTHER
from qbank.answers._readings import Stopped
from qbank.formulas import Points, Vocabulary
from qbank.model import Bilingual
from qbank.units import Unit

_WORDS = Vocabulary((), imaginary=True)
_NOWHERE = Points({}, imaginary=True)
_ANGLES = ("°", "degrees", "deg", "度", "radians", "rad")
_TAIL = re.compile(r"[A-Za-zΩµ%][A-Za-zΩµ%·*/^()0-9.-]*+$")

WANTED = Bilingual(zh="复数，如 3+4j、5∠36.9° 或 5e^(j0.64)", en="a complex number such as 3+4j, 5∠36.9° or 5e^(j0.64)")
FINITE = Bilingual(zh="数值超出可读范围", en="a number that is not too large")


@dataclass(frozen=True, slots=True)
class Given:
    """A complex number (SI) and what its unit is beside the part's: NONE, FITS or OTHER."""

    value: complex
    unit: int


def parse(text: str, unit: Unit, *, degrees: bool = True, name: str = "", decimal_comma: bool = False) -> Given:
    """The complex number that a text is. Raises Stopped.

    >>> parse("3+4j", Unit()).value, abs(parse("5∠36.87°", Unit()).value.imag - 3) < 1e-3
    ((3+4j), True)
    """
    folded, origin = numerals.fold(text)
    named = re.match(rf"\s*{re.escape(name)}\s*[=≈:]", folded) if name else None
    start = named.end() if named else 0
    body = folded.rstrip(" .。;")
    first: Stopped | None = None
    for end, tail in _ends(body, start):
        factor, status = 1.0, NONE
        if tail:
            try:
                written = units.read(tail)
            except units.UnitError:
                continue
            factor, status = (written.factor, FITS) if written.fits(unit) else (unit.factor, OTHER)
        else:
            factor = unit.factor
        try:
            return Given(_value(body, start, end, degrees, decimal_comma) * factor, status)
        except Stopped as stopped:
            column = (*origin, len(text))[min(stopped.column - 1, len(origin))] + 1
            first = first or Stopped(column, stopped.expected)
    assert first is not None
    raise first


def _ends(body: str, start: int) -> list[tuple[int, str]]:
    """Where the number may end, and the unit after it: first nothing, then the longest tail first."""
    found = [(len(body), "")]
    match = _TAIL.search(body, start)
    if match is not None:
        run = body[match.start() :]
        found += [(match.start() + skip, run[skip:]) for skip in range(min(len(run), 12)) if run[skip].isalpha()]
    return found


def _value(body: str, start: int, end: int, degrees: bool, decimal_comma: bool) -> complex:
    angle = body.find("∠", start, end)
    if angle < 0:
        return _number(body, start, end, decimal_comma)
    modulus = _number(body, start, angle, decimal_comma)
    written = body[angle + 1 : end].rstrip()
    unit = next((unit for unit in _ANGLES if written.endswith(unit)), "")
    turned = _number(body, angle + 1, angle + 1 + len(written) - len(unit), decimal_comma)
    if modulus.imag or turned.imag:
        raise Stopped(angle + 1, WANTED)
    in_degrees = degrees if not unit else not unit.startswith("rad")
    radians = math.radians(turned.real) if in_degrees else turned.real
    return modulus.real * complex(math.cos(radians), math.sin(radians))


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
