"""From the parameters of variants to everything derived from them, the orders of their options, and their keys."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from qbank import algebra, answers, domains, messages, numerals, units
from qbank.algebra import Expression, ExpressionError, branches
from qbank.bank.item import Derived, Item, Part
from qbank.draws import Chance
from qbank.model import Array, Column, Columns, Lang, Name, take
from qbank.numerals import rounding
from qbank.variants._printing import WHOLE, show


@dataclass(frozen=True, slots=True)
class Scope:
    """The values of an item's names over n variants; what `answers.Scope` asks for."""

    n: int
    columns: Mapping[str, Column]
    item: Item | None = None
    """Whose names they are, where a key depends on how they print."""

    def evaluate(self, expression: Expression) -> Column:
        """The expression's real value on every variant; what rounding leaves of a zero is zero.

        Raises ExpressionError for a complex one.
        """
        value = valued(self.item, expression, self.columns, self.n)
        if value.values.dtype.kind != "c":
            return value
        if value.values.imag.any():
            raise ExpressionError(messages.tell(
                "{expression} is complex; take re(…), im(…), abs(…) or arg(…) of it", expression=expression
            ))  # fmt: skip
        return Column(np.asarray(value.values.real))

    def complex(self, expression: Expression) -> Array:
        """(n, *shape) the expression's complex value on every variant; a part that vanishes is zero."""
        return valued(self.item, expression, self.columns, self.n).values.astype(np.complex128)

    def whole(self, expression: Expression) -> bool:
        """Whether the expression is a whole number on every variant that the item can have."""
        return algebra.whole(expression, lambda name: self.item is not None and _is_whole(self.item, name))

    def printed(self, name: Name, lang: Lang) -> Array:
        """(n,) what a `{{ name }}` prints on every variant; each value is printed once."""
        if self.item is None:
            raise ValueError(f"{name.name} belongs to no item, which would give the form in which it prints")
        values = [self.columns[each].values.reshape(self.n, -1) for each in name.names]
        together = np.concatenate(values, axis=1) if len(values) > 1 else values[0]
        _, first, codes = np.unique(together, axis=0, return_index=True, return_inverse=True)
        texts = np.empty(len(first), dtype=object)
        for place, row in enumerate(first.tolist()):
            shown = show(self.item, name, self.columns, row, lang)
            texts[place] = shown.bare_text if name.bare else shown.text
        return np.asarray(texts[codes.reshape(-1)])


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Variants:
    """Drawn variants of one item: row i is what seat i got. `arrangements` and `keys` are by part."""

    item: Item
    seats: NDArray[np.int64]
    columns: Mapping[str, Column]
    arrangements: Mapping[str, Columns]
    keys: Mapping[str, Columns]

    def __len__(self) -> int:
        return len(self.seats)

    def __repr__(self) -> str:
        return f"Variants({self.item.id!r}: {len(self)} seats)"

    def take(self, rows: Array) -> Variants:
        """The variants of the given rows (indices or a mask)."""
        return Variants(
            self.item,
            self.seats[rows],
            {name: column.take(rows) for name, column in self.columns.items()},
            {part: take(columns, rows) for part, columns in self.arrangements.items()},
            {part: take(columns, rows) for part, columns in self.keys.items()},
        )


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
            value = valued(item, rule.value, everything, count)
            everything[name] = _shown(rule, value) if rule.labels is None else _worded(rule.labels.words, value)
    return everything


def valued(item: Item | None, expression: Expression, columns: Mapping[str, Column], count: int) -> Column:
    """The value of an expression on every variant, where numbers are the decimals that were written or drawn."""
    below = _below(item, expression)
    given = {name: columns[name] for name in below} if below <= columns.keys() else columns
    return algebra.valued(expression, given, count, _precise(item, columns), _exact(item, columns))


def _below(item: Item | None, expression: Expression) -> set[str]:
    """The names that an expression is computed from: its own, and those of the values derived for it."""
    found: set[str] = set()
    waiting = [expression]
    while waiting:
        fresh = algebra.names(waiting.pop()) - found
        found |= fresh
        waiting += [item.derive[name].value for name in fresh if item and name in item.derive]
    return found


def _exact(
    item: Item | None, columns: Mapping[str, Column]
) -> Callable[[str, NDArray[np.int64]], algebra.Rationals]:
    """The values of a name on some rows as fractions: what is drawn or shown is the decimal that was written."""
    known: dict[tuple[str, bytes], algebra.Rationals] = {}

    def value(name: str, rows: NDArray[np.int64]) -> algebra.Rationals:
        at = name, rows.tobytes()
        if at not in known:
            known[at] = found(name, rows)
        return known[at]

    def found(name: str, rows: NDArray[np.int64]) -> algebra.Rationals:
        sealed = columns[name].values[rows]
        unit = _unit(item, name)
        if columns[name].labels or unit == "°":
            raise algebra.Unknown
        rule = item.derive.get(name) if item else None
        if rule is None or rule.shown is not None:
            return algebra.decimals(sealed) if not unit else algebra.in_unit(_written(sealed, unit), _factor(unit))
        exact = algebra.rational(rule.value, lambda inner: value(inner, rows))
        if np.isclose(exact.floats, sealed, rtol=1e-9, atol=0).all():
            return exact
        raise algebra.Unknown  # a candidate's own values, or what was settled before

    return value


