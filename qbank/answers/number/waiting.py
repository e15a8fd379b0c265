"""Which answers wait for a person: two readings, a word beside the unit or in its place, a unit not opted in."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from qbank.answers._quantities import OTHER, UNKNOWN, Quantities
from qbank.answers.number import naming
from qbank.answers.number.earning import earned
from qbank.answers.number.spec import Spec
from qbank.model import READ, Columns, Floats, Steps, take

if TYPE_CHECKING:
    from qbank.units import Doubt

Mask = NDArray[np.bool_]
_DOUBTS: tuple[tuple[Doubt, str], ...] = (("gloss", "unit.gloss.waits"), ("customary", "unit.customary.waits"))


def waits(
    spec: Spec, steps: Steps, reading: Quantities, key: Columns, credit: Floats, fits: Mask, details: Columns
) -> tuple[Steps, Mask]:
    """The steps with one more for each answer that waits, and (n,) which answers are left to mark.

    An answer that is not right, or whose unit is of another kind, waits where a second reading earns anything. A
    foreseen mistake is named before that.
    """
    given = reading.state == READ
    doubtful = any(meaning.doubt for meaning in reading.meanings)
    if not doubtful and "whole" not in key and np.count_nonzero((credit > 0) & fits) == len(given):
        return steps, given  # right in a unit that fits: nothing to wait for
    if "whole" in key and np.count_nonzero(reading.open):
        opened = given & reading.open & ~key["whole"]
        both = {"second": reading.value / 1000, "because": np.full(len(reading), "thousands")}
        steps, given = steps.where(opened, "two-readings.waits", 0.0, **details, **both), given & ~opened
    unknown = given & (reading.unit == UNKNOWN) & (credit == 0)
    steps, given = steps.where(unknown, "unit.unknown.waits", 0.0, **details), given & ~unknown
    for doubt, note in _DOUBTS if doubtful else ():
        doubted = given & (reading.unit != OTHER) & reading.doubted(doubt)
        earns = credit > 0
        if doubt == "gloss" and np.count_nonzero(doubted & ~earns):  # `5 V（上负下正）` for −5 V
            earns |= earned(spec, reading, -reading.value, key) > 0
        doubted &= earns
        steps, given = steps.where(doubted, note, 0.0, **details), given & ~doubted
    open_ = given & ((credit == 0) | ((reading.unit == OTHER) & ~fits))
    if not np.count_nonzero(open_):
        return steps, given
    rows = np.flatnonzero(open_ & reading.has_seconds())
    if not len(rows):
        return steps, given
    if len(rows) == len(reading):
        second, because = _seconds(spec, reading, key, fits)
    else:
        second, because = _seconds(spec, reading.take(rows), take(key, rows), fits[rows])
    found = because != ""
    if not found.any():
        return steps, given
    mask = np.zeros(len(reading), dtype=bool)
    values, reasons = np.zeros(len(reading)), np.zeros(len(reading), dtype=because.dtype)
    mask[rows[found]], values[rows], reasons[rows] = True, second, because
    return steps.where(mask, "two-readings.waits", 0.0, **details, second=values, because=reasons), given & ~mask


def _seconds(spec: Spec, reading: Quantities, key: Columns, fits: Mask) -> tuple[Floats, NDArray[np.str_]]:
    """(n,) the second reading of each answer that would earn something by it, and why; "" where there is none."""
    second, because = np.zeros(len(reading)), np.full(len(reading), "", dtype="<U12")
    for reason, values in reading.seconds():
        right = (earned(spec, reading, values, key) > 0) & (because == "")
        second[right], because[right] = values[right], reason
    if np.count_nonzero(because != ""):
        named = (fits | (reading.unit != OTHER)) & naming.foreseen(spec, reading, key)
        second[named], because[named] = 0.0, ""
    return second, because
