"""What went wrong with a number: the item's own mistakes first, then rounding, a power of ten, the sign."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from qbank.answers import _bands, _tolerance
from qbank.answers._quantities import FITS, NONE, Quantities
from qbank.answers.number import endless
from qbank.answers.number.spec import Spec
from qbank.model import Array, Columns, Floats, Rules, Steps, take

Mask = NDArray[np.bool_]
NEAR = 0.2
"""One in the last of two or more figures is less than this share of a number."""
_MOST = 30
_POWERS = 10.0 ** np.arange(-_MOST, _MOST + 1)
"""The powers of ten by which an answer may be off."""


def wrong(
    spec: Spec, steps: Steps, reading: Quantities, key: Columns, rows: NDArray[np.int64], fits: Mask, credit: Floats,
    details: Columns, rules: Rules,
) -> tuple[Steps, Floats]:  # fmt: skip
    """The steps with one more for each of the given wrong rows, and the credit with what a mistake earns there."""
    alone = len(rows) == len(reading)
    own, theirs = (key, reading) if alone else (take(key, rows), reading.take(rows))
    left = np.ones(len(rows), dtype=bool)
    credit = credit.copy()
    share = 0.0 if spec.unit_share is None else spec.unit_share
    if share and not spec.unit_convert:
        fits = fits & own_unit(spec, reading)
    unit_right = np.where(fits, share, 0.0)

    def named(where: Mask, note: str, scale: float | Floats) -> None:
        nonlocal steps, left
        if not np.count_nonzero(where):
            return
        mask = np.zeros(len(reading), dtype=bool)
        mask[rows[where & left]] = True
        steps = steps.where(mask, note, scale, **details)
        left = left & ~where

    for name, mistake in spec.mistakes.items():
        made = own[f"applies.{name}"] & near(spec, theirs.value, own[f"mistake.{name}"])
        credit[rows[made & left]] = mistake.credit
        named(made, f"number.mistake.{name}", np.maximum(mistake.credit, unit_right))
    up, cut = _rounding(theirs, own["key"], spec.asked_unit.offset)
    named(up, "number.rounded", unit_right)
    named(cut, "number.truncated", unit_right)
    power = _power(theirs.value, own)
    named((power != 0) & (power % 3 == 0) & (theirs.unit == FITS), "unit.prefix", 1 - rules.unit_prefix)
    named(power != 0, "number.power-of-ten", unit_right)
    turned = 2 * spec.asked_unit.offset - theirs.value  # -20 °C for 20 °C
    named((own["low"] <= turned) & (turned <= own["high"]), "number.sign", unit_right)
    named(left.copy(), "number.wrong", unit_right)
    return steps, credit


def foreseen(spec: Spec, reading: Quantities, key: Columns) -> Mask:
    """(n,) which answers are one of the item's own mistakes."""
    made = np.zeros(len(reading), dtype=bool)
    for name in spec.mistakes:
        made |= key[f"applies.{name}"] & near(spec, reading.value, key[f"mistake.{name}"])
    return made


def own_unit(spec: Spec, reading: Quantities) -> Mask:
    """(n,) which answers are in the part's own unit, not in another prefix or another unit of its kind."""
    scaled = np.isclose(reading.scale, spec.asked_unit.factor, rtol=1e-9, atol=0)
    return np.asarray(scaled | (reading.unit == NONE), dtype=np.bool_)


def near(spec: Spec, value: Floats, mistake: Floats) -> Mask:
    """Whether the value is the mistake's, by the part's tolerance; by 1 % of it where the part has a range."""
    low, high = band(spec, mistake)
    found: Mask = (low <= value) & (value <= high)
    return found


def band(spec: Spec, mistake: Floats) -> tuple[Floats, Floats]:
    """The ends of what counts as the mistake (SI, inclusive)."""
    tolerance = _tolerance.Tolerance(rel=0.01) if spec.tolerance.range is not None else spec.tolerance
    ends = _bands.band(tolerance, mistake, spec.asked_unit, spec.last)
    return endless.around(mistake, *ends) if spec.infinite else ends


def _steps_of(number: Floats, exact: Floats, high: Array) -> tuple[Floats, Floats]:
    """The answer and the key in its unit, both counted in units of the last figure that the answer shows."""
    with np.errstate(all="ignore"):
        unit = 10.0 ** (np.floor(np.log10(np.abs(number))) - high + 1)
        return np.rint(number / unit), exact / unit


def _rounding(reading: Quantities, key: Floats, offset: float) -> tuple[Mask, Mask]:
    """Where the key was rounded the wrong way, away from zero; and where it was cut off instead of rounded."""
    up, cut = (np.zeros(len(reading), dtype=np.bool_) for _ in range(2))
    with np.errstate(invalid="ignore"):
        asked = (key - offset) / reading.scale
        near_ = (reading.form == 0) & (reading.high >= 2) & (np.abs(reading.number - asked) <= NEAR * np.abs(asked))
        if not (rows := np.flatnonzero(near_)).size:
            return up, cut
        typed, exact = _steps_of(reading.number[rows], asked[rows], reading.high[rows])
        sound = (np.abs(exact) < 1e15) & np.isfinite(typed)
        toward = np.trunc(exact)
        nearest = np.floor(np.abs(exact) + 0.5 + 1e-9) * np.sign(exact)
        missed: Mask = sound & (typed != nearest) & (exact != toward)
        up[rows], cut[rows] = missed & (typed == toward + np.sign(exact)), missed & (typed == toward)
    return up, cut


def rounds_to(reading: Quantities, key: Floats, offset: float) -> Mask:
    """Whether the answer is the key rounded to the figures that were typed."""
    with np.errstate(invalid="ignore"):
        typed, exact = _steps_of(reading.number, (key - offset) / reading.scale, reading.high)
        found: Mask = (np.abs(exact - typed) <= 0.5 + 1e-9) | (reading.number == 0)
    return found


def _power(value: Floats, key: Columns) -> NDArray[np.int64]:
    """The power of ten by which an answer is off, 0 where it is not a matter of the decimal point."""
    with np.errstate(all="ignore"):
        power = np.rint(np.log10(np.abs(value / key["key"])))
        power = np.where(np.abs(power) <= _MOST, power, 0.0).astype(np.int64)
        moved = value / _POWERS[power + _MOST]
    return np.where((power != 0) & (key["low"] <= moved) & (moved <= key["high"]), power, 0)
