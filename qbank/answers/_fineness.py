"""How fine the numbers of an answer book are printed: as fine as the part asks, and no finer than tells them apart."""

from __future__ import annotations

import math
from decimal import Decimal

from qbank import numerals, units
from qbank.answers._tolerance import Tolerance
from qbank.units import Unit

ENOUGH = 3
"""The figures a number prints with, where fewer do not already say it all."""
AMPLE = 4
"""A number that has no more figures than these is printed as it is."""


def places(tolerance: Tolerance, unit: Unit) -> int | None:
    """The decimals, in the part's unit, that a tolerance of decimals or of a distance alone asks for.

    >>> places(Tolerance(dp=4), Unit()), places(Tolerance(abs=0.005), Unit()), places(Tolerance(rel=0.01), Unit())
    (4, 3, None)
    """
    if tolerance.dp is not None:
        return tolerance.dp
    if not tolerance.abs or tolerance.rel is not None:
        return None
    factor = units.read(tolerance.unit).factor if tolerance.unit else unit.factor
    wanted = math.ceil(-math.log10(tolerance.abs * factor / unit.factor) - 1e-9)
    return wanted if 0 <= wanted <= 12 else None


def shortest(number: Decimal) -> Decimal:
    """The number without the zeros at its end, of 12 figures at most."""
    return numerals.round_figures(number, 12).normalize()


def is_short(number: Decimal, most: int = AMPLE) -> bool:
    """Whether a number has few figures, or is whole and not too long to be read.

    >>> is_short(Decimal("12.50")), is_short(Decimal("120000")), is_short(Decimal("0.33333"))
    (True, True, False)
    """
    return len(shortest(number).as_tuple().digits) <= most


def between(low: float, high: float) -> str:
    """Two ends of what is right, with the figures that tell one from the other, and two more.

    >>> between(-0.50251, -0.49749), between(4.0, 4.0)
    ('−0.50251 … −0.49749', '4')
    """
    if low == high:
        return numerals.write(low).text
    largest, span = (Decimal(f"{value:.15g}") for value in (max(abs(low), abs(high)), high - low))
    figures = min(12, max(AMPLE, largest.adjusted() - span.adjusted() + 3))
    return " … ".join(_trimmed(numerals.write(end, figures=figures).text) for end in (low, high))


def _trimmed(number: str) -> str:
    return number.rstrip("0").rstrip(".") if "." in number and "×" not in number else number
