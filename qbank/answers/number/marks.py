"""From values to key columns, from key columns and readings to steps."""

# ruff: noqa: ARG001 (the functions of every kind take the same arguments)

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

import numpy as np
from numpy.typing import NDArray

from qbank import algebra, messages
from qbank.answers import Counting, Scope, _bands, _mistakes, _quantities, _tolerance
from qbank.answers._quantities import FITS, NONE, OTHER, UNKNOWN, Quantities
from qbank.answers._readings import begun
from qbank.answers.number import endless, naming, waiting
from qbank.answers.number.earning import bands, earned, level
from qbank.answers.number.spec import Spec
from qbank.model import Array, Columns, Floats, Rules, Steps

Mask = NDArray[np.bool_]


def bind(spec: Spec, scope: Scope, arrangement: Columns) -> dict[str, Array]:
    """`key`, the ends `low` and `high` of what is right (SI, inclusive), further keys and mistakes, (n,) each.

    `whole`, where it matters: whether the key is whole on every variant of the item, so that 1,234 is a count.
    """
    key = _column(spec.key, scope)
    ends = None
    if spec.tolerance.range is not None:
        lower, upper = (_column(end, scope) for end in spec.tolerance.range)
        ends = lower, upper
    low, high = _bands.band(spec.tolerance, key, spec.asked_unit, spec.last, ends)
    if spec.infinite:
        low, high = endless.around(key, low, high)
    columns: dict[str, Array] = {"key": key, "low": low, "high": high}
    if spec.counts:
        columns["whole"] = np.full(scope.n, cast(Counting, scope).whole(spec.key))
    for place, also in enumerate(spec.accept):
        columns[f"also.{place}"] = _column(also.key, scope)
    return columns | _mistakes.bind(spec.mistakes, scope, infinite=spec.infinite)


def _column(expression: algebra.Expression, scope: Scope) -> Floats:
    values = np.asarray(scope.evaluate(expression).values, dtype=np.float64)
    if values.shape[1:]:
        raise ValueError(messages.tell(
            "a number must be one value on each variant, but {expression} is an array", expression=expression
        ))  # fmt: skip
    return np.broadcast_to(values, (scope.n,)).copy()


def feasible(spec: Spec, key: Columns) -> Mask:
    """False where the key is not finite, lies outside its range, cannot be written, or a mistake counts as right."""
    value, low, high = key["key"], key["low"], key["high"]
    finite = np.isfinite(value) & np.isfinite(low) & np.isfinite(high)
    sound: Mask = finite & (low <= value) & (value <= high)
    if spec.tolerance.sf is not None:  # the band is around the rounded key
        sound = finite
    if spec.infinite:
        sound = sound | np.isinf(value)
    if _tolerance.only_exact(spec.tolerance):
        written = sound & np.isfinite(value)
        sound[written] = _bands.writable(value[written], fractions=spec.form != "decimal")
    for name in spec.mistakes:
        mistake = key[f"mistake.{name}"]
        for _, low, high, credit in bands(spec, key):
            if credit == 1:
                sound &= ~(key[f"applies.{name}"] & (low <= mistake) & (mistake <= high))
    return sound


def impossible(spec: Spec, key: Columns) -> str:
    """What is wrong with the key, or with the band around it."""
    value, low, high = key["key"], key["low"], key["high"]
    if not spec.infinite and np.isinf(value).any():
        return messages.tell("the key is infinite; if this is intended, write infinite: yes")
    if np.isnan(value).any():
        return messages.tell("the key is not a number")
    if spec.tolerance.sf is None and not ((low <= value) & (value <= high)).all():
        return messages.tell("the key is outside its own tolerance")
    return messages.tell("the key cannot be written exactly, which 'tolerance: exact' requires")


def read(spec: Spec, texts: Sequence[str], rules: Rules) -> Quantities:
    """The texts as quantities in the part's unit."""
    return endless.read(texts, spec.reads(rules)) if spec.infinite else _quantities.read(texts, spec.reads(rules))


def value(spec: Spec, reading: Quantities, shape: tuple[int, ...] = ()) -> Floats:
    """(n,) the number each candidate gave, in SI; NaN where there is none. A number has the shape ()."""
    return reading.value


def mark(spec: Spec, reading: Quantities, key: Columns, arrangement: Columns, rules: Rules) -> Steps:
    """What waits for a person; then the number, its unit, and its figures; what is not right is named."""
    steps = begun(reading)
    credit = earned(spec, reading, reading.value, key)
    fits = reading.unit == FITS
    if not spec.unit or spec.unit_given == "printed":
        fits |= reading.unit == NONE
    if spec.also is not None:
        ratio = level(spec, reading, key) & (credit < 1)
        credit, fits = np.where(ratio, 1.0, credit), fits | ratio
    if spec.infinite:
        fits |= (reading.unit == NONE) & np.isinf(reading.value)  # no unit says how large infinity is
    details = {"given": reading.value, "asked": key["key"], "low": key["low"], "high": key["high"]}
    steps, given = waiting.waits(spec, steps, reading, key, credit, fits, details)
    full = given & (credit == 1)
    steps = steps.where(full, "number.right", 1.0, **details)
    if np.count_nonzero(full) < len(full):
        steps = steps.where(given & (credit > 0) & ~full, "number.accepted", credit, **details)
        if (wrong := np.flatnonzero(given & (credit == 0))).size:
            steps, credit = naming.wrong(spec, steps, reading, key, wrong, fits, credit, details, rules)
    steps = _unit(spec, steps, reading, given, fits, credit, details, rules)
    return _shown(spec, steps, reading, key, full, details)


def _unit(
    spec: Spec, steps: Steps, reading: Quantities, given: Mask, fits: Mask, credit: Floats, details: Columns,
    rules: Rules,
) -> Steps:  # fmt: skip
    if spec.unit_convert and not np.count_nonzero(given & ~fits):
        return steps
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
        other = given & (credit > 0) & (reading.unit == FITS) & ~naming.own_unit(spec, reading)
        steps = steps.where(other, "unit.converted", 1 - wrong, **details)
    return steps


def _shown(
    spec: Spec, steps: Steps, reading: Quantities, key: Columns, right: Mask, details: Columns
) -> Steps:
    """How many figures, or decimals, a right answer shows; infinity shows none."""
    if spec.figures is None and spec.places is None:
        return steps
    right = right & np.isfinite(reading.value)
    if spec.figures is not None:
        least, most = spec.figures.least, spec.figures.most or 99
        few = right & ((reading.low if spec.strict else reading.high) < least)
        many = right & (reading.low > most)
        if spec.figures.one and spec.more == "agree":
            many &= False
        elif spec.figures.one and spec.more == "rounded":
            many &= ~naming.rounds_to(reading, key["key"], spec.asked_unit.offset)
        shown, asked = reading.high, (least, most)
    else:
        assert spec.places is not None
        few, many = right & (reading.decimals < spec.places), right & (reading.decimals > spec.places)
        few |= right & (reading.high == 0)
        shown, asked = reading.decimals, (spec.places, spec.places)
    count = len(reading)
    bounds = {"least": np.full(count, asked[0]), "most": np.full(count, asked[1]), "shown": shown}
    steps = steps.where(few, "number.figures", 1 - spec.figures_penalty.few, **details, **bounds)
    return steps.where(many & ~few, "number.figures", 1 - spec.figures_penalty.many, **details, **bounds)
