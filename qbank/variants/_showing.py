"""A variant that shows the options that are asked for, where each variant shows some of an author's options."""

from __future__ import annotations

from collections.abc import Collection, Mapping

import numpy as np
from numpy.typing import NDArray

from qbank import messages
from qbank.bank.item import Item, Part
from qbank.draws import Chance
from qbank.model import Array, Column, Columns, Problem, Refused
from qbank.variants._values import arranged

SEATS = 1000
"""The seats among which one is looked for that shows the options."""


def showing(
    item: Item, one: Mapping[str, Column], chance: Chance, options: Mapping[str, Collection[str]]
) -> dict[str, dict[str, Array]]:
    """The arrangements of one variant with these values: of each part, those of the first seat that shows its options.

    Raises Refused where none of some seats shows them together.
    """
    some = any(part.facts.shown and part.id in options for part in item.parts)
    seats = np.arange(SEATS if some else 1)
    row = np.zeros(len(seats), dtype=np.int64)
    arrangements = arranged(item, {name: column.take(row) for name, column in one.items()}, chance, seats)
    return {
        part.id: _first(part, arrangements[part.id], options.get(part.id, ()) if part.facts.shown else (), item)
        for part in item.parts
    }


def _first(part: Part, arrangement: Columns, names: Collection[str], item: Item) -> dict[str, Array]:
    seats: NDArray[np.intp] = np.zeros(1, dtype=np.intp)
    if names:
        places = [place for place, option in enumerate(part.facts.options) if option.name in names]
        there = np.isin(arrangement["order"], places).sum(axis=1) == len(places)
        seats = np.flatnonzero(there)[:1]
    if not len(seats):
        message = messages.tell(
            "part {part!r}: no variant shows these options together: {options}",
            part=part.id,
            options=messages.listed(sorted(names)),
        )
        raise Refused(Problem("trial.given", message, item=item.id))
    return {name: column[seats] for name, column in arrangement.items()}
