"""The columns of an item's data files over variants."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from qbank.bank.item import Item
from qbank.model import Column
from qbank.variants._values import Scope


def table(item: Item, name: str, columns: Mapping[str, Column], count: int) -> dict[str, Column]:
    """The columns of a data file by their headings, (n, rows) each.

    Raises ValueError for what is no vector, is complex, or is not as long as the column before.
    """
    scope, found = Scope(count, columns, item), dict[str, Column]()
    for heading, spec in item.files[name].columns.items():
        column = scope.evaluate(spec.value)
        if len(column.shape) != 1:
            what = "a number" if not column.shape else "a matrix"
            raise ValueError(f"the column {heading!r} of {name} is {what}; a column is a vector")
        for before, other in found.items():
            if other.shape != column.shape:
                lengths = f"{other.shape[0]} rows and {heading!r} has {column.shape[0]}"
                raise ValueError(f"the columns of {name} differ in length: {before!r} has {lengths}")
        found[heading] = column
    return found


def complete(item: Item, columns: Mapping[str, Column], count: int) -> NDArray[np.bool_]:
    """(n,) on which variants every cell of every data file has a value."""
    whole = np.ones(count, dtype=np.bool_)
    for name in item.files:
        for column in table(item, name, columns, count).values():
            whole &= np.isfinite(column.values).all(axis=1)
    return whole
