"""How the values of names print: with the figures and in the unit that their rules say."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from qbank import numerals, units
from qbank.bank.item import Item
from qbank.model import Array, Column, Printed
from qbank.numerals import rounding

if TYPE_CHECKING:
    from qbank.variants._values import Variants

FIGURES = 4
"""The figures of a derived value that does not say how it is shown, and is no whole number without a unit."""
NOISE = 1e-14
"""The share of itself by which a computed whole number may miss one."""
WHOLE = 2.0**53
"""Below this, a float is every whole number: those print all their digits."""


def printed(variants: Variants, row: int) -> dict[str, Printed]:
    """Every name's value on one variant as a page shows it, by name.

    A parameter, and a derived value that says `shown:`, prints as it is; another derived value to four figures, or with
    all its digits where it is a whole number without a unit.
    """
    return {name: show(variants.item, name, column, row) for name, column in variants.columns.items()}


def show(item: Item, name: str, column: Column, row: int) -> Printed:
    """One name's value on one row of its column, as a page shows it."""
    if column.labels:
        label = ", ".join(column.labels[code] for code in np.ravel(column.values[row]).tolist())
        return Printed(label, rf"\text{{{label}}}", label, rf"\text{{{label}}}")
    value, unit = as_printed(item, name, column.values[row]), unit_of(item, name)
    if np.iscomplexobj(value):
        return numerals.write_complex(value, unit)
    return numerals.write_array(value, unit) if column.shape else numerals.write(float(value), unit)


def as_printed(item: Item, name: str, values: Array) -> Array:
    """The values of a name, of one variant or of all, rounded as they print."""
    if exact(item, name):
        return values
    unit = unit_of(item, name)
    rounded = _rounded_in(unit, values)
    return rounded if unit else _whole(values, rounded)


def unit_of(item: Item, name: str) -> str:
    """The unit in which a name prints."""
    rule: Any = item.parameters.get(name) or item.derive[name]
    return str(rule.unit)


def exact(item: Item, name: str) -> bool:
    """Whether the value of a name prints as it is used: a parameter, or a derived value that says `shown:`."""
    return name in item.parameters or item.derive[name].shown is not None


def _whole(values: Array, rounded: Array) -> Array:
    """The values that are whole numbers, but for the rounding of floats, with all their digits; the others rounded."""
    if np.iscomplexobj(values):
        return np.asarray(_whole(values.real, rounded.real) + 1j * _whole(values.imag, rounded.imag))
    given = np.asarray(values, dtype=np.float64)
    nearest = np.rint(given)
    with np.errstate(invalid="ignore"):
        whole = (np.abs(given) < WHOLE) & (nearest != 0) & (np.abs(given - nearest) <= NOISE * np.abs(given))
    return np.asarray(np.where(whole, nearest, rounded))


def _rounded_in(unit: str, value: Array) -> Array:
    """The value with four figures in the unit that it prints in: 63.43° is not four figures of its radians."""
    scale = units.read(units.canonical(unit)) if unit else None
    if scale is None or (scale.factor == 1 and not scale.offset):
        return rounding.rounded(value, figures=FIGURES)
    return rounding.rounded((value - scale.offset) / scale.factor, figures=FIGURES) * scale.factor + scale.offset
