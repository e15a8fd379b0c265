"""Which of several things given goes with which of several things asked, so that as many as possible are right."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from qbank.answers import _across

Given = TypeVar("Given", bound=Hashable)


def pairs(fitting: Sequence[Sequence[Given]]) -> dict[Given, int]:
    """Which key each thing given is taken for; `fitting` holds what each key may take (Kuhn, 1955).

    >>> pairs([["a", "b"], ["a"], ["c"]])
    {'a': 1, 'b': 0, 'c': 2}
    """
    taken: dict[Given, int] = {}

    def finds(key: int, tried: set[Given]) -> bool:
        for one in fitting[key]:
            if one not in tried:
                tried.add(one)
                if one not in taken or finds(taken[one], tried):
                    taken[one] = key
                    return True
        return False

    for key in range(len(fitting)):
        finds(key, set())
    return taken


def found(right: NDArray[np.bool_], rows: NDArray[np.int64], count: int) -> NDArray[np.bool_]:
    """(count, k) which keys of each answer are found, by the best one-to-one assignment.

    `right` (e, k) says of every entry for which keys it would do, `rows` (e,), in order, in which answer it stands.

    >>> found(np.array([[True, True], [True, False]]), np.array([0, 0]), 2).tolist()
    [[True, True], [False, False]]
    """
    taken = np.zeros((count, right.shape[1]), dtype=np.bool_)
    for key in range(right.shape[1]):  # all there is to do where no entry does for two keys
        taken[rows[right[:, key]], key] = True
    for row in np.unique(rows[_across.number(right) > 1]).tolist():
        own = right[slice(*np.searchsorted(rows, [row, row + 1]))]
        taken[row] = False
        taken[row, list(pairs([np.flatnonzero(one).tolist() for one in own.T]).values())] = True
    return taken
