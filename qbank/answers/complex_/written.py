"""Complex numbers as candidates write them: `3+4j`, `3+j4`, `5∠36.9°`, `5e^(j0.64)`, each with its unit or without.

    answer := [name "="] formula [unit]        a formula without letters, with i, j, I, J and the angles of `formulas`
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from qbank import folding, formulas, units
from qbank.algebra import balls, tree
from qbank.answers._quantities import FITS, NONE, OTHER, UNKNOWN
from qbank.answers._readings import Stopped
from qbank.formulas import Vocabulary, messages
from qbank.model import Bilingual
from qbank.units import Unit

_TAIL = re.compile(r"[A-Za-zΩµ%][A-Za-zΩµ%·*/^()0-9.-]*+$")
_UNKNOWN = re.compile(r"\s(?!(?:rad|deg)\b)[^\W\d_]{2,}")
"""A word in the place of the unit."""
_DIGITS = (40, 160)

_LETTERS = ("i", "j", "I", "J")
_JOULE = units.read("J")

WANTED = Bilingual(zh="复数，如 3+4j、5∠36.9° 或 5e^(j0.64)", en="a complex number such as 3+4j, 5∠36.9° or 5e^(j0.64)")
FINITE = Bilingual(zh="数值超出可读范围", en="a number that is not too large")


@dataclass(frozen=True, slots=True)
class Given:
    """A complex number (SI) and what its unit is beside the part's: NONE, FITS, OTHER or UNKNOWN."""

    value: complex
    unit: int
    second: complex | None = None
    """The same where an angle that does not say so is in the other unit."""


def parse(text: str, unit: Unit, *, degrees: bool = True, name: str = "", decimal_comma: bool = False) -> Given:
    """The complex number that a text is. Raises Stopped.

    >>> parse("3+4j", Unit()).value, abs(parse("5∠36.87°", Unit()).value.imag - 3) < 1e-3
    ((3+4j), True)
    """
    folded, origin = folding.fold(text)
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
                if not _UNKNOWN.fullmatch(body, end - 1):
                    continue
                factor, status = unit.factor, UNKNOWN
            else:
                factor, status = (written.factor, FITS) if written.fits(unit) else (unit.factor, OTHER)
        else:
            factor = unit.factor
        words = Vocabulary((), imaginary=True, degrees=degrees, units=("i", "j") if unit == _JOULE else _LETTERS)
        try:
            value = _value(body[start:end], start, words, decimal_comma) * factor
            return Given(value, status, _second(body[start:end], words, decimal_comma, factor))
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


def _value(body: str, start: int, words: Vocabulary, decimal_comma: bool) -> complex:
    """The value of a formula without letters; columns count from 1 in the folded text."""
    try:
        node = formulas.read(body, words, decimal_comma=decimal_comma)
    except formulas.Unreadable as stopped:
        expected = WANTED if stopped.expected == messages.OPERAND else stopped.expected
        raise Stopped(start + stopped.column, expected) from None
    value = None if tree.is_equation(node) else computed(node)
    if value is None:
        raise Stopped(start + 1, WANTED if tree.is_equation(node) else FINITE)
    return value


def _second(body: str, words: Vocabulary, decimal_comma: bool, factor: float) -> complex | None:
    """The value with an angle in the other unit, where one does not say in which it is."""
    if "∠" not in body:
        return None
    others = list(formulas.usual(body, words, decimal_comma=decimal_comma).others)
    value = computed(others[0]) if len(others) == 1 else None
    return None if value is None else value * factor


def computed(node: tree.Node) -> complex | None:
    """The value of a formula without letters, None where it has none; a part that vanishes beside the rest is 0.

    >>> from qbank.algebra import read
    >>> computed(read("sqrt(-4)").root)
    2j
    """
    try:
        for digits in _DIGITS:
            middle, error = balls.value(node, {}, digits, imaginary=True)
    except ArithmeticError:
        return None
    parts = [0.0 if abs(part) <= error else float(part) for part in (middle.real, middle.imag)]
    return complex(*parts) if max(map(abs, parts)) < 1e100 else None
