"""How often marks were earned: what the figures of a class are computed from, and what parts of it are added up as.

Counts of exact marks add up without any rounding: a class in parts, in whatever order, gives the figures of the whole.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from qbank import messages
from qbank.model import Floats, Marks

Counts: TypeAlias = NDArray[np.int64]
Ranked: TypeAlias = tuple[Floats, NDArray[np.int64]]
"""Distinct marks, rising, and which of them each candidate has."""


@dataclass(frozen=True, slots=True, eq=False)
class Spread:
    """(k,) distinct exact marks in rising order, and how many candidates earned each.

    >>> one, other = Spread.of(Marks.of(np.array([2.0, 1.0, 2.0]))), Spread.of(Marks.of(np.array([1.0])))
    >>> both = Spread.together([one, other])
    >>> both.marks.tolist(), both.counts.tolist(), len(both), both.mean
    ([1.0, 2.0], [2, 2], 4, 1.5)
    """

    marks: Marks
    counts: Counts

    @staticmethod
    def of(marks: Marks) -> Spread:
        """The spread of the marks of some candidates."""
        distinct, counts = np.unique(marks.numerators, return_counts=True)
        return Spread(Marks(distinct, marks.denominator), counts.astype(np.int64))

    @staticmethod
    def together(spreads: Sequence[Spread]) -> Spread:
        """The spread of all their candidates."""
        every = Marks.joined([each.marks for each in spreads])
        distinct, where = np.unique(every.numerators, return_inverse=True)
        counts = np.zeros(len(distinct), dtype=np.int64)
        np.add.at(counts, where, np.concatenate([each.counts for each in spreads]))
        return Spread(Marks(distinct, every.denominator), counts)

    def __len__(self) -> int:
        """How many candidates there are."""
        return int(self.counts.sum())

    @property
    def mean(self) -> float:
        """The mean; NaN for nobody."""
        return float(self.marks.floats @ self.counts) / len(self) if len(self) else float("nan")


def ranked(marks: Marks) -> Ranked:
    """(k,) the distinct marks as floats, rising, and (n,) which of them each candidate has.

    >>> values, which = ranked(Marks.of(np.array([0.5, 2.0, 0.5])))
    >>> values.tolist(), which.tolist()
    ([0.5, 2.0], [0, 1, 0])
    """
    if marks.numerators.dtype == object or not len(marks):
        distinct, which = np.unique(marks.numerators, return_inverse=True)
        return Marks(distinct, marks.denominator).floats, which
    least = marks.numerators.min()
    places, which = _present(marks.numerators - least, int(marks.numerators.max() - least) + 1)
    return Marks(places + least, marks.denominator).floats, which


def _present(codes: NDArray[np.int64], size: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The codes below `size` that occur, rising, and each as its place among them."""
    if size > 4 * len(codes) + 4096:
        places, where = np.unique(codes, return_inverse=True)
        return places, where
    there = np.zeros(size, dtype=np.bool_)
    there[codes] = True
    return np.flatnonzero(there), (np.cumsum(there) - 1)[codes]


@dataclass(frozen=True, slots=True, eq=False)
class Joint:
    """How often marks went with totals: (k,) distinct pairs in order, and their counts in layers (layers, k).

    The first layer counts everyone; further ones count some of them, those who took an option. Marks and totals are
    the floats nearest to exact numbers, so that equal ones are one.

    >>> def joint(marks: list[float], totals: list[float]) -> Joint:
    ...     return Joint.of(ranked(Marks.of(np.array(marks))), ranked(Marks.of(np.array(totals))))
    >>> both = Joint.together([joint([1, 0, 1], [5, 3, 5]), joint([0], [3])])
    >>> both.marks.tolist(), both.totals.tolist(), both.counts.tolist()
    ([0.0, 1.0], [3.0, 5.0], [2, 2])
    """

    marks: Floats
    totals: Floats
    layers: NDArray[np.int64]

    @staticmethod
    def of(marks: Ranked, totals: Ranked, layers: Sequence[NDArray[np.bool_]] = ()) -> Joint:
        """The pairs of n candidates; further layers are masks (n,)."""
        (first, which), (second, total) = marks, totals
        codes = which * max(len(second), 1) + total
        places, codes = _present(codes, len(first) * len(second))
        counts = [np.bincount(codes, minlength=len(places))]
        counts += [np.bincount(codes[rows], minlength=len(places)) for rows in layers]
        size = max(len(second), 1)
        return Joint(first[places // size], second[places % size], np.stack(counts).astype(np.int64))

    @staticmethod
    def together(joints: Sequence[Joint]) -> Joint:
        """The pairs of all their candidates; they have the same layers."""
        pairs = np.concatenate([each.marks + 1j * each.totals for each in joints])
        distinct, where = np.unique(pairs, return_inverse=True)
        layers = np.zeros((len(joints[0].layers), len(distinct)), dtype=np.int64)
        for own, every in zip(layers, np.concatenate([each.layers for each in joints], axis=1), strict=True):
            np.add.at(own, where, every)
        return Joint(distinct.real.copy(), distinct.imag.copy(), layers)

    @property
    def counts(self) -> Counts:
        """(k,) how many candidates have each pair."""
        return np.asarray(self.layers[0])

    def __len__(self) -> int:
        """How many candidates there are."""
        return int(self.counts.sum())

    def mean(self, rows: NDArray[np.bool_] | None = None) -> float:
        """The mean marks of everyone, or of those whose pairs (k,) are given; NaN for nobody."""
        counts = self.counts if rows is None else np.where(rows, self.counts, 0)
        whole = int(counts.sum())
        return float(self.marks @ counts) / whole if whole else float("nan")


def quantiles(values: Floats, shares: Floats, counts: Counts | None = None) -> Floats:
    """The quantiles of values (n,), each of which counts so often, with linear interpolation between neighbours.

    Raises ValueError where nothing is counted.

    >>> quantiles(np.array([3.0, 1.0]), np.array([0.5, 1.0]), np.array([1, 3])).tolist()
    [1.0, 3.0]
    """
    order = np.argsort(values, kind="stable")
    ends = np.cumsum(np.ones(len(values), dtype=np.int64) if counts is None else counts[order])
    if not len(ends) or not ends[-1]:
        raise ValueError(messages.tell("a quantile needs at least one value"))
    place = np.asarray(shares, dtype=np.float64) * float(ends[-1] - 1)
    below = np.floor(place).astype(np.int64)
    low = values[order][np.searchsorted(ends, below, side="right")]
    high = values[order][np.searchsorted(ends, np.minimum(below + 1, ends[-1] - 1), side="right")]
    return np.asarray(low + (high - low) * (place - below))
