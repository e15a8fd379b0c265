"""From values to key columns, from key columns and readings to steps."""

# ruff: noqa: ARG001 (the functions of every kind take the same arguments)

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from qbank import algebra
from qbank.answers import Scope, _mistakes, _quantities, _tolerance
from qbank.answers._quantities import FITS, NONE, OTHER, UNKNOWN, Quantities
from qbank.answers._readings import begun
from qbank.answers.number import naming
from qbank.answers.number.spec import Spec
from qbank.draws import Chance
from qbank.model import READ, Array, Columns, Floats, Rules, Steps

Mask = NDArray[np.bool_]


def arrange(spec: Spec, chance: Chance, name: str, seats: NDArray[np.int64]) -> dict[str, Array]:
    """A number shows nothing that differs between variants."""
    return {}


def bind(spec: Spec, scope: Scope, arrangement: Columns) -> dict[str, Array]:
    """`key`, the ends `low` and `high` of what is right (SI, inclusive), further keys and mistakes, (n,) each."""
    key = _column(spec.key, scope, "key")
    if spec.tolerance.range is not None:
        low, high = (_column(end, scope, "range") for end in spec.tolerance.range)
        low, high = _tolerance.outward(low, high)
    else:
        low, high = _band(spec, key)
    columns: dict[str, Array] = {"key": key, "low": low, "high": high}
    for place, also in enumerate(spec.accept):
        columns[f"also.{place}"] = _column(also.key, scope, "accepted key")
    return columns | _mistakes.bind(spec.mistakes, scope)


def _column(expression: algebra.Expression, scope: Scope, what: str) -> Floats:
    values = np.asarray(scope.evaluate(expression).values, dtype=np.float64)
    if values.shape[1:]:
        raise ValueError(f"the {what} of a number is one value on each variant, and {expression} is an array")
    return np.broadcast_to(values, (scope.n,)).copy()


def _band(spec: Spec, key: Floats) -> tuple[Floats, Floats]:
    return _tolerance.band(spec.tolerance, key, spec.asked_unit, spec.last)


def feasible(spec: Spec, key: Columns) -> Mask:
    """False where the key is not finite, lies outside its range, cannot be written, or a mistake counts as right."""
    value, low, high = key["key"], key["low"], key["high"]
    sound: Mask = np.isfinite(value) & np.isfinite(low) & np.isfinite(high) & (low <= value) & (value <= high)
    if spec.tolerance.sf is not None:  # the band is around the rounded key
        sound = np.isfinite(value) & np.isfinite(low) & np.isfinite(high)
    if spec.tolerance.exact:
        sound[sound] = _tolerance.writable(value[sound], fractions=spec.form != "decimal")
    for name in spec.mistakes:
        mistake = key[f"mistake.{name}"]
        for _, low, high, credit in _bands(spec, key):
            if credit == 1:
                sound &= ~(key[f"applies.{name}"] & (low <= mistake) & (mistake <= high))
    return sound


def impossible(spec: Spec, key: Columns) -> str:
    """What is wrong with the key, or with the band around it."""
    value, low, high = key["key"], key["low"], key["high"]
    if not np.isfinite(value).all():
        return "the key is not a finite number"
    if spec.tolerance.sf is None and not ((low <= value) & (value <= high)).all():
        return "the key lies outside its own tolerance"
    return "the key cannot be written exactly, as 'tolerance: exact' asks"


def read(spec: Spec, texts: Sequence[str], rules: Rules) -> Quantities:
    """The texts as quantities in the part's unit."""
    return _quantities.read(texts, spec.reads(rules))


def value(spec: Spec, reading: Quantities, shape: tuple[int, ...] = ()) -> Floats:
    """(n,) the number each candidate gave, in SI; NaN where there is none. A number has the shape ()."""
    return reading.value


def _bands(spec: Spec, key: Columns) -> Iterator[tuple[Floats, Floats, Floats, float]]:
    """The key and every further key: value, ends and credit."""
    yield key["key"], key["low"], key["high"], 1.0
    for place, also in enumerate(spec.accept):
        low, high = _band(spec, key[f"also.{place}"])
        yield key[f"also.{place}"], low, high, also.credit


