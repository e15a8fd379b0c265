"""Orders of options: what is shuffled, and how columns by option become columns by position."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from qbank.draws import Chance

T = TypeVar("T", bound=np.generic)


def shuffled(
    chance: Chance, name: str, lasting: Sequence[bool], seats: NDArray[np.int64], *, shuffle: bool
) -> NDArray[np.uint8]:
    """(n, k): which option is at each position; those that last stay at the end, in the order of the file."""
    moving = np.flatnonzero(~np.array(lasting, dtype=np.bool_)).astype(np.uint8)
    staying = np.flatnonzero(np.array(lasting, dtype=np.bool_)).astype(np.uint8)
    count = len(seats)
    if not shuffle:
        return np.tile(np.arange(len(lasting), dtype=np.uint8), (count, 1))
    if len(moving) < 2:
        return np.tile(np.concatenate([moving, staying]), (count, 1))
    front = moving[chance.permutations(name, len(moving), seats)]
    return np.concatenate([front, np.tile(staying, (count, 1))], axis=1)


def at_positions(by_option: NDArray[T], order: NDArray[Any]) -> NDArray[T]:
    """(n, k) values by option as values by position."""
    return np.take_along_axis(by_option, order.astype(np.intp), axis=1)


def positions(order: NDArray[Any]) -> NDArray[np.uint8]:
    """(n, k): at which position each option stands, the inverse of each row."""
    return np.argsort(order, axis=1).astype(np.uint8)
