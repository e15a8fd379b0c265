"""What is written under `answer:` with `kind: ordering`; reading and marking it."""

# ruff: noqa: ARG001 (the functions of every kind take the same arguments)

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, Self

import numpy as np
from numpy.typing import NDArray
from pydantic import Field, model_validator

from qbank import messages, registry
from qbank.answers import Scope
from qbank.answers._letters import positions
from qbank.answers._orders import shuffled
from qbank.answers._readings import Readings, Stopped, begun, collect
from qbank.draws import Chance
from qbank.model import Array, Bilingual, Columns, Rules, Steps
from qbank.records import Record, Texts, Truth

OPEN = 255
"""A place in the order that the answer leaves empty."""


class Spec(Record):
    """`kind: ordering`: `order: [a, [b, c], d]` of the `items:`, b and c in either order."""

    kind: Literal["ordering"]
    items: dict[str, Texts] = Field(min_length=2, max_length=26)
    order: tuple[str | tuple[str, ...], ...] = Field(min_length=2)
    credit: Literal["exact", "run"] = "exact"
    shuffle: Truth = True

    @model_validator(mode="after")
    def _sound(self) -> Self:
        named = [name for group in self.groups for name in group]
        for name in named:
            if name not in self.items:
                unknown = registry.unknown(name, self.items)
                raise ValueError(messages.tell("order: the entry {unknown}", unknown=unknown))
            if named.count(name) > 1:
                raise ValueError(messages.tell("{name!r} appears twice in order:", name=name))
        for name in self.items:
            if name not in named:
                raise ValueError(messages.tell("{name!r} is missing in order:", name=name))
        return self

    @property
    def groups(self) -> tuple[tuple[str, ...], ...]:
        """The order, every step as the items that may change places."""
        return tuple((group,) if isinstance(group, str) else group for group in self.order)

    @property
    def ranks(self) -> NDArray[np.uint8]:
        """(k,) the step of each item, by its place in the file."""
        steps = {name: rank for rank, group in enumerate(self.groups) for name in group}
        return np.array([steps[name] for name in self.items], dtype=np.uint8)


def arrange(
    spec: Spec, scope: Scope, chance: Chance, name: str, seats: NDArray[np.int64]
) -> dict[str, Array]:
    """`order` (n, k): which item, by its place in the file, is at each letter."""
    return {"order": shuffled(chance, f"{name}.order", [False] * len(spec.items), seats, shuffle=spec.shuffle)}


def bind(spec: Spec, scope: Scope, arrangement: Columns) -> dict[str, Array]:
    """`ranks` (n, k): the step of the item at each letter."""
    return {"ranks": spec.ranks[arrangement["order"].astype(np.intp)]}


def read(spec: Spec, texts: Sequence[str], rules: Rules) -> Readings:
    """`letters` (n, k): the positions in the order of the answer, 255 where it ends early."""
    empty = {"letters": np.full(len(spec.items), OPEN, dtype=np.uint8)}
    return collect(texts, lambda text: {"letters": _ordered(spec, text)}, empty)


def _ordered(spec: Spec, text: str) -> list[int]:
    count = len(spec.items)
    found = positions(text, count, linked=True)
    if len(set(found)) < len(found):
        raise Stopped(len(text) + 1, Bilingual(zh="每项只写一次", en="every item once"))
    return found + [OPEN] * (count - len(found))


def mark(spec: Spec, reading: Readings, key: Columns, arrangement: Columns, rules: Rules) -> Steps:
    """`ordering.right`, `ordering.partial` (the longest right run's share of the items) or `ordering.wrong`."""
    letters = reading.columns["letters"]
    count = len(spec.items)
    ranks = np.take_along_axis(key["ranks"], np.minimum(letters, count - 1).astype(np.intp), axis=1).astype(np.int64)
    ranks[letters == OPEN] = -9
    longest = longest_run(ranks, [len(group) for group in spec.groups])
    right = reading.read & (longest == count)
    share = longest / count if spec.credit == "run" else np.zeros(len(longest))
    details: dict[str, Array] = {"given": letters, "asked": key["ranks"], "run": longest}
    steps = begun(reading).where(right, "ordering.right", 1.0, **details)
    some = reading.read & ~right & (longest > 1) & (share > 0)
    steps = steps.where(some, "ordering.partial", share, **details)
    return steps.where(reading.read & ~right & ~some, "ordering.wrong", 0.0, **details)


def longest_run(ranks: NDArray[np.int64], sizes: Sequence[int]) -> NDArray[np.int64]:
    """(n,) the longest piece of each row (n, k) of steps that stands so, unbroken, in a right order.

    `sizes` are the numbers of items of each step. A step is left for the next one when all its items have come; the
    step in which the run begins may have had some before.

    >>> longest_run(np.array([[0, 1, 1, 2], [0, 1, 2, 1], [2, 0, 1, 1]]), [1, 2, 1]).tolist()
    [4, 2, 3]
    """
    rows, count = ranks.shape
    room = np.array([*sizes, 0], dtype=np.int64)
    longest = np.zeros(rows, dtype=np.int64)
    for start in range(count):
        going = ranks[:, start] >= 0
        first = np.ones(rows, dtype=np.bool_)
        come = np.ones(rows, dtype=np.int64)
        length = going.astype(np.int64)
        for place in range(start + 1, count):
            before, here = ranks[:, place - 1], ranks[:, place]
            same = here == before
            onward = (here == before + 1) & (first | (come == room[np.maximum(before, 0)]))
            going = going & (same | onward)
            come = np.where(same, come + 1, 1)
            first &= same
            length += going
        longest = np.maximum(longest, length)
    return longest
