"""Where in an item an expression is that cannot be computed: a shape that does not fit, a key that is complex."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

import numpy as np

from qbank import algebra, answers, messages, nodes
from qbank.bank.item import Item
from qbank.draws import Chance
from qbank.model import Column, Problem, Refused
from qbank.variants._tables import table
from qbank.variants._values import Scope, bind


@contextmanager
def placed(item: Item, columns: Mapping[str, Column]) -> Iterator[None]:
    """Raise Refused, with the place of its cause, for a ValueError from the block; columns of the parameters serve."""
    try:
        yield
    except ValueError as error:
        path = _place(item, {name: column.take(np.zeros(1, dtype=np.int64)) for name, column in columns.items()})
        where, advice = nodes.path_text(path), messages.tell("correct the expression")
        problem = Problem("variants.impossible", str(error), path=where, item=item.id, proposal=advice)
        raise Refused(problem, at=path) from error


def _place(item: Item, row: Mapping[str, Column]) -> tuple[str | int, ...]:
    """The first of the derived values, requirements and keys that cannot be computed on one row."""
    columns = dict(row)
    for name in item.order:
        try:
            columns[name] = algebra.evaluate(item.derive[name].value, columns, 1)
        except ValueError:
            return "derive", name
    for number, condition in enumerate(item.require):
        try:
            algebra.evaluate(condition, columns, 1)
        except ValueError:
            return "require", number
    for name in item.files:
        try:
            table(item, name, columns, 1)
        except ValueError:
            return "files", name
    seat = np.zeros(1, dtype=np.int64)
    scope, chance = Scope(1, columns, item), Chance("placing", item.id)
    for number, part in enumerate(item.parts):
        try:
            arrangement = answers.kind_of(part.kind).arranged(part.answer, scope, chance, part.id, seat)
            bind(item, part, columns, arrangement, 1)
        except ValueError:
            return "parts", number, "answer"
    return ("id",)
