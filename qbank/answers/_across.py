"""Masks of a few columns in each row, reduced: column by column, which NumPy does ten times as fast as row by row."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Mask = NDArray[np.bool_]
FEW = 16
"""Up to this many columns are taken one by one."""


def every(mask: Mask) -> Mask:
    """(n,) whether a row of (n, k) holds throughout.

    >>> every(np.array([[True, True], [True, False]])).tolist()
    [True, False]
    """
    if not 1 <= mask.shape[1] <= FEW:
        return np.asarray(mask.all(axis=1), dtype=np.bool_)
    found = mask[:, 0].copy()
    for place in range(1, mask.shape[1]):
        found &= mask[:, place]
    return found


def some(mask: Mask) -> Mask:
    """(n,) whether a row of (n, k) holds anywhere."""
    return ~every(~mask)


def number(mask: Mask) -> NDArray[np.int64]:
    """(n,) in how many of its columns a row of (n, k) holds.

    >>> number(np.array([[True, True], [True, False]])).tolist()
    [2, 1]
    """
    if not 1 <= mask.shape[1] <= FEW:
        return np.asarray(mask.sum(axis=1), dtype=np.int64)
    found = mask[:, 0].astype(np.int64)
    for place in range(1, mask.shape[1]):
        found += mask[:, place]
    return found
