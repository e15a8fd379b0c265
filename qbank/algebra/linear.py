"""Linear algebra over columns: the first axis is the variant, then the rows and columns of its matrix.

A matrix that is singular, or so near to it that no digit of a result could be trusted (its condition number is above
10^12), has no inverse and no solution: the value is NaN, and such a variant is not drawn. What is whole stays whole: a
determinant of whole numbers is one, and an inverse holds the quotients of whole numbers by it.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from qbank import messages
from qbank.model import Array, Floats

WORST = 1e12
"""The condition number above which a matrix counts as singular."""
_ROUNDING = 2.0**-50
_REAL = 1e-9
"""The share of its size that an eigenvalue's imaginary part may be, from rounding."""


def det(A: Array) -> Floats:
    """The determinant of a square matrix; that of whole numbers is whole."""
    matrix = _square(A)
    found = np.asarray(np.linalg.det(matrix))
    return np.where(_counted(matrix), np.rint(found), found)


def trace(A: Array) -> Floats:
    """The sum of the diagonal of a square matrix."""
    return np.asarray(np.trace(_square(A), axis1=1, axis2=2))


def inv(A: Array) -> Floats:
    """The inverse of a square matrix; NaN where it is singular (condition number above 10^12)."""
    matrix = _square(A)
    return solve(matrix, np.broadcast_to(np.eye(matrix.shape[1]), matrix.shape))


def solve(A: Array, b: Array) -> Floats:
    """The x of A x = b, b a vector or a matrix; NaN where A is singular (condition number above 10^12)."""
    matrix, right = _square(A), np.asarray(b)
    if right.ndim not in (2, 3) or right.shape[1] != matrix.shape[1]:
        raise ValueError(messages.tell("the shapes {first} and {second} do not fit A x = b",
                                       first=matrix.shape[1:], second=right.shape[1:]))  # fmt: skip
    sides = right[:, :, None] if right.ndim == 2 else right
    sound = _regular(matrix) & np.isfinite(sides).all(axis=(1, 2))
    found = np.full(sides.shape, np.nan, dtype=np.result_type(matrix, sides))
    found[sound] = np.linalg.solve(matrix[sound], sides[sound])
    whole = sound & _counted(matrix) & (sides == np.rint(sides)).all(axis=(1, 2))
    if whole.any():
        below = det(matrix[whole])[:, None, None]
        above = found[whole] * below
        near = np.abs(above - np.rint(above)) < 1e-3
        found[whole] = np.where(near, np.rint(above) / below, found[whole])
    return found[:, :, 0] if right.ndim == 2 else found


def eig(A: Array) -> Floats:
    """The eigenvalues of a square matrix in ascending order; NaN where one of them is not real."""
    matrix = _square(A)
    found = np.full(matrix.shape[:2], np.nan)
    finite = np.isfinite(matrix).all(axis=(1, 2))
    symmetric = finite & (matrix == matrix.swapaxes(1, 2)).all(axis=(1, 2))
    found[symmetric] = np.linalg.eigvalsh(matrix[symmetric])
    others = finite & ~symmetric
    values = np.linalg.eigvals(matrix[others])
    size = np.abs(values).max(axis=1, keepdims=True, initial=0)
    real = (np.abs(np.imag(values)) <= _REAL * size).all(axis=1, keepdims=True)
    found[others] = np.where(real, np.sort(np.real(values), axis=1), np.nan)
    return found


def _square(A: Array) -> Array:
    matrix = np.asarray(A)
    if matrix.ndim != 3 or matrix.shape[1] != matrix.shape[2]:
        raise ValueError(messages.tell("needs a square matrix, not the shape {shape}", shape=matrix.shape[1:]))
    return matrix


def _regular(matrix: Array) -> NDArray[np.bool_]:
    """Where a matrix is finite and its condition number is not too large."""
    regular: NDArray[np.bool_] = np.asarray(np.isfinite(matrix).all(axis=(1, 2)))
    values = np.linalg.svd(matrix[regular], compute_uv=False)
    regular[regular] = values[:, -1] * WORST > values[:, 0]
    return regular


def _counted(matrix: Array) -> NDArray[np.bool_]:
    """Where a matrix holds whole numbers, so small that its determinant is rounded to the right one."""
    if matrix.dtype.kind == "c":
        return np.zeros(len(matrix), dtype=bool)
    bound = np.prod(np.sqrt(np.sum(np.square(matrix), axis=2)), axis=1)  # Hadamard's
    whole = (matrix == np.rint(matrix)).all(axis=(1, 2))
    return np.asarray(whole & (bound * len(matrix[0]) * _ROUNDING < 0.25))
