"""Earlier answers carried forward: a part marked again with the candidate's own values of earlier parts.

Where an earlier part was wrong but readable, or right but rounded, the candidate's value replaces the derived name
which that part's key names; everything derived from it, and the later part's key, are computed again. Where a part
follows several, every choice of up to four is tried, and all of them. The best mark counts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from qbank import answers, variants
from qbank.bank import carrying
from qbank.bank.item import Item, Part
from qbank.marking._marked import CARRIED, OWN, Marked
from qbank.model import READ, Array, Column, Columns, Floats, Rules, Step, Steps, merge, take
from qbank.variants import Variants

Mask = NDArray[np.bool_]
T = TypeVar("T")
NEAR = 1000.0
"""A carried value lies within this factor of the key, in magnitude, unless the part says otherwise."""
MOST = 4
"""How many earlier values are tried together, besides all of them: there are 2ⁿ choices of n."""


@dataclass(frozen=True, slots=True, eq=False)
class Own:
    """What n candidates answered to an earlier part: their values, which may be carried, and which of those count.

    `wrong` are those that lost something, `rounded` those that did not and yet are not the key; both may be carried.
    """

    part: Part
    values: Floats
    usable: Mask
    wrong: Mask
    rounded: Mask


def carry(
    item: Item, part: Part, drawn: Variants, marked: Mapping[str, Marked], index: Array, rules: Rules
) -> Marked:
    """The part, marked again with the candidates' own earlier values where that earns more."""
    first = marked[part.id]
    owns = [_own(marked[name], drawn, index) for name in part.follows]
    best = first
    for chosen in _choices(owns):
        usable = np.logical_and.reduce([own.usable for own in chosen])
        changed = np.logical_or.reduce([own.wrong | own.rounded for own in chosen])
        again = np.flatnonzero(usable & changed & (first.reading.state == READ) & (best.credit < 1.0))
        for rows, key in _keys(item, part, drawn, chosen, again, index):
            second, sound = _again(part, drawn, first, chosen, rows, key, index, rules)
            better = sound & (second.credit > best.credit[rows])
            best = replace(best, steps=_spread(best.steps, second.take(np.flatnonzero(better)), rows[better]))
    return best


def _choices(owns: Sequence[Own]) -> Iterator[tuple[Own, ...]]:
    """Every choice of one to four, then all; the smaller ones first: with equal marks, fewer own values count."""
    for size in range(1, min(len(owns), MOST) + 1):
        yield from combinations(owns, size)
    if len(owns) > MOST:
        yield tuple(owns)


def _keys(
    item: Item, part: Part, drawn: Variants, chosen: Sequence[Own], again: Array, index: Array
) -> Iterator[tuple[Array, Columns]]:
    """Those of the rows `again` on which a key follows from the candidates' own values, and that key."""

    def key(rows: Array) -> tuple[Array, Columns]:
        sealed = {name: column.take(index[rows]) for name, column in drawn.columns.items()}
        everything = _following(item, sealed, chosen, rows)
        labelled = [there for _, _, there in variants.printable(item, everything, len(rows))]
        sound = np.flatnonzero(np.logical_and.reduce([_finite(everything, sealed), *labelled]))
        columns = {name: column.take(sound) for name, column in everything.items()}
        arrangement = take(drawn.arrangements[part.id], index[rows[sound]])
        return rows[sound], variants.bind(item, part, columns, arrangement, len(sound)) if len(sound) else {}

    for _, (rows, own) in _valued(again, key):
        if len(rows):
            yield rows, own


def _valued(rows: Array, compute: Callable[[Array], T]) -> Iterator[tuple[Array, T]]:
    """What is computed of the rows, of all together where that can be done; rows that have no value are left out.

    A candidate's own value may be the index of an entry that is not there, or a count that others do not have.
    """
    if not len(rows):
        return
    try:
        computed = compute(rows)
    except ValueError:
        for half in np.array_split(rows, 2) if len(rows) > 1 else ():
            yield from _valued(half, compute)
    else:
        yield rows, computed


