"""What is written under `answer:` with `kind: set`."""

from __future__ import annotations

from functools import cached_property
from typing import Annotated, Literal, Self

from pydantic import BeforeValidator, Field, model_validator

from qbank import messages
from qbank.answers._fields import Components, Credit, UnitText
from qbank.answers._mistakes import Mistake, of_lists
from qbank.answers._quantities import Form
from qbank.answers._tolerance import Written
from qbank.answers.number.spec import Spec as Number
from qbank.records import Record, Truth
from qbank.units import Unit

LARGEST = 50
"""The most values a set may have."""


class Spec(Record):
    """`kind: set`: several values in one blank, in any order; each is what a number part would ask for."""

    kind: Literal["set"]
    key: Components
    unit: UnitText = ""
    tolerance: Written
    mistakes: Annotated[dict[str, Mistake], BeforeValidator(of_lists)] = Field(default_factory=dict)
    credit: Literal["each", "all"] = "each"
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
        if self.tolerance.range is not None or self.tolerance.last:
            raise ValueError(messages.tell(
                "the tolerance of a set must be of the form 1%, 0.05, exact, sf 3 or dp 2, which holds for each value"
            ))  # fmt: skip
        assert self.entry  # what a number refuses, such as a tolerance in another unit, a set refuses
        return self

    @cached_property
    def entry(self) -> Number:
        """Any one of the values, as a number part asks for it."""
        shared = {"unit", "tolerance", "unit_given", "unit_missing", "unit_wrong", "extra", "form", "prefix", "comma"}
        own = {name: value for name, value in self if name in shared}
        return Number.model_validate({"kind": "number", "key": "0", **own})

    @property
    def asked_unit(self) -> Unit:
        """What a bare value means."""
        return self.entry.asked_unit

    @property
    def names(self) -> tuple[str, ...]:
        """The names that may appear before `=`, with a number or without."""
        return tuple(self.name.split()) or ((self.key.text,) if self.key.text.isidentifier() else ())
