"""Which answers of several quantities wait for a person: for every kind that reads grids, in one order.

A kind says how its entries compare with a key, as two functions of some readings and the key columns of their answers.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from qbank.answers._grids import AMBIGUOUS, CUSTOMARY, GLOSSED, STRANGE, Grids
from qbank.answers._quantities import OTHER, UNKNOWN
from qbank.model import READ, Columns, Floats, Steps, take

Mask = NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class Compared:
    """The entries of some grids beside a key: (e,) whose they are, where they stand in `entries`, which would do."""

    rows: NDArray[np.int64]
    places: NDArray[np.int64]
    does: Mask


class Comparing(Protocol):
    """How a kind compares grids with keys, row by row; both are asked about few rows."""

    def entries(self, reading: Grids, key: Columns) -> Compared:
        """The entries of the grids that can be compared at all."""
        ...

    def throughout(self, reading: Grids, key: Columns, values: Sequence[Floats]) -> Mask:
        """(n,) which grids are right in all they say, each entry by any of its `values`, those of all entries (SI)."""
        ...

    def foreseen(self, reading: Grids, key: Columns) -> Mask:
        """(n,) which grids are one of the item's own mistakes."""
        ...


def waits(
    by: Comparing, steps: Steps, reading: Grids, key: Columns, right: Mask, details: Columns
) -> tuple[Steps, Mask]:
    """The steps with one more for each answer that waits, and (n,) which answers are left to mark.

    `right` (n,) are those right as they are. A foreseen mistake is named before any second reading.
    """
    left = reading.state == READ
    odd = reading.odd * left

    def wait(rows: NDArray[np.int64], note: str) -> None:
        nonlocal steps, left
        if rows.size:
            where = np.zeros(len(left), dtype=np.bool_)
            where[rows] = left[rows]
            steps, left = steps.where(where, note, 0.0, **details), left & ~where

    if (closer := np.flatnonzero(odd & (STRANGE | GLOSSED | CUSTOMARY))).size:
        own = reading.few(closer)
        each = by.entries(own, take(key, closer))
        entries, rows, does = own.entries.take(each.places), closer[each.rows], each.does
        wait(rows[(entries.unit == UNKNOWN) & ~does], "unit.unknown.waits")
        does = does & (entries.unit != OTHER)
        wait(rows[does & entries.doubted("gloss")], "unit.gloss.waits")
        wait(rows[does & entries.doubted("customary")], "unit.customary.waits")
    second = (odd & AMBIGUOUS).astype(np.bool_)
    if reading.other is not None:
        second |= reading.at >= 0
    second &= left & ~right
    if (closer := np.flatnonzero(second)).size > len(second) // 2:
        wait(np.flatnonzero(second & _by_second_readings(by, reading, key)), "two-readings.waits")
    elif closer.size:
        found = _by_second_readings(by, reading.few(closer), take(key, closer))
        wait(closer[found], "two-readings.waits")
    return steps, left


def _by_second_readings(by: Comparing, reading: Grids, key: Columns) -> Mask:
    """(n,) which answers are no foreseen mistake, and right throughout by a second reading."""
    found = _with_seconds(by, reading, key, usual=False)
    if reading.other is not None and (rows := np.flatnonzero(reading.at >= 0)).size:
        found[rows] |= _with_seconds(by, reading.other.few(reading.at[rows]), take(key, rows), usual=True)
    if (rows := np.flatnonzero(found)).size:
        found[rows] &= ~by.foreseen(reading.take(rows), take(key, rows))
    return found


def _with_seconds(by: Comparing, reading: Grids, key: Columns, *, usual: bool) -> Mask:
    """(n,) which grids are right throughout, each entry as it is or by a second reading of one kind."""
    own = reading.entries.value
    found = by.throughout(reading, key, [own]) if usual else np.zeros(len(reading), dtype=np.bool_)
    if (reading.odd & AMBIGUOUS).any():
        for _, values in reading.entries.seconds():
            found |= by.throughout(reading, key, [own, values])
    return found
