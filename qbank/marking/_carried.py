"""Errors carried forward: a part marked again with the candidate's own value of an earlier part.

Where an earlier part was wrong but readable, the candidate's value replaces the derived name which that part's key
names; everything derived from it, and the later part's key, are computed again. The better mark counts.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from qbank import algebra, answers, variants
from qbank.bank.item import Item, Part
from qbank.marking._marked import CARRIED, Marked
from qbank.model import READ, Array, Column, Rules, Step, Steps, merge, take
from qbank.variants import Variants

NEAR = 1000.0
"""A carried value lies within this factor of the key, in magnitude, unless the part says otherwise."""


def carry(
    item: Item, part: Part, drawn: Variants, marked: Mapping[str, Marked], index: Array, rules: Rules
) -> Marked:
    """The part, marked again with the candidates' own earlier values where that earns more."""
    first = marked[part.id]
    own = {name: _own(marked[name], drawn, index) for name in part.follows}
    usable = np.logical_or.reduce([wrong for _, wrong in own.values()])
    again = np.flatnonzero(usable & (first.reading.state == READ) & (first.credit < 1.0))
    if not len(again):
        return first
    theirs = {name: (values[again], wrong[again]) for name, (values, wrong) in own.items()}
    second = _again(item, part, drawn, first, theirs, again, index, rules)
    better = second.credit > first.credit[again]
    return replace(first, steps=_spread(first.steps, second.take(np.flatnonzero(better)), again[better]))


def _again(
    item: Item,
    part: Part,
    drawn: Variants,
    first: Marked,
    own: Mapping[str, tuple[Array, NDArray[np.bool_]]],
    again: Array,
    index: Array,
    rules: Rules,
) -> Steps:
    """The steps of the rows `again`, against keys that follow from the candidates' own values."""
    rows = index[again]
    columns = {name: column.take(rows) for name, column in drawn.columns.items()}
    everything = _following(item, columns, own, len(again))
    sound = _finite(everything, columns)
    if not sound.all():  # no key follows from such a value: the sealed one stands
        own = {name: (values, wrong & sound) for name, (values, wrong) in own.items()}
        everything = _following(item, columns, own, len(again))
    steps = [
        Step(f"{CARRIED}{name}", wrong, 1.0, {"own": values}) for name, (values, wrong) in own.items() if wrong.any()
    ]
    arrangement = take(drawn.arrangements[part.id], rows)
    key = variants.bind(item, part, everything, arrangement, len(again))
    kind = answers.kind_of(part.kind)
    marked = kind.mark(part.answer, first.reading.take(again), key, arrangement, rules)
    carried = Steps(len(again), (*steps, *marked.steps))
    if part.follow_credit == 1.0:
        return carried
    return carried.where(np.ones(len(again), dtype=bool), f"{CARRIED}credit", part.follow_credit)


def _following(
    item: Item, columns: Mapping[str, Column], own: Mapping[str, tuple[Array, NDArray[np.bool_]]], count: int
) -> dict[str, Column]:
    """Every name's values, with the candidates' own where they are wrong and what follows from them."""
    fixed: dict[str, Column] = {}
    for name, (values, wrong) in own.items():
        derived = named(item.part(name))
        sealed = columns[derived].values
        chosen = wrong.reshape(-1, *([1] * (sealed.ndim - 1)))
        fixed[derived] = Column(np.where(chosen, values, sealed))
    parameters = {name: columns[name] for name in item.parameters}
    return variants.derived(item, {**parameters, **fixed}, count, fixed)


def _finite(columns: Mapping[str, Column], sealed: Mapping[str, Column]) -> NDArray[np.bool_]:
    """(n,) where every value is a number that is one among the sealed values."""
    sound = [
        (np.isfinite(column.values) | ~np.isfinite(sealed[name].values)).all(axis=tuple(range(1, column.values.ndim)))
        for name, column in columns.items()
    ]
    return np.asarray(np.logical_and.reduce(sound))


def _own(earlier: Marked, drawn: Variants, index: Array) -> tuple[Array, NDArray[np.bool_]]:
    """The candidates' own values of an earlier part, and where they are wrong, readable and may be carried."""
    part = earlier.part
    kind: Any = answers.kind_of(part.kind)
    key = drawn.columns[named(part)].values[index]
    values = np.asarray(kind.value(part.answer, earlier.reading, key.shape[1:]), dtype=np.float64)
    wrong = (earlier.reading.state == READ) & ((earlier.credit < 1.0) | earlier.carried)
    if part.carry_if is not None:
        scope = {name: column.take(index) for name, column in drawn.columns.items()}
        scope |= {"carried": Column(values), "key": Column(key)}
        allowed = algebra.evaluate(part.carry_if, scope, len(index)).values.astype(bool)
    else:
        size, wanted = np.abs(values), np.abs(key)
        allowed = (size > 0) & (size <= wanted * NEAR) & (size * NEAR >= wanted)
    return values, wrong & allowed.all(axis=tuple(range(1, allowed.ndim)))


def named(part: Part) -> str:
    """The derived name that a part's key is: what a candidate's own value replaces."""
    return str(getattr(part.answer, "key", ""))


def _spread(first: Steps, second: Steps, rows: Array) -> Steps:
    """The first steps, save on the given rows, where the second ones stand, in order."""
    chosen = np.zeros(first.count, dtype=bool)
    chosen[rows] = True
    wide = tuple(
        Step(
            step.note,
            _wide(step.rows, rows, first.count),
            _wide(step.scale, rows, first.count) if isinstance(step.scale, np.ndarray) else step.scale,
            {name: _wide(values, rows, first.count) for name, values in step.details.items()},
        )
        for step in second.steps
    )
    return merge(chosen, Steps(first.count, wide), first)


def _wide(values: Array, rows: Array, count: int) -> Array:
    """The values at their rows among all; what stands elsewhere is never looked at."""
    wide = np.zeros((count, *values.shape[1:]), dtype=values.dtype)
    wide[rows] = values
    return wide
