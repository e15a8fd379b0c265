"""Which sets wait for a person: decimal commas, a value with a second reading, a word beside or for a unit."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from qbank.answers import _pairing
from qbank.answers._grids import Grids
from qbank.answers._quantities import UNKNOWN
from qbank.answers.set_ import matching
from qbank.answers.set_.spec import Spec
from qbank.model import READ, Columns, Floats, Steps, take

Mask = NDArray[np.bool_]


def waits(
    spec: Spec, steps: Steps, reading: Grids, key: Columns, good: Mask, share: Floats, details: Columns
) -> tuple[Steps, Mask]:
    """The steps with one more for each answer that waits, and (n,) which answers are left to mark.

    `good` (e, k) says for which values of the key each entry would do, `share` (n,) what the answers earn as they are.
    """
    (rows, places), entries, left = reading.flat(), reading.entries, reading.state == READ
    right = share == 1
    does: Mask = np.asarray(good.any(axis=1), dtype=np.bool_)

    def wait(where: Mask, note: str) -> None:
        nonlocal steps, left
        steps, left = steps.where(left & where, note, 0.0, **details), left & ~where

    def some(those: Mask) -> Mask:
        """(n,) which answers have such an entry (e,)."""
        found = np.zeros(len(reading), dtype=np.bool_)
        found[rows[those]] = True
        return found

    wait(~right & _with_decimal_commas(spec, reading, key), "two-readings.waits")
    wait(some((entries.unit[places] == UNKNOWN) & ~does), "unit.unknown.waits")
    wait(some(does) & some(entries.doubted("gloss")[places]), "unit.gloss.waits")
    wait(some(does) & some(entries.doubted("customary")[places]), "unit.customary.waits")
    asked = left & ~right & some(entries.has_seconds()[places])
    wait(_by_values(spec, reading, key, asked), "two-readings.waits")
    return steps, left


def _by_values(spec: Spec, reading: Grids, key: Columns, asked: Mask) -> Mask:
    """(n,) which of the answers asked about are right throughout by second readings of their values."""
    found = np.zeros(len(asked), dtype=np.bool_)
    if (these := np.flatnonzero(asked)).size:
        found[these] = _throughout(spec, reading.take(these), take(key, these))
    return found


def _with_decimal_commas(spec: Spec, reading: Grids, key: Columns) -> Mask:
    """(n,) which answers are right throughout where their commas part no values: decimal ones, or thousands."""
    found = np.zeros(len(reading), dtype=np.bool_)
    if reading.other is not None and (these := np.flatnonzero(reading.at >= 0)).size:
        found[these] = _throughout(spec, reading.other.take(reading.at[these]), take(key, these))
    return found


def _throughout(spec: Spec, reading: Grids, key: Columns) -> Mask:
    """(n,) which answers are right throughout, each value as it is or by a second reading of one kind."""
    (rows, places), entries = reading.flat(), reading.entries
    good = matching.right(spec, entries, entries.value, rows, places, key)
    found = _pairing.found(good, rows, len(reading)).all(axis=1)
    for _, values in entries.seconds():
        also = good | matching.right(spec, entries, values, rows, places, key)
        found |= _pairing.found(also, rows, len(reading)).all(axis=1)
    return np.asarray(found & (reading.counts() == good.shape[1]), dtype=np.bool_)
