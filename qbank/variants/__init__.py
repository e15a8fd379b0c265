"""From an item and seats to variants: draw the parameters, keep what the item requires, derive, bind the keys.

A variant is a row. Where the parameters' domains have at most 2^18 combinations, the feasible ones are counted once
and neighbouring seats get different ones as long as there are any; beyond that, a seat draws again until it fits.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from qbank import domains, nodes
from qbank.bank.item import Item
from qbank.domains import Domain
from qbank.draws import Chance
from qbank.model import Array, Column, Columns, Problem, Refused
from qbank.variants._alike import CLOSE
from qbank.variants._apart import fresh, seen
from qbank.variants._feasible import Hindrance, feasible, hindrances
from qbank.variants._passages import appearing, holds
from qbank.variants._placing import placed
from qbank.variants._printing import as_printed, exact, printed, show, unit_of
from qbank.variants._scheme import scheme
from qbank.variants._showing import showing
from qbank.variants._tables import table
from qbank.variants._values import Scope, Variants, arranged, bind, derived

__all__ = [
    "BATCH", "CLOSE", "Hindrance", "Scope", "Space", "Variants", "apart", "appearing", "as_printed", "bind", "derived",
    "exact", "fresh", "given", "hindered", "holds", "make", "printed", "scheme", "seen", "show", "space", "table",
    "unit_of",
]  # fmt: skip

ENUMERATED = 1 << 18
"""The largest number of combinations that is counted out."""
BATCH = 1 << 16
"""The rows worked on at once where seats are streamed."""
ATTEMPTS = 1000
"""How often a seat draws again before the item is refused."""
AGAIN = 64
"""How often the seats of a paper, and of those before it, are tried for values that nobody has seen."""
TRIED = 1000
"""The seats whose values are tried for the parameters that a trial leaves open."""
KEPT = 32
"""So many items' combinations are kept, for those who draw again and again."""
_KEPT: dict[int, Space] = {}


@dataclass(frozen=True, slots=True, eq=False)
class Space:
    """All that an item's parameters can be: their domains, and which combinations are feasible.

    `feasible` holds the indices of the feasible combinations, or None where there are too many to count.
    """

    item: Item
    domains: Mapping[str, Domain]
    combinations: int
    feasible: NDArray[np.int64] | None

    def draw(self, seed: str, seats: ArrayLike) -> Variants:
        """The variants of the given seats (n,). Raises Refused when a seat finds none in 1,000 attempts."""
        ordinals = np.asarray(seats, dtype=np.int64)
        chance = Chance(seed, self.item.id)
        if self.feasible is None:
            columns = _drawn_again(self, chance, ordinals)
        else:
            index = self.feasible[chance.bijection(len(self.feasible), ordinals)]
            columns = derived(self.item, _combination(self, index), len(ordinals))
        arrangements = arranged(self.item, columns, chance, ordinals)
        keys = _bound(self.item, columns, arrangements, len(ordinals))
        return Variants(self.item, ordinals, columns, arrangements, keys)

    def stream(self, seed: str, count: int) -> Iterator[Variants]:
        """The variants of seats 0..count-1 in batches, so that memory does not grow with the seats."""
        for start in range(0, count, BATCH):
            yield self.draw(seed, np.arange(start, min(start + BATCH, count)))


def make(item: Item, seed: str, seats: ArrayLike) -> Variants:
    """The variants of an item for the given seats.

    Raises Refused when no combination can be drawn; the problem names what takes the last of them.
    """
    return space(item).draw(seed, seats)


def apart(item: Item, seed: str, seats: ArrayLike, earlier: Sequence[Variants]) -> Variants | None:
    """The variants of the given seats (n,) that print other values than all earlier ones; None where there is none.

    Neighbouring seats get different ones as long as there are any.
    """
    wanted, everything = np.asarray(seats, dtype=np.int64), space(item)
    if not earlier:
        return everything.draw(seed, wanted)
    if not seen(item):
        return None
    many = len(wanted) + sum(map(len, earlier))
    most = many * AGAIN if everything.feasible is None else len(everything.feasible)
    while True:
        tried = everything.draw(seed, np.arange(min(many, most)))
        found = np.flatnonzero(fresh(item, tried, earlier))
        if len(found) > (wanted.max() if len(wanted) else 0) or many >= most:
            break
        many *= 4
    return tried.take(found[wanted % len(found)]) if len(found) else None


def space(item: Item) -> Space:
    """The item's domains and, where they can be counted, its feasible combinations, counted once.

    Raises Refused when there is none; the problem names what takes the last of them.
    """
    known = _KEPT.get(id(item))
    if known is None:  # an item that is kept here lives, so that no other one has its identity
        known = _counted(item)
        while len(_KEPT) >= KEPT:
            _KEPT.pop(next(iter(_KEPT)), None)
        _KEPT[id(item)] = known
    return known


def _counted(item: Item) -> Space:
    tables = {name: domains.table(spec) for name, spec in item.parameters.items()}
    combinations = 1
    for domain in tables.values():
        combinations *= domain.combinations
    if combinations > ENUMERATED or any(domain.entries for domain in tables.values()):
        return Space(item, tables, combinations, None)
    everything = Space(item, tables, combinations, None)
    index = np.arange(combinations)
    columns, fits = _tried(item, _combination(everything, index), index)
    possible = np.flatnonzero(fits)
    if not len(possible):
        what = f"none of its {combinations:,} combinations of values can be drawn" if combinations > 1 else ""
        raise _none(item, what or "its one variant cannot be drawn", columns, index)
    return Space(item, tables, combinations, possible)


