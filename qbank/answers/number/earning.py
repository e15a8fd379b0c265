"""What a value earns by itself: against the key and every further key, or as the ratio behind a level."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from qbank.answers import _bands
from qbank.answers._quantities import Quantities
from qbank.answers.number import endless
from qbank.answers.number.spec import Spec
from qbank.model import Columns, Floats


def bands(spec: Spec, key: Columns) -> Iterator[tuple[Floats, Floats, Floats, float]]:
    """The key and every further key: value, ends and credit."""
    yield key["key"], key["low"], key["high"], 1.0
    for place, also in enumerate(spec.accept):
        further = key[f"also.{place}"]
        ends = _bands.band(spec.tolerance, further, spec.asked_unit, spec.last)
        yield further, *(endless.around(further, *ends) if spec.infinite else ends), also.credit


def earned(spec: Spec, reading: Quantities, value: Floats, key: Columns) -> Floats:
    """(n,) the credit that the answers earn with these values (SI): their usual readings or second ones."""
    earning = [_bands.holds(spec.tolerance, asked, low, high, value, reading) * worth
               for asked, low, high, worth in bands(spec, key)]  # fmt: skip
    return earning[0] if len(earning) == 1 else np.maximum.reduce(earning)


def level(spec: Spec, reading: Quantities, key: Columns) -> NDArray[np.bool_]:
    """(n,) which answers are the bare ratio whose level is right, of a part that takes one."""
    pure = np.array([tail in ("", "倍", "times") for tail in reading.tails])[reading.tail]
    with np.errstate(all="ignore"):
        found = (20.0 if spec.level == "amplitude" else 10.0) * np.log10(np.abs(reading.number))
    return np.asarray(pure & (key["low"] <= found) & (found <= key["high"]), dtype=np.bool_)
