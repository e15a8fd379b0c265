"""Why none of some variants can be drawn."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from qbank import nodes
from qbank.bank.item import Item
from qbank.model import Column, Problem, Refused
from qbank.variants._feasible import hindrances


def none(item: Item, what: str, columns: Mapping[str, Column], seats: NDArray[np.int64]) -> Refused:
    """What of an item cannot be drawn, and why, at the place of what took the last of these rows."""
    found = hindrances(item, columns, seats)
    last = found[-1]
    said = "; ".join(f"on {one.rows:,}, {one.message}" for one in found)
    if len(found) == 1:
        said = f"on all, {last.message}" if len(seats) > 1 else last.message
    where = nodes.path_text(last.path)
    problem = Problem(last.code, f"{what}: {said}", path=where, item=item.id, proposal=last.proposal)
    return Refused(problem, at=last.path)
