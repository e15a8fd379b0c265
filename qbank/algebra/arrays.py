"""The functions of vectors and matrices that an expression may call, beside those of numbers.

Each takes and returns plain arrays whose first axis is the variant: scalars (n,), vectors (n, k), matrices (n, r, c).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

import numpy as np

from qbank import messages
from qbank.algebra import linear, samples
from qbank.algebra.table import folded
from qbank.model import Array
from qbank.subjects._columns import product


def _mean(first: Array, *others: Array) -> Array:
    return np.asarray(_SUM(first, *others) / (1 + len(others) if others else max(math.prod(first.shape[1:]), 1)))


def _norm(x: Array) -> Array:
    """The square root of the sum of the squares of all components; of complex ones, of their moduli."""
    squares = x * x if x.dtype.kind != "c" else np.square(np.abs(x))
    return np.asarray(np.sqrt(np.sum(squares, axis=tuple(range(1, x.ndim)))))


def _every(pair: Any) -> Callable[[Array], Array]:
    def reduced(x: Array) -> Array:
        return np.asarray(pair(x != 0, axis=tuple(range(1, x.ndim))))

    return reduced


def _transpose(x: Array) -> Array:
    if x.ndim != 3:
        raise ValueError(messages.tell("needs a matrix, not the shape {shape}", shape=x.shape[1:]))
    return x.swapaxes(1, 2)


def _outer(x: Array, y: Array) -> Array:
    if x.ndim != 2 or y.ndim != 2:
        raise ValueError(messages.tell("needs two vectors, not the shapes {first} and {second}",
                                       first=x.shape[1:], second=y.shape[1:]))  # fmt: skip
    return np.asarray(x[:, :, None] * y[:, None, :])


def _diag(x: Array) -> Array:
    """The diagonal matrix of a vector, or the diagonal of a square matrix."""
    if x.ndim == 2:
        return np.asarray(x[:, :, None] * np.eye(x.shape[1]))
    if x.ndim != 3 or x.shape[1] != x.shape[2]:
        raise ValueError(messages.tell("needs a vector or a square matrix, not the shape {shape}", shape=x.shape[1:]))
    return np.diagonal(x, axis1=1, axis2=2)


def _argmax(x: Array) -> Array:
    """The index, from 0, of the largest component of a vector."""
    if x.ndim != 2:
        raise ValueError(messages.tell("needs a vector, not the shape {shape}", shape=x.shape[1:]))
    return np.asarray(np.argmax(x, axis=1).astype(np.float64))


def _eye(size: Array) -> Array:
    """The identity matrix of a size that is the same on every variant."""
    if size.ndim != 1 or not size.size or (size != size[0]).any() or not 1 <= size[0] <= 64 or size[0] % 1:
        raise ValueError(messages.tell("needs one integer from 1 to 64"))
    return np.broadcast_to(np.eye(int(size[0])), (len(size), int(size[0]), int(size[0])))


_SUM = folded(np.add, np.sum)
ARRAYS: Mapping[str, Callable[..., Array]] = MappingProxyType({
    "sum": _SUM, "prod": folded(np.multiply, np.prod), "mean": _mean, "norm": _norm, "all": _every(np.all),
    "any": _every(np.any), "transpose": _transpose, "T": _transpose, "outer": _outer, "dot": product, "diag": _diag,
    "argmax": _argmax, "eye": _eye, "det": linear.det, "trace": linear.trace, "inv": linear.inv, "solve": linear.solve,
    "eig": linear.eig, "sort": samples.sort, "cumsum": samples.cumsum, "median": samples.median,
    "quantile": samples.quantile, "var": samples.var, "std": samples.std, "cov": samples.cov, "corr": samples.corr,
})
