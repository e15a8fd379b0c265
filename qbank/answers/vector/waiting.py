"""Which vectors wait for a person: decimal commas, a component with a second reading, a word beside or for a unit."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from qbank.answers import _tolerance
from qbank.answers._grids import Grids
from qbank.answers._quantities import UNKNOWN, Quantities
from qbank.answers.vector.spec import Spec
from qbank.model import READ, Columns, Floats, Steps, take

Mask = NDArray[np.bool_]


def within(spec: Spec, entries: Quantities, values: Floats, places: NDArray[np.int64], key: Columns) -> Mask:
    """(n, count) which components are right, with these values (SI) of the entries at the places."""
    count = places.shape[1]
    asked, low, high = (key[name].reshape(-1, count) for name in ("key", "low", "high"))
    return _tolerance.holds(
        spec.tolerance, asked, low, high, values[places], clipped=entries.clipped[places], form=entries.form[places]
    )


def waits(
    spec: Spec, steps: Steps, reading: Grids, key: Columns, good: Mask, fits: Mask, places: NDArray[np.int64],
    details: Columns,
) -> tuple[Steps, Mask]:  # fmt: skip
    """The steps with one more for each vector that waits, and (n,) which vectors are left to mark."""
    entries, left = reading.entries, reading.state == READ
    right = good.all(axis=1) & fits

    def wait(rows: Mask, note: str) -> None:
        nonlocal steps, left
        steps, left = steps.where(left & rows, note, 0.0, **details), left & ~rows

    wait(~right & _with_decimal_commas(spec, reading, key), "two-readings.waits")
    wait(fits & ((entries.unit[places] == UNKNOWN) & ~good).any(axis=1), "unit.unknown.waits")
    some = fits & good.any(axis=1)
    wait(some & entries.doubted("gloss")[places].any(axis=1), "unit.gloss.waits")
    wait(some & entries.doubted("customary")[places].any(axis=1), "unit.customary.waits")
    wait(_by_components(spec, entries, key, good, left & fits & ~right, places), "two-readings.waits")
    return steps, left


def _by_components(
    spec: Spec, entries: Quantities, key: Columns, good: Mask, asked: Mask, places: NDArray[np.int64]
) -> Mask:
    """(n,) which of the vectors asked about are right throughout by second readings of their components."""
    found = np.zeros(len(asked), dtype=bool)
    rows = np.flatnonzero(asked)
    if not rows.size or not entries.has_seconds()[places[rows]].any():
        return found
    theirs, own, right = entries.take(places[rows].reshape(-1)), take(key, rows), good[rows]
    there = np.arange(len(theirs)).reshape(len(rows), -1)
    for _, values in theirs.seconds():
        found[rows] |= (right | within(spec, theirs, values, there, own)).all(axis=1)
    return found


def _with_decimal_commas(spec: Spec, reading: Grids, key: Columns) -> Mask:
    """(n,) which vectors are right throughout where their commas are decimal ones."""
    found = np.zeros(len(reading), dtype=bool)
    if reading.other is None or not (rows := np.flatnonzero(reading.at >= 0)).size:
        return found
    other = reading.other.take(reading.at[rows])
    fits, places = other.components(key["key"].shape[1:])
    found[rows] = fits & within(spec, other.entries, other.entries.value, places, take(key, rows)).all(axis=1)
    return found
