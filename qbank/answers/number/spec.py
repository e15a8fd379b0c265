"""What is written under `answer:` with `kind: number`."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING, Annotated, Any, Literal, Self, TypeAlias

from pydantic import (
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationInfo,
    WithJsonSchema,
    model_validator,
)

from qbank import algebra, messages, units
from qbank.answers import _tolerance
from qbank.answers._fields import Credit, UnitText
from qbank.answers._mistakes import Mistake
from qbank.answers._quantities import Asked, Form, takes_prefix
from qbank.answers._tolerance import Tolerance, Written
from qbank.model import Rules
from qbank.records import Record, Truth, is_sealed
from qbank.units import Unit

if TYPE_CHECKING:
    from qbank.numerals import Comma

_LITERAL = re.compile(
    r"[+-]?\s*(?P<digits>(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d{1,2})?)\s*(?P<suffix>[a-zA-Zµ]?)", re.ASCII
)


class Figures(Record):
    """How many significant figures are to be shown: `least` to `most` (None for no bound)."""

    least: Annotated[int, Field(ge=1, le=15)]
    most: Annotated[int, Field(ge=1, le=15)] | None = None
    one: bool = False
    """Whether a single number was written, as in `figures: 3`."""


def _figures(value: Any) -> Any:
    if isinstance(value, Figures):
        return value
    try:
        if isinstance(value, list | tuple):
            least, most = (int(end) for end in value)
            if least > most:
                raise ValueError(value)
            return {"least": least, "most": most}
        text = str(value).strip()
        if text.startswith((">=", "≥")):
            return {"least": int(text.lstrip(">=≥ "))}
        return {"least": int(text), "most": int(text), "one": True}
    except ValueError:
        raise ValueError(messages.tell(
            "{value!r} is not a number of figures; write 3, '>=3' or [2, 4]", value=value
        )) from None  # fmt: skip


FiguresAsked: TypeAlias = Annotated[
    Figures, BeforeValidator(_figures), WithJsonSchema({"type": ["string", "integer", "array"]})
]


class Penalty(Record):
    """What too few and too many figures cost, of the part."""

    few: Credit = 1.0
    many: Credit = 0.2


class Also(Record):
    """A further key, and what it earns."""

    key: algebra.Formula
    credit: Credit = 1.0


def _short_forms(made: dict[str, Any]) -> None:
    """Let the schema know what may appear beside `tolerance:`, and `accept: [key, …]`."""
    fields = made["properties"]
    fields["accept"]["items"] = {"anyOf": [fields["accept"]["items"], {"type": ["string", "number"]}]}
    fields |= {"range": {"type": ["string", "array"]}, "join": {"type": "string"}}
    made["required"] = [name for name in made["required"] if name != "tolerance"]
    made["anyOf"] = [{"required": ["tolerance"]}, {"required": ["range"]}]


class Spec(Record):
    """`kind: number`: one number, with a unit where the part has one."""

    model_config = ConfigDict(json_schema_extra=_short_forms)

    kind: Literal["number"]
    key: algebra.Formula
    unit: UnitText = ""
    tolerance: Written
    mistakes: dict[str, Mistake] = Field(default_factory=dict)
    accept: tuple[Also, ...] = ()
    unit_given: Literal["asked", "printed"] = "asked"
    unit_missing: Credit | None = None
    unit_wrong: Credit | None = None
    unit_share: Credit | None = None
    unit_convert: Truth = True
    extra: Truth = False
    difference: Truth = False
    infinite: Truth = False
    level: Literal["amplitude", "power"] | None = None
    also: Literal["ratio"] | None = None
    figures: FiguresAsked | None = None
    strict: Truth = False
    figures_penalty: Penalty = Penalty.model_construct()
    places: Annotated[int, Field(ge=0, le=15)] | None = None
    more: Literal["agree", "rounded", "none"] = "agree"
    form: Form = "fraction"
    prefix: Truth | None = None
    comma: Literal["ask", "decimal", "thousands"] | None = None
    name: str = ""

    @model_validator(mode="before")
    @classmethod
    def _tolerance_in_place(cls, given: Any) -> Any:
        """`range:` and `join:` may appear beside `tolerance:`; `accept: [key, …]` names the key itself."""
        if not isinstance(given, dict):
            return given
        fields = dict(given)
        if "range" in fields and "tolerance" not in fields:
            fields["tolerance"] = {"range": fields.pop("range")}
        if "join" in fields and isinstance(fields.get("tolerance"), str):
            from qbank.answers._tolerance import parse

            fields["tolerance"] = parse(fields["tolerance"]) | {"join": fields.pop("join")}
        if isinstance(fields.get("accept"), list):
            also = [{"key": one} if isinstance(one, str) else one for one in fields["accept"] if one != "key"]
            fields["accept"] = also
        return fields

    @model_validator(mode="after")
    def _sound(self, info: ValidationInfo) -> Self:
        _tolerance.in_unit(self.tolerance, self.unit)
        if self.tolerance.last and self.last is None:
            raise ValueError(messages.tell("'last' needs a key written as a number, such as 4.70, or places: N"))
        unit = units.read(self.unit)
        if unit.customary and not self.extra:
            raise ValueError(messages.tell("{unit} is read only with 'extra: yes'", unit=self.unit))
        if self.difference and unit.dimension != units.read("K").dimension:
            raise ValueError(messages.tell("'difference: yes' is for a temperature, with unit: K or °C"))
        if self.tolerance.rel and self.asked_unit.offset and not is_sealed(info):
            raise ValueError(messages.tell(
                "a relative tolerance has no meaning for a temperature in {unit}; write an absolute one, such as 0.5 K",
                unit=self.unit,
            ))  # fmt: skip
        if self.also and (self.asked_unit.kind != "log" or self.level is None):
            raise ValueError(messages.tell("'also: ratio' needs 'unit: dB' and 'level: amplitude' or 'level: power'"))
        if self.figures and self.places is not None:
            raise ValueError(messages.tell("write either figures: or places:, not both"))
        if self.infinite and (self.tolerance.range is not None or self.level is not None):
            raise ValueError(messages.tell("'infinite: yes' cannot be used with a range or a level"))
        if self.accept and self.tolerance.range is not None:
            raise ValueError(messages.tell("accept: cannot be used with a range, all of which is right"))
        return self

    @property
    def asked_unit(self) -> Unit:
        """What a bare number means; a difference of temperatures has no offset."""
        unit = units.read(self.unit)
        return replace(unit, offset=0.0) if self.difference else unit

    @property
    def scale(self) -> str:
        """The unit that numbers are converted to when they print: none for a difference in °C, which is one in K."""
        return "" if self.difference and units.read(self.unit).offset else self.unit

    @cached_property
    def last(self) -> float | None:
        """What one unit in the last figure of the key as written is worth (SI); None where the key is a formula."""
        written = _LITERAL.fullmatch(self.key.text.strip())
        if written is not None:
            power = Decimal(written["digits"]).as_tuple().exponent
            return float(f"1e{power}") * (units.prefix(written["suffix"]) or 1.0)
        return None if self.places is None else 10.0**-self.places * self.asked_unit.factor

    @property
    def takes_prefix(self) -> bool:
        """Whether 4.7k and 4k7 are numbers here."""
        return takes_prefix(self.prefix, self.asked_unit, self.unit)

    def reads(self, rules: Rules) -> Asked:
        """How the part's answers are read under a paper's rules."""
        comma = self.comma or rules.comma
        if comma not in self._asked:
            own = self.name or (self.key.text if self.key.text.isidentifier() else "")
            counts = self.counts and comma == "ask"
            self._asked[comma] = Asked(
                self.asked_unit, self.takes_prefix, self.form, own, comma, self.extra, counts, self.difference
            )
        return self._asked[comma]

    @cached_property
    def _asked(self) -> dict[Comma, Asked]:
        """How answers are read, by the policy for the comma."""
        return {}

    @property
    def counts(self) -> bool:
        """Whether 1,234 may be a count here: without a unit, and with an exact tolerance."""
        return not self.unit and _tolerance.only_exact(self.tolerance)


__all__ = ["Also", "Figures", "Mistake", "Penalty", "Spec", "Tolerance"]
