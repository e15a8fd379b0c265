"""What a missing unit, an unknown word or a unit of another dimension costs: the part's own word, else the paper's.

A number part has steps of its own: its unit may have a share of the marks, and may have to be the one that is asked.
"""

from __future__ import annotations

from typing import Literal, Protocol

import numpy as np
from numpy.typing import NDArray

from qbank.answers._quantities import FITS, NONE, OTHER, UNKNOWN
from qbank.model import Array, Columns, Rules, Steps
from qbank.units import Unit

_WORST = (OTHER, UNKNOWN, NONE)
"""What decides for an answer of several quantities, the worst first."""


class Asks(Protocol):
    """What the Spec of every kind that takes numbers says of units."""

    @property
    def unit(self) -> str: ...
    @property
    def asked_unit(self) -> Unit: ...
    @property
    def unit_given(self) -> Literal["asked", "printed"]: ...
    @property
    def unit_missing(self) -> float | None: ...
    @property
    def unit_wrong(self) -> float | None: ...


def costs(spec: Asks, rules: Rules) -> tuple[float, float]:
    """What a missing and another unit cost."""
    missing = rules.unit_missing if spec.unit_missing is None else spec.unit_missing
    return missing, rules.unit_wrong if spec.unit_wrong is None else spec.unit_wrong


def asks(spec: Asks) -> bool:
    """Whether the candidate has to write a unit."""
    return bool(spec.unit) and spec.unit_given == "asked"


def worst(unit: Array, rows: NDArray[np.int64], count: int) -> NDArray[np.uint8]:
    """(count,) the unit of each answer whose quantities have the units `unit` (e,); `rows` (e,) says whose they are.

    >>> worst(np.array([FITS, OTHER, FITS, NONE]), np.array([0, 0, 1, 1]), 3).tolist() == [OTHER, NONE, FITS]
    True
    """
    found = np.full(count, FITS, dtype=np.uint8)
    for code in reversed(_WORST):
        found[rows[unit == code]] = code
    return found


def steps(
    spec: Asks, steps: Steps, unit: Array, earning: NDArray[np.bool_], details: Columns, rules: Rules
) -> Steps:
    """The steps with what the unit (n,) costs, once for the whole answer, where that earns anything."""
    missing, wrong = costs(spec, rules)
    kept = 1 - missing if asks(spec) else 1.0
    steps = steps.where(earning & (unit == NONE) & asks(spec), "unit.missing", kept, **details)
    steps = steps.where(earning & (unit == UNKNOWN), "unit.unknown", kept, **details)
    return steps.where(earning & (unit == OTHER), "unit.dimension", 1 - wrong, **details)
