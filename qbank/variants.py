"""From an item and seats to variants: draw the parameters, keep what the item requires, derive, bind the keys.

A variant is a row. Where the parameters' domains have at most 2^18 combinations, the feasible ones are counted once
and neighbouring seats get different ones as long as there are any; beyond that, a seat draws again until it fits.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from qbank import algebra, answers, domains, numerals, units
from qbank.algebra import Expression
from qbank.bank.item import Derived, Item, Part
from qbank.domains import Domain
from qbank.draws import Chance
from qbank.model import Array, Column, Columns, Printed, Problem, Refused, take
from qbank.numerals import rounding

ENUMERATED = 1 << 18
"""The largest number of combinations that is counted out."""
FIGURES = 4
"""The figures of a derived value that does not say how it is shown."""
BATCH = 1 << 16
"""The rows worked on at once where seats are streamed."""
ATTEMPTS = 1000
"""How often a seat draws again before the item is refused."""
TRIED = 1000
"""The seats whose values are tried for the parameters that a trial leaves open."""


@dataclass(frozen=True, slots=True)
class Scope:
    """The values of an item's names over n variants; what `answers.Scope` asks for."""

    n: int
    columns: Mapping[str, Column]

    def evaluate(self, expression: Expression) -> Column:
        """The expression's value on every variant."""
        return algebra.evaluate(expression, self.columns, self.n)


@dataclass(frozen=True, slots=True, eq=False)
class Variants:
    """Drawn variants of one item: row i is what seat i got. `arrangements` and `keys` are by part."""

    item: Item
    seats: NDArray[np.int64]
    columns: Mapping[str, Column]
    arrangements: Mapping[str, Columns]
    keys: Mapping[str, Columns]

    def __len__(self) -> int:
        return len(self.seats)

    def take(self, rows: Array) -> Variants:
        """The variants of the given rows (indices or a mask)."""
        return Variants(
            self.item,
            self.seats[rows],
            {name: column.take(rows) for name, column in self.columns.items()},
            {part: take(columns, rows) for part, columns in self.arrangements.items()},
            {part: take(columns, rows) for part, columns in self.keys.items()},
        )


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
        arrangements = _arranged(self.item, chance, ordinals)
        keys = _bound(self.item, columns, arrangements, len(ordinals))
        return Variants(self.item, ordinals, columns, arrangements, keys)

    def stream(self, seed: str, count: int) -> Iterator[Variants]:
        """The variants of seats 0..count-1 in batches, so that memory does not grow with the seats."""
        for start in range(0, count, BATCH):
            yield self.draw(seed, np.arange(start, min(start + BATCH, count)))


def make(item: Item, seed: str, seats: ArrayLike) -> Variants:
    """The variants of an item for the given seats.

    Raises Refused (variants.none) when no combination meets the requirements.
    """
    return space(item).draw(seed, seats)


def space(item: Item) -> Space:
    """The item's domains and, where they can be counted, its feasible combinations.

    Raises Refused (variants.none) when there is none.
    """
    tables = {name: domains.table(spec) for name, spec in item.parameters.items()}
    combinations = 1
    for domain in tables.values():
        combinations *= len(domain) ** int(np.prod(domain.entries))
    if combinations > ENUMERATED or any(domain.entries for domain in tables.values()):
        return Space(item, tables, combinations, None)
    everything = Space(item, tables, combinations, None)
    index = np.arange(combinations)
    columns = derived(item, _combination(everything, index), combinations)
    feasible = np.flatnonzero(_feasible(item, columns, index))
    if not len(feasible):
        raise Refused(_none(item, f"none of its {combinations:,} combinations of values meets what it requires"))
    return Space(item, tables, combinations, feasible)


def given(item: Item, values: Mapping[str, str]) -> Variants:
    """The one variant with the given parameter values (texts as an author writes them).

    The others are those of the first of some drawn seats with which the requirements are met.
    Raises Refused when a value is not in its parameter's domain or the requirements are not met.
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
    columns = derived(item, columns, len(tried))
    fits = np.flatnonzero(_feasible(item, columns, tried))
    if not len(fits):
        said = ", ".join(f"{name} = {value}" for name, value in values.items())
        raise Refused(Problem("trial.given", f"{said} does not meet what the item requires", item=item.id))
    one = {name: column.take(fits[:1]) for name, column in columns.items()}
    seat = np.zeros(1, dtype=np.int64)
    arrangements = _arranged(item, Chance("trial", item.id), seat)
    return Variants(item, seat, one, arrangements, _bound(item, one, arrangements, 1))


def derived(
    item: Item, columns: Mapping[str, Column], count: int, fixed: Mapping[str, Column] | None = None
) -> dict[str, Column]:
    """The parameters' columns and every derived one; a `fixed` name keeps the value it is given."""
    everything = dict(columns)
    for name in item.order:
        if fixed and name in fixed:
            everything[name] = fixed[name]
        else:
            rule = item.derive[name]
            everything[name] = _shown(rule, algebra.evaluate(rule.value, everything, count))
    return everything


