"""Which passages of a text appear on a variant."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from qbank import messages
from qbank.algebra import Expression
from qbank.bank.item import Item
from qbank.bank.passages import Passage, Passages
from qbank.model import Column
from qbank.variants._values import valued


def appearing(item: Item, text: Passages, columns: Mapping[str, Column], row: int) -> tuple[Passage, ...]:
    """The passages that appear on one row of the columns, in order."""
    if all(passage.when is None for passage in text.all):
        return text.all
    one = {name: column.take(np.array([row])) for name, column in columns.items()}
    return tuple(each for each in text.all if each.when is None or holds(item, each.when, one, 1)[0])


def holds(item: Item, when: Expression, columns: Mapping[str, Column], count: int) -> NDArray[np.bool_]:
    """(count,) on which rows a condition holds. Raises ValueError for what is neither true nor false."""
    column = valued(item, when, columns, count)
    if column.values.dtype != np.bool_ or column.shape:
        raise ValueError(messages.tell(
            "when: {expression} is neither true nor false; write a comparison, such as case == 'rise'", expression=when
        ))  # fmt: skip
    return np.asarray(column.values)
