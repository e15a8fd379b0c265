"""Options that are numbers, as numbers in SI."""

from __future__ import annotations

from collections.abc import Sequence

from qbank import numerals, units
from qbank.model import READ
from qbank.units import Dimension


def quantities(texts: Sequence[str]) -> list[tuple[float, Dimension] | None]:
    """The value and the dimension of each text, None where it is no number with a unit.

    >>> [each and each[0] for each in quantities(["4.7 kΩ", "25 mA", "sat"])]
    [4700.0, 0.025, None]
    """
    read = numerals.read(texts, prefix=False)
    found: list[tuple[float, Dimension] | None] = []
    for place in range(len(texts)):
        try:
            unit = units.read(read.tails[read.unit[place]])
        except units.UnitError:
            found.append(None)  # words: the option is no number
            continue
        value = float(read.value[place]) * unit.factor
        found.append((value, unit.dimension) if read.state[place] == READ else None)
    return found
