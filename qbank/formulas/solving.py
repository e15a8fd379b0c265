"""Solutions of an equation, found numerically along each of its names: where a difference passes or touches zero."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from qbank.algebra import balls
from qbank.algebra.evaluation import Evaluator
from qbank.algebra.tree import ExpressionError, Name, Node, named
from qbank.formulas.points import Points
from qbank.model import Column, Floats

BASES = 6
"""From how many points a name is moved, all others held."""
ENOUGH = 24
"""With this many solutions no further points are tried."""
KEPT = 32
"""How many solutions are kept, evenly taken from those found."""
DIGITS = 60
FROM_ONE = 4
"""How many roots along one name from one point."""
_ROUNDS = 52
_NEWTON = 12
_GOLDEN = 0.3819660112501051


@dataclass(frozen=True, slots=True)
class Solution:
    """A point where a difference is zero as far as doubles go, and the name along which it was found."""

    point: Mapping[str, float]
    name: str


def solutions(difference: Node, points: Points) -> list[Solution]:
    """Solutions of `difference` = 0 inside the domains of its names, at most KEPT."""
    names = sorted(named(difference) & set(points.columns))
    places = np.asarray(points.distinct)
    step = max(1, len(places) // BASES) if len(names) > 1 else len(places)
    found: list[Solution] = []
    with np.errstate(all="ignore"):
        for start in range(step if len(names) > 1 else 1):
            for name in names:
                search = _Search(difference, name, points, places[start::step], FROM_ONE if len(names) > 1 else KEPT)
                if not points.domain(name).discrete:
                    found += search.roots()
                elif all(points.domain(other).discrete for other in names):
                    found += search.zeros()
            if len(found) >= ENOUGH:
                break
    return [found[place * len(found) // KEPT] for place in range(KEPT)] if len(found) > KEPT else found


@dataclass(frozen=True, slots=True)
class _Search:
    """A difference along one name, from several points."""

    difference: Node
    name: str
    points: Points
    bases: NDArray[np.int64]
    most: int

    def values(self, line: Floats, rows: NDArray[np.int64]) -> Floats:
        columns = {other: Column(line if other == self.name else column[rows])
                   for other, column in self.points.columns.items()}  # fmt: skip
        try:
            values = Evaluator(columns).number(self.difference)
        except ExpressionError:
            return np.full(len(line), np.nan)
        if values.dtype.kind != "f":
            return np.full(len(line), np.nan)
        return np.asarray(np.broadcast_to(values, line.shape), dtype=np.float64)

    def table(self) -> tuple[Floats, Floats]:
        """The values along the name, one row for each base, and where they were taken."""
        line = self.points.domain(self.name).line
        values = self.values(np.tile(line, len(self.bases)), np.repeat(self.bases, len(line)))
        return line, values.reshape(len(self.bases), len(line))

    def named(self, line: Floats, rows: NDArray[np.int64]) -> list[Solution]:
        return [Solution({**self.points.at(int(row)), self.name: float(value)}, self.name)
                for value, row in zip(line, rows, strict=True)]  # fmt: skip

    def zeros(self) -> list[Solution]:
        """Values of a table, or whole numbers, at which the difference is zero."""
        line, table = self.table()
        base, place = np.nonzero(table == 0)
        return self.named(line[place], self.bases[base])

    def roots(self) -> list[Solution]:
        """Where the difference is zero, passes zero, or touches it."""
        line, table = self.table()
        if table.shape[1] < 3:
            return []
        base, place = np.nonzero(_ends(table == 0))
        found = self.named(line[place], self.bases[base])
        below, above = table[:, :-1], table[:, 1:]
        base, place = np.nonzero(np.isfinite(below) & np.isfinite(above) & (below * above < 0))
        if len(base):
            kept = _several(base, np.abs(line[place]), self.most)
            found += self.passed(line[place[kept]], line[place[kept] + 1], self.bases[base[kept]])
        size = np.abs(table)
        middle = size[:, 1:-1]
        dips = (middle < size[:, :-2]) & (middle < size[:, 2:]) & (below[:, :-1] * above[:, 1:] > 0)
        base, place = np.nonzero(dips)
        if len(base):
            kept = _several(base, np.abs(line[place]), self.most)
            found += self.touched(line[place[kept]], line[place[kept] + 2], self.bases[base[kept]])
        return found

    def passed(self, low: Floats, high: Floats, rows: NDArray[np.int64]) -> list[Solution]:
        """Bisection; a pole, where the difference grows, is none."""
        start = self.values(low, rows)
        before = np.minimum(np.abs(start), np.abs(self.values(high, rows)))
        for _ in range(_ROUNDS):
            middle = (low + high) / 2
            same = (self.values(middle, rows) < 0) == (start < 0)
            low, high = np.where(same, middle, low), np.where(same, high, middle)
        sound = np.abs(self.values(low, rows)) <= 1e-3 * before
        return self.named(low[sound], rows[sound])

    def touched(self, low: Floats, high: Floats, rows: NDArray[np.int64]) -> list[Solution]:
        """The least size of the difference between two places, where it is next to nothing."""
        around = np.maximum(np.abs(self.values(low, rows)), np.abs(self.values(high, rows)))
        for _ in range(_ROUNDS):
            one, other = low + _GOLDEN * (high - low), high - _GOLDEN * (high - low)
            left = np.abs(self.values(one, rows)) < np.abs(self.values(other, rows))
            low, high = np.where(left, low, one), np.where(left, other, high)
        middle = (low + high) / 2
        sound = np.abs(self.values(middle, rows)) <= 1e-7 * around
        return self.named(middle[sound], rows[sound])


def _ends(zero: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Of the zeros along each row, the ends of every run and a few within: exp(-x²) is 0 in doubles beyond 27."""
    kept = zero.copy()
    kept[:, 1:-1] &= ~(zero[:, :-2] & zero[:, 2:])
    kept[:, ::8] |= zero[:, ::8]
    return kept


def _several(base: NDArray[np.int64], size: Floats, most: int) -> NDArray[np.int64]:
    """Of the places found from each base, the nearest to zero, and others evenly."""
    kept = []
    for one in np.unique(base):
        places = np.flatnonzero(base == one)
        nearest = places[np.argsort(size[places], kind="stable")][: most // 2 + 1]
        kept += [nearest, places[:: max(1, len(places) // most)][:most]]
    return np.unique(np.concatenate(kept))


def refined(difference: Node, solution: Solution) -> dict[str, Any] | None:
    """The solution with many digits, by Newton's method on the quotient of the difference and its slope.

    It converges at roots of any order. None where it does not.
    """
    start: Any = balls.value(Name(solution.name), solution.point, DIGITS).middle
    place, scale = start, abs(start) or start + 1
    step = scale / 10**16
    try:
        for _ in range(_NEWTON):
            value, below, above = (balls.value(difference, {**solution.point, solution.name: place + move}, DIGITS)
                                   for move in (0, -step, step))  # fmt: skip
            if value.vanishes:
                return {**solution.point, solution.name: place}
            slope = (above.middle - below.middle) / (2 * step)
            curve = (above.middle - 2 * value.middle + below.middle) / step**2
            change = value.middle * slope / (slope**2 - value.middle * curve)
            place = place - change
            if abs(place - start) > 1e-3 * scale:
                return None
            if abs(change) < 1e-30 * scale:
                if abs(value.middle) > 1e-3 * min(abs(below.middle), abs(above.middle)):
                    return None  # a steep slope, as that of exp(-x²) far from 0, where nothing is zero
                return {**solution.point, solution.name: place}
    except (ArithmeticError, ZeroDivisionError):
        return None
    return None

