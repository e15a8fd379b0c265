"""The drawn gates themselves: the truth value of a port, followed from gate to gate.

`witness: {logic: main, solve: Y, given: {A: A, B: B}}` for one row of the truth table, or `over: [A, B, C]` for all of
it: a vector, the first input changing most slowly. It uses the gates and their wires, and no expression of the key.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import product
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray
from pydantic import Field, model_validator

from qbank import messages
from qbank.circuits import Circuit
from qbank.figures import Spec as Figure
from qbank.model import Column, Floats
from qbank.records import Record
from qbank.registry import unknown
from qbank.witnesses import _gates
from qbank.witnesses._setup import drawing, of_library, shown


class Spec(Record):
    """A witness that follows a figure's gates.

    `given` leads from an input port to the item's name or a number, which is 0 or 1 on every variant; a supply is 1,
    ground 0.
    """

    tag: ClassVar[str] = "logic"
    logic: str
    solve: str
    given: Mapping[str, str] = Field(default_factory=dict)
    over: tuple[str, ...] = Field(default=(), max_length=8)
    within: float = Field(default=0.0, ge=0, le=0.1)

    @model_validator(mode="after")
    def _once(self) -> Spec:
        for name in self.over:
            if name in self.given or self.over.count(name) > 1:
                raise ValueError(messages.tell("the input {name!r} is given twice", name=name))
        return self


def witness(
    spec: Spec, figures: Mapping[str, Figure], library: Mapping[str, Circuit], columns: Mapping[str, Column]
) -> Floats:
    """The truth value on every variant, (n,), or the column of the truth table, (n, 2^k). Raises ValueError."""
    figure = drawing(spec.logic, figures)
    n = max((len(column) for column in columns.values()), default=1)
    table = np.array(list(product((False, True), repeat=len(spec.over))), dtype=np.bool_)
    found = np.full((n, len(table)), np.nan)
    for name, rows in shown(figure, columns, n):
        circuit = of_library(name, library)
        inputs = {port: _truths(text, columns, rows)[:, None] for port, text in spec.given.items()}
        inputs |= {port: table[None, :, place] for place, port in enumerate(spec.over)}
        found[rows] = _gates.value(circuit, spec.solve, inputs)
    return found if spec.over else found[:, 0]


def _truths(text: str, columns: Mapping[str, Column], rows: NDArray[np.intp]) -> NDArray[np.bool_]:
    """(n,) a name or a number as truth values. Raises ValueError for anything but 0 and 1."""
    if text in columns:
        values = columns[text].values[rows]
    elif text in ("0", "1"):
        values = np.full(len(rows), float(text))
    else:
        raise ValueError(messages.tell("the name {unknown}", unknown=unknown(text, columns)))
    if columns.get(text, Column(values)).labels or not np.isin(values, (0, 1)).all():
        raise ValueError(messages.tell("{name} is not 0 or 1 on every variant", name=text))
    return np.asarray(values, dtype=np.bool_)
