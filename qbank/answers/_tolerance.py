"""What counts as right beside the key: relative, absolute, exact, a range, figures or decimals. Nothing hidden.

    tolerance := term (("or" | "and" | "+") term)*          either (the wider), both (the narrower), the sum
    term      := "exact" | "last" | "sf" n | "dp" n | "rel"? number "%" | "rel" number | "abs"? number unit?
"""

from __future__ import annotations

import re
from typing import Annotated, Any, Literal, Self, TypeAlias

from pydantic import BeforeValidator, Field, WithJsonSchema, model_validator

from qbank import algebra, messages, units
from qbank.records import Record, Truth

Join: TypeAlias = Literal["either", "both", "sum"]
_JOINS: dict[str, Join] = {"or": "either", "and": "both", "+": "sum"}
_TERM = re.compile(
    r"(?P<word>exact|last)|(?P<count>sf|dp)\s*[:=]?\s*(?P<n>\d{1,2})|(?:rel\s*|±\s*)?(?P<percent>[\d.]+)\s*%"
    r"|rel\s*(?P<rel>[\d.eE+-]+)|(?:abs\s*|±\s*)?(?P<abs>(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)\s*(?P<unit>.*)"
)
_FULL_WIDTH = str.maketrans("％＋．：０１２３４５６７８９", "%+.:0123456789")
_NEARLY = re.compile(r"(?P<number>[\d.]+)\s*(?:pct|percent|per cent|pc|prozent|个百分点)", re.IGNORECASE)


def _number(value: Any) -> Any:
    text = str(value).strip()
    return float(text[:-1]) / 100 if re.fullmatch(r"[\d.]+\s*%", text) else value


Share: TypeAlias = Annotated[float, BeforeValidator(_number), Field(ge=0, lt=10, allow_inf_nan=False)]


class Tolerance(Record):
    """How far an answer may lie from the key; at least one of them is written."""

    rel: Share | None = None
    abs: Annotated[float, Field(ge=0, allow_inf_nan=False)] | None = None
    unit: str = ""
    exact: Truth = False
    range: tuple[algebra.Formula, algebra.Formula] | None = None
    sf: Annotated[int, Field(ge=1, le=15)] | None = None
    dp: Annotated[int, Field(ge=0, le=15)] | None = None
    last: Truth = False
    join: Join = "either"

    @model_validator(mode="after")
    def _sound(self) -> Self:
        written = [self.rel, self.abs, self.dp, self.sf, self.range]
        if all(one is None for one in written) and not self.last and not self.exact:
            raise ValueError(messages.tell(
                "the tolerance is missing; write 1%, 0.05, 0.05 V, exact, sf 3, dp 2, last or range: [low, high]"
            ))  # fmt: skip
        if self.unit:
            units.canonical(self.unit)
        return self


def parse(value: Any) -> Any:
    """The fields of a tolerance written in one line. Raises ValueError with what may be written.

    >>> parse("1% or 0.05 V")
    {'rel': 0.01, 'abs': 0.05, 'unit': 'V', 'join': 'either'}
    >>> parse("1 pct")
    Traceback (most recent call last):
    ValueError: '1 pct' is not a tolerance; did you mean '1%'?
    """
    if not isinstance(value, str | int | float):
        return value
    text = str(value).translate(_FULL_WIDTH).strip()
    read: dict[str, Any] = {}
    terms = re.split(r"\s+(or|and)\s+|\s*(\+)\s+", text)
    terms = [term for term in terms if term is not None]
    for term in terms[::2]:
        found = _one(term.strip(), text)
        if set(found) & set(read):
            raise ValueError(messages.tell("{text!r} has {field} twice", text=text, field=messages.listed(found)))
        read |= found
    joins = {_JOINS[word] for word in terms[1::2]}
    if len(joins) > 1:
        raise ValueError(messages.tell("{text!r} joins in two ways; use only one of or, and, +", text=text))
    return read | ({"join": joins.pop()} if joins else {})


def _one(term: str, text: str) -> dict[str, Any]:
    nearly = _NEARLY.fullmatch(term)
    if nearly:
        guess = f"{nearly['number']}%"
        raise ValueError(messages.tell("{text!r} is not a tolerance; did you mean {guess!r}?", text=text, guess=guess))
    found = _TERM.fullmatch(term)
    if found is None:
        raise ValueError(_invalid(text))
    try:
        if found["word"]:
            return {found["word"]: True}
        if found["count"]:
            return {found["count"]: int(found["n"])}
        if found["percent"]:
            return {"rel": float(found["percent"]) / 100}
        if found["rel"]:
            return {"rel": float(found["rel"])}
        unit = found["unit"].strip()
        return {"abs": float(found["abs"])} | ({"unit": units.canonical(unit)} if unit else {})
    except ValueError as error:
        raise ValueError(_invalid(text)) from error


def _invalid(text: str) -> str:
    return messages.tell(
        "{text!r} is not a tolerance; write 1%, 0.05, 0.05 V, exact, sf 3, dp 2, last or range: [low, high]", text=text
    )


Written: TypeAlias = Annotated[Tolerance, BeforeValidator(parse), WithJsonSchema({"type": ["string", "object"]})]
"""A tolerance as an author writes it, in one line or as a mapping."""


def in_unit(tolerance: Tolerance, unit: str) -> None:
    """Raises ValueError for a tolerance in a unit that is not one of the key's."""
    if tolerance.unit and not units.read(tolerance.unit).fits(units.read(unit)):
        if not unit:
            raise ValueError(messages.tell(
                "the tolerance is in {unit}, but the key has no unit", unit=tolerance.unit
            ))  # fmt: skip
        raise ValueError(messages.tell(
            "the tolerance is in {unit}, but the key is in {own}", unit=tolerance.unit, own=unit
        ))  # fmt: skip


def only_exact(tolerance: Tolerance) -> bool:
    """Whether nothing but the exact value is right: exact alone, or both exact and something else."""
    if not tolerance.exact:
        return False
    widths = (tolerance.rel, tolerance.abs, tolerance.dp, tolerance.sf, tolerance.range)
    return tolerance.join == "both" or (not tolerance.last and all(width is None for width in widths))
