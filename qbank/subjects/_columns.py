"""How columns meet: the first axis is the variant, and is never mixed with the axes of a value."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np

from qbank import messages
from qbank.model import Array, Floats


def aligned(*columns: Any) -> tuple[Floats, ...]:
    """The columns with their shapes made to fit: scalars go with any vector or matrix, all else must be equal.

    >>> x, y = aligned(np.ones(2), np.ones((2, 3)))
    >>> x.shape, y.shape
    ((2, 1), (2, 3))

    Raises ValueError that names the shapes of one variant's values.
    """
    kind = np.complex128 if any(map(np.iscomplexobj, columns)) else np.float64
    arrays: list[Any] = [np.asarray(column, dtype=kind) for column in columns]
    rank = max(array.ndim for array in arrays)
    shapes = {array.shape[1:]: None for array in arrays if array.ndim > 1}
    if len(shapes) > 1:
        raise ValueError(messages.tell("the shapes {shapes} do not fit", shapes=both(shapes)))
    return tuple(array.reshape(array.shape + (1,) * (rank - array.ndim)) if array.ndim < rank else array
                 for array in arrays)


def both(shapes: Iterable[tuple[int, ...]]) -> str:
    """Two or more shapes as a message names them.

    >>> both([(2,), (3,)])
    '(2,) and (3,)'
    """
    *earlier, last = map(str, shapes)
    return messages.tell("{earlier} and {last}", earlier=messages.listed(earlier), last=last)


def product(left: Array, right: Array) -> Floats:
    """The matrix product of every variant: of two vectors their scalar product. Raises ValueError."""
    kind = np.complex128 if np.iscomplexobj(left) or np.iscomplexobj(right) else np.float64
    a: Any = np.asarray(left, dtype=kind)
    b: Any = np.asarray(right, dtype=kind)
    if a.ndim not in (2, 3) or b.ndim not in (2, 3) or a.shape[-1] != b.shape[1]:
        shapes = both((a.shape[1:], b.shape[1:]))
        raise ValueError(messages.tell("the shapes {shapes} do not fit a matrix product", shapes=shapes))
    first = a[:, None, :] if a.ndim == 2 else a
    second = b[:, :, None] if b.ndim == 2 else b
    result: Floats = np.matmul(first, second)
    if b.ndim == 2:
        result = result[..., 0]
    return result[:, 0] if a.ndim == 2 else result
