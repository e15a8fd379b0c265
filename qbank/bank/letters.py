"""What an item's own names can be, for the kinds of answer that compare formulas: its domains, drawn together.

The sample is the same on every machine and for every exam, so that a formula is right or wrong once and for all.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import numpy as np

from qbank import algebra, domains, formulas
from qbank.draws import Chance
from qbank.model import Column, Floats

if TYPE_CHECKING:
    from qbank.bank.item import Item, Part

ROWS = 512
"""How many combinations are drawn, of which those that meet the requirements are taken."""


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
    for answer in asking:
        letters = shown | set(getattr(answer, "own", ()))
        answer.within({name: values for name, values in columns.items() if name in letters}, symbols)


def _called(part: Part) -> Iterator[str]:
    """The names by which a part's answer may be written: its own, its key's, the part's id."""
    yield part.id
    yield from str(getattr(part.answer, "name", "")).split()
    key = str(getattr(part.answer, "key", ""))
    if key.isidentifier():
        yield key


def sample(item: Item) -> dict[str, Floats]:
    """(formulas.COUNT,) values of every name that is a number, of the combinations that the item requires."""
    columns = _drawn(item)
    keep = np.ones(ROWS, dtype=bool)
    for condition in item.require:
        column = _evaluated(condition, columns)
        if column is not None and column.values.dtype == np.bool_:
            keep &= column.values
    numbers = {name: column.values for name, column in columns.items() if not column.labels and not column.shape}
    return formulas.joint(numbers, keep.tolist() if keep.any() else None) if numbers else {}


def _drawn(item: Item) -> dict[str, Column]:
    chance = Chance("letters", item.id)
    rows = np.arange(ROWS)
    columns: dict[str, Column] = {}
    for name, spec in item.parameters.items():
        domain = domains.table(spec)
        if not domain.entries:
            columns[name] = Column(domain.values[chance.below(name, len(domain.values), rows)], domain.labels)
    try:
        order = item.order
    except ValueError:  # a circle, which is a problem of its own
        return columns
    for name in order:
        column = _evaluated(item.derive[name].value, columns)
        if column is not None:
            columns[name] = column
    return columns


def _evaluated(expression: algebra.Expression, columns: dict[str, Column]) -> Column | None:
    """The column of an expression; None where a name has none, which is a problem of its own."""
    try:
        return algebra.evaluate(expression, columns, ROWS)
    except algebra.ExpressionError:
        return None
