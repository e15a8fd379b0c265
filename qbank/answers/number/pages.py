"""What a number says to pages, reports and checks."""

# ruff: noqa: ARG001 (the functions of every kind take the same arguments)

from __future__ import annotations

import math
from dataclasses import replace
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

import numpy as np

from qbank import messages, numerals, units, waist
from qbank.answers import _bands, _lowering, _tolerance
from qbank.answers import _fineness as _fine
from qbank.answers._fineness import ENOUGH
from qbank.answers._readings import spoken
from qbank.answers.number import earning, naming
from qbank.answers.number.spec import Spec
from qbank.model import Columns, Lang, Printed, Rules, take
from qbank.sheets import Foreseen

TELLING = 6
"""The figures that tell one of two readings from the other."""


def show(spec: Spec, key: Columns, arrangement: Columns, row: int, lang: Lang) -> Printed:
    """The key with the fewest figures, three at least, with which it earns full marks."""
    return _printed(spec, float(key["key"][row]), float(key["low"][row]), float(key["high"][row]))


def _printed(spec: Spec, value: float, low: float, high: float) -> Printed:
    if math.isinf(value):
        return numerals.write(value)
    if spec.tolerance.exact and (fraction := _bands.fraction(value / spec.asked_unit.factor)) is not None:
        sign = "-" if fraction < 0 else ""
        text = f"{sign.replace('-', '−')}{abs(fraction.numerator)}/{fraction.denominator}"
        tex = rf"{sign}\frac{{{abs(fraction.numerator)}}}{{{fraction.denominator}}}"
        return in_own_unit(spec, Printed(text, tex, text, tex))
    return _as_fine(spec, value, *_fineness(spec, value, low, high))


def _fineness(spec: Spec, value: float, low: float, high: float) -> tuple[int | None, int | None]:
    """The figures or the decimals of the key: those asked for, else the fewest that are right and fine enough."""
    number = numerals.in_unit(value, spec.scale)
    wanted = _fine.places(spec.tolerance, spec.asked_unit)
    if spec.places is not None:
        return None, spec.places
    if spec.figures is None and spec.tolerance.dp is not None and abs(number) >= Decimal(1).scaleb(-spec.tolerance.dp):
        return None, spec.tolerance.dp
    figures = _fewest(spec, number, low, high)
    if spec.figures or figures is None or wanted is None or figures >= number.adjusted() + 1 + wanted:
        return figures, None
    return None, min(wanted, -int(_fine.shortest(number).as_tuple().exponent))


def _fewest(spec: Spec, number: Decimal, low: float, high: float) -> int | None:
    """The fewest figures that are right, None for all that the number has."""
    least = spec.figures.least if spec.figures else max(ENOUGH, spec.tolerance.sf or 0)
    if spec.figures is None and _fine.is_short(number, ENOUGH):
        return None
    digits = len(_fine.shortest(number).as_tuple().digits)
    for figures in range(least, 16):
        if spec.figures is None and figures > digits:
            break
        if low <= _si(spec, numerals.round_figures(number, figures)) <= high:
            return figures
    return spec.figures.least if spec.figures else None


def _as_fine(spec: Spec, value: float, figures: int | None, decimals: int | None) -> Printed:
    if decimals is not None:
        return in_own_unit(spec, numerals.write(value, spec.scale, decimals=decimals))
    return _in_its_unit(spec, value, figures)


def _beside(spec: Spec, value: float, key: float, low: float, high: float) -> Printed:
    """Another value in the style of the key: short where it is short, and fine enough to be told from what is right."""
    if math.isinf(value):
        return numerals.write(value)
    number = numerals.in_unit(value, spec.scale)
    figures, decimals = (None, None) if math.isinf(key) else _fineness(spec, key, low, high)
    if decimals is not None and abs(number) >= Decimal(1).scaleb(1 - decimals):
        return _as_fine(spec, value, None, decimals)
    if spec.figures is None and (_fine.is_short(number) or (spec.tolerance.exact and number == int(number))):
        return _in_its_unit(spec, value, None)
    for count in range(max(figures or 0, ENOUGH), 13):
        if not low <= _si(spec, numerals.round_figures(number, count)) <= high:
            return _in_its_unit(spec, value, count)
    return _in_its_unit(spec, value, None)


def _si(spec: Spec, number: Decimal, scale: str = "") -> float:
    """The SI value of a number in the part's unit, or in another `scale`."""
    unit = units.read(units.canonical(scale)) if scale else spec.asked_unit
    return float(number) * unit.factor + unit.offset


def _in_its_unit(spec: Spec, value: float, figures: int | None) -> Printed:
    printed = numerals.write(value, spec.scale, figures)
    free = spec.unit_convert and spec.unit_given == "asked" and spec.scale == spec.unit
    return printed if free else in_own_unit(spec, printed)


def in_own_unit(spec: Spec, printed: Printed) -> Printed:
    """The same without an engineering prefix: the unit is the part's."""
    if not spec.unit:
        return printed
    space, thin = ("", "") if spec.unit in ("%", "°") else (" ", r"\,")
    return Printed(
        f"{printed.bare_text}{space}{units.text(spec.unit)}", f"{printed.bare_tex}{thin}{units.tex(spec.unit)}",
        printed.bare_text, printed.bare_tex,
    )  # fmt: skip


