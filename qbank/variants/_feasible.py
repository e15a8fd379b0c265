"""Which variants may be drawn, and why the others may not: one line of require:, a mistake, two options, a key."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from qbank import algebra, answers, messages
from qbank.bank.item import Item, Part
from qbank.draws import Chance
from qbank.model import Array, Column, Columns, take
from qbank.variants._alike import alike
from qbank.variants._tables import complete
from qbank.variants._values import arranged, bind, printable, unprintable, valued

Mask = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Hindrance:
    """What keeps some variants from being drawn: a clause for a message, its place in the item, how many it takes."""

    code: str
    path: tuple[str | int, ...]
    message: str
    proposal: str
    rows: int


def feasible(
    item: Item, columns: Mapping[str, Column], seats: NDArray[np.int64]
) -> tuple[Mask, dict[str, dict[str, Array]]]:
    """(n,) which rows meet every requirement, have keys apart from the foreseen mistakes, and options apart.

    With it the keys of these rows, of the parts of which nothing is arranged seat by seat.
    """
    count = len(seats)
    possible = np.ones(count, dtype=bool)
    for condition in item.require:
        possible &= valued(item, condition, columns, count).values.astype(bool)
    for _, _, there in printable(item, columns, count):
        possible &= there
    if item.files:
        possible &= complete(item, columns, count)
    kept = np.flatnonzero(possible)
    if not len(kept):
        return possible, {}
    rows = columns if len(kept) == count else {name: column.take(kept) for name, column in columns.items()}
    arrangements = arranged(item, rows, Chance("feasible", item.id), seats[kept])
    keys: dict[str, dict[str, Array]] = {}
    sound = np.ones(len(kept), dtype=bool)
    for part in item.parts:
        arrangement = arrangements[part.id]
        key = bind(item, part, rows, arrangement, len(kept))
        if not arrangement:
            keys[part.id] = key
        sound &= answers.kind_of(part.kind).possible(part.answer, key, len(kept))
        for _, _, same in alike(item, part, rows, arrangement, len(kept)):
            sound &= ~same
    if not sound.all():
        keys = {part: take(key, sound) for part, key in keys.items()}
    possible[kept] = sound
    return possible, keys


def hindrances(
    item: Item, columns: Mapping[str, Column], seats: NDArray[np.int64]
) -> tuple[Hindrance, ...]:
    """What keeps rows from being drawn, in the order in which they are looked at; each with the rows that it takes."""
    return tuple(_hindrances(item, columns, seats))


def _hindrances(item: Item, columns: Mapping[str, Column], seats: NDArray[np.int64]) -> Iterator[Hindrance]:
    rows, left = dict(columns), seats
    for number, condition in enumerate(item.require):
        met = valued(item, condition, rows, len(left)).values.astype(bool)
        if not met.all():
            proposal = messages.tell("loosen this line of require:, or widen a parameter's domain")
            message = messages.tell("{condition!r} is not met", condition=str(condition))
            yield Hindrance("variants.none", ("require", number), message, proposal, _count(~met))
        rows, left = {name: column.take(met) for name, column in rows.items()}, left[met]
        if not len(left):
            return
    if item.files and not (whole := complete(item, rows, len(left))).all():
        message = messages.tell("a cell of a data file has no value")
        proposal = messages.tell("correct the columns, or add a line to require: that excludes this")
        yield Hindrance("variants.file", ("files",), message, proposal, _count(~whole))
        rows, left = {name: column.take(whole) for name, column in rows.items()}, left[whole]
        if not len(left):
            return
    printed = np.ones(len(left), dtype=bool)
    for name, rule, there in printable(item, rows, len(left)):
        if (printed & ~there).any():
            proposal = messages.tell("correct the value, or add a line to require: that excludes this")
            why = unprintable(name, rule)
            yield Hindrance("variants.derive", ("derive", name), why, proposal, _count(printed & ~there))
        printed &= there
    kept = np.flatnonzero(printed)
    if not len(kept):
        return
    arrangements = arranged(item, rows, Chance("feasible", item.id), left)
    for number, part in enumerate(item.parts):
        own = {name: column.take(kept) for name, column in rows.items()}
        arrangement = {name: column[kept] for name, column in arrangements[part.id].items()}
        key = bind(item, part, own, arrangement, len(kept))
        taken = np.zeros(len(kept), dtype=bool)
        for found, mask in _of_part(item, part, ("parts", number, "answer"), own, key, arrangement, len(kept)):
            fresh = mask & ~taken
            if fresh.any():
                yield Hindrance(found.code, found.path, found.message, found.proposal, _count(fresh))
            taken |= mask
        kept = kept[~taken]
        if not len(kept):
            return


def _of_part(
    item: Item, part: Part, path: tuple[str | int, ...], columns: Mapping[str, Column], key: Columns,
    arrangement: Columns, count: int,
) -> Iterator[tuple[Hindrance, Mask]]:  # fmt: skip
    kind = answers.kind_of(part.kind)
    mistakes = [mistake.name for mistake in part.facts.mistakes if {mistake.column, mistake.applies} & key.keys()]
    sound = kind.possible(part.answer, _without(key, mistakes), count)
    for name in mistakes:
        rows = sound & ~kind.possible(
            part.answer, _without(key, [other for other in mistakes if other != name]), count
        )
        proposal = messages.tell("correct its value:, add when: it applies, or narrow the tolerance")
        message = messages.tell("the mistake {mistake!r} of part {part!r} counts as right", mistake=name, part=part.id)
        yield Hindrance("variants.mistake", (*path, "mistakes", name), message, proposal, 0), rows
    if not sound.all():
        failed = {name: column[~sound] for name, column in key.items()}
        why = messages.tell("it cannot be asked") if kind.impossible is None else kind.impossible(part.answer, failed)
        if part.facts.column in failed and not np.isfinite(failed[part.facts.column]).all():
            cause = _undefined(item, part, {name: column.take(~sound) for name, column in columns.items()})
            endless = np.isinf(failed[part.facts.column]).any()
            both = bool(cause) and endless
            why = messages.tell("{why} ({cause})", why=why, cause=cause) if both else cause or why
        message = messages.tell("part {part!r}: {why}", part=part.id, why=why)
        proposal = messages.tell("correct the answer, or add a line to require: that excludes this")
        yield Hindrance("variants.key", path, message, proposal, 0), ~sound
    for first, second, rows in alike(item, part, columns, arrangement, count):
        message = messages.tell(
            "the options {first!r} and {second!r} of part {part!r} are the same",
            first=first, second=second, part=part.id,
        )  # fmt: skip
        proposal = messages.tell("change an option, or widen a parameter's domain")
        yield Hindrance("variants.options", path, message, proposal, 0), rows


def _undefined(item: Item, part: Part, columns: Mapping[str, Column]) -> str | None:
    """What in the keys of a part has no value on these rows."""
    definitions = {name: rule.value for name, rule in item.derive.items()}
    numbers = (each.expression for each in part.facts.keys if each.unit is not None)
    found = (algebra.undefined(each, columns, definitions) for each in numbers)
    return next((why for why in found if why), None)


def _without(key: Columns, mistakes: list[str]) -> dict[str, Array]:
    """The key as if these mistakes did not exist."""
    columns: dict[str, Any] = dict(key)
    for name in mistakes:
        if f"mistake.{name}" in key:
            columns[f"mistake.{name}"] = np.full_like(np.asarray(key[f"mistake.{name}"], dtype=np.float64), np.nan)
        if f"applies.{name}" in key:
            columns[f"applies.{name}"] = np.zeros_like(key[f"applies.{name}"])
    return columns


def _count(rows: Mask) -> int:
    return int(np.count_nonzero(rows))
