"""What is written under `answer:` with `kind: shape`; reading and marking it."""

# ruff: noqa: ARG001 (the functions of every kind take the same arguments)

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from qbank import messages
from qbank.algebra import Expression, Formula
from qbank.answers import Scope
from qbank.answers._readings import Readings, begun, collect
from qbank.answers.shape.written import LARGEST, LONGEST_SHAPE, grouped, may_be_thousands, parse
from qbank.model import Array, Columns, Lang, Rules, Steps
from qbank.records import Record, Worded


class Mistake(Worded):
    """A foreseen wrong shape, by its sizes, and what is wrong with it."""

    value: tuple[Formula, ...] = Field(max_length=LONGEST_SHAPE)


class Spec(Record):
    """`kind: shape`: the key is the list of sizes, each an expression; `[]` is the shape of a scalar."""

    kind: Literal["shape"]
    key: tuple[Formula, ...] = Field(max_length=LONGEST_SHAPE)
    mistakes: dict[str, Mistake] = Field(default_factory=dict)


def bind(spec: Spec, scope: Scope, arrangement: Columns) -> dict[str, Array]:
    """`sizes` (n, rank) in float64, and `mistake.…` (n, rank of the mistake)."""
    key: dict[str, Array] = {"sizes": _sizes(spec.key, scope)}
    return key | {f"mistake.{name}": _sizes(mistake.value, scope) for name, mistake in spec.mistakes.items()}


def _sizes(expressions: Sequence[Expression], scope: Scope) -> Array:
    columns = [
        np.broadcast_to(scope.evaluate(expression).values.astype(np.float64), (scope.n,)) for expression in expressions
    ]
    return np.stack(columns, axis=1) if columns else np.zeros((scope.n, 0))


def feasible(spec: Spec, key: Columns) -> NDArray[np.bool_]:
    """Where every size is a whole number, none below zero, and no mistake is the key."""
    sizes = key["sizes"]
    fair = ((sizes >= 0) & (sizes < LARGEST) & (sizes == np.round(sizes))).all(axis=1)
    for name, mistake in spec.mistakes.items():
        if len(mistake.value) == len(spec.key):
            fair &= (key[f"mistake.{name}"] != sizes).any(axis=1)
    return np.asarray(fair, dtype=np.bool_)


def impossible(spec: Spec, key: Columns) -> str:
    """The one thing that can be wrong with the key itself."""
    return messages.tell("a size of the key is not a whole number of at least 0")


def read(spec: Spec, texts: Sequence[str], rules: Rules) -> Readings:
    """`rank` (n,), and `sizes` (n, 16), -1 beyond the rank; where commas may set off thousands, also so read: `other`.

    `other_rank` (n,) is -1 for a text without such a comma; where no text has one, there are no such columns.
    """
    none = np.full((), -1, dtype=np.int64)
    found = _sizes_of(texts, parse, none)
    if rules.comma != "ask" or not (rows := [row for row, text in enumerate(texts) if may_be_thousands(text)]):
        return found
    again = _sizes_of([texts[row] for row in rows], grouped, none)
    columns = {"other_rank": np.full(len(texts), -1), "other_sizes": np.full((len(texts), LONGEST_SHAPE), -1.0)}
    columns["other_rank"][rows], columns["other_sizes"][rows] = again.columns["rank"], again.columns["sizes"]
    return replace(found, columns={**found.columns, **columns})


def _sizes_of(texts: Sequence[str], reads: Callable[[str], list[int]], none: Array) -> Readings:
    def one(text: str) -> dict[str, Any]:
        sizes = reads(text)
        return {"rank": len(sizes), "sizes": [*sizes, *[-1.0] * (LONGEST_SHAPE - len(sizes))]}

    def told(columns: Columns, row: int, lang: Lang) -> str:
        sizes = columns["sizes"][row, : int(columns["rank"][row])]
        return f"({', '.join(f'{size:.0f}' for size in sizes.tolist())})"

    return collect(texts, one, {"rank": none, "sizes": np.full(LONGEST_SHAPE, -1.0)}, told)


def mark(spec: Spec, reading: Readings, key: Columns, arrangement: Columns, rules: Rules) -> Steps:
    """`shape.right`, `shape.mistake.…`, `shape.rank` (another number of axes) or `shape.wrong`; what is right with
    commas for thousands waits."""
    right = _equal(reading, key["sizes"])
    sizes = reading.columns["sizes"]
    details: dict[str, Array] = {"given": sizes, "asked": key["sizes"]}
    steps = begun(reading).where(reading.read & right, "shape.right", 1.0, **details)
    left = reading.read & ~right
    for name in spec.mistakes:
        foreseen_ = left & _equal(reading, key[f"mistake.{name}"])
        steps = steps.where(foreseen_, f"shape.mistake.{name}", 0.0, **details)
        left &= ~foreseen_
    if "other_rank" in reading.columns:
        waits = left & _equal(reading, key["sizes"], "other_")
        steps, left = steps.where(waits, "two-readings.waits", 0.0, **details), left & ~waits
    rank = reading.columns["rank"] == key["sizes"].shape[1]
    steps = steps.where(left & ~rank, "shape.rank", 0.0, **details)
    return steps.where(left & rank, "shape.wrong", 0.0, **details)


def _equal(reading: Readings, sizes: Array, which: str = "") -> NDArray[np.bool_]:
    """(n,) whether the shape that was read, in the usual way or `other_`, is the given one, (n, rank)."""
    rank = sizes.shape[1]
    same = (reading.columns[f"{which}sizes"][:, :rank] == sizes).all(axis=1)
    return np.asarray(same & (reading.columns[f"{which}rank"] == rank), dtype=np.bool_)