def accepted(spec: Spec, key: Columns, arrangement: Columns, row: int, lang: Lang) -> str:
    """The ends of what is right, in the unit of the printed key, and what else earns something.

    They have the figures that tell them apart, and are rounded towards the key: what is printed is right.
    """
    low, high = float(key["low"][row]), float(key["high"][row])
    further = "".join(
        f"; {_in_its_unit(spec, float(key[f'also.{place}'][row]), None).text} ({also.credit:.0%})"
        for place, also in enumerate(spec.accept)
    )
    shown = show(spec, key, arrangement, row, lang).text
    if spec.tolerance.exact or low == high:
        return shown + further
    _, apart, written = shown.rpartition(" ")
    prefixed = apart and spec.scale and written.endswith(spec.scale) and written != units.text(spec.unit)
    scale = written if prefixed else spec.scale
    ends = [numerals.round_figures(numerals.in_unit(end, scale), 12) for end in (low, high)]
    figures = _enough(*ends)
    last = Decimal(1).scaleb(max(end.adjusted() for end in ends) - figures + 1)
    least, most = (end.quantize(last, way) for end, way in zip(ends, (ROUND_CEILING, ROUND_FLOOR), strict=True))
    lower, upper = (_trimmed(numerals.write(_si(spec, end, scale), scale, figures).bare_text) for end in (least, most))
    unit = units.text(scale if prefixed else spec.unit)
    space = "" if not unit or unit in ("%", "°") else " "
    return f"{lower} … {upper}{space}{unit}{further}"


def _enough(low: Decimal, high: Decimal) -> int:
    """The figures that tell one end from the other, and one more."""
    span, largest = high - low, max(abs(low), abs(high))
    return min(12, max(4, largest.adjusted() - span.adjusted() + 2)) if span else 12


def _trimmed(number: str) -> str:
    return number.rstrip("0").rstrip(".") if "." in number and "×" not in number else number


def foreseen(spec: Spec, key: Columns, arrangement: Columns, row: int, lang: Lang) -> tuple[Foreseen, ...]:
    """The item's mistakes that exist on one variant, as they would print."""
    found = []
    for name, mistake in spec.mistakes.items():
        if key[f"applies.{name}"][row]:
            right = (float(key[column][row]) for column in ("key", "low", "high"))
            printed = _beside(spec, float(key[f"mistake.{name}"][row]), *right)
            found.append(Foreseen(printed.text, spoken(mistake.text, lang), mistake.credit, name))
    return tuple(found)


def interaction(spec: Spec, arrangement: Columns, row: int, lang: Lang) -> waist.TextEntry:
    """A line to write on, with the unit after it where it is printed."""
    unit = units.text(spec.unit) if spec.unit_given == "printed" else ""
    return waist.TextEntry(width=6.0 if unit or not spec.unit else 8.0, unit=unit)


def scoring(spec: Spec, key: Columns, arrangement: Columns, row: int, rules: Rules) -> waist.Numbers | waist.Unscored:
    """The key and further keys by what they earn, the ratio in place of decibels, then the mistakes."""
    if any(np.isinf(value[row]) for name, value in key.items() if _earns(spec, key, name, row)):
        return waist.Unscored(messages.tell("an infinite value is not a number elsewhere"))
    unit, one = spec.asked_unit, take(key, np.array([row]))
    bands = sorted(earning.bands(spec, one), key=lambda band: -band[3])
    right = [_lowering.interval(unit, low[0], high[0], value[0], worth) for value, low, high, worth in bands if worth]
    full = sum(each.credit == 1 for each in right)
    foreseen_ = []
    for name, mistake in spec.mistakes.items():
        value = one[f"mistake.{name}"]
        if one[f"applies.{name}"][0] and np.isfinite(value[0]):
            low, high = naming.band(spec, value)
            foreseen_.append(_lowering.interval(unit, low[0], high[0], value[0], mistake.credit, name))
    told = _lowering.own_units(spec, rules)
    if spec.unit_share is not None:
        left = 1 - spec.unit_share
        kept = 1.0 if told.printed else left
        told = replace(told, missing=kept, unknown=kept, other=left, alone=spec.unit_share)
    if not spec.unit_convert:
        names = tuple(each if each.factor == 1 else replace(each, credit=told.other) for each in told.names)
        told = replace(told, names=names)
    fine = spec.figures is not None or spec.places is not None
    short = all(_bands.short_decimal(value)[0] for value, *_ in bands) or not _tolerance.only_exact(spec.tolerance)
    untold: tuple[waist.Untold, ...] = (*(("figures",) if fine else ()), *(() if short else ("fraction",)))
    ordered = (*right[:full], *_ratios(spec, right[0]), *right[full:], *foreseen_)
    return waist.Numbers(ordered, replace(told, prefix=1 - rules.unit_prefix), untold)


def _earns(spec: Spec, key: Columns, column: str, row: int) -> bool:
    """Whether the value in a key column earns anything on a variant."""
    kind, _, name = column.partition(".")
    if kind == "mistake":
        return bool(key[f"applies.{name}"][row]) and spec.mistakes[name].credit > 0
    return kind in ("key", "also")


def _ratios(spec: Spec, level: waist.Interval) -> tuple[waist.Interval, ...]:
    """The ratio that a level means, of either sign."""
    if spec.also is None:
        return ()
    per = 20.0 if spec.level == "amplitude" else 10.0
    low, high, value = (10.0 ** (each / per) for each in (level.low, level.high, level.value))
    return waist.Interval(low, high, value, bare=True), waist.Interval(-high, -low, -value, bare=True)


def roughly(spec: Spec, value: float) -> str:
    """A value with the figures that tell it from another."""
    if math.isinf(value):
        return numerals.write(value).text
    short = _fine.is_short(numerals.in_unit(value, spec.scale), TELLING)
    return _in_its_unit(spec, value, None if short else TELLING).text
