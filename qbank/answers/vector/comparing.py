"""How vectors compare with a key: every component with its own."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from qbank.answers import _across, _bands, _tolerance
from qbank.answers._grids import Grids
from qbank.answers._quantities import OTHER, Quantities
from qbank.answers._waiting import Compared
from qbank.answers.vector.spec import Spec
from qbank.model import Columns, Floats

Mask = NDArray[np.bool_]


def within(spec: Spec, entries: Quantities, values: Floats, places: NDArray[np.int64], key: Columns) -> Mask:
    """(n, count) which components are right, with these values (SI) of the entries at the places."""
    count = places.shape[1]
    asked, low, high = (key[name].reshape(-1, count) for name in ("key", "low", "high"))
    return _bands.holds(spec.tolerance, asked, low, high, values[places], entries, places)


def mistaken(spec: Spec, values: Floats) -> tuple[Floats, Floats]:
    """The ends of what counts as each component of a mistake (SI, inclusive): within 1 % where a range is right."""
    tolerance = _tolerance.Tolerance(rel=0.01) if spec.tolerance.range is not None else spec.tolerance
    return _bands.band(tolerance, values, spec.asked_unit)


def made(spec: Spec, name: str, given: Floats, key: Columns) -> Mask:
    """(n,) which vectors (n, count) are a mistake that exists on their variant."""
    low, high = mistaken(spec, key[f"mistake.{name}"].reshape(given.shape))
    return np.asarray(key[f"applies.{name}"] & _across.every((low <= given) & (given <= high)), dtype=np.bool_)


@dataclass(frozen=True, slots=True)
class Components:
    """The components of a part's vectors; see `_waiting.Comparing`."""

    spec: Spec

    def entries(self, reading: Grids, key: Columns) -> Compared:
        """The components of the vectors that have the shape asked."""
        fits, places = reading.components(key["key"].shape[1:])
        good = within(self.spec, reading.entries, reading.entries.value, places, key)
        rows = np.repeat(np.flatnonzero(fits), places.shape[1])
        return Compared(rows, places[fits].reshape(-1), good[fits].reshape(-1))

    def throughout(self, reading: Grids, key: Columns, seconds: Iterable[Floats]) -> Mask:
        """(n,) which vectors are right in every component."""
        fits, places = reading.components(key["key"].shape[1:])
        good = within(self.spec, reading.entries, reading.entries.value, places, key)
        good &= (reading.entries.unit != OTHER)[places]
        found = _across.every(good)
        for values in seconds:
            found |= _across.every(good | within(self.spec, reading.entries, values, places, key))
        return fits & found

    def foreseen(self, reading: Grids, key: Columns) -> Mask:
        """(n,) which vectors are one of the item's own mistakes."""
        fits, places = reading.components(key["key"].shape[1:])
        found = np.zeros(len(reading), dtype=np.bool_)
        for name in self.spec.mistakes:
            found |= fits & made(self.spec, name, reading.entries.value[places], key)
        return found
