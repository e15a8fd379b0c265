"""From values to key columns, from texts to intervals, from both to steps: each end with its bracket."""

# ruff: noqa: ARG001 (the functions of every kind take the same arguments)

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from qbank.algebra import Expression
from qbank.answers import Scope, _grids, _mistakes, _tolerance, _unit_costs
from qbank.answers._entries import Grid
from qbank.answers._quantities import NONE, UNKNOWN
from qbank.answers._readings import begun
from qbank.answers.interval.spec import Spec
from qbank.answers.interval.written import REVERSED, Written, parse
from qbank.model import READ, Array, Bilingual, Columns, Floats, Lang, Rules, Steps

Mask = NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class Intervals:
    """n intervals: `ends` (n, 2) in SI with infinities, `closed` (n, 2), `unit` (n, 2) as in `_quantities`."""

    state: NDArray[np.uint8]
    stop: NDArray[np.int64]
    wanted: NDArray[np.int64]
    sentences: tuple[Bilingual, ...]
    ends: Floats
    closed: Mask
    unit: NDArray[np.uint8]

    def take(self, rows: Array) -> Intervals:
        """The readings of the given rows (indices, which may repeat, or a mask)."""
        return Intervals(self.state[rows], self.stop[rows], self.wanted[rows], self.sentences, self.ends[rows],
                         self.closed[rows], self.unit[rows])  # fmt: skip

    def expected(self, row: int, lang: Lang) -> str:
        """What was expected where reading stopped; empty where it did not stop."""
        return self.sentences[int(self.wanted[row])][lang]

    def told(self, row: int) -> Iterator[tuple[str, Any]]:
        """The ends in SI, and whether each belongs to the interval."""
        yield "ends", self.ends[row]
        yield "closed", self.closed[row]


def bind(spec: Spec, scope: Scope, arrangement: Columns) -> dict[str, Array]:
    """`ends`, `low` and `high` (n, 2) in SI: the ends, and what is right around each; the mistakes' ends."""
    ends = _ends(spec.low, spec.high, scope)
    low, high = band(spec, ends)
    columns: dict[str, Array] = {"ends": ends, "low": low, "high": high}
    for name, mistake in spec.mistakes.items():
        value = _ends(mistake.low or spec.low, mistake.high or spec.high, scope)
        there = _mistakes.where(mistake.when, value[:, 0] <= value[:, 1], scope)  # never of an end without a value
        columns |= {f"mistake.{name}": value, f"applies.{name}": there}
    return columns


def _ends(low: Any, high: Any, scope: Scope) -> Floats:
    columns = []
    for end in (low, high):
        if isinstance(end, Expression):
            value = scope.evaluate(end).values.astype(np.float64)
            columns.append(np.where(np.isfinite(value), value, np.nan))
        else:
            columns.append(np.array([end * np.inf]))
    return np.stack([np.broadcast_to(column, (scope.n,)) for column in columns], axis=1)


def band(spec: Spec, ends: Floats) -> tuple[Floats, Floats]:
    """(n, 2) the ends of what is right around each end; infinity alone is right at infinity."""
    endless = np.isinf(ends)
    finite = np.where(endless, 0.0, ends)
    low, high = _tolerance.band(spec.tolerance, finite, spec.asked_unit)
    return np.where(endless, ends, low), np.where(endless, ends, high)


def closed(brackets: str) -> Mask:
    """(2,) whether each end belongs to the interval."""
    return np.array([brackets[0] == "[", brackets[1] == "]"])


def near(spec: Spec, given: Floats, asked: Floats) -> Mask:
    """(n, 2) which ends given are as near to those asked as the tolerance says."""
    low, high = band(spec, asked)
    return np.asarray((low <= given) & (given <= high), dtype=np.bool_)


def feasible(spec: Spec, key: Columns) -> Mask:
    """Where the left end is the smaller one, and no mistake that exists is right."""
    ends = key["ends"]
    sound: Mask = np.asarray(ends[:, 0] < ends[:, 1], dtype=np.bool_)
    for name, mistake in spec.mistakes.items():
        if (mistake.brackets or spec.brackets) == spec.brackets:
            sound &= ~(key[f"applies.{name}"] & near(spec, key[f"mistake.{name}"], ends).all(axis=1))
    return sound


