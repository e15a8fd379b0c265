"""What the kinds that take numbers tell other systems: intervals in the part's own unit, and what units cost."""

from __future__ import annotations

import numpy as np

from qbank import units
from qbank.answers._unit_costs import Asks, asks, costs
from qbank.model import Array, Rules
from qbank.units import Unit
from qbank.waist import Interval, UnitName, Units

PREFIXES = ("p", "n", "µ", "m", "", "k", "M", "G")
"""The prefixes that another system is told."""
MICRO = ("\u00b5", "\u03bc", "u")
OHM = ("\u03a9", "\u2126")
"""As the Greek letter and as the sign of its own: other systems do not take the one for the other."""


def own_units(spec: Asks, rules: Rules) -> Units:
    """The spellings of the part's unit, and what a missing or another one leaves of the credit."""
    missing, wrong = costs(spec, rules)
    kept = 1 - missing if asks(spec) else 1.0
    return Units(names(spec.unit), bool(spec.unit) and not asks(spec), kept, kept, 1 - wrong)


def names(unit: str) -> tuple[UnitName, ...]:
    """The usual spellings of a unit, itself first, with every prefix where it is a single symbol that takes them.

    >>> [(each.name, each.factor) for each in names("kV")][:4]
    [('kV', 1.0), ('pV', 1e-15), ('nV', 1e-12), ('µV', 1e-09)]
    """
    if not unit:
        return ()
    asked = units.read(unit)
    found = {units.text(unit): UnitName(units.text(unit))}
    symbol = _bare(unit)
    for letter in PREFIXES if symbol else ():
        factor = float(f"{units.read(letter + symbol).factor / asked.factor:.15g}")
        for prefix in MICRO if letter == "µ" else (letter,):
            for spelt in OHM if symbol in OHM else (symbol,):
                found.setdefault(prefix + spelt, UnitName(prefix + spelt, factor))
    return tuple(found.values())


def _bare(unit: str) -> str:
    """The symbol of a unit without its prefix; empty where it is a product, or takes none."""
    asked = units.read(unit)
    if asked.kind != "linear" or asked.offset or asked.mark or not unit.isalpha():
        return ""
    for symbol in (unit, unit[1:]):
        try:
            if symbol and units.read("k" + symbol).fits(asked):
                return symbol
        except units.UnitError:
            continue
    return ""


def interval(
    unit: Unit, low: float, high: float, value: float, credit: float = 1.0, mistake: str = ""
) -> Interval:
    """An interval of SI values in the part's own unit."""
    low, high, value = ((float(end) - unit.offset) / unit.factor for end in (low, high, value))
    return Interval(low, high, value, credit, mistake)


def intervals(unit: Unit, low: Array, high: Array, value: Array) -> tuple[Interval, ...]:
    """One interval for every cell, row by row."""
    ends = (np.asarray(each, dtype=np.float64).reshape(-1).tolist() for each in (low, high, value))
    return tuple(interval(unit, *one) for one in zip(*ends, strict=True))
