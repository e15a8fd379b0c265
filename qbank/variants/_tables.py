"""The columns of an item's data files over variants."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from qbank import messages
from qbank.bank.item import Item
from qbank.model import Column
from qbank.variants._values import Scope


def table(item: Item, name: str, columns: Mapping[str, Column], count: int) -> dict[str, Column]:
    """The columns of a data file by their headings, (n, rows) each.

    Raises ValueError for what is not a vector, is complex, or is not as long as the column before.
    """
    scope, found = Scope(count, columns, item), dict[str, Column]()
    for heading, spec in item.files[name].columns.items():
        column = scope.evaluate(spec.value)
        if len(column.shape) != 1:
            raise ValueError(_no_vector(heading, name, column))
        for before, other in found.items():
            if other.shape != column.shape:
                raise ValueError(messages.tell(
                    "the columns of {file} differ in length: {before!r} has {rows} rows and {heading!r} has {own}",
                    file=name, before=before, rows=other.shape[0], heading=heading, own=column.shape[0],
                ))  # fmt: skip
        found[heading] = column
    return found


def _no_vector(heading: str, name: str, column: Column) -> str:
    if column.shape:
        return messages.tell(
            "the column {heading!r} of {file} is a matrix; a column is a vector", heading=heading, file=name
        )
    return messages.tell(
        "the column {heading!r} of {file} is a number; a column is a vector", heading=heading, file=name
    )


def complete(item: Item, columns: Mapping[str, Column], count: int) -> NDArray[np.bool_]:
    """(n,) on which variants every cell of every data file has a value."""
    whole = np.ones(count, dtype=np.bool_)
    for name in item.files:
        for column in table(item, name, columns, count).values():
            whole &= np.isfinite(column.values).all(axis=1)
    return whole
