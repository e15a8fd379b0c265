"""From values to key columns, from key columns and readings to steps: every entry as its own kind marks it."""

# ruff: noqa: ARG001 (the functions of every kind take the same arguments)

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from qbank import messages
from qbank.answers import Scope, _mistakes
from qbank.answers._readings import begun
from qbank.answers.grid.reading import Grids
from qbank.answers.grid.spec import Spec
from qbank.model import READ, Array, Columns, Floats, Rules, Steps

Mask = NDArray[np.bool_]


def bind(spec: Spec, scope: Scope, arrangement: Columns) -> dict[str, Array]:
    """The key columns of every entry, `0.…`, `1.…`; those of each mistake, `mistake.NAME.0.…`, and where it exists.

    `same.NAME` (n,) says where a mistake is the key. `key` (n, *shape, …) holds the values, where entries have them.
    """
    kind, columns = spec.scalar, dict[str, Array]()
    own = [kind.bind(cell, scope, {}) for cell in spec.cells]
    for place, key in enumerate(own):
        columns |= {f"{place}.{name}": column for name, column in key.items()}
    if all("key" in key for key in own):
        values = np.stack([key["key"] for key in own], axis=1)
        columns["key"] = values.reshape(scope.n, *spec.shape, *values.shape[2:])
    for name, mistake in spec.mistakes.items():
        same = np.ones(scope.n, dtype=np.bool_)
        for place, (cell, key, twin) in enumerate(zip(spec.cells, own, spec.twins[name], strict=True)):
            apart = kind.possible(twin, kind.bind(twin, scope, {}), scope.n)
            same &= kind.possible(cell, key, scope.n) & ~apart
            wrong = kind.bind(spec.wrong[name][place], scope, {})
            columns |= {f"mistake.{name}.{place}.{each}": column for each, column in wrong.items()}
        there = np.logical_and.reduce([
            kind.possible(cell, of(columns, f"mistake.{name}.{place}."), scope.n)
            for place, cell in enumerate(spec.wrong[name])
        ])  # fmt: skip
        columns |= {f"same.{name}": same, f"applies.{name}": _mistakes.where(mistake.when, there, scope)}
    return columns


def of(columns: Columns, prefix: str) -> dict[str, Array]:
    """The columns of one entry, by their own names."""
    return {name.removeprefix(prefix): column for name, column in columns.items() if name.startswith(prefix)}


def feasible(spec: Spec, key: Columns) -> Mask:
    """Where every entry can be asked, and no mistake that exists is the key."""
    count = len(next(iter(key.values())))
    sound = np.ones(count, dtype=np.bool_)
    for place, cell in enumerate(spec.cells):
        sound &= spec.scalar.possible(cell, of(key, f"{place}."), count)
    for name in spec.mistakes:
        sound &= ~(key[f"applies.{name}"] & key[f"same.{name}"])
    return sound


def impossible(spec: Spec, key: Columns) -> str:
    """What is wrong with the first entry that cannot be asked."""
    count = len(next(iter(key.values())))
    for place, cell in enumerate(spec.cells):
        own = of(key, f"{place}.")
        if spec.scalar.impossible and not spec.scalar.possible(cell, own, count).all():
            fault = spec.scalar.impossible(cell, own)
            return messages.tell("entry {number}: {fault}", number=place + 1, fault=fault)
    return messages.tell("an entry cannot be asked")


def value(spec: Spec, reading: Grids, shape: tuple[int, ...] = ()) -> Floats:
    """(n, *shape, 2) the real and imaginary parts that candidates gave, in SI; NaN where there are none."""
    kind = spec.scalar
    assert kind.value is not None
    values = [kind.value(cell, entry, ()) for cell, entry in zip(spec.cells, reading.entries, strict=True)]
    stacked = np.where(reading.fits[:, None, None], np.stack(values, axis=1), np.nan)
    return stacked.reshape(len(stacked), *spec.shape, *stacked.shape[2:])


def mark(spec: Spec, reading: Grids, key: Columns, arrangement: Columns, rules: Rules) -> Steps:
    """`grid.right`, `.mistake.…`, `.waits` (an entry does), `.component` (some earn something), `.shape`, `.wrong`."""
    entries = _marked(spec, spec.cells, reading, key, "", rules)
    good = np.stack([each.credit for each in entries], axis=1)
    waits = np.stack([each.waits for each in entries], axis=1)
    mean: Floats = good.mean(axis=1)
    share = mean if spec.credit == "each" else np.floor(mean + 1e-9)
    details: dict[str, Array] = {"good": np.where(waits, -1.0, good), "shape": reading.sizes}
    details |= {f"key.{name}": column for name, column in key.items() if name[:1].isdigit()}
    steps, left = begun(reading), reading.state == READ

    def step(rows: Mask, note: str, scale: float | Floats) -> None:
        nonlocal steps, left
        taken = left & rows
        steps, left = steps.where(taken, note, scale, **details), left & ~taken

    step(~reading.fits, "grid.shape", 0.0)
    step(np.asarray((good == 1).all(axis=1)), "grid.right", 1.0)
    for name, mistake in spec.mistakes.items():
        made = _marked(spec, spec.wrong[name], reading, key, f"mistake.{name}.", rules)
        found = np.logical_and.reduce([each.credit == 1 for each in made])
        step(key[f"applies.{name}"] & found, f"grid.mistake.{name}", np.maximum(share, mistake.credit))
    step(np.asarray(waits.any(axis=1)), "grid.waits", 0.0)
    step(np.asarray((good > 0).any(axis=1)), "grid.component", share)
    return steps.where(left, "grid.wrong", 0.0, **details)


def _marked(
    spec: Spec, cells: Sequence[Any], reading: Grids, key: Columns, prefix: str, rules: Rules
) -> list[Steps]:
    """The steps of every entry against its own key."""
    return [
        spec.scalar.mark(cell, entry, of(key, f"{prefix}{place}."), {}, rules)
        for place, (cell, entry) in enumerate(zip(cells, reading.entries, strict=True))
    ]
