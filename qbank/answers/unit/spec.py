"""What is written under `answer:` with `kind: unit`."""

from __future__ import annotations

import math
from functools import cached_property
from typing import Annotated, Any, Literal, Self, TypeAlias

from pydantic import BeforeValidator, Field, WithJsonSchema, model_validator

from qbank import messages, units
from qbank.answers._fields import Credit, UnitText
from qbank.model import Bilingual
from qbank.records import Record, Truth
from qbank.units import Unit


def _pure(value: Any) -> Any:
    """`1` is the unit of a pure number, which has none."""
    return "" if str(value).strip() == "1" else value


Asked: TypeAlias = Annotated[UnitText, BeforeValidator(_pure), WithJsonSchema({"type": ["string", "number"]})]
"""A unit that is asked for; `1` where a quantity has none."""


class Mistake(Record):
    """One foreseen wrong unit."""

    value: Asked
    zh: str
    en: str
    credit: Credit = 0.0

    @property
    def text(self) -> Bilingual:
        """What is said to those who make it."""
        return Bilingual(zh=self.zh, en=self.en)


class Spec(Record):
    """`kind: unit`: the unit alone, in any spelling; with `unit_convert: no` a prefix counts as well.

    `1` is the unit of a quantity that has none; `only: [kg, m, s, A]` asks for these units alone.
    """

    kind: Literal["unit"]
    key: Asked
    unit_convert: Truth = True
    only: tuple[UnitText, ...] = ()
    extra: Truth = False
    mistakes: dict[str, Mistake] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _sound(self) -> Self:
        if self.asked_unit.customary and not self.extra:
            raise ValueError(messages.tell("{unit} is read only with 'extra: yes'", unit=self.key))
        if not self.made_so(self.asked_unit):
            raise ValueError(messages.tell(
                "the key {key} itself is not made of {units} alone",
                key=self.key or "1", units=messages.listed(self.only),
            ))  # fmt: skip
        for name, mistake in self.mistakes.items():
            if self.alike(self.asked_unit, units.read(mistake.value)):
                raise ValueError(messages.tell("the mistake {mistake!r} is the key itself", mistake=name))
        return self

    @cached_property
    def asked_unit(self) -> Unit:
        """The unit that is right."""
        return units.read(self.key)

    def alike(self, unit: Unit, other: Unit) -> bool:
        """Whether two units are one, made of the same symbols, and of the same size where that counts."""
        return unit.fits(other) and unit.symbols == other.symbols and self.sized(unit.factor, unit.offset, other)

    def sized(self, factor: float, offset: float, asked: Unit) -> bool:
        """Whether a unit of this size is as large as the one that is asked for, if that counts."""
        return self.unit_convert or (math.isclose(factor, asked.factor, rel_tol=1e-9) and offset == asked.offset)

    def made_so(self, unit: Unit) -> bool:
        """Whether a unit is made of those in `only:` alone."""
        return not self.only or unit.symbols <= frozenset[str]().union(*(units.read(one).symbols for one in self.only))


def printed(unit: str) -> str:
    """A unit as sentences say it."""
    return units.text(unit) or "1"
