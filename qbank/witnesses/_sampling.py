"""Simulating over variants: a sampled moment of a variant is a row of its own, so that one pass of NumPy takes all.

The names of an item are repeated for every moment; nothing here knows a formula, a circuit or a network.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np

from qbank import algebra, messages
from qbank.algebra import Expression
from qbank.model import Array, Column, Floats
from qbank.witnesses._simulated import SEVERAL, Simulation, names

ROWS = 1 << 18
"""The rows worked on at once."""
MOMENTS = 4096
"""The samples of a mean."""
TRIED = 257
"""The values tried in search of an extreme, in each round."""
ROUNDS = 4
HALVINGS = 200
TURNS = 100_000
"""The most turns of a loop, and the most numbers that are tried one by one."""

Scope: TypeAlias = Mapping[str, Column]


def value(found: Expression | Simulation, scope: Scope, n: int) -> Array:
    """The quantity on every row, (n, *shape): floats, or truths for a condition. Raises ValueError."""
    if isinstance(found, Expression):
        column = algebra.evaluate(found, scope, n)
        if column.labels:
            raise ValueError(messages.tell("{formula} is a label, not a number", formula=found))
        return column.values
    bound = {*found.over, *found.start}
    outer: dict[str, Column] = dict(scope)
    inner: dict[str, Expression | Simulation] = {}
    for name, each in found.given.items():
        if names(each) & {*bound, *inner}:
            inner[name] = each
        else:
            outer[name] = Column(value(each, outer, n))
    run = _Run(found, inner, {name: column for name, column in outer.items() if name not in bound}, n)
    match found.simulation:
        case "value":
            return value(found.of, outer, n)
        case "loop":
            return run.loop()
        case "root":
            return run.root()
        case "max" | "min" | "argmax" | "argmin":
            return run.extreme()
        case "mean" | "rms" | "integral":
            return run.mean()
        case _:
            return run.counted()


@dataclass(frozen=True, slots=True, eq=False)
class _Run:
    """One simulation over n rows: `scope` holds what does not change with its variables, `inner` what does."""

    found: Simulation
    inner: Mapping[str, Expression | Simulation]
    scope: Scope
    n: int

    def ends(self) -> dict[str, tuple[Floats, Floats]]:
        """The first and last value of every variable, (n,) each."""
        found = {
            name: (_floats(value(low, self.scope, self.n)), _floats(value(high, self.scope, self.n)))
            for name, (low, high) in self.found.over.items()
        }
        for name, pair in found.items():
            if any(end.ndim > 1 or not np.isfinite(end).all() for end in pair):
                raise ValueError(messages.tell("over: the ends of {name} must be finite numbers on every variant",
                                               name=name))  # fmt: skip
        return found

    def at(self, variables: Mapping[str, Array], found: Expression | Simulation | None = None) -> Array:
        """The quantity where the variables have these values, (n, points) each -> (n, points, *shape)."""
        points = next(iter(variables.values())).shape[1]
        batch = max(1, ROWS // points)
        parts = [
            self._batch(variables, slice(start, start + batch), points, found or self.found.of)
            for start in range(0, self.n, batch)
        ]
        return np.concatenate(parts)

    def _batch(
        self, variables: Mapping[str, Array], rows: slice, points: int, found: Expression | Simulation
    ) -> Array:
        needed = names(found).union(*(names(each) for each in self.inner.values()))
        scope = {
            name: Column(np.repeat(column.values[rows], points, axis=0), column.labels)
            for name, column in self.scope.items() if name in needed
        }
        scope |= {name: Column(values[rows].reshape(-1, *values.shape[2:])) for name, values in variables.items()}
        count = len(next(iter(variables.values()))[rows]) * points
        for name, each in self.inner.items():
            scope[name] = Column(value(each, scope, count))
        found_values = value(found, scope, count)
        return found_values.reshape(-1, points, *found_values.shape[1:])

    def mean(self) -> Array:
        """The mean over the middles of equal steps: of a waveform with kinks, good to the square of the step."""
        ends = self.ends()
        share = max(3, round((self.found.points or MOMENTS) ** (1 / len(ends))))
        grid = _product({
            name: low[:, None] + (high - low)[:, None] * ((np.arange(share) + 0.5) / share)
            for name, (low, high) in ends.items()
        })
        sampled = self.at(grid).astype(np.float64)
        match self.found.simulation:
            case "rms":
                return np.asarray(np.sqrt(np.mean(sampled**2, axis=1)))
            case "integral":
                size = np.prod([high - low for low, high in ends.values()], axis=0)
                mean = np.mean(sampled, axis=1)
                return np.asarray(mean * size.reshape(size.shape + (1,) * (mean.ndim - 1)))
            case _:
                return np.asarray(np.mean(sampled, axis=1))

    def extreme(self) -> Array:
        """The largest or smallest value, or its place: tried over the range, then ever closer around the best."""
        ends = self.ends()
        tried = max(3, round((self.found.points or TRIED) ** (1 / len(ends))))
        low, high = ({name: pair[side] for name, pair in ends.items()} for side in (0, 1))
        sign = 1.0 if self.found.simulation in ("max", "argmax") else -1.0
        best, place = np.full(self.n, -np.inf), dict(low)
        for _ in range(ROUNDS):
            share = np.arange(tried) / (tried - 1)
            grid = _product({name: low[name][:, None] + (high[name] - low[name])[:, None] * share for name in ends})
            values = sign * self.scalars(self.at(grid))
            at = np.argmax(np.where(np.isnan(values), -np.inf, values), axis=1)[:, None]
            here = np.take_along_axis(values, at, 1)[:, 0]
            better = here > best
            best = np.where(better, here, best)
            for name, (first, last) in ends.items():
                found = np.take_along_axis(grid[name], at, 1)[:, 0]
                place[name] = np.where(better, found, place[name])
                step = (high[name] - low[name]) / (tried - 1)
                low[name] = np.clip(place[name] - step, np.minimum(first, last), np.maximum(first, last))
                high[name] = np.clip(place[name] + step, np.minimum(first, last), np.maximum(first, last))
        return sign * best if self.found.simulation in SEVERAL else next(iter(place.values()))

    def root(self) -> Floats:
        """Where the quantity changes its sign between the ends, by halving; not a number where it does not.

        Nor at a pole, where it changes its sign and is larger than at both ends.
        """
        ((name, (low, high)),) = self.ends().items()

        def says(place: Floats) -> Floats:
            return self.scalars(self.at({name: place[:, None]}))[:, 0]

        ends = says(low), says(high)
        first = ends[0] > 0
        changes = (ends[1] > 0) != first
        for _ in range(HALVINGS):
            middle = low + (high - low) / 2
            same = (says(middle) > 0) == first
            low, high = np.where(same, middle, low), np.where(same, high, middle)
            if (np.abs(high - low) <= 1e-15 * np.abs(high)).all():
                break
        found = low + (high - low) / 2
        return np.where(changes & (np.abs(says(found)) <= np.maximum(*np.abs(ends))), found, np.nan)

    def counted(self) -> Array:
        """Over the whole numbers from the first value to the last: how many hold, which holds first, their sum."""
        ((name, (low, high)),) = self.ends().items()
        first, last = np.ceil(low - 1e-9), np.floor(high + 1e-9)
        many = int(np.max(last - first, initial=-1)) + 1
        if many > TURNS:
            raise ValueError(messages.tell("{simulation} goes over at most {most:,} numbers, not {count:,}",
                                           simulation=self.found.simulation, most=TURNS, count=many))  # fmt: skip
        numbers = first[:, None] + np.arange(max(many, 1))
        inside = numbers <= last[:, None]
        values = self.at({name: np.where(inside, numbers, last[:, None])})
        if self.found.simulation in ("first", "count"):
            if values.dtype != np.bool_:
                raise ValueError(messages.tell("{simulation} needs a condition such as g < 1/k",
                                               simulation=self.found.simulation))  # fmt: skip
            held = values & inside
            if self.found.simulation == "count":
                return np.asarray(held.sum(axis=1).astype(np.float64))
            at = np.argmax(held, axis=1)
            return np.where(held.any(axis=1), first + at, np.nan)
        shown = inside.reshape(inside.shape + (1,) * (values.ndim - 2))
        if self.found.simulation == "product":
            return np.asarray(np.prod(np.where(shown, values, 1.0), axis=1))
        return np.asarray(np.sum(np.where(shown, values, 0.0), axis=1))

    def loop(self) -> Array:
        """The states run on, row by row until each row's end; not a number where `until` is never reached."""
        ((name, (low, high)),) = self.ends().items()
        count, until = low.copy(), self.found.until
        states = {each: _floats(value(start, self.scope, self.n)) for each, start in self.found.start.items()}
        for _ in range(TURNS):
            present = {name: count, **states}
            ended = np.zeros(self.n, np.bool_) if until is None else self._now(present, until).astype(np.bool_)
            running = ~ended & (count < high)
            if not running.any():
                missed = np.zeros(self.n, np.bool_) if until is None else ~ended
                says = _floats(self._now(present, self.found.of))
                return np.where(missed.reshape(-1, *(1,) * (says.ndim - 1)), np.nan, says)
            new = {each: _floats(self._now(present, step)) for each, step in self.found.step.items()}
            states = {
                each: np.where(running.reshape(-1, *(1,) * (old.ndim - 1)), new[each], old)
                for each, old in states.items()
            }
            count = count + running
        raise ValueError(messages.tell("the loop does not end within {most:,} turns", most=TURNS))

    def _now(self, present: Mapping[str, Array], found: Expression | Simulation) -> Array:
        return self.at({name: values[:, None] for name, values in present.items()}, found)[:, 0]

    def scalars(self, values: Array) -> Floats:
        """The values, one number each. Raises ValueError for vectors."""
        if values.ndim != 2:
            raise ValueError(messages.tell("{simulation} needs one number, not an array of shape {shape}",
                                           simulation=self.found.simulation, shape=values.shape[2:]))  # fmt: skip
        return _floats(values)


def _floats(values: Array) -> Floats:
    return np.asarray(values, dtype=np.float64)


def _product(axes: Mapping[str, Floats]) -> dict[str, Floats]:
    """Every combination of the values of several variables, (n, points) each -> (n, product of points)."""
    grid: dict[str, Floats] = {}
    for name, values in axes.items():
        count = next(iter(grid.values())).shape[1] if grid else 1
        grid = {each: np.repeat(old, values.shape[1], axis=1) for each, old in grid.items()}
        grid[name] = np.tile(values, (1, count))
    return grid

