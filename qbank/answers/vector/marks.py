"""From values to key columns, from key columns and readings to steps: every component by itself."""

# ruff: noqa: ARG001 (the functions of every kind take the same arguments)

from __future__ import annotations

import math
from math import prod

import numpy as np
from numpy.typing import NDArray

from qbank import messages
from qbank.algebra import Expression
from qbank.answers import Scope, _across, _bands, _mistakes, _unit_costs, _waiting
from qbank.answers._grids import Grids
from qbank.answers._ladder import Ladder
from qbank.answers._readings import begun
from qbank.answers.vector import comparing
from qbank.answers.vector.spec import LARGEST, Spec
from qbank.model import Array, Columns, Floats, Rules, Steps

Mask = NDArray[np.bool_]


def bind(spec: Spec, scope: Scope, arrangement: Columns) -> dict[str, Array]:
    """`key`, `low`, `high` (n, *shape) in SI, and the mistakes of the same shape. Raises ValueError for a scalar."""
    key = _column(spec.key, scope)
    shape = key.shape[1:]
    if len(shape) not in (1, 2) or not 1 <= prod(shape) <= LARGEST:
        raise ValueError(messages.tell(
            "the key must be a vector or a matrix of at most {most} components, but {expression} has the shape {shape}",
            most=LARGEST, expression=spec.key, shape=shape,
        ))  # fmt: skip
    if spec.size is not None and spec.size != shape:
        raise ValueError(messages.tell(
            "size: is {size}, but {expression} has the shape {shape}",
            size=list(spec.size), expression=spec.key, shape=list(shape),
        ))  # fmt: skip
    if spec.tolerance.range is not None:
        ends = (_column(end, scope) for end in spec.tolerance.range)
        low, high = _bands.outward(*(_as(end, key.shape) for end in ends))
    else:
        low, high = _bands.band(spec.tolerance, key, spec.asked_unit)
    return {"key": key, "low": low, "high": high} | _mistakes.bind(spec.mistakes, scope, shape)


def _column(expression: Expression, scope: Scope) -> Floats:
    values = np.asarray(scope.evaluate(expression).values, dtype=np.float64)
    return np.broadcast_to(values, (scope.n, *values.shape[1:])).copy()


def _as(end: Floats, shape: tuple[int, ...]) -> Floats:
    """One end of a range for all components, or one for each."""
    if end.ndim == 1:
        end = end.reshape(-1, *([1] * (len(shape) - 1)))
    return np.broadcast_to(end, shape).copy()


def feasible(spec: Spec, key: Columns) -> Mask:
    """Where the key can be written, is right itself, and no mistake that exists is right throughout."""
    value, low, high = (_flat(key[name]) for name in ("key", "low", "high"))
    size = np.abs(value)
    finite = np.isfinite(low) & np.isfinite(high) & ((size == 0) | ((size > 1e-90) & (size < 1e90)))
    sound = _across.every(finite)
    if spec.tolerance.sf is None:  # else the band is around the rounded key
        sound &= _across.every((low <= value) & (value <= high))
    for name in spec.mistakes:
        mistake = _flat(key[f"mistake.{name}"])
        sound &= ~(key[f"applies.{name}"] & _across.every((low <= mistake) & (mistake <= high)))
    return sound


def _flat(values: Array) -> Array:
    return values.reshape(len(values), math.prod(values.shape[1:]))  # of no rows, -1 could be any number


def impossible(spec: Spec, key: Columns) -> str:
    """What is wrong with the components of the key."""
    if not np.isfinite(key["key"]).all():
        return messages.tell("a component of the key is not a finite number")
    return messages.tell(
        "a component of the key is too large or too small to be written, or is outside its own tolerance"
    )


def value(spec: Spec, reading: Grids, shape: tuple[int, ...]) -> Floats:
    """(n, *shape) what each candidate gave, in SI; NaN where nothing of the shape was read."""
    fits, places = reading.components(shape)
    values = np.where(fits[:, None], reading.entries.value[places], np.nan)
    return values.reshape(len(reading), *shape)


def mark(spec: Spec, reading: Grids, key: Columns, arrangement: Columns, rules: Rules) -> Steps:
    """`vector.right`, `vector.component` (some are right), `vector.mistake.…`, `.sign`, `.wrong` or `.shape`."""
    asked, low, high = (_flat(key[name]) for name in ("key", "low", "high"))
    fits, places = reading.components(key["key"].shape[1:])
    entries, count = reading.entries, places.shape[1]
    good, given = comparing.within(spec, entries, entries.value, places, key), entries.value[places]
    if not fits.all():
        good, given = good & fits[:, None], np.where(fits[:, None], given, np.nan)
    number = _across.number(good)
    share: Floats = number / count if spec.credit == "each" else np.floor(number / count)
    details: dict[str, Array] = {
        "given": given, "asked": asked, "low": low, "high": high, "good": good,
        "shape": np.stack([reading.rows, reading.columns], axis=1),
    }  # fmt: skip
    steps, left = _waiting.waits(
        comparing.Components(spec), begun(reading), reading.settled(fits), key, number == count, details
    )
    ladder = Ladder(steps, left, np.where(left, share, 0.0), details)
    ladder.step(~fits, "vector.shape", 0.0)
    ladder.step(number == count, "vector.right", 1.0)
    for name, mistake in spec.mistakes.items():
        made = comparing.made(spec, name, given, key)
        ladder.step(made, f"vector.mistake.{name}", np.maximum(share, mistake.credit))
    ladder.step(_across.every((low <= -given) & (-given <= high)), "vector.sign", share)
    ladder.step(number > 0, "vector.component", share)
    ladder.step(ladder.left, "vector.wrong", 0.0)
    return _unit_costs.steps(spec, ladder.steps, reading.unit, ladder.earned > 0, details, rules)