def _unit(item: Item | None, name: str) -> str:
    """The unit in which a value was written, where its decimal is not the one of the value in SI; else nothing."""
    if item is None:
        return ""
    if name in item.parameters:
        unit = domains.table(item.parameters[name]).unit
    else:
        rule = item.derive.get(name)
        unit = rule.unit if rule is not None and rule.shown is not None else ""
    return unit if unit == "°" or (unit and _is_broken(unit)) else ""


def _factor(unit: str) -> Fraction:
    """The factor of a unit to SI as the fraction that it is: 5/18 for km/h."""
    return Fraction(units.read(units.canonical(unit)).factor).limit_denominator(1_000_000)


@lru_cache(maxsize=256)
def _is_broken(unit: str) -> bool:
    """Whether a decimal in the unit is a fraction in SI and no decimal: 60 km/h, and neither 60 min nor 60 °/s."""
    read, factor = units.read(units.canonical(unit)), _factor(unit)
    return not read.offset and float(factor) == read.factor and 10**20 % factor.denominator != 0


def _precise(item: Item | None, columns: Mapping[str, Column]) -> Callable[[str, int], object]:
    """The value of a name on a row with 50 digits: what is drawn or shown is the decimal that was written."""
    known: dict[tuple[str, int], object] = {}

    def value(name: str, row: int) -> object:
        if (name, row) not in known:
            known[name, row] = found(name, row)
        return known[name, row]

    def found(name: str, row: int) -> object:
        sealed = columns[name].values[row]
        unit = _unit(item, name)
        if unit == "°":
            return algebra.in_radians(_written(sealed, "°"))
        if unit:
            factor = _factor(unit)
            return algebra.exactly(_written(sealed, unit)) * factor.numerator / factor.denominator
        rule = item.derive.get(name) if item else None
        if rule is None or rule.shown is not None or columns[name].labels:
            return sealed
        kind = np.complex128 if sealed.dtype.kind == "c" else np.float64
        told = branches.told(rule.value, columns, row)
        exact = algebra.precisely(told, lambda inner: value(inner, row), imaginary=kind is np.complex128)
        close = np.isclose(exact.astype(kind), sealed, rtol=1e-9, atol=0)
        return exact if close.all() else sealed  # a candidate's own value, or what was settled before

    return value


def _written(values: Array, unit: str) -> Array:
    """Values in SI as the decimals that were written in a unit."""
    written = [float(numerals.in_unit(value, unit)) for value in np.ravel(values).tolist()]
    return np.reshape(written, np.shape(values))


def _is_whole(item: Item, name: str) -> bool:
    """Whether a name is a whole number on every variant that the item can have."""
    if name in item.parameters:
        domain = domains.table(item.parameters[name])
        return not domain.labels and bool((domain.values == np.rint(domain.values)).all())
    return algebra.whole(item.derive[name].value, lambda inner: _is_whole(item, inner))


def arranged(
    item: Item, columns: Mapping[str, Column], chance: Chance, seats: NDArray[np.int64]
) -> dict[str, dict[str, Array]]:
    """What differs between variants and is visible, by part: the options that are shown, the twin that was drawn."""
    scope = Scope(len(seats), columns, item)
    return {
        part.id: answers.kind_of(part.kind).arranged(part.answer, scope, chance, part.id, seats) for part in item.parts
    }


def bind(
    item: Item, part: Part, columns: Mapping[str, Column], arrangement: Columns, count: int
) -> dict[str, Array]:
    """The key columns of one part over variants with these values."""
    return answers.kind_of(part.kind).bind(part.answer, Scope(count, columns, item), arrangement)


def _worded(words: tuple[str, ...], column: Column) -> Column:
    """The column as labels of a table: by its own labels, or as places in the table from 0; else -1."""
    if column.labels:
        places = np.array([words.index(label) if label in words else -1 for label in column.labels])
        return Column(places[column.values], words)
    values = np.asarray(column.values, dtype=np.float64)
    inside = (values >= 0) & (values < len(words)) & (values == np.rint(values))
    return Column(np.where(inside, values, -1).astype(np.int64), words)


def printable(
    item: Item, columns: Mapping[str, Column], count: int
) -> Iterator[tuple[str, Derived, NDArray[np.bool_]]]:
    """The derived values that print as a label or as digits, with their rules, and (n,) where they have them."""
    for name, rule in item.derive.items():
        if rule.labels is not None:
            yield name, rule, _all(columns[name].values >= 0, count)
        elif rule.value.base != 10:
            values = np.asarray(columns[name].values, dtype=np.float64)
            whole = (np.abs(values) < WHOLE) & (values == np.rint(values))
            yield name, rule, _all(whole, count)


def unprintable(name: str, rule: Derived) -> str:
    """Why a derived value of `printable` has no label or digits."""
    if rule.labels is not None:
        return messages.tell("the value of {name} is not one of its labels", name=name)
    return messages.tell("{expression} is not a whole number below 2^53", expression=rule.value)


def _all(entries: Array, count: int) -> NDArray[np.bool_]:
    return np.asarray(entries.reshape(count, -1).all(axis=1))


def _shown(rule: Derived, column: Column) -> Column:
    """The column rounded as its rule says; figures and decimals are those of the unit that it prints in."""
    if rule.shown is None or column.labels:
        return column
    return Column(rounding.rounded_in(rule.unit, column.values, figures=rule.shown.figures, decimals=rule.shown.dp))
