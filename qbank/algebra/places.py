"""Taking a component of a vector or matrix, by an index that is written or is itself a column."""

from __future__ import annotations

import numpy as np

from qbank import messages
from qbank.algebra.tree import ExpressionError
from qbank.model import Array


def taken(value: Array, index: Array, axis: int, name: str, at: int) -> Array:
    """The value without the axis, at the index of each variant; an index that varies and misses gives no number.

    Raises ExpressionError for an index that is not a scalar, or is the same everywhere and misses.
    """
    if index.ndim != 1:
        message = messages.tell("an index must be a scalar, not of the shape {shape}", shape=index.shape[1:])
        raise ExpressionError(message, at)
    size = value.shape[axis]
    inside = (index >= -size) & (index < size) & (index == np.floor(index))
    if len(index) == 1:
        if not inside[0]:
            message = messages.tell("{value} has the shape {shape}, so the index {index:g} is out of range",
                                    value=name, shape=value.shape[1:], index=index[0])  # fmt: skip
            raise ExpressionError(message, at)
        return np.asarray(np.take(value, int(index[0]), axis=axis))
    whole = np.where(inside, index, 0).astype(np.intp) % size
    spread = np.broadcast_to(value, (len(index), *value.shape[1:]))
    chosen = np.take_along_axis(spread, whole.reshape((-1,) + (1,) * (value.ndim - 1)), axis=axis)
    found = np.squeeze(chosen, axis=axis)
    return np.asarray(np.where(inside.reshape((-1,) + (1,) * (found.ndim - 1)), found, np.nan))
