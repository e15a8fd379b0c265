"""Every class of a roster: its totals and what it earned by section."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from qbank.distinct import distinct
from qbank.model import Marks
from qbank.statistics import Spread


@dataclass(frozen=True, slots=True, eq=False)
class Class:
    """The totals of those of a class who sat, the same if all that waits were right, the sums by section."""

    totals: Spread
    highest: Spread
    sections: tuple[Fraction, ...]
    waiting: int

    @staticmethod
    def together(parts: Sequence[Class]) -> Class:
        """All of a class."""
        return Class(
            Spread.together([each.totals for each in parts]), Spread.together([each.highest for each in parts]),
            tuple(sum(own, start=Fraction(0)) for own in zip(*(each.sections for each in parts), strict=True)),
            sum(each.waiting for each in parts),
        )  # fmt: skip


def classes(
    names: Sequence[str], totals: Marks, highest: Marks, sections: Sequence[Marks], waiting: NDArray[np.int64]
) -> Mapping[str, Class]:
    """The classes of those who sat (m,), in the order in which they come."""
    if not len(names):
        return {}
    named, codes = distinct(names)
    order = np.argsort(codes, kind="stable")
    ends = np.cumsum(np.bincount(codes, minlength=len(named)))[:-1]
    return {
        name: Class(Spread.of(totals[rows]), Spread.of(highest[rows]), tuple(each[rows].sum() for each in sections),
                    int(waiting[rows].sum()))
        for name, rows in zip(named, np.split(order, ends), strict=True)
    }  # fmt: skip
