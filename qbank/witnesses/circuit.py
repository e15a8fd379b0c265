"""The drawn circuit itself, solved node by node from its parts and their values, without any formula of the key.

`witness: {circuit: main, solve: u_o / u_i, within: 1e-9}`. Signals (the default) are small: supplies are grounded,
capacitors short unless a frequency is named, a transistor is r_be with β i_b or g_m, an op-amp a nullor. At the bias
point capacitors are open, a base-emitter junction is U_BE, I_C is β I_B, and a FET follows its square law.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar, Literal

import numpy as np
from pydantic import Field, field_validator

from qbank.circuits import Circuit
from qbank.figures import Spec as Figure
from qbank.model import Column, Floats
from qbank.records import Record
from qbank.witnesses import _quantities
from qbank.witnesses._measuring import quantity
from qbank.witnesses._models import Mode
from qbank.witnesses._setup import Setup, drawing, of_library, shown


class Spec(Record):
    """A witness that solves a figure of the item.

    `given` leads from a port (`u_i`: its voltage), a part (its value) or a model's parameter (`VT.beta`, `beta` for
    every transistor; also r_be, U_BE, g_m, I_DSS, U_P, I_DO, U_T, A, U_D, U_Z, U_REF, and x, a slider's place from
    pin 1) to the item's name or a number; `beta: inf` neglects the base current. Without a voltage given, the port
    u_i is driven by 1 V. `without` takes parts away, as the load for R_out(u_o).
    `limit` is the largest output voltage, either way.
    """

    tag: ClassVar[Literal["circuit"]] = "circuit"
    circuit: str
    solve: str
    within: float = Field(gt=0, le=0.1)
    mode: Mode = "signal"
    given: Mapping[str, str] = Field(default_factory=dict)
    at: str | None = None
    capacitors: Literal["short", "open"] | None = None
    without: tuple[str, ...] = ()
    limit: str | None = None

    @field_validator("solve")
    @classmethod
    def _readable(cls, text: str) -> str:
        _quantities.read(text)
        return text


def witness(
    spec: Spec, figures: Mapping[str, Figure], library: Mapping[str, Circuit], columns: Mapping[str, Column]
) -> Floats:
    """The quantity on every variant, (n,), by solving the drawn figure. Raises ValueError when it has no answer."""
    figure = drawing(spec.circuit, figures)
    n = max((len(column) for column in columns.values()), default=1)
    found = np.full(n, np.nan)
    for name, rows in shown(figure, columns, n):
        here = {key: column.take(rows) for key, column in columns.items()}
        setup = Setup(
            of_library(name, library), spec.mode, figure.values, spec.given, here, len(rows), spec.at,
            spec.capacitors or ("short" if spec.mode == "signal" else "open"), frozenset(spec.without),
        )
        found[rows] = quantity(spec.solve, setup)
        if spec.limit is not None:
            limit = setup.column(spec.limit)
            found[rows] = np.clip(found[rows], -limit, limit)
    return found