def hindered(space: Space) -> tuple[Hindrance, ...]:
    """What keeps combinations of an item's values from being drawn: of all where they are counted, else of some."""
    index = np.arange(space.combinations if space.feasible is not None else TRIED)
    if space.feasible is not None:
        drawn = _combination(space, index)
    else:
        chance = Chance("hindered", space.item.id)
        drawn = {name: _values(chance, name, domain, index, 0) for name, domain in space.domains.items()}
    return hindrances(space.item, derived(space.item, drawn, len(index)), index)


def _none(item: Item, what: str, columns: Mapping[str, Column], seats: NDArray[np.int64]) -> Refused:
    """Why none of some variants can be drawn, at the place of what took the last of them."""
    found = hindrances(item, columns, seats)
    last = found[-1]
    said = "; ".join(f"on {one.rows:,}, {one.message}" for one in found)
    if len(found) == 1:
        said = f"on all, {last.message}" if len(seats) > 1 else last.message
    where = nodes.path_text(last.path)
    problem = Problem(last.code, f"{what}: {said}", path=where, item=item.id, proposal=last.proposal)
    return Refused(problem, at=last.path)


def given(item: Item, values: Mapping[str, str], options: Mapping[str, Collection[str]] | None = None) -> Variants:
    """The one variant with the given parameter values (texts as an author writes them).

    The others are those of the first of some drawn seats with which the requirements are met; `options` are those that
    it has to show, by name, for each part that shows some of its options.
    Raises Refused when a value is not in its parameter's domain, the requirements are not met, or none shows these.
    """
    tables = {name: domains.table(spec) for name, spec in item.parameters.items()}
    missing = [name for name in tables if name not in values]
    tried = np.arange(TRIED if missing else 1, dtype=np.int64)
    drawn = make(item, "trial", tried).columns if missing else {}
    columns: dict[str, Column] = {}
    for name, domain in tables.items():
        if name in values:
            try:
                columns[name] = domains.column(domain, values[name]).take(np.zeros(len(tried), dtype=np.int64))
            except ValueError as error:
                raise Refused(Problem("trial.given", f"{name}: {error}", item=item.id)) from error
        else:
            columns[name] = drawn[name]
    columns, fit = _tried(item, columns, tried)
    fits = np.flatnonzero(fit)
    if not len(fits):
        said = ", ".join(f"{name} = {value}" for name, value in values.items())
        why = "; ".join(dict.fromkeys(one.message for one in hindrances(item, columns, tried)))
        raise Refused(Problem("trial.given", f"{said} cannot be drawn: {why}", item=item.id))
    one = {name: column.take(fits[:1]) for name, column in columns.items()}
    arrangements = showing(item, one, Chance("trial", item.id), options or {})
    return Variants(item, np.zeros(1, dtype=np.int64), one, arrangements, _bound(item, one, arrangements, 1))


def _tried(
    item: Item, drawn: Mapping[str, Column], seats: NDArray[np.int64]
) -> tuple[dict[str, Column], NDArray[np.bool_]]:
    """The columns of some parameters and all that is derived from them, and which rows may be drawn."""
    with placed(item, drawn):
        columns = derived(item, drawn, len(seats))
        return columns, feasible(item, columns, seats)


def _bound(
    item: Item, columns: Mapping[str, Column], arrangements: Mapping[str, Columns], count: int
) -> dict[str, dict[str, Array]]:
    return {part.id: bind(item, part, columns, arrangements[part.id], count) for part in item.parts}


def _combination(space: Space, index: NDArray[np.int64]) -> dict[str, Column]:
    """The parameters' columns of the combinations with these indices: mixed radix, the last parameter fastest."""
    columns: dict[str, Column] = {}
    rest = index
    for name, domain in reversed(list(space.domains.items())):
        size = len(domain.values)
        if size == 1:
            code = np.zeros(len(index), dtype=np.int64)
        else:
            following = rest // size
            code, rest = rest - following * size, following
        columns[name] = Column(domain.values[code], domain.labels)
    return {name: columns[name] for name in space.domains}


def _drawn_again(space: Space, chance: Chance, seats: NDArray[np.int64]) -> dict[str, Column]:
    """The columns of seats that each draw until the requirements are met."""
    item = space.item
    result: dict[str, Column] = {}
    waiting = np.arange(len(seats))
    for attempt in range(ATTEMPTS):
        drawn = {
            name: _values(chance, name, domain, seats[waiting], attempt) for name, domain in space.domains.items()
        }
        columns, fits = _tried(item, drawn, seats[waiting])
        if not result:
            result = {
                name: Column(np.empty((len(seats), *column.shape), dtype=column.values.dtype), column.labels)
                for name, column in columns.items()
            }
        for name, column in columns.items():
            result[name].values[waiting[fits]] = column.values[fits]
        waiting = waiting[~fits]
        if not len(waiting):
            return result
    failed = {name: column.take(~fits) for name, column in columns.items()}
    raise _none(item, f"none of {ATTEMPTS:,} attempts of seat {seats[waiting[0]]} can be drawn", failed, seats[waiting])


def _values(
    chance: Chance, name: str, domain: Domain, seats: NDArray[np.int64], attempt: int
) -> Column:
    if not domain.entries:
        code = chance.below(name, len(domain.values), seats, attempt)
        return Column(domain.values[code], domain.labels)
    count = int(np.prod(domain.entries))
    if domain.picks:
        codes = chance.picks(name, len(domain.values), count, seats, attempt)
        if domain.picks == "sorted":
            codes = np.sort(codes, axis=1)
        return Column(domain.values[codes], domain.labels)
    codes = chance.several(name, len(domain.values), count, seats, attempt)
    return Column(domain.values[codes].reshape(len(seats), *domain.entries))
