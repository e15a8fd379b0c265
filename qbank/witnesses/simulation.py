"""Brute force: a waveform sampled and averaged, a range tried out, a loop run, in place of the key's closed formula.

`witness: {simulation: mean, of: u**2/RL, over: {t: [0, 1]}, given: {u: sqrt(2)*Ui*sin(2*pi*t)}, within: 1e-6}`

mean, rms, integral      over at least 4096 moments (unless `points:` is given)
max, min, argmax, argmin the largest or smallest value, or where it lies: tried out, then closer around the best
root                     where the quantity changes its sign between the two ends
first, count             over whole numbers: the smallest for which a condition holds; for how many it does
sum, product             over whole numbers
loop                     states that go on step by step
value                    a formula of simulations in `given:`

loop over: {k: [0, 100]}, start: {m: n, count: "0"}, step: {m: m//2, count: count + 1}, until: m < 1, of: count
"""

# ruff: noqa: ARG001 (every witness takes the same arguments)

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar, Literal

import numpy as np
from pydantic import Field

from qbank import messages
from qbank.algebra import Expression
from qbank.circuits import Circuit
from qbank.figures import Spec as Figure
from qbank.model import Column, Floats
from qbank.registry import unknown
from qbank.witnesses import _sampling, _simulated
from qbank.witnesses._simulated import Simulation


class Spec(Simulation):
    """A witness that is a simulation; `seats` is the number of variants it is computed on, all by default."""

    tag: ClassVar[Literal["simulation"]] = "simulation"
    within: float = Field(ge=0, le=0.1)
    seats: int | None = Field(default=None, ge=1)

    @property
    def names(self) -> frozenset[str]:
        """The item's names that it uses."""
        return _simulated.names(self)

    @property
    def expressions(self) -> tuple[Expression, ...]:
        """Every formula the author wrote; none may be the key's."""
        return tuple(_simulated.expressions(self))


def witness(
    spec: Spec, figures: Mapping[str, Figure], library: Mapping[str, Circuit], columns: Mapping[str, Column]
) -> Floats:
    """The quantity on every variant, (n, *shape). Raises ValueError when it has no answer."""
    n = max((len(column) for column in columns.values()), default=1)
    for name in sorted(spec.names - set(columns)):
        raise ValueError(messages.tell("the name {unknown}", unknown=unknown(name, columns)))
    return np.asarray(_sampling.value(spec, columns, n), dtype=np.float64)
