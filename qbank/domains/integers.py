"""Whole numbers: `{integers: [5, 100]}`, or with a step `{integers: {from: 5, to: 100, step: 5}}`."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from pydantic import Field, field_validator, model_validator

from qbank.domains._common import Domain, DomainExample, DomainRecord, Whole, stepped, tabled
from qbank.records import Record


class Span(Record):
    """From one integer to another, in steps."""

    start: Whole = Field(alias="from")
    stop: Whole = Field(alias="to")
    step: Whole = 1

    @model_validator(mode="before")
    @classmethod
    def _short_form(cls, value: Any) -> Any:
        if isinstance(value, list | tuple):
            if len(value) not in (2, 3):
                raise ValueError("needs the two ends, and a step where it is not 1: [5, 100] or [5, 100, 5]")
            return dict(zip(("from", "to", "step"), value, strict=False))
        if not isinstance(value, Mapping | Span):
            raise ValueError("needs the two ends: [5, 100]")
        return value


class Spec(DomainRecord):
    """Integers from one end to the other, both belonging."""

    integers: Span

    @field_validator("integers")
    @classmethod
    def _holds_something(cls, span: Span) -> Span:
        if max(abs(span.start), abs(span.stop)) > 2**53:
            raise ValueError("integers are exact up to 2^53")
        _values(span)
        return span


def table(spec: Spec) -> Domain:
    """The integers, in order."""
    return tabled(_values(spec.integers))


def _values(span: Span) -> tuple[Decimal, ...]:
    return stepped(Decimal(span.start), Decimal(span.stop), Decimal(span.step))


EXAMPLES = (
    DomainExample({"integers": ["5", "100"]}, 96, ("5", "6", "7")),
    DomainExample({"integers": {"from": "5", "to": "100", "step": "5"}}, 20, ("5", "10", "15")),
    DomainExample({"integers": ["-1", "1"]}, 3, ("-1", "0", "1")),
    DomainExample({"integers": ["1", "10", "4"]}, 3, ("1", "5", "9"), "an end off the grid does not belong"),
)
