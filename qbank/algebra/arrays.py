"""The functions of vectors and matrices that an expression may call, beside those of numbers.

Each takes and returns plain arrays whose first axis is the variant: scalars (n,), vectors (n, k), matrices (n, r, c).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

import numpy as np

from qbank.algebra.table import folded
from qbank.model import Array
from qbank.subjects._columns import product


def _mean(first: Array, *others: Array) -> Array:
    return np.asarray(_SUM(first, *others) / (1 + len(others) if others else max(first[0].size, 1)))


def _var(x: Array) -> Array:
    """The mean squared distance from the mean of the components."""
    return np.asarray(np.var(x, axis=tuple(range(1, x.ndim))))


def _norm(x: Array) -> Array:
    """The root of the sum of the squares of all components."""
    return np.asarray(np.sqrt(np.sum(x * x, axis=tuple(range(1, x.ndim)))))


def _every(pair: Any) -> Callable[[Array], Array]:
    def reduced(x: Array) -> Array:
        return np.asarray(pair(x != 0, axis=tuple(range(1, x.ndim))))

    return reduced


def _transpose(x: Array) -> Array:
    if x.ndim != 3:
        raise ValueError(f"needs a matrix, not the shape {x.shape[1:]}")
    return x.swapaxes(1, 2)


def _outer(x: Array, y: Array) -> Array:
    if x.ndim != 2 or y.ndim != 2:
        raise ValueError(f"needs two vectors, not the shapes {x.shape[1:]} and {y.shape[1:]}")
    return np.asarray(x[:, :, None] * y[:, None, :])


def _diag(x: Array) -> Array:
    """The diagonal matrix of a vector, or the diagonal of a square matrix."""
    if x.ndim == 2:
        return np.asarray(x[:, :, None] * np.eye(x.shape[1]))
    if x.ndim != 3 or x.shape[1] != x.shape[2]:
        raise ValueError(f"needs a vector or a square matrix, not the shape {x.shape[1:]}")
    return np.diagonal(x, axis1=1, axis2=2)


def _det(x: Array) -> Array:
    if x.ndim != 3 or x.shape[1] != x.shape[2]:
        raise ValueError(f"needs a square matrix, not the shape {x.shape[1:]}")
    return np.asarray(np.linalg.det(x))


def _argmax(x: Array) -> Array:
    """The place, from 0, of the largest component of a vector."""
    if x.ndim != 2:
        raise ValueError(f"needs a vector, not the shape {x.shape[1:]}")
    return np.asarray(np.argmax(x, axis=1).astype(np.float64))


def _eye(size: Array) -> Array:
    """The unit matrix of a size that is the same on every variant."""
    if size.ndim != 1 or not size.size or (size != size[0]).any() or not 1 <= size[0] <= 64 or size[0] % 1:
        raise ValueError("needs one integer from 1 to 64")
    return np.broadcast_to(np.eye(int(size[0])), (len(size), int(size[0]), int(size[0])))


_SUM = folded(np.add, np.sum)
ARRAYS: Mapping[str, Callable[..., Array]] = MappingProxyType({
    "sum": _SUM, "prod": folded(np.multiply, np.prod), "mean": _mean, "var": _var, "norm": _norm, "all": _every(np.all),
    "any": _every(np.any), "transpose": _transpose, "T": _transpose, "outer": _outer, "dot": product, "diag": _diag,
    "det": _det, "argmax": _argmax, "eye": _eye,
})
