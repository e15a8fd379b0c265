"""How intervals compare with a key: each end with its own, and the brackets."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from qbank.answers import _across, _bands, _tolerance
from qbank.answers._grids import Grids
from qbank.answers._quantities import OTHER
from qbank.answers._waiting import Compared
from qbank.answers.interval.spec import ANY, Spec
from qbank.model import Array, Columns, Floats, Lang

Mask = NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class Intervals:
    """n intervals: the ends that are numbers, as grids; all `ends` (n, 2) in SI, and which are `closed` (n, 2)."""

    grids: Grids
    ends: Floats
    closed: Mask
    strange: Mask
    """(n,) which are inequalities of another letter."""
    unsaid: Mask
    """(n,) which do not say whether their ends belong to them."""

    @property
    def state(self) -> NDArray[np.uint8]:
        """(n,) blank, unreadable or read."""
        return self.grids.state

    @property
    def stop(self) -> NDArray[np.int64]:
        """(n,) the column from 1 where reading stopped."""
        return self.grids.stop

    def take(self, rows: Array) -> Intervals:
        """The readings of the given rows (indices, which may repeat, or a mask)."""
        closed_, strange, unsaid = (each[rows] for each in (self.closed, self.strange, self.unsaid))
        return Intervals(self.grids.take(rows), self.ends[rows], closed_, strange, unsaid)

    def expected(self, row: int, lang: Lang) -> str:
        """What was expected where reading stopped; empty where it did not stop."""
        return self.grids.expected(row, lang)

    def told(self, row: int, lang: Lang) -> str:  # noqa: ARG002 - numbers are of no language
        """The interval with its ends in SI."""
        ends = ", ".join(f"{end:.10g}".replace("-", "−").replace("inf", "∞") for end in self.ends[row].tolist())
        first, last = self.closed[row].tolist()
        return f"{'[' if first else '('}{ends}{']' if last else ')'}"


def band(spec: Spec, asked: Floats) -> tuple[Floats, Floats]:
    """(n, 2) the ends of what is right around each end; infinity alone is right at infinity."""
    endless = np.isinf(asked)
    low, high = _bands.band(spec.tolerance, np.where(endless, 0.0, asked), spec.asked_unit)
    return np.where(endless, asked, low), np.where(endless, asked, high)


def closed(brackets: str) -> Mask:
    """(2,) whether each end belongs to the interval."""
    return np.array([brackets[0] == "[", brackets[1] == "]"])


def fitting(brackets: str, shut: Mask) -> Mask:
    """(n, 2) which ends belong to an interval, or do not, as they should."""
    return np.ones_like(shut) if brackets == ANY else np.asarray(shut == closed(brackets))


def near(spec: Spec, given: Floats, asked: Floats) -> Mask:
    """(n, 2) which ends given are as near to those asked as the tolerance says."""
    low, high = band(spec, asked)
    return np.asarray((low <= given) & (given <= high), dtype=np.bool_)


def places(reading: Grids, endless: Mask) -> NDArray[np.int64]:
    """(n, 2) where each end is in `entries`; anywhere for infinity, which is not an entry."""
    found = np.empty(endless.shape, dtype=np.int64)
    found[:, 0] = reading.start
    np.subtract(reading.start + 1, endless[:, 0], out=found[:, 1])
    return np.minimum(found, len(reading.entries) - 1, out=found)


def within(spec: Spec, reading: Grids, ends: Floats, key: Columns) -> Mask:
    """(n, 2) which of the ends (SI) are right; infinity alone is right at infinity."""
    low, high = key["low"], key["high"]
    if not _tolerance.only_exact(spec.tolerance):
        return np.asarray((low <= ends) & (ends <= high), dtype=np.bool_)
    endless = np.isinf(ends)
    typed = places(reading, endless)
    good = _bands.holds(spec.tolerance, key["ends"], low, high, ends, reading.entries, typed)
    return np.where(endless, key["ends"] == ends, good)


def made(spec: Spec, name: str, given: Floats, shut: Mask, key: Columns) -> Mask:
    """(n,) which intervals, by their ends and brackets, are a mistake that exists on their variant."""
    fits = fitting(spec.mistakes[name].brackets or spec.brackets, shut)
    return _across.every(near(spec, given, key[f"mistake.{name}"]) & fits) & key[f"applies.{name}"]


@dataclass(frozen=True, slots=True)
class Ends:
    """The ends of a part's intervals; see `_waiting.Comparing`. The columns hold what was `given`, and what is `shut`.
    """

    spec: Spec

    def entries(self, reading: Grids, key: Columns) -> Compared:
        """The ends that are numbers."""
        there = np.isfinite(key["given"])
        good = within(self.spec, reading, key["given"], key)
        return Compared(np.nonzero(there)[0], places(reading, ~there)[there], good[there])

    def throughout(self, reading: Grids, key: Columns, seconds: Iterable[Floats]) -> Mask:
        """(n,) which intervals are right at both ends, with both brackets."""
        endless = np.isinf(key["given"])
        typed = places(reading, endless)
        good = within(self.spec, reading, key["given"], key) & (endless | (reading.entries.unit != OTHER)[typed])
        found = _across.every(good)
        for values in seconds:
            ends = np.where(endless, key["given"], values[typed])
            found |= _across.every(good | within(self.spec, reading, ends, key))
        return found & _across.every(fitting(self.spec.brackets, key["shut"]))

    def foreseen(self, reading: Grids, key: Columns) -> Mask:
        """(n,) which intervals are one of the item's own mistakes."""
        found = np.zeros(len(reading), dtype=np.bool_)
        for name in self.spec.mistakes:
            found |= made(self.spec, name, key["given"], key["shut"], key)
        return found
