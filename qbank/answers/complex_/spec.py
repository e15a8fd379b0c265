"""What is written under `answer:` with `kind: complex`."""

from __future__ import annotations

from typing import Any, Literal, Self

from pydantic import ConfigDict, Field, ValidationInfo, model_validator

from qbank import algebra, messages, units
from qbank.answers import _tolerance
from qbank.answers._fields import Credit, UnitText
from qbank.answers._tolerance import Written
from qbank.records import Record, Truth, Worded, is_sealed
from qbank.units import Unit


def _short(made: dict[str, Any]) -> None:
    """Let the schema know `key: Z` beside the parts."""
    made["type"] = ["string", "number", "object"]


class Number(Record):
    """A complex number: an expression such as `R + j*X`; or its parts; or its modulus and its angle in radians."""

    model_config = ConfigDict(json_schema_extra=_short)

    value: algebra.Formula | None = None
    re: algebra.Formula | None = None
    im: algebra.Formula | None = None
    modulus: algebra.Formula | None = None
    angle: algebra.Formula | None = None

    @model_validator(mode="before")
    @classmethod
    def _expression(cls, given: Any) -> Any:
        return given if isinstance(given, dict) else {"value": given}

    @model_validator(mode="after")
    def _sound(self) -> Self:
        if self.value is not None and self.re is self.im is self.modulus is self.angle is None:
            return self
        parts, polar = (self.re is not None, self.im is not None), (self.modulus is not None, self.angle is not None)
        whole = all(parts) != all(polar) and any(parts) != any(polar)
        if self.value is not None or not whole:
            raise ValueError(messages.tell(
                "write a complex number as one expression, as re: and im:, or as modulus: and angle: (in radians)"
            ))  # fmt: skip
        return self

    @property
    def expressions(self) -> tuple[algebra.Expression, ...]:
        """Itself, or its two numbers."""
        if self.value is not None:
            return (self.value,)
        if self.re is not None and self.im is not None:
            return self.re, self.im
        assert self.modulus is not None and self.angle is not None
        return self.modulus, self.angle


class Mistake(Worded):
    """One foreseen wrong answer; where `when` is false it does not exist on that variant."""

    value: Number
    when: algebra.Condition | None = None
    credit: Credit = 0.0


class Spec(Record):
    """`kind: complex`: the real and the imaginary part each by the tolerance, or `by: modulus` the distance.

    A bare angle after ∠ is in degrees, or in radians with `angles: radians`; `polar: yes` prints the key so.
    """

    kind: Literal["complex"]
    key: Number
    unit: UnitText = ""
    tolerance: Written
    by: Literal["parts", "modulus"] = "parts"
    credit: Literal["each", "all"] = "each"
    mistakes: dict[str, Mistake] = Field(default_factory=dict)
    unit_given: Literal["asked", "printed"] = "asked"
    unit_missing: Credit | None = None
    unit_wrong: Credit | None = None
    angles: Literal["degrees", "radians"] = "degrees"
    polar: Truth = False
    name: str = ""

    @model_validator(mode="after")
    def _sound(self, info: ValidationInfo) -> Self:
        if not is_sealed(info):
            _tolerance.in_unit(self.tolerance, self.unit)
        if self.tolerance.range is not None or self.tolerance.last:
            raise ValueError(messages.tell(
                "the tolerance of a complex number must be of the form 1%, 0.05, exact, sf 3 or dp 2"
            ))  # fmt: skip
        if self.by == "modulus" and (self.tolerance.sf is not None or self.tolerance.exact):
            raise ValueError(messages.tell("by: modulus needs a distance as tolerance: 1%, 0.05 or dp 2"))
        if self.unit and self.asked_unit.kind != "linear":
            raise ValueError(messages.tell(
                "a complex number cannot have the unit {unit}; write a linear unit", unit=self.unit
            ))  # fmt: skip
        return self

    @property
    def own_name(self) -> str:
        """What may appear before an equals sign."""
        text = self.key.value.text if self.key.value is not None else ""
        return self.name or (text if text.isidentifier() else "")

    @property
    def asked_unit(self) -> Unit:
        """What a bare number means."""
        return units.read(self.unit)
