"""A derivative by finite differences of a forward pass, without any rule of differentiation.

`witness: {gradient: (wy*h2 - y)**2/2, with respect to: wh, given: {h1: …, h2: …}, within: 1e-7}`
"""

# ruff: noqa: ARG001 (every witness takes the same arguments)

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise
from typing import ClassVar, Literal

import numpy as np
from pydantic import Field

from qbank import messages
from qbank.algebra import Expression
from qbank.circuits import Circuit
from qbank.figures import Spec as Figure
from qbank.model import Column, Floats
from qbank.records import Record
from qbank.registry import unknown
from qbank.witnesses import _sampling, _simulated
from qbank.witnesses._simulated import Quantity

STEP = 1e-2
"""The first step, as a share of the value that is moved."""
LEVELS = 4
NOTHING = 1e-13
"""A value below this, in SI, counts as 0: it is moved by the step itself, not by a share of what rounding left."""


class Spec(Record):
    """A witness that differentiates a quantity, a formula or a simulation, with respect to one of the item's names.

    `given` names the values on the way, each from those before it and the item's parameters. With `at`, the variable
    is no name of the item, and this is its value: `{gradient: IDSS*(1 - u/UP)**2, with respect to: u, at: …}`.
    """

    tag: ClassVar[Literal["gradient"]] = "gradient"
    gradient: Quantity
    moved: str = Field(alias="with respect to")
    at: Quantity | None = None
    given: Mapping[str, Quantity] = Field(default_factory=dict)
    within: float = Field(ge=0, le=0.1)
    seats: int | None = Field(default=None, ge=1)

    @property
    def names(self) -> frozenset[str]:
        """The item's names that it uses."""
        used = {name for each in (self.gradient, *self.given.values()) for name in _simulated.names(each)}
        used -= set(self.given)
        return frozenset(used if self.at is None else used - {self.moved} | _simulated.names(self.at))

    @property
    def expressions(self) -> tuple[Expression, ...]:
        """Every formula the author wrote; none may be the key's."""
        written = (*self.given.values(), self.gradient, *(() if self.at is None else (self.at,)))
        return tuple(found for each in written for found in _simulated.expressions(each))


def witness(
    spec: Spec, figures: Mapping[str, Figure], library: Mapping[str, Circuit], columns: Mapping[str, Column]
) -> Floats:
    """The derivative on every variant, of the shape of the name that is moved. Raises ValueError.

    Central differences with the steps h, h/2, h/4, h/8, extrapolated to h = 0.
    Source: L. F. Richardson, "The approximate arithmetical solution by finite differences", 1911.
    """
    n = max((len(column) for column in columns.values()), default=1)
    if not any(spec.moved in _simulated.names(each) for each in (spec.gradient, *spec.given.values())):
        raise ValueError(messages.tell("the quantity does not depend on {name}", name=spec.moved))
    if spec.at is not None:
        place = np.asarray(_sampling.value(spec.at, columns, n), dtype=np.float64)
    elif spec.moved in columns:
        place = np.asarray(columns[spec.moved].values, dtype=np.float64)
    else:
        raise ValueError(messages.tell("with respect to: {unknown}", unknown=unknown(spec.moved, columns)))
    flat = place.reshape(len(place), -1)
    found = np.stack([_slope(spec, columns, flat, each, place.shape) for each in range(flat.shape[1])], axis=1)
    return np.asarray(found.reshape(place.shape))


def _slope(
    spec: Spec, columns: Mapping[str, Column], flat: Floats, component: int, shape: tuple[int, ...]
) -> Floats:
    """The derivative with respect to one component, (n,)."""
    place = np.abs(flat[:, component])
    size = np.where(place < NOTHING, 1.0, place) * STEP

    def moved(step: Floats) -> Floats:
        new = flat.copy()
        new[:, component] += step
        scope = {**columns, spec.moved: Column(new.reshape(shape))}
        for name, each in spec.given.items():
            scope[name] = Column(_sampling.value(each, scope, len(flat)))
        says = np.asarray(_sampling.value(spec.gradient, scope, len(flat)), dtype=np.float64)
        if says.ndim > 1:
            raise ValueError(messages.tell("the quantity must be one number, not an array of shape {shape}",
                                           shape=says.shape[1:]))  # fmt: skip
        return says

    level = [(moved(size / 2**k) - moved(-size / 2**k)) / (2 * size / 2**k) for k in range(LEVELS)]
    for order in range(1, LEVELS):
        level = [fine + (fine - coarse) / (4**order - 1) for coarse, fine in pairwise(level)]
    return np.asarray(level[0])
