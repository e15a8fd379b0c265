"""Which values of a key are found among those that candidates gave, each by its own tolerance."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from qbank.answers import _pairing, _tolerance
from qbank.answers._grids import Grids
from qbank.answers._quantities import Quantities
from qbank.answers.set_.spec import Spec
from qbank.model import Columns, Floats

Mask = NDArray[np.bool_]


def right(
    spec: Spec, entries: Quantities, values: Floats, rows: NDArray[np.int64], places: NDArray[np.int64], key: Columns
) -> Mask:
    """(e, k) for which values of the key each entry would do, with these values (SI) of the `entries`.

    `rows` and `places` (e,) say in which answer an entry is, and where it stands in `entries` and `values`.
    """
    value, clipped, form = values[places, None], entries.clipped[places, None], entries.form[places, None]
    asked, low, high = (key[name][rows] for name in ("key", "low", "high"))
    return _tolerance.holds(spec.tolerance, asked, low, high, value, clipped=clipped, form=form)


def of(given: Floats, low: Floats, high: Floats) -> Mask:
    """(n, k) which bands (n, k) are met by the values given, (n, m), by the best one-to-one assignment."""
    with np.errstate(invalid="ignore"):
        inside = (low[:, None] <= given[:, :, None]) & (given[:, :, None] <= high[:, None])
    rows = np.repeat(np.arange(len(given)), given.shape[1])
    return _pairing.found(inside.reshape(len(rows), low.shape[1]), rows, len(given))


def same(reading: Grids, values: Floats, low: Floats, high: Floats) -> Mask:
    """(n,) which answers are as many values as there are bands (n, k), one in each; `values` are of all entries."""
    made = np.zeros(len(reading), dtype=np.bool_)
    several = np.flatnonzero(reading.counts() == low.shape[1])
    given = values[reading.start[several, None] + np.arange(low.shape[1])]
    made[several] = of(given, low[several], high[several]).all(axis=1)
    return made
