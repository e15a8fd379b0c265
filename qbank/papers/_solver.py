"""Whole numbers that meet linear conditions at the least cost, by SciPy's `milp` (HiGHS): the one place that solves."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from qbank import messages
from qbank.model import Floats, Refused

SLACK = 1e-6
"""How far a sum of floats may miss its bound: less than any two sums of marks differ by."""


@dataclass(frozen=True, slots=True, eq=False)
class Condition:
    """The sum of some unknowns, each by its weight, lies between two numbers."""

    places: NDArray[np.int64]
    weights: Floats
    least: float
    most: float


def condition(places: ArrayLike, weights: ArrayLike, least: float, most: float) -> Condition:
    """A condition on the unknowns at these places, all with one weight or each with its own."""
    at = np.asarray(places, dtype=np.int64).ravel()
    return Condition(at, np.broadcast_to(np.asarray(weights, dtype=np.float64), at.shape), least, most)


def solved(
    costs: Floats, conditions: Sequence[Condition], *, whole: NDArray[np.bool_], most: Floats
) -> Floats | None:
    """The unknowns, from 0 to `most` and whole numbers where they are to be, of the least cost; None where none fits.

    The optimum is proved, so that where it is the only one every version of the solver finds it. Raises Refused without
    SciPy.
    """
    try:
        from scipy.optimize import Bounds, LinearConstraint, milp
        from scipy.sparse import csr_array
    except ImportError:
        raise Refused(messages.tell("a blueprint with rules needs SciPy, which is not installed: python -m pip install "
                                    "'qbank[statistics]'")) from None  # fmt: skip
    ends = np.cumsum([0, *(len(each.places) for each in conditions)])
    table = csr_array(
        (np.concatenate([each.weights for each in conditions] or [np.zeros(0)]),
         np.concatenate([each.places for each in conditions] or [np.zeros(0, dtype=np.int64)]), ends),
        shape=(len(conditions), len(costs)),
    )  # fmt: skip
    low = np.array([each.least - SLACK for each in conditions])
    high = np.array([each.most + SLACK for each in conditions])
    found = milp(
        costs, integrality=whole.astype(np.int64), bounds=Bounds(0, most),
        constraints=LinearConstraint(table, low, high) if conditions else (), options={"mip_rel_gap": 0.0},
    )  # fmt: skip
    match found.status:
        case 0:
            return np.asarray(np.where(whole, np.rint(found.x), found.x), dtype=np.float64)
        case 2:
            return None
        case _:
            raise RuntimeError(f"the solver stopped: {found.message}")
