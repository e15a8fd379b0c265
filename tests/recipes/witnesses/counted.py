"""A number counted up: `{counted: a, within: 0}`. A throw-away witness, added by the recipe."""

# ruff: noqa: ARG001 (every witness takes the same arguments; copied into a package by the test)

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar, Literal

import numpy as np
from pydantic import Field

from qbank.circuits import Circuit
from qbank.figures import Spec as Figure
from qbank.model import Column, Floats
from qbank.records import Record


class Spec(Record):
    """The name that is counted."""

    tag: ClassVar[Literal["counted"]] = "counted"
    counted: str
    within: float = Field(ge=0, le=0.1)


def witness(
    spec: Spec, figures: Mapping[str, Figure], library: Mapping[str, Circuit], columns: Mapping[str, Column]
) -> Floats:
    """(n, 2): the number and the next, one by one."""
    values = columns[spec.counted].values
    counted = np.array([sum(1 for _ in range(int(value))) for value in values], dtype=np.float64)
    return np.stack([counted, counted + 1], axis=1)
