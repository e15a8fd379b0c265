"""Which answers of several quantities wait for a person: for every kind that reads grids, in one order.

A kind says how its entries compare with a key, as functions of some readings and the key columns of their answers.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from qbank.answers._grids import AMBIGUOUS, CUSTOMARY, GLOSSED, STRANGE, Grids
from qbank.answers._quantities import OTHER, UNKNOWN
from qbank.model import READ, Columns, Floats, Steps, take

Mask = NDArray[np.bool_]
FEW = 8
"""Where second readings are looked at for more than one answer in so many, all are: faster than parting them."""


@dataclass(frozen=True, slots=True, eq=False)
class Compared:
    """The entries of some grids beside a key: (e,) whose they are, where they are in `entries`, which would do."""

    rows: NDArray[np.int64]
    places: NDArray[np.int64]
    does: Mask


class Comparing(Protocol):
    """How a kind compares grids with keys, row by row."""

    def entries(self, reading: Grids, key: Columns) -> Compared:
        """The entries of the grids that can be compared at all."""
        ...

    def throughout(self, reading: Grids, key: Columns, seconds: Iterable[Floats]) -> Mask:
        """(n,) which grids are right in all they say, each entry as it is or by the same one of the second readings.

        A second reading holds the values of all entries (SI), NaN where there is none.
        """
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
    second &= left & (~right | (reading.unit == OTHER))
    if (closer := np.flatnonzero(second)).size > len(second) // FEW:
        wait(np.flatnonzero(_by_second_readings(by, reading, key, second)), "two-readings.waits")
    elif closer.size:
        found = _by_second_readings(by, reading.few(closer), take(key, closer), second[closer])
        wait(closer[found], "two-readings.waits")
    return steps, left


def _by_second_readings(by: Comparing, reading: Grids, key: Columns, asked: Mask) -> Mask:
    """(n,) which of the answers asked about are right throughout by a second reading, and no foreseen mistake."""
    found = asked & by.throughout(reading, key, _seconds(reading))
    if reading.other is not None and (rows := np.flatnonzero(asked & (reading.at >= 0))).size:
        other = reading.other.few(reading.at[rows])
        found[rows] |= by.throughout(other, take(key, rows), _seconds(other))
    if (rows := np.flatnonzero(found)).size:
        found[rows] = ~by.foreseen(reading.few(rows), take(key, rows))
    return found


def _seconds(reading: Grids) -> Iterator[Floats]:
    return (values for _, values in reading.entries.seconds()) if (reading.odd & AMBIGUOUS).any() else iter(())
