"""From values to key columns, from key columns and readings to steps: every component by itself."""

# ruff: noqa: ARG001 (the functions of every kind take the same arguments)

from __future__ import annotations

from math import prod

import numpy as np
from numpy.typing import NDArray

from qbank.algebra import Expression
from qbank.answers import Scope, _mistakes, _tolerance, _unit_costs
from qbank.answers._grids import Grids
from qbank.answers._readings import begun
from qbank.answers.vector import waiting
from qbank.answers.vector.spec import LARGEST, Spec
from qbank.model import READ, Array, Columns, Floats, Rules, Steps

Mask = NDArray[np.bool_]


def bind(spec: Spec, scope: Scope, arrangement: Columns) -> dict[str, Array]:
    """`key`, `low`, `high` (n, *shape) in SI, and the mistakes of the same shape. Raises ValueError for a scalar."""
    key = _column(spec.key, scope)
    shape = key.shape[1:]
    if len(shape) not in (1, 2) or not 1 <= prod(shape) <= LARGEST:
        raise ValueError(f"the key of a vector is a vector or a matrix, and {spec.key} has the shape {shape}")
    if spec.size is not None and spec.size != shape:
        raise ValueError(f"size: {list(spec.size)}, and {spec.key} has the shape {list(shape)}")
    if spec.tolerance.range is not None:
        ends = (_column(end, scope) for end in spec.tolerance.range)
        low, high = _tolerance.outward(*(_as(end, key.shape) for end in ends))
    else:
        low, high = _tolerance.band(spec.tolerance, key, spec.asked_unit)
    return {"key": key, "low": low, "high": high} | _mistakes.bind(spec.mistakes, scope, shape)


def _column(expression: Expression, scope: Scope) -> Floats:
    values = np.asarray(scope.evaluate(expression).values, dtype=np.float64)
    return np.broadcast_to(values, (scope.n, *values.shape[1:])).copy()


def _as(end: Floats, shape: tuple[int, ...]) -> Floats:
    """One end of a range for all components, or one for each."""
    if end.ndim == 1:
        end = end.reshape(-1, *([1] * (len(shape) - 1)))
    return np.broadcast_to(end, shape).copy()


def _near(spec: Spec, values: Floats, asked: Floats) -> Mask:
    """(n,) whether every component lies as near as the part's tolerance says; within 1 % where it has a range."""
    low, high = mistaken(spec, asked)
    return np.asarray(((low <= values) & (values <= high)).all(axis=1), dtype=np.bool_)


def mistaken(spec: Spec, values: Floats) -> tuple[Floats, Floats]:
    """The ends of what counts as each component of a mistake (SI, inclusive)."""
    tolerance = _tolerance.Tolerance(rel=0.01) if spec.tolerance.range is not None else spec.tolerance
    return _tolerance.band(tolerance, values, spec.asked_unit)


def feasible(spec: Spec, key: Columns) -> Mask:
    """Where the key can be written, is right itself, and no mistake that exists is right throughout."""
    value, low, high = (_flat(key[name]) for name in ("key", "low", "high"))
    size = np.abs(value)
    finite = np.isfinite(low) & np.isfinite(high) & ((size == 0) | ((size > 1e-90) & (size < 1e90)))
    sound: Mask = np.asarray(finite.all(axis=1), dtype=np.bool_)
    if spec.tolerance.sf is None:  # else the band is around the rounded key
        sound &= ((low <= value) & (value <= high)).all(axis=1)
    for name in spec.mistakes:
        mistake = _flat(key[f"mistake.{name}"])
        sound &= ~(key[f"applies.{name}"] & ((low <= mistake) & (mistake <= high)).all(axis=1))
    return sound


def _flat(values: Array) -> Array:
    return values.reshape(len(values), -1)


def impossible(spec: Spec, key: Columns) -> str:
    """What is wrong with the components of the key."""
    if not np.isfinite(key["key"]).all():
        return "a component of the key is not a finite number"
    return "a component of the key is too large or too small to be written, or lies outside its own tolerance"


def value(spec: Spec, reading: Grids, shape: tuple[int, ...] = ()) -> Floats:
    """(n, *shape) what each candidate gave, in SI; NaN where nothing of the shape was read.

    The shape is the one given, else the part's `size:`; without either, that of most answers.
    """
    shape = shape or spec.size or _usual(reading)
    fits, places = reading.components(shape)
    values = np.where(fits[:, None], reading.entries.value[places], np.nan)
    return values.reshape(len(reading), *shape)


def _usual(reading: Grids) -> tuple[int, ...]:
    read = reading.state == READ
    shapes, counts = np.unique(np.stack([reading.rows, reading.columns])[:, read], axis=1, return_counts=True)
    if not counts.size:
        return (1,)
    rows, columns = shapes[:, int(counts.argmax())].tolist()
    return (rows * columns,) if 1 in (rows, columns) else (rows, columns)


def mark(spec: Spec, reading: Grids, key: Columns, arrangement: Columns, rules: Rules) -> Steps:
    """`vector.right`, `vector.component` (some are right), `vector.mistake.…`, `.sign`, `.wrong` or `.shape`."""
    shape = key["key"].shape[1:]
    asked, low, high = (_flat(key[name]) for name in ("key", "low", "high"))
    fits, places = reading.components(shape)
    entries = reading.entries
    given = np.where(fits[:, None], entries.value[places], np.nan)
    good = waiting.within(spec, entries, entries.value, places, key) & fits[:, None]
    count = good.sum(axis=1)
    right = fits & (count == asked.shape[1])
    share: Floats = count / asked.shape[1] if spec.credit == "each" else right.astype(np.float64)
    details: dict[str, Array] = {
        "given": given, "asked": asked, "low": low, "high": high, "good": good,
        "shape": np.stack([reading.rows, reading.columns], axis=1),
    }  # fmt: skip
    steps, left = waiting.waits(spec, begun(reading), reading, key, good, fits, places, details)
    right, fits = right & left, fits & left
    steps = steps.where(left & ~fits, "vector.shape", 0.0, **details)
    steps = steps.where(right, "vector.right", 1.0, **details)
    left = fits & ~right
    credit = np.where(fits, share, 0.0)
    for name, mistake in spec.mistakes.items():
        made = left & key[f"applies.{name}"] & _near(spec, given, _flat(key[f"mistake.{name}"]))
        credit = np.where(made, np.maximum(share, mistake.credit), credit)
        steps = steps.where(made, f"vector.mistake.{name}", credit, **details)
        left &= ~made
    sign = left & ((low <= -given) & (-given <= high)).all(axis=1)
    steps = steps.where(sign, "vector.sign", share, **details)
    left &= ~sign
    steps = steps.where(left & (count > 0), "vector.component", share, **details)
    steps = steps.where(left & (count == 0), "vector.wrong", 0.0, **details)
    whose = np.repeat(np.arange(len(reading)), places.shape[1])
    unit = _unit_costs.worst(entries.unit[places].reshape(-1), whose, len(reading))
    return _unit_costs.steps(spec, steps, unit, fits & (credit > 0), details, rules)
