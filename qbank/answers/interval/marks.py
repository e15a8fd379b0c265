"""From values to key columns, from texts to intervals, from both to steps: each end with its bracket."""

# ruff: noqa: ARG001 (the functions of every kind take the same arguments)

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from qbank import messages
from qbank.algebra import Expression
from qbank.answers import Scope, _across, _grids, _mistakes, _unit_costs, _waiting
from qbank.answers._entries import Grid
from qbank.answers._ladder import Ladder
from qbank.answers._quantities import OTHER
from qbank.answers._readings import begun, unannounced
from qbank.answers.interval import comparing, inequality, ranges
from qbank.answers.interval.comparing import Intervals, band, closed, near
from qbank.answers.interval.spec import ANY, Spec
from qbank.answers.interval.written import REVERSED, Written, parse
from qbank.model import READ, Array, Columns, Floats, Rules, Steps

Mask = NDArray[np.bool_]


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
    return messages.tell("the left end of the key is not less than the right end")


def read(spec: Spec, texts: Sequence[str], rules: Rules) -> Intervals:
    """The texts as intervals in the part's unit."""
    texts = [unannounced(text) for text in texts]
    written: dict[str, Written] = {}

    def parsed(text: str, decimal: bool) -> Grid:
        if inequality.is_one(text):
            written[text] = inequality.parse(text, spec.letter, noted=bool(spec.inequality))
        else:
            written[text] = ranges.parse(text, spec.letter) or parse(
                text, spec.letter, decimal_comma=decimal, bare=spec.brackets == ANY
            )
        return written[text].grid

    asked = spec.reads(rules)
    found = _grids.once(texts, parsed, asked, decimal=asked.comma == "decimal")
    ends, shut = np.full((len(texts), 2), np.nan), np.zeros((len(texts), 2), dtype=np.bool_)
    strange, unsaid = np.zeros(len(texts), dtype=np.bool_), np.zeros(len(texts), dtype=np.bool_)
    for row in np.flatnonzero(found.state == READ).tolist():
        own, start = written[texts[row]], int(found.start[row])
        ends[row], shut[row], strange[row] = own.endless, closed(own.brackets), own.strange
        unsaid[row] = own.unsaid
        ends[row, np.isfinite(own.endless)] = found.entries.value[start : start + int(found.columns[row])]
    turned = np.flatnonzero(ends[:, 0] > ends[:, 1])
    ends[turned] = np.nan
    stops = {row: (written[texts[row]].column, REVERSED) for row in turned.tolist()}
    return Intervals(found.refused(stops), ends, shut, strange, unsaid)


def mark(spec: Spec, reading: Intervals, key: Columns, arrangement: Columns, rules: Rules) -> Steps:
    """`interval.right`, `.mistake.…`, `.brackets` (the ends are right), `.low` or `.high` (it is not), `.wrong`.

    An inequality of another letter is noted after them, and earns nothing.
    """
    grids, given = reading.grids, reading.ends
    ends = comparing.within(spec, grids, given, key)
    good = ends & comparing.fitting(spec.brackets, reading.closed)
    right = _across.every(good)
    share: Floats = right.astype(np.float64) if spec.all else _share(spec, good, key["ends"])
    details: dict[str, Array] = {
        "given": given, "asked": key["ends"], "closed": reading.closed, "ends": ends, "good": good,
    }  # fmt: skip
    columns = {**key, "given": given, "shut": reading.closed}
    steps, left = _waiting.waits(comparing.Ends(spec), begun(reading), grids, columns, right, details)
    unclear = left & reading.unsaid & (grids.unit != OTHER) & _across.some(ends & ~good)
    steps, left = steps.where(unclear, "two-readings.waits", 0.0, **details), left & ~unclear
    ladder = Ladder(steps, left, np.where(left, share, 0.0), details)
    ladder.step(right, "interval.right", share)
    for name, mistake in spec.mistakes.items():
        made = comparing.made(spec, name, given, reading.closed, key)
        ladder.step(made, f"interval.mistake.{name}", np.maximum(share, mistake.credit))
    ladder.step(_across.every(ends), "interval.brackets", share)
    ladder.step(good[:, 1], "interval.low", share)
    ladder.step(good[:, 0], "interval.high", share)
    ladder.step(ladder.left, "interval.wrong", share)
    steps = ladder.steps.where((ladder.earned > 0) & reading.strange, "interval.letter", 0.0, **details)
    return _unit_costs.steps(spec, steps, grids.unit, (ladder.earned > 0) & ~reading.strange, details, rules)


def _share(spec: Spec, good: Mask, asked: Floats) -> Floats:
    """(n,) the share of the ends that are right; of an inequality with one end alone, that end is all there is."""
    share: Floats = _across.number(good) / 2
    if spec.inequality:
        alone = np.isfinite(asked).sum(axis=1) == 1
        share = np.where(alone & (share == 0.5) & (good & np.isinf(asked)).any(axis=1), 0.0, share)
    return share
