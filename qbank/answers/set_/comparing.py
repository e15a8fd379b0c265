"""How sets compare with a key: every value with every one of the key, then the best one-to-one assignment."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from qbank.answers import _across, _bands, _pairing
from qbank.answers._grids import Grids
from qbank.answers._quantities import OTHER
from qbank.answers._waiting import Compared
from qbank.answers.set_.spec import Spec
from qbank.model import Columns, Floats

Mask = NDArray[np.bool_]


def right(
    spec: Spec, reading: Grids, values: Floats, rows: NDArray[np.int64], places: NDArray[np.int64], key: Columns
) -> Mask:
    """(e, k) for which values of the key each entry would do, with these values (SI) of the reading's entries.

    `rows` and `places` (e,) say in which answer an entry is, and where it is in `values`.
    """
    found = np.empty((len(rows), key["key"].shape[1]), dtype=np.bool_)
    for place in range(found.shape[1]):
        asked, low, high = (key[name][:, place].take(rows) for name in ("key", "low", "high"))
        found[:, place] = _bands.holds(spec.tolerance, asked, low, high, values[places], reading.entries, places)
    return found


def of(given: Floats, low: Floats, high: Floats) -> Mask:
    """(n, k) which bands (n, k) are met by the values given, (n, m), by the best one-to-one assignment."""
    with np.errstate(invalid="ignore"):
        inside = (low[:, None] <= given[:, :, None]) & (given[:, :, None] <= high[:, None])
    rows = np.repeat(np.arange(len(given)), given.shape[1])
    return _pairing.found(inside.reshape(len(rows), low.shape[1]), rows, len(given))


def same(reading: Grids, low: Floats, high: Floats, among: Mask, sign: int = 1) -> Mask:
    """(n,) which of the answers `among` all are as many values as there are bands (n, k), one in each; by the sign."""
    made = np.zeros(len(reading), dtype=np.bool_)
    several = np.flatnonzero(among & (reading.counts() == low.shape[1]))
    given = sign * reading.entries.value[reading.start[several, None] + np.arange(low.shape[1])]
    made[several] = _across.every(of(given, low[several], high[several]))
    return made


def made(spec: Spec, name: str, reading: Grids, key: Columns, among: Mask) -> Mask:
    """(n,) which of the answers `among` all are a mistake that exists on their variant."""
    low, high = _bands.band(spec.tolerance, key[f"mistake.{name}"], spec.asked_unit)
    return same(reading, low, high, among & key[f"applies.{name}"])


@dataclass(frozen=True, slots=True)
class Values:
    """The values of a part's sets; see `_waiting.Comparing`."""

    spec: Spec

    def entries(self, reading: Grids, key: Columns) -> Compared:
        """Every value: it would do if it would for any of the key's."""
        rows, places = reading.flat()
        good = right(self.spec, reading, reading.entries.value, rows, places, key)
        return Compared(rows, places, _across.some(good))

    def throughout(self, reading: Grids, key: Columns, seconds: Iterable[Floats]) -> Mask:
        """(n,) which answers are the values of the key and no others."""
        rows, places = reading.flat()
        good = right(self.spec, reading, reading.entries.value, rows, places, key)
        good &= (reading.entries.unit != OTHER)[places, None]
        found = _across.every(_pairing.found(good, rows, len(reading)))
        for values in seconds:
            also = good | right(self.spec, reading, values, rows, places, key)
            found |= _across.every(_pairing.found(also, rows, len(reading)))
        return np.asarray(found & (reading.counts() == good.shape[1]), dtype=np.bool_)

    def foreseen(self, reading: Grids, key: Columns) -> Mask:
        """(n,) which answers are one of the item's own mistakes."""
        found = np.zeros(len(reading), dtype=np.bool_)
        for name in self.spec.mistakes:
            found |= made(self.spec, name, reading, key, ~found)
        return found
