"""What must vanish at the right answer: A·x − b for a system, A·v − λ·v for an eigenvector, an equation, a recurrence.

`witness: {residual: A @ x - b, in: x, within: 1e-9}`

The key is put into the residual, and moved by Newton's method until it vanishes: a right key does not move, a wrong
one moves away. Where a residual alone does not determine x, as the length of an eigenvector, write a list:
`residual: [A @ v - lam*v, norm(v) - 1]`. `of` is what the part asks, where that is not x itself: `of: x[0]`.
"""

# ruff: noqa: ARG001 (every witness takes the same arguments)

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, ClassVar, Literal

import numpy as np
from pydantic import BeforeValidator, Field, WithJsonSchema

from qbank import algebra, messages
from qbank.algebra import Expression
from qbank.circuits import Circuit
from qbank.figures import Spec as Figure
from qbank.model import Column, Floats
from qbank.records import Record
from qbank.registry import unknown

TURNS = 30
"""The most steps of Newton's method; a linear residual takes two."""
STEP = 1e-6
"""The step of a difference, as a share of the largest component."""
ENOUGH = 1e-15
"""A step this small, as a share of the largest component, is rounding."""
FREE = 1e-9
"""A direction in which the residual changes by less than this share of the most leaves the key free."""


def _list(value: Any) -> Any:
    return value if isinstance(value, list | tuple) else [value]


class Spec(Record):
    """A witness that states what the key must fulfil, without a formula of the key."""

    tag: ClassVar[Literal["residual"]] = "residual"
    residual: Annotated[
        tuple[algebra.Formula, ...],
        BeforeValidator(_list),
        Field(min_length=1),
        WithJsonSchema({"type": ["string", "array"], "items": {"type": "string"}}),
    ]
    moved: str = Field(alias="in")
    of: algebra.Formula | None = None
    within: float = Field(ge=0, le=0.1)
    seats: int | None = Field(default=None, ge=1)

    @property
    def names(self) -> frozenset[str]:
        """The item's names that it uses, apart from the one whose value is proved."""
        return frozenset(name for each in self.residual for name in algebra.names(each)) - {self.moved}

    @property
    def expressions(self) -> tuple[Expression, ...]:
        """Every formula the author wrote; none may be the key's."""
        return self.residual


def witness(
    spec: Spec, figures: Mapping[str, Figure], library: Mapping[str, Circuit], columns: Mapping[str, Column]
) -> Floats:
    """What is asked where the residual vanishes, next to the key, on every variant. Raises ValueError.

    Newton's method on central differences, with the least squares of a residual that has more rows than unknowns.
    """
    for name in sorted((spec.names | {spec.moved}) - set(columns)):
        raise ValueError(messages.tell("the name {unknown}", unknown=unknown(name, columns)))
    if not any(spec.moved in algebra.names(each) for each in spec.residual):
        raise ValueError(messages.tell("the residual does not depend on {name}", name=spec.moved))
    given = columns[spec.moved]
    if given.labels or np.iscomplexobj(given.values):
        raise ValueError(messages.tell("in: must name a real number, a vector or a matrix, and {name} is none of them",
                                       name=spec.moved))  # fmt: skip
    place = np.asarray(given.values, dtype=np.float64)
    found = _vanishing(spec, columns, place.reshape(len(place), -1), place.shape).reshape(place.shape)
    if spec.of is None:
        return found
    said = algebra.evaluate(spec.of, {**columns, spec.moved: Column(found)}, len(found))
    return np.asarray(said.values, dtype=np.float64)


def _vanishing(spec: Spec, columns: Mapping[str, Column], flat: Floats, shape: tuple[int, ...]) -> Floats:
    """(n, k) the place next to each row where the residual vanishes. Raises ValueError where that is no one place."""
    scale = np.maximum(np.abs(flat).max(axis=1), np.finfo(np.float64).tiny ** 0.5)
    scale = np.where(np.abs(flat).max(axis=1) == 0, 1.0, scale)
    for turn in range(TURNS):
        slopes = np.stack(
            [_difference(spec, columns, flat, each, scale, shape) for each in range(flat.shape[1])], axis=2
        )
        if turn == 0:
            _held(spec, slopes, scale)
        step = -np.einsum("nij,nj->ni", np.linalg.pinv(slopes), _residual(spec, columns, flat, shape))
        flat = flat + step
        if not np.isfinite(flat).all() or (np.abs(step).max(axis=1) <= ENOUGH * scale).all():
            break
    return flat


def _held(spec: Spec, slopes: Floats, scale: Floats) -> None:
    """Raise ValueError where the residual does not change in some direction, so that it proves nothing there."""
    if not np.isfinite(slopes).all():
        raise ValueError(messages.tell("the residual has no value at the key or close to it"))
    size = np.linalg.norm(slopes, axis=2, keepdims=True)
    rows = np.divide(slopes, size, out=np.zeros_like(slopes), where=size > 0)  # whatever units the rows are in
    strength = np.linalg.svd(rows, compute_uv=False)
    if slopes.shape[1] < slopes.shape[2] or (strength[:, -1] <= FREE * strength[:, 0]).any():
        raise ValueError(messages.tell("the residual does not determine {name}: it also vanishes elsewhere, or does "
                                       "not change; list what else must vanish, such as norm(v) - 1",
                                       name=spec.moved))  # fmt: skip


def _difference(
    spec: Spec, columns: Mapping[str, Column], flat: Floats, component: int, scale: Floats, shape: tuple[int, ...]
) -> Floats:
    """(n, m) how the residual changes with one component."""
    moved = np.zeros_like(flat)
    moved[:, component] = STEP * scale
    change = _residual(spec, columns, flat + moved, shape) - _residual(spec, columns, flat - moved, shape)
    return np.asarray(change / (2 * STEP * scale)[:, None])


def _residual(spec: Spec, columns: Mapping[str, Column], flat: Floats, shape: tuple[int, ...]) -> Floats:
    """(n, m) everything that must vanish, at this place."""
    scope = {**columns, spec.moved: Column(flat.reshape(shape))}
    found = [np.asarray(algebra.evaluate(each, scope, len(flat)).values, np.float64) for each in spec.residual]
    return np.concatenate([each.reshape(len(flat), -1) for each in found], axis=1)