def impossible(spec: Spec, key: Columns) -> str:
    """The one thing that can be wrong with the key itself."""
    return "the left end of the key is not below the right one"


def read(spec: Spec, texts: Sequence[str], rules: Rules) -> Intervals:
    """The texts as intervals in the part's unit."""
    written: list[Written] = []

    def parsed(text: str, _: bool) -> Grid:
        written.append(parse(text, spec.name))
        return written[-1].grid

    found = _grids.once(texts, parsed, spec.reads(rules), decimal=False)
    ends, shut = np.full((len(texts), 2), np.nan), np.zeros((len(texts), 2), dtype=np.bool_)
    unit = np.full((len(texts), 2), NONE, dtype=np.uint8)
    if (rows := np.flatnonzero(found.state == READ)).size:
        own, places = [written[start // 2] for start in found.start[rows]], found.start[rows, None] + np.arange(2)
        endless = np.array([one.endless for one in own])
        ends[rows] = np.where(endless, np.copysign(np.inf, endless), found.entries.value[places])
        shut[rows] = [closed(one.brackets) for one in own]
        doubted = found.entries.doubted("gloss") | found.entries.doubted("customary")
        units = np.where(endless, NONE, np.where(doubted, UNKNOWN, found.entries.unit)[places])
        unit[rows] = np.where(endless, units[:, ::-1], units)  # infinity has the unit of the other end
        turned = rows[ends[rows, 0] > ends[rows, 1]]
        lows = {row: written[found.start[row] // 2].grid for row in turned.tolist()}
        found = found.refused({row: (grid.column(grid.rows[0][0].at), REVERSED) for row, grid in lows.items()})
        ends[turned] = np.nan
    return Intervals(found.state, found.stop, found.wanted, found.sentences, ends, shut, unit)


def mark(spec: Spec, reading: Intervals, key: Columns, arrangement: Columns, rules: Rules) -> Steps:
    """`interval.right`, `.mistake.…`, `.brackets` (the ends are right), `.low` or `.high` (it is not), `.wrong`."""
    given, asked = reading.ends, key["ends"]
    ends = np.asarray((key["low"] <= given) & (given <= key["high"]), dtype=np.bool_)
    good = ends & (reading.closed == closed(spec.brackets))
    readable = reading.state == READ
    right = readable & good[:, 0] & good[:, 1]
    share = np.where(right, 1.0, 0.0 if spec.all else good.mean(axis=1))
    details: dict[str, Array] = {
        "given": given, "asked": asked, "closed": reading.closed, "ends": ends, "good": good,
    }  # fmt: skip
    unknown = readable & ((reading.unit == UNKNOWN) & ~ends).any(axis=1)
    steps = begun(reading).where(unknown, "unit.unknown.waits", 0.0, **details)
    left = readable & ~unknown
    right = right & left
    credit = np.where(left, share, 0.0)

    def step(rows: Mask, note: str, scale: Floats) -> None:
        nonlocal steps, left, credit
        taken = left & rows
        credit = np.where(taken, scale, credit)
        steps = steps.where(taken, note, scale, **details)
        left &= ~taken

    step(right, "interval.right", share)
    for name, mistake in spec.mistakes.items():
        made = near(spec, given, key[f"mistake.{name}"]) & (reading.closed == closed(mistake.brackets or spec.brackets))
        step(key[f"applies.{name}"] & made[:, 0] & made[:, 1], f"interval.mistake.{name}",
             np.maximum(share, mistake.credit))  # fmt: skip
    step(ends[:, 0] & ends[:, 1], "interval.brackets", share)
    step(good[:, 1], "interval.low", share)
    step(good[:, 0], "interval.high", share)
    step(left, "interval.wrong", share)
    unit = _unit_costs.worst(reading.unit.reshape(-1), np.repeat(np.arange(len(given)), 2), len(given))
    return _unit_costs.steps(spec, steps, unit, credit > 0, details, rules)
