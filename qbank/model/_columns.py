"""Named arrays over variants."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

Floats: TypeAlias = NDArray[np.float64]
Array: TypeAlias = NDArray[Any]
Columns: TypeAlias = Mapping[str, Array]
"""Named arrays whose first axis is the variant (or the answer): what a kind seals, arranges and marks with."""


@dataclass(frozen=True, slots=True, eq=False)
class Column:
    """A named value over variants: `values` is (n, *shape); with `labels`, the values are codes into them."""

    values: Array
    labels: tuple[str, ...] = ()

    def __len__(self) -> int:
        return int(self.values.shape[0])

    @property
    def shape(self) -> tuple[int, ...]:
        """The shape of one variant's value: () for a scalar, (3,) for a vector, (2, 3) for a matrix."""
        return tuple(int(size) for size in self.values.shape[1:])

    def take(self, rows: Array) -> Column:
        """The column of the given rows (indices or a mask)."""
        return Column(self.values[rows], self.labels)


def flat(values: Array) -> Floats:
    """(n, k) the numbers of each row beside each other; a complex one is its two parts.

    >>> flat(np.array([[[1, 2], [3, 4]]])).tolist(), flat(np.array([1 + 2j])).tolist()
    ([[1.0, 2.0, 3.0, 4.0]], [[1.0, 2.0]])
    """
    rows = np.ascontiguousarray(values, dtype=np.complex128 if np.iscomplexobj(values) else np.float64)
    return rows.reshape(len(rows), -1).view(np.float64)


def take(columns: Columns, rows: Array) -> dict[str, Array]:
    """The given rows (indices or a mask) of every array."""
    return {name: array[rows] for name, array in columns.items()}


def gather(array: Array, rows: Array) -> Array:
    """`array[rows]`, without touching memory where every value is zero, as in most columns of most exams.

    >>> gather(np.zeros(3), np.array([0, 2])).tolist(), gather(np.arange(3), np.array([0, 2])).tolist()
    ([0.0, 0.0], [0, 2])
    """
    if len(array) > len(rows) or array.any():
        return array[rows]
    count = np.count_nonzero(rows) if rows.dtype == np.bool_ else len(rows)
    return np.zeros((count, *array.shape[1:]), dtype=array.dtype)