def earned(spec: Spec, reading: Quantities, key: Columns) -> tuple[Floats, Mask]:
    """(n,) the credit of the number itself, units apart, and whether it was taken as a ratio."""
    credit = np.zeros(len(reading))
    for value, low, high, worth in _bands(spec, key):
        right = (low <= reading.value) & (reading.value <= high)
        if spec.tolerance.exact:  # 0.333 is never 1/3, and 17 figures are not their first 15
            right &= ~reading.clipped & ((reading.form > 0) | _tolerance.short_decimal(value))
        credit = np.where(right, np.maximum(credit, worth), credit)
    ratio = np.zeros(len(reading), dtype=bool)
    if spec.also is not None:
        level = _level(spec, reading)
        ratio = (key["low"] <= level) & (level <= key["high"]) & (credit < 1)
        credit[ratio] = 1.0
    return credit, ratio


def _level(spec: Spec, reading: Quantities) -> Floats:
    """The level of a bare ratio, NaN for anything else."""
    pure = np.array([tail in ("", "倍", "times") for tail in reading.tails])[reading.tail]
    with np.errstate(all="ignore"):
        level = (20.0 if spec.level == "amplitude" else 10.0) * np.log10(np.abs(reading.number))
    return np.where(pure & np.isfinite(level), level, np.nan)


def mark(spec: Spec, reading: Quantities, key: Columns, arrangement: Columns, rules: Rules) -> Steps:
    """First the number, then its unit, then its figures; what is not right is named."""
    steps = begun(reading)
    given = reading.state == READ
    with np.errstate(invalid="ignore"):
        credit, ratio = earned(spec, reading, key)
    details = {"given": reading.value, "asked": key["key"], "low": key["low"], "high": key["high"]}
    full = given & (credit == 1)
    steps = steps.where(full, "number.right", 1.0, **details)
    partly = given & (credit > 0) & ~full
    steps = steps.where(partly, "number.accepted", credit, **details)
    wrong = np.flatnonzero(given & (credit == 0))
    fits = (reading.unit == FITS) | ((reading.unit == NONE) & (not spec.unit or spec.unit_given == "printed"))
    if len(wrong):
        steps, credit = naming.wrong(spec, steps, reading, key, wrong, fits, credit, details, rules)
    return _shown(spec, _unit(spec, steps, reading, fits | ratio, credit, details, rules), reading, key, full, details)


def _unit(
    spec: Spec, steps: Steps, reading: Quantities, fits: Mask, credit: Floats, details: Columns, rules: Rules
) -> Steps:
    given = reading.state == READ
    missing = rules.unit_missing if spec.unit_missing is None else spec.unit_missing
    wrong = rules.unit_wrong if spec.unit_wrong is None else spec.unit_wrong
    if spec.unit_share is not None:
        missing = wrong = spec.unit_share
    earning = given & (credit > 0) & ~fits
    steps = steps.where(earning & (reading.unit == NONE), "unit.missing", 1 - missing, **details)
    cost = 0.0 if not spec.unit or spec.unit_given == "printed" else missing
    steps = steps.where(earning & (reading.unit == UNKNOWN), "unit.unknown", 1 - cost, **details)
    other = given & (reading.unit == OTHER) & ~fits
    if spec.unit_share is not None:
        other &= credit > 0
    steps = steps.where(other, "unit.dimension", 1 - wrong, **details)
    if not spec.unit_convert:
        factor = spec.asked_unit.factor
        other = (reading.unit == FITS) & ~np.isclose(reading.scale, factor, rtol=1e-9, atol=0)
        steps = steps.where(given & (credit > 0) & other, "unit.converted", 1 - wrong, **details)
    return steps


def _shown(
    spec: Spec, steps: Steps, reading: Quantities, key: Columns, right: Mask, details: Columns
) -> Steps:
    """How many figures, or decimals, a right answer shows."""
    if spec.figures is not None:
        least, most = spec.figures.least, spec.figures.most or 99
        few = right & ((reading.low if spec.strict else reading.high) < least)
        many = right & (reading.low > most)
        if spec.figures.one and spec.more == "agree":
            many &= False
        elif spec.figures.one and spec.more == "rounded":
            many &= ~naming.rounds_to(reading, key["key"], spec.asked_unit.offset)
        shown, asked = reading.high, (least, most)
    elif spec.places is not None:
        few, many = right & (reading.decimals < spec.places), right & (reading.decimals > spec.places)
        few |= right & (reading.high == 0)
        shown, asked = reading.decimals, (spec.places, spec.places)
    else:
        return steps
    count = len(reading)
    bounds = {"least": np.full(count, asked[0]), "most": np.full(count, asked[1]), "shown": shown}
    steps = steps.where(few, "number.figures", 1 - spec.figures_penalty.few, **details, **bounds)
    return steps.where(many & ~few, "number.figures", 1 - spec.figures_penalty.many, **details, **bounds)
