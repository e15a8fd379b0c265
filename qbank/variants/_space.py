"""All that an item's parameters can be, and the variants that seats get of it; found once and kept with the item."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from qbank import domains, messages
from qbank.algebra import Expression
from qbank.bank.item import Item
from qbank.domains import Domain
from qbank.draws import Chance
from qbank.model import Column, Columns
from qbank.variants import _combinations, _kept
from qbank.variants._combinations import Combinations
from qbank.variants._feasible import Hindrance, hindrances
from qbank.variants._kept import Counted
from qbank.variants._none import none
from qbank.variants._scattered import Scattered, scattered
from qbank.variants._trying import Keys, Rows, looked_at
from qbank.variants._values import Scope, Variants, arranged, bind, derived, valued

ENUMERATED = 1 << 18
"""The largest number of combinations that is counted out."""
BATCH = 1 << 16
"""The rows worked on at once where seats are streamed."""
TRIED = 1000
"""The seats that tell what keeps combinations from being drawn, where they are not counted."""


@dataclass(frozen=True, slots=True, eq=False)
class Space:
    """All that an item's parameters can be: their domains, and which combinations are feasible.

    `feasible` holds the indices of the feasible combinations, or None where there are too many to count; then
    `scattered` says how seats are scattered over them.
    """

    item: Item
    numbered: Combinations
    feasible: Counted | None
    scattered: Scattered | None

    @property
    def domains(self) -> Mapping[str, Domain]:
        """What each parameter is drawn from."""
        return self.numbered.domains

    @property
    def combinations(self) -> int:
        """How many combinations of values there are, feasible or not."""
        return math.prod(domain.combinations for domain in self.domains.values())

    def draw(self, seed: str, seats: ArrayLike) -> Variants:
        """The variants of the given seats (n,), all different as `Scattered` says, or as long as counted ones are left.

        Raises Refused when a seat finds none in 1,000 attempts.
        """
        ordinals = np.asarray(seats, dtype=np.int64).reshape(-1)
        chance = Chance(seed, self.item.id)
        if ordinals.size and ordinals.min() < 0:
            raise ValueError(messages.tell("seats count from 0; {seat} is not a seat", seat=ordinals.min()))
        if self.scattered is not None:
            rows = self.scattered.draw(chance, ordinals)
        else:
            assert self.feasible is not None
            index = self.feasible[chance.bijection(len(self.feasible), ordinals)]
            rows = Rows(derived(self.item, self.numbered.numbered(index), len(ordinals)), {})
        arrangements = arranged(self.item, rows.columns, chance, ordinals)
        keys = bound(self.item, rows.columns, arrangements, len(ordinals), rows.keys)
        return Variants(self.item, ordinals, rows.columns, arrangements, keys)

    def stream(self, seed: str, count: int) -> Iterator[Variants]:
        """The variants of seats 0..count-1 in batches, so that memory does not grow with the seats."""
        for start in range(0, count, BATCH):
            yield self.draw(seed, np.arange(start, min(start + BATCH, count)))


def space(item: Item) -> Space:
    """The item's domains and, where they can be counted, its feasible combinations: found once, as long as it lives.

    Raises Refused when there is none; the problem names what takes the last of them.
    """
    kept = _kept.of(item)
    if kept.found is None:
        kept.found = _found(item)
    combinations, feasible = kept.found
    if isinstance(feasible, float):
        return Space(item, combinations, None, Scattered(item, combinations, feasible))
    return Space(item, combinations, feasible, None)


def _found(item: Item) -> tuple[Combinations, Counted | float]:
    everything = _combinations.of({name: domains.table(spec) for name, spec in item.parameters.items()})
    if not everything.is_one_number or everything.size > ENUMERATED:
        return everything, scattered(item, everything).share
    index = np.arange(everything.size)
    fits, columns, _ = looked_at(item, everything.numbered(index), index)
    possible = np.flatnonzero(fits)
    if not len(possible):
        what = messages.tell("its only variant cannot be drawn")
        if everything.size > 1:
            what = messages.tell("none of its {count:,} combinations of values can be drawn", count=everything.size)
        raise none(item, what, columns, index)
    return everything, possible.astype(np.uint32)


def hindered(space: Space) -> tuple[Hindrance, ...]:
    """What keeps combinations of an item's values from being drawn: of all where they are counted, else of some."""
    index = np.arange(space.numbered.size if space.scattered is None else TRIED)
    if space.scattered is None:
        drawn = space.numbered.numbered(index)
    else:
        drawn = space.scattered.candidates(Chance("hindered", space.item.id), index, np.zeros_like(index))
    return hindrances(space.item, derived(space.item, drawn, len(index)), index)


def regardless(item: Item) -> Scope:
    """The values of all names on some combinations of values, whether or not they may be drawn."""
    everything = _combinations.of({name: domains.table(spec) for name, spec in item.parameters.items()})
    chance, count = Chance("regardless", item.id), min(everything.size, TRIED)
    seats = np.arange(count if everything.is_one_number else TRIED)
    index = chance.bijection(everything.size, seats)
    drawn = everything.drawn(chance, index, seats, np.zeros_like(seats))
    return Scope(len(seats), derived(item, drawn, len(seats)), item)


def everywhere(item: Item, condition: Expression, names: Collection[str]) -> NDArray[np.bool_] | None:
    """(n,) where a condition holds, on all combinations of the parameters among the names that it is made of.

    None where these combinations are too many to be counted.
    """
    everything = _combinations.of({name: domains.table(item.parameters[name]) for name in item.parameters
                                   if name in names})  # fmt: skip
    if not everything.is_one_number or everything.size > ENUMERATED:
        return None
    index = np.arange(everything.size)
    others = {name: Column(np.zeros(len(index))) for name in item.derive if name not in names}
    columns = derived(item, everything.numbered(index), len(index), others)
    return np.asarray(valued(item, condition, columns, len(index)).values.astype(bool))


def bound(
    item: Item, columns: Mapping[str, Column], arrangements: Mapping[str, Columns], count: int, known: Keys
) -> Keys:
    """The keys of all parts over variants with these values, but for those that are known."""
    return {
        part.id: known[part.id] if part.id in known else bind(item, part, columns, arrangements[part.id], count)
        for part in item.parts
    }
