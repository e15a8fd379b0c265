"""Where two formulas are compared: sampled values of every name, the same on every machine.

A name without a declared domain is any real number: negative and not, whole and not, small and large, beyond ±1000.
Where all names have few values, every combination is a point.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from qbank.model import Column, Floats

COUNT = 48
"""How many points there are where the names have more values than can all be tried."""
EVERY = 256
"""Up to this many combinations of values, every one is a point."""
UNBOUNDED = 40
"""How far whole numbers go where they have no end."""
_NUDGE = 2.0**-22
_STEPS = np.concatenate([[0.0], np.geomspace(1e-9, 1e15, 97)])

_GENERATORS = tuple(math.sqrt(prime) for prime in (2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47, 53))
_TURNS = (1, 2, 4, 3, 6, 5)
_SCALES = (1.0, 1.0, 1.0, 3.0, 3.0, 0.3, 5.0, 30.0, 0.1, 0.01, 300.0, 2e4, 4e6)


@dataclass(frozen=True, slots=True)
class Domain:
    """What a name may be: between two ends (the `low` and `high` of the reals by default), whole, or one of `values`.

    >>> Domain(1e3, 1e5)
    Domain(low=1000.0, high=100000.0, whole=False, values=())
    """

    low: float = -math.inf
    high: float = math.inf
    whole: bool = False
    values: tuple[float, ...] = ()

    @property
    def discrete(self) -> bool:
        """Whether its values are apart, so that a hole at one of them counts."""
        return self.whole or bool(self.values)

    @property
    def table(self) -> tuple[float, ...] | None:
        """All its values where they are few, else None."""
        if self.values:
            return self.values
        if self.whole and math.isfinite(self.low) and math.isfinite(self.high) and self.high - self.low < EVERY:
            return tuple(float(value) for value in range(math.ceil(self.low), math.floor(self.high) + 1))
        return None

    @property
    def line(self) -> Floats:
        """Rising values along it, near and far, of both signs where it has them."""
        if self.values:
            return np.unique(np.asarray(self.values, dtype=np.float64))
        near = np.linspace(-20, 20, 161)
        line = np.concatenate([-_STEPS[:0:-1], _STEPS, near])
        if math.isfinite(self.low) and math.isfinite(self.high):
            line = np.concatenate([line, np.linspace(self.low, self.high, 161)])
        elif math.isfinite(self.low):
            line = np.concatenate([line, self.low + _STEPS])
        elif math.isfinite(self.high):
            line = np.concatenate([line, self.high - _STEPS])
        line = np.rint(line) if self.whole else line
        return np.unique(line[self.holds(line)])

    def holds(self, values: Floats) -> NDArray[np.bool_]:
        """Which values belong to it; the ends do unless they are those of `positive`, which has no zero."""
        inside = (values >= self.low) & (values <= self.high)
        if self.low == 0 and not self.whole:
            inside &= values > 0
        return np.asarray(inside)

    def sample(self, order: int, count: int = COUNT) -> Floats:
        """(count,) values; `order` tells the names of one question apart.

        >>> bool((Domain(1e3, 1e5).sample(0) >= 1e3).all()), Domain(1, 6, whole=True).sample(1)[:4].tolist()
        (True, [6.0, 4.0, 2.0, 1.0])
        """
        share = spread(order, count)
        if self.values:
            return np.asarray(self.values, dtype=np.float64)[(share * len(self.values)).astype(np.int64)]
        low, high = self.low, self.high
        if not math.isfinite(low) and not math.isfinite(high):
            return _reals(share, order, whole=self.whole)
        if not math.isfinite(high):
            if low == 0 and not self.whole:
                return _mixed(10.0 ** (10 * share - 4), share, order)
            high = low + (UNBOUNDED if self.whole else 1e5 * max(1.0, abs(low)))
        elif not math.isfinite(low):
            low = high - (UNBOUNDED if self.whole else 1e5 * max(1.0, abs(high)))
        if self.whole:
            first, last = math.ceil(low), math.floor(high)
            return np.asarray(first + np.floor(share * (last - first + 1)), dtype=np.float64)
        if low > 0 and high / low > 20:
            return np.asarray(low * (high / low) ** share, dtype=np.float64)
        even = low + (high - low) * share
        near = low + (high - low) * 10.0 ** (-4 * share)  # most of a wide domain is far from where anything happens
        wide = (np.arange(count) % 3 == 1) & (high - low > 50)
        return np.asarray(np.where(wide, near, even), dtype=np.float64)


def spread(order: int, count: int = COUNT) -> Floats:
    """(count,) numbers between 0 and 1, evenly spread, another row for every order."""
    step = _GENERATORS[order % len(_GENERATORS)] * (1 + order // len(_GENERATORS))
    return np.asarray((np.arange(1, count + 1) * step + 0.1234567 * order) % 1.0, dtype=np.float64)


def _mixed(values: Floats, share: Floats, order: int) -> Floats:
    """Positive values, some of them small whole numbers or halves, so that exponents are of every sort."""
    index = np.arange(len(values))
    whole = 1 + np.floor(share * 6)
    kind = (index * (2 * order + 3) + order) % 7
    values = np.where((index % 8 == 5) | (kind == 1), whole, values)
    return np.asarray(np.where((index % 8 != 5) & (kind == 4), whole - 0.5, values))


def _reals(share: Floats, order: int, *, whole: bool) -> Floats:
    """Both signs at several scales; some are whole, and every eighth point is for all names together."""
    index = np.arange(len(share))
    sign = np.where((index // _TURNS[order % len(_TURNS)] + order) % 2 == 0, 1.0, -1.0)
    scale = np.array(_SCALES)[(5 * index + 3 * order) % len(_SCALES)]
    if whole:
        far = np.floor(share * 2 * UNBOUNDED) - UNBOUNDED
        return np.asarray(np.where(index % 6 == 4, far, np.floor(share * 13) - 6))
    values = sign * scale * (0.5 + 1.4142 * share)
    integers = np.floor(share * 9) - 4
    integers = np.where(integers == 0, 5.0, integers)  # R1*(1 + R2/R1) has no value at 0, and is R1 + R2 all the same
    alone = (index * (2 * order + 3) + order) % 9 == 2
    return np.asarray(np.where((index % 8 == 5) | alone, integers, values), dtype=np.float64)


@dataclass(frozen=True, eq=False)
class Points:
    """Values of every name, (n,) each; with `imaginary`, formulas have complex values there.

    `domains` say what the names may be: what is beside a point is looked at where they are continuous.
    """

    columns: Mapping[str, Floats]
    imaginary: bool = False
    domains: Mapping[str, Domain] | None = None
    _rows: dict[int, dict[str, float]] = field(default_factory=dict, repr=False)

    @property
    def count(self) -> int:
        """How many points there are."""
        return next((len(values) for values in self.columns.values()), 1)

    @cached_property
    def columned(self) -> dict[str, Column]:
        """The values as an evaluator of trees takes them."""
        return {name: Column(values) for name, values in self.columns.items()}

    def at(self, place: int) -> dict[str, float]:
        """One point."""
        if place not in self._rows:
            self._rows[place] = {name: float(values[place]) for name, values in self.columns.items()}
        return self._rows[place]

    @cached_property
    def distinct(self) -> tuple[int, ...]:
        """The points that are not the same as an earlier one."""
        seen: dict[tuple[float, ...], int] = {}
        for place in range(self.count):
            seen.setdefault(tuple(float(values[place]) for values in self.columns.values()), place)
        return tuple(seen.values())

    def domain(self, name: str) -> Domain:
        """What a name may be."""
        return (self.domains or {}).get(name, Domain())

    def beside(self, place: int) -> list[dict[str, float]]:
        """Two points hard by one, on either side of it, where a name is continuous; else none."""
        point = self.at(place)
        free = [name for name in point if not self.domain(name).discrete]
        found = []
        for side in (1, -1) if free else ():
            moved = dict(point)
            for order, name in enumerate(free):
                step = side * _NUDGE * (1 + 0.618 * order) * (abs(point[name]) or 1.0)
                value = point[name] + step
                moved[name] = value if self.domain(name).holds(np.array([value]))[0] else point[name] - step
            found.append(moved)
        return found

    def joined(self, further: Mapping[str, Floats]) -> Points:
        """These points and further ones."""
        columns = {name: np.concatenate([values, further[name]]) for name, values in self.columns.items()}
        return Points(columns, self.imaginary, self.domains)


def sampled(
    names: Iterable[str], domains: Mapping[str, Domain], given: Mapping[str, Floats] | None = None
) -> dict[str, Floats]:
    """(n,) values of every name: those `given` together (an item's own), else those of its domain."""
    known = given or {}
    own = [name for name in sorted(names) if name in known and name not in domains]
    free = [name for name in sorted(names) if name not in own]
    tables = [domains.get(name, Domain()).table for name in free]
    sizes = [len(table) if table else EVERY + 1 for table in tables]
    if free and not own and math.prod(sizes) <= EVERY:
        grid = np.meshgrid(*(np.array(table) for table in tables if table), indexing="ij")
        return {name: values.ravel() for name, values in zip(free, grid, strict=True)}
    rows = max((len(known[name]) for name in own), default=0)
    count = COUNT if not own or not free else max(COUNT, rows)
    count = rows if own and not free else count
    found = {name: np.resize(known[name], count) for name in own}
    order = {name: place for place, name in enumerate(sorted(names))}
    for name in free:
        found[name] = domains.get(name, Domain()).sample(order[name], count)
    return {name: found[name] for name in sorted(found)}


def joint(columns: Mapping[str, Floats], keep: Sequence[bool] | None = None) -> dict[str, Floats]:
    """At most EVERY rows of columns that were drawn together, no two alike, evenly taken from the rows to keep."""
    rows = np.arange(len(next(iter(columns.values())))) if keep is None else np.flatnonzero(keep)
    table = np.stack([values[rows] for values in columns.values()], axis=1)
    rows = rows[np.sort(np.unique(table, axis=0, return_index=True)[1])]
    chosen = rows[(np.arange(EVERY) * len(rows)) // EVERY] if len(rows) > EVERY else rows
    return {name: np.asarray(values[chosen], dtype=np.float64) for name, values in columns.items()}
