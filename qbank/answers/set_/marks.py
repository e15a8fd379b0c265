"""From values to key columns, from key columns and readings to steps: every value by itself, in any order."""

# ruff: noqa: ARG001 (the functions of every kind take the same arguments)

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from qbank import messages
from qbank.answers import Scope, _across, _bands, _grids, _mistakes, _pairing, _tolerance, _unit_costs, _waiting
from qbank.answers._grids import Grids
from qbank.answers._ladder import Ladder
from qbank.answers._readings import begun
from qbank.answers.set_ import comparing
from qbank.answers.set_.spec import LARGEST, Spec
from qbank.answers.set_.written import parse
from qbank.model import Array, Columns, Floats, Rules, Steps

Mask = NDArray[np.bool_]


def bind(spec: Spec, scope: Scope, arrangement: Columns) -> dict[str, Array]:
    """`key`, `low`, `high` (n, k) in SI, and the mistakes, each of its own length. Raises ValueError for no list."""
    values = np.asarray(scope.evaluate(spec.key).values, dtype=np.float64)
    if values.ndim != 2 or not 1 <= values.shape[1] <= LARGEST:
        raise ValueError(messages.tell(
            "the key of a set must be a list of 1 to {most} values, but {expression} has the shape {shape}",
            most=LARGEST, expression=spec.key, shape=values.shape[1:],
        ))  # fmt: skip
    key = np.broadcast_to(values, (scope.n, values.shape[1])).copy()
    low, high = _bands.band(spec.tolerance, key, spec.asked_unit)
    return {"key": key, "low": low, "high": high} | _mistakes.bind(spec.mistakes, scope, None)


def feasible(spec: Spec, key: Columns) -> Mask:
    """Where every value can be written and is right itself, no two have a common answer, and no mistake is right."""
    return _writable(spec, key) & ~_alike(key) & ~_mistaken(spec, key)


def _writable(spec: Spec, key: Columns) -> Mask:
    value, low, high = key["key"], key["low"], key["high"]
    size = np.abs(value)
    sound = np.isfinite(low) & np.isfinite(high) & ((size == 0) | ((size > 1e-90) & (size < 1e90)))
    if spec.tolerance.sf is None:  # else the band is around the rounded value
        sound &= (low <= value) & (value <= high)
    if _tolerance.only_exact(spec.tolerance):
        sound[sound] = _bands.writable(value[sound], fractions=spec.form != "decimal")
    return np.asarray(sound.all(axis=1), dtype=np.bool_)


def _alike(key: Columns) -> Mask:
    """(n,) where the bands of two values overlap."""
    order = np.argsort(key["low"], axis=1)
    low, high = (np.take_along_axis(key[name], order, axis=1) for name in ("low", "high"))
    return np.asarray((high[:, :-1] >= low[:, 1:]).any(axis=1), dtype=np.bool_)


def _mistaken(spec: Spec, key: Columns) -> Mask:
    """(n,) where a mistake that exists is right throughout."""
    found = np.zeros(len(key["key"]), dtype=np.bool_)
    for name in spec.mistakes:
        value = key[f"mistake.{name}"]
        if value.shape == key["key"].shape:
            found |= key[f"applies.{name}"] & comparing.of(value, key["low"], key["high"]).all(axis=1)
    return found


def impossible(spec: Spec, key: Columns) -> str:
    """What is wrong with the values of the key."""
    if not np.isfinite(key["key"]).all():
        return messages.tell("a value of the key is not a finite number")
    if _alike(key).all():
        return messages.tell("two values of the key are equal, or so close that one answer is right for both")
    return messages.tell("a value of the key cannot be written as the tolerance requires")


def read(spec: Spec, texts: Sequence[str], rules: Rules) -> Grids:
    """The texts as rows of quantities in the part's unit."""
    return _grids.read(
        texts, lambda text, decimal: parse(text, decimal_comma=decimal, names=spec.names), spec.entry.reads(rules)
    )


def mark(spec: Spec, reading: Grids, key: Columns, arrangement: Columns, rules: Rules) -> Steps:
    """`set.right`, `set.mistake.…`, `.sign`, `.surplus` (all are there, and more), `.part` (some) or `.wrong`."""
    rows, places = reading.flat()
    good = comparing.right(spec, reading, reading.entries.value, rows, places, key)
    found = _pairing.found(good, rows, len(reading))
    right, own, asked = _across.number(found), reading.counts(), found.shape[1]
    surplus = np.maximum(own - asked, 0)
    share: Floats = np.maximum(right - surplus, 0) / asked
    if spec.credit == "all":
        share = np.floor(share)
    details: dict[str, Array] = {
        "asked": key["key"], "low": key["low"], "high": key["high"], "found": found, "surplus": surplus,
    }  # fmt: skip
    steps, left = _waiting.waits(comparing.Values(spec), begun(reading), reading, key, share == 1, details)
    ladder = Ladder(steps, left, np.where(left, share, 0.0), details)
    ladder.step(share == 1, "set.right", share)
    for name, mistake in spec.mistakes.items():
        made = comparing.made(spec, name, reading, key, ladder.left)
        ladder.step(made, f"set.mistake.{name}", np.maximum(share, mistake.credit))
    ladder.step(comparing.same(reading, key["low"], key["high"], ladder.left, -1), "set.sign", share)
    ladder.step((right == asked) & (surplus > 0), "set.surplus", share)
    ladder.step(right > 0, "set.part", share)
    ladder.step(ladder.left, "set.wrong", share)
    return _unit_costs.steps(spec, ladder.steps, reading.unit, ladder.earned > 0, details, rules)