def bind(part: Part, columns: Mapping[str, Column], arrangement: Columns, count: int) -> dict[str, Array]:
    """The key columns of one part over variants with these values."""
    return answers.kind_of(part.kind).bind(part.answer, Scope(count, columns), arrangement)


def printed(variants: Variants, row: int) -> dict[str, Printed]:
    """Every name's value on one variant as a page shows it, by name.

    A parameter, and a derived value that says `shown:`, prints as it is; another derived value to four figures.
    """
    shown: dict[str, Printed] = {}
    for name, column in variants.columns.items():
        rule: Any = variants.item.parameters.get(name) or variants.item.derive[name]
        value = column.values[row]
        if not exact(variants.item, name) and not column.labels:
            value = _rounded_in(rule.unit, value)
        if column.labels:
            label = column.labels[int(value)]
            shown[name] = Printed(label, rf"\text{{{label}}}", label, rf"\text{{{label}}}")
        elif column.shape:
            shown[name] = numerals.write_array(value, rule.unit)
        else:
            shown[name] = numerals.write(float(value), rule.unit)
    return shown


def _rounded_in(unit: str, value: Array) -> Array:
    """The value with four figures in the unit that it prints in: 63.43° is not four figures of its radians."""
    scale = units.read(units.canonical(unit)) if unit else None
    if scale is None or (scale.factor == 1 and not scale.offset):
        return rounding.rounded(value, figures=FIGURES)
    return rounding.rounded((value - scale.offset) / scale.factor, figures=FIGURES) * scale.factor + scale.offset


def exact(item: Item, name: str) -> bool:
    """Whether the value of a name prints as it is used: a parameter, or a derived value that says `shown:`."""
    return name in item.parameters or item.derive[name].shown is not None


def _arranged(item: Item, chance: Chance, seats: NDArray[np.int64]) -> dict[str, dict[str, Array]]:
    return {
        part.id: answers.kind_of(part.kind).arranged(part.answer, chance, part.id, seats) for part in item.parts
    }


def _bound(
    item: Item, columns: Mapping[str, Column], arrangements: Mapping[str, Columns], count: int
) -> dict[str, dict[str, Array]]:
    return {part.id: bind(part, columns, arrangements[part.id], count) for part in item.parts}


def _feasible(item: Item, columns: Mapping[str, Column], seats: NDArray[np.int64]) -> NDArray[np.bool_]:
    """(n,) which rows meet every requirement and have keys that can be told from the foreseen mistakes."""
    count = len(seats)
    feasible = np.ones(count, dtype=bool)
    for condition in item.require:
        feasible &= algebra.evaluate(condition, columns, count).values.astype(bool)
    kept = np.flatnonzero(feasible)
    if not len(kept):
        return feasible
    rows = {name: column.take(kept) for name, column in columns.items()}
    arrangements = _arranged(item, Chance("feasible", item.id), seats[kept])
    for part in item.parts:
        key = bind(part, rows, arrangements[part.id], len(kept))
        feasible[kept] &= answers.kind_of(part.kind).possible(part.answer, key, len(kept))
    return feasible


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
        columns = derived(item, drawn, len(waiting))
        fits = _feasible(item, columns, seats[waiting])
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
    raise Refused(_none(item, f"seat {seats[waiting[0]]} met what it requires in none of {ATTEMPTS:,} attempts"))


def _values(
    chance: Chance, name: str, domain: Domain, seats: NDArray[np.int64], attempt: int
) -> Column:
    if not domain.entries:
        code = chance.below(name, len(domain.values), seats, attempt)
        return Column(domain.values[code], domain.labels)
    count = int(np.prod(domain.entries))
    codes = chance.several(name, len(domain.values), count, seats, attempt)
    return Column(domain.values[codes].reshape(len(seats), *domain.entries))


def _shown(rule: Derived, column: Column) -> Column:
    """The column rounded as its rule says; decimals are counted in the unit that the value prints in."""
    if rule.shown is None or column.labels:
        return column
    decimals = rule.shown.dp
    if decimals is not None and rule.unit:
        decimals -= round(math.log10(units.read(units.canonical(rule.unit)).factor))
    return Column(rounding.rounded(column.values, figures=rule.shown.figures, decimals=decimals))


def _none(item: Item, message: str) -> Problem:
    return Problem(
        "variants.none",
        message,
        item=item.id,
        proposal="loosen a line of require:, or widen a parameter's domain",
    )
