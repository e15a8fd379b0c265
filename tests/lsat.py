"""Sections 6 and 7 of the Law School Admission Test: 1000 candidates, five items each, by response pattern.

Data: Bock & Lieberman 1970, Psychometrika 35, 179-197 (section 6 also in Thissen 1982), from 00000 to 11111.
"""

from __future__ import annotations

import itertools

import numpy as np
from numpy.typing import NDArray

SIX = (3, 6, 2, 11, 1, 1, 3, 4, 1, 8, 0, 16, 0, 3, 2, 15, 10, 29, 14, 81, 3, 28, 15, 80, 16, 56, 21, 173, 11, 61, 28,
       298)  # fmt: skip
SEVEN = (12, 19, 1, 7, 3, 19, 3, 17, 10, 5, 3, 7, 7, 23, 8, 28, 7, 39, 11, 34, 14, 51, 15, 90, 6, 25, 7, 35, 18, 136,
         32, 308)  # fmt: skip


def answers(counts: tuple[int, ...]) -> NDArray[np.bool_]:
    """(1000, 5) right or wrong."""
    patterns = np.array(list(itertools.product((False, True), repeat=5)))
    return np.asarray(np.repeat(patterns, counts, axis=0))
