"""What an item's own names can be, for the kinds of answer that compare formulas: its domains, drawn together.

The sample is the same on every machine and for every exam, so that a formula is right or wrong once and for all.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import numpy as np

from qbank import algebra, domains, formulas
from qbank.bank import visible
from qbank.draws import Chance
from qbank.model import Column, Floats

if TYPE_CHECKING:
    from qbank.bank.item import Item, Part

ROWS = 512
"""How many combinations are drawn where there are more; of these, the ones that meet the requirements are taken."""


def hand_out(item: Item) -> None:
    """Tell every answer that asks (`within`) what the item's names can be, and how they print.

    Those that ask (`beside`) are told what the other parts are called.
    """
    for part in item.parts:
        if hasattr(part.answer, "beside"):
            others = frozenset(name for other in item.parts if other is not part for name in _called(other))
            part.answer.beside(others, gloss=part.id not in item.any_order)
    asking = [part.answer for part in item.parts if hasattr(part.answer, "within")]
    if not asking:
        return
    rules: dict[str, Any] = {**item.parameters, **item.derive}
    symbols = {name: rule.symbol for name, rule in rules.items() if rule.symbol}
    shown = {name for name, spec in item.parameters.items() if not spec.hidden}
    columns = sample(item)
    printed, whole = visible.numbers(item), frozenset(_whole(item))
    for answer in asking:
        letters = shown | set(getattr(answer, "own", ()))
        answer.within({name: values for name, values in columns.items() if name in letters}, symbols, printed, whole)


def _whole(item: Item) -> Iterator[str]:
    """The parameters that count something: whole numbers by their domain."""
    for name, spec in item.parameters.items():
        if hasattr(spec, "integers"):
            yield name


def _called(part: Part) -> Iterator[str]:
    """The names by which a part's answer may be written: its own, its key's, the part's id."""
    yield part.id
    yield from str(getattr(part.answer, "name", "")).split()
    key = str(getattr(part.answer, "key", ""))
    if key.isidentifier():
        yield key


def sample(item: Item) -> dict[str, Floats]:
    """(n,) values of every name that is a number, of the combinations that the item requires, no two alike."""
    columns = _drawn(item)
    rows = next((len(column) for column in columns.values()), ROWS)
    keep = np.ones(rows, dtype=bool)
    for condition in item.require:
        column = _evaluated(condition, columns, rows)
        if column is not None and column.values.dtype == np.bool_:
            keep &= column.values
    numbers = {name: column.values for name, column in columns.items() if not column.labels and not column.shape}
    return formulas.joint(numbers, keep.tolist() if keep.any() else None) if numbers else {}


def _drawn(item: Item) -> dict[str, Column]:
    chance = Chance("letters", item.id)
    tables = {name: domains.table(spec) for name, spec in item.parameters.items()}
    tables = {name: domain for name, domain in tables.items() if not domain.entries}
    total = math.prod(len(domain.values) for domain in tables.values())
    rows = np.arange(min(total, ROWS))
    columns: dict[str, Column] = {}
    step = 1
    for name, domain in tables.items():
        size = len(domain.values)
        place = rows // step % size if total <= ROWS else chance.below(name, size, rows)
        columns[name] = Column(domain.values[place], domain.labels)
        step *= size
    try:
        order = item.order
    except ValueError:  # a circle, which is a problem of its own
        return columns
    for name in order:
        column = _evaluated(item.derive[name].value, columns, len(rows))
        if column is not None:
            columns[name] = column
    return columns


def _evaluated(expression: algebra.Expression, columns: dict[str, Column], rows: int) -> Column | None:
    """The column of an expression; None where a name has none, which is a problem of its own."""
    try:
        return algebra.evaluate(expression, columns, rows)
    except algebra.ExpressionError:
        return None
