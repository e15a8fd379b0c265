"""What is written under `answer:` with `kind: interval`."""

from __future__ import annotations

from typing import Annotated, Any, Literal, Self, TypeAlias

from pydantic import BeforeValidator, Field, ValidationInfo, WithJsonSchema, model_validator

from qbank import algebra, messages, units
from qbank.answers import _tolerance
from qbank.answers._fields import Credit, UnitText
from qbank.answers._quantities import Asked, Form, takes_prefix
from qbank.answers._tolerance import Written
from qbank.model import Rules
from qbank.records import Record, Truth, Worded, is_sealed
from qbank.units import Unit

ENDLESS = frozenset({"inf", "-inf", "+inf", "∞", "-∞", "+∞"})
Brackets: TypeAlias = Literal["()", "(]", "[)", "[]"]
ANY = "any"
"""The brackets of a key whose ends may belong to it or not."""


def _end(value: Any) -> Any:
    """An end as an expression, or infinity as its sign."""
    text = str(value).strip()
    if text in ENDLESS:
        return -1 if text.startswith("-") else 1
    try:
        return algebra.read(text)
    except algebra.ExpressionError as error:
        raise ValueError(str(error)) from error


End: TypeAlias = Annotated[
    algebra.Expression | Literal[-1, 1], BeforeValidator(_end), WithJsonSchema({"type": ["string", "number"]})
]
"""An end: an expression, `inf` or `-inf`."""


class Mistake(Worded):
    """One foreseen wrong interval; what it does not say is as in the key."""

    low: End | None = None
    high: End | None = None
    brackets: Brackets | None = None
    when: algebra.Condition | None = None
    credit: Credit = 0.0


class Spec(Record):
    """`kind: interval`: two ends, each with its bracket; `inf` and `-inf` are not numbers and take round brackets.

    Each end with its bracket is half of the marks, with `all: yes` nothing is. With `brackets: any`, whether an end
    belongs to the interval does not matter. With `inequality: x` it is asked and printed as an inequality of x; either
    is read.
    """

    kind: Literal["interval"]
    low: End
    high: End
    brackets: Brackets | Literal["any"]
    unit: UnitText = ""
    tolerance: Written
    all: Truth = False
    mistakes: dict[str, Mistake] = Field(default_factory=dict)
    unit_given: Literal["asked", "printed"] = "asked"
    unit_missing: Credit | None = None
    unit_wrong: Credit | None = None
    form: Form = "fraction"
    prefix: Truth | None = None
    comma: Literal["ask", "decimal", "thousands"] | None = None
    name: str = ""
    inequality: str = ""

    @model_validator(mode="after")
    def _sound(self, info: ValidationInfo) -> Self:
        if not is_sealed(info):
            _tolerance.in_unit(self.tolerance, self.unit)
        if self.tolerance.range is not None or self.tolerance.last:
            raise ValueError(messages.tell(
                "the tolerance of an interval must be of the form 1%, 0.05, exact, sf 3 or dp 2, which holds for "
                "each end"
            ))  # fmt: skip
        closed = (self.low == -1 and self.brackets[0] == "[") or (self.high == 1 and self.brackets[1] == "]")
        if self.low == 1 or self.high == -1 or closed:
            raise ValueError(messages.tell("an interval must go from low: up to high:, and be open at infinity"))
        if self.brackets == ANY and (named := [name for name, one in self.mistakes.items() if one.brackets]):
            raise ValueError(messages.tell(
                "with brackets: any, brackets are not compared; remove brackets: from the mistake {name!r}",
                name=named[0],
            ))  # fmt: skip
        if self.inequality and self.name:
            raise ValueError(messages.tell("inequality: already gives the letter; remove name:"))
        if self.inequality and not algebra.is_name(self.inequality):
            raise ValueError(messages.tell("inequality: {text} is not a letter such as u_i", text=self.inequality))
        return self

    @property
    def printed(self) -> str:
        """The brackets with which the key is printed."""
        return "()" if self.brackets == ANY else self.brackets

    @property
    def letter(self) -> str:
        """What the interval is of, where the part says it."""
        return self.inequality or self.name

    @property
    def asked_unit(self) -> Unit:
        """What a bare end means."""
        return units.read(self.unit)

    def reads(self, rules: Rules) -> Asked:
        """How the ends are read under a paper's rules."""
        prefix = takes_prefix(self.prefix, self.asked_unit, self.unit)
        return Asked(self.asked_unit, prefix, self.form, "", self.comma or rules.comma)