def _again(
    part: Part, drawn: Variants, first: Marked, chosen: Sequence[Own], again: Array, key: Columns, index: Array,
    rules: Rules,
) -> tuple[Steps, Mask]:  # fmt: skip
    """The steps of the rows `again` against keys that follow from the candidates' values, and which keys are sound."""
    arrangement = take(drawn.arrangements[part.id], index[again])
    kind = answers.kind_of(part.kind)
    sound = np.ones(len(again), dtype=bool)
    band = part.facts.band
    if band is not None and band.tolerance.exact:  # what cannot be written, or is a mistake as well, is not a key
        sound = kind.possible(part.answer, key, len(again))
    marked = kind.mark(part.answer, first.reading.take(again), key, arrangement, rules)
    steps: list[Step] = []
    for own in chosen:
        details = {"own": own.values[again]}
        steps += [Step(f"{CARRIED}{own.part.id}", own.wrong[again], 1.0, details)]
        steps += [Step(f"{OWN}{own.part.id}", own.rounded[again], 1.0, details)]
    carried = Steps(len(again), (*steps, *marked.steps))
    if part.follow_credit == 1.0:
        return carried, sound
    wrong = np.logical_or.reduce([own.wrong[again] for own in chosen])
    return carried.where(wrong, f"{CARRIED}credit", part.follow_credit), sound


def _following(
    item: Item, columns: Mapping[str, Column], chosen: Sequence[Own], again: Array
) -> dict[str, Column]:
    """Every name's values, with the candidates' own for those chosen and what follows from them."""
    fixed = {
        name: Column(values)
        for own in chosen
        for name, values in carrying.parted(own.part.facts, own.values[again]).items()
    }
    parameters = {name: columns[name] for name in item.parameters}
    return variants.derived(item, {**parameters, **fixed}, len(again), fixed)


def _finite(columns: Mapping[str, Column], sealed: Mapping[str, Column]) -> Mask:
    """(n,) where every value is a number that is one among the sealed values."""
    sound = [
        (np.isfinite(column.values) | ~np.isfinite(sealed[name].values)).all(axis=tuple(range(1, column.values.ndim)))
        for name, column in columns.items()
    ]
    return np.asarray(np.logical_and.reduce(sound))


def _own(earlier: Marked, drawn: Variants, index: Array) -> Own:
    """The candidates' own values of an earlier part. What waits is not carried until a person has decided."""
    part = earlier.part
    value = answers.kind_of(part.kind).value
    assert value is not None, f"loading an item refuses to carry the values of a {part.kind}"
    key = carrying.whole(part.facts, {name: drawn.columns[name].values[index] for name in part.facts.carried})
    values = value(part.answer, earlier.reading, key.shape[1:])
    read = (earlier.reading.state == READ) & ~earlier.waits
    axes = tuple(range(1, values.ndim))
    right = read & ~earlier.fallen
    same = (values == key).all(axis=axes)
    usable = read & (_allowed(part, drawn, index, values, key, right) | (right & same))
    return Own(part, values, usable, usable & ~right, usable & right & ~same)


def _allowed(part: Part, drawn: Variants, index: Array, values: Floats, key: Floats, right: Mask) -> Mask:
    """(n,) which values may be carried: as `carry_if` says, else those of about the size of the key.

    A right answer is about as large as a key of zero, whatever it is: its own tolerance says so.
    """
    axes = tuple(range(1, values.ndim))
    if part.carry_if is not None:
        condition = part.carry_if

        def holds(rows: Array) -> Array:
            scope = {name: column.take(index[rows]) for name, column in drawn.columns.items()}
            scope |= {name: Column(carrying.single(part.facts, each[rows])) for name, each in own.items()}
            return variants.Scope(len(rows), scope, drawn.item).evaluate(condition).values.astype(bool)

        own = {"carried": values, "key": key}
        allowed = np.zeros(len(index), dtype=np.bool_)
        for rows, found in _valued(np.arange(len(index)), holds):
            allowed[rows] = found.all(axis=tuple(range(1, found.ndim)))
        return allowed
    size, wanted = (np.sqrt(np.square(each).sum(axis=axes)) for each in (values, key))
    near = (size <= wanted * NEAR) & (size * NEAR >= wanted)
    return np.asarray(near | (right & (wanted == 0)), dtype=np.bool_)


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
    """The values at their rows among all; what is elsewhere is never looked at."""
    wide = np.zeros((count, *values.shape[1:]), dtype=values.dtype)
    wide[rows] = values
    return wide
