"""What is written under `answer:` with `kind: vector`."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import BeforeValidator, Field, model_validator

from qbank import messages, units
from qbank.answers import _tolerance
from qbank.answers._fields import Components, Credit, Size, UnitText
from qbank.answers._mistakes import Mistake, of_lists
from qbank.answers._quantities import Asked, Form, takes_prefix
from qbank.answers._tolerance import Written
from qbank.model import Rules
from qbank.records import Record, Truth
from qbank.units import Unit

LARGEST = 400
"""The most components a vector or matrix may have."""


class Spec(Record):
    """`kind: vector`: a vector or matrix, each component by its own tolerance.

    `size:` gives every component its own blank on paper; without it (or with `grid: no`) the shape is asked too.
    """

    kind: Literal["vector"]
    key: Components
    unit: UnitText = ""
    tolerance: Written
    mistakes: Annotated[dict[str, Mistake], BeforeValidator(of_lists)] = Field(default_factory=dict)
    credit: Literal["each", "all"] = "each"
    size: Size | None = None
    grid: Truth = True
    shape: Literal["wrong", "unreadable"] = "wrong"
    unit_given: Literal["asked", "printed"] = "asked"
    unit_missing: Credit | None = None
    unit_wrong: Credit | None = None
    extra: Truth = False
    form: Form = "fraction"
    prefix: Truth | None = None
    comma: Literal["ask", "decimal", "thousands"] | None = None
    name: str = ""

    @model_validator(mode="after")
    def _sound(self) -> Self:
        if self.tolerance.last:
            raise ValueError(messages.tell(
                "'last' is only for numbers; write the tolerance of a vector as 1%, 0.005 or dp 2"
            ))  # fmt: skip
        _tolerance.in_unit(self.tolerance, self.unit)
        if self.shape == "unreadable" and self.size is None:
            raise ValueError(messages.tell("'shape: unreadable' needs size:, 3 for a vector, [2, 3] for a matrix"))
        return self

    @property
    def asked_unit(self) -> Unit:
        """What a bare component means."""
        return units.read(self.unit)

    @property
    def own_name(self) -> str:
        """The name that may appear before `=`."""
        return self.name or (self.key.text if self.key.text.isidentifier() else "")

    def reads(self, rules: Rules) -> Asked:
        """How the components are read under a paper's rules."""
        prefix = takes_prefix(self.prefix, self.asked_unit, self.unit)
        return Asked(self.asked_unit, prefix, self.form, "", self.comma or rules.comma, self.extra)
