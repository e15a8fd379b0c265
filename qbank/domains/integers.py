"""Whole numbers: `{integers: [5, 100]}`, or with a step `{integers: {from: 5, to: 100, step: 5}}`.

With a unit they are whole in that unit: `{integers: [200 h, 400 h]}` goes in steps of one hour.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from pydantic import Field, field_validator, model_validator

from qbank import messages
from qbank.domains._common import Domain, DomainExample, DomainRecord, Exact, Quantity, scale, stepped, tabled
from qbank.records import Record


class Span(Record):
    """From one integer to another, in steps."""

    start: Exact = Field(alias="from")
    stop: Exact = Field(alias="to")
    step: Exact | None = None

    @model_validator(mode="before")
    @classmethod
    def _short_form(cls, value: Any) -> Any:
        if isinstance(value, list | tuple):
            if len(value) not in (2, 3):
                raise ValueError(messages.tell(
                    "needs both ends, and a step where it is not 1: [5, 100] or [5, 100, 5]"
                ))  # fmt: skip
            return dict(zip(("from", "to", "step"), value, strict=False))
        if not isinstance(value, Mapping | Span):
            raise ValueError(messages.tell("needs both ends, such as [5, 100]"))
        return value


class Spec(DomainRecord):
    """Integers from one end to the other, both included."""

    integers: Span

    @field_validator("integers")
    @classmethod
    def _holds_something(cls, span: Span) -> Span:
        _values(span)
        return span

    @property
    def counts(self) -> bool:
        """Whether they are whole in SI, as numbers of things are: 5 mA is not."""
        return not scale((self.integers.start, self.integers.stop))


def table(spec: Spec) -> Domain:
    """The integers, in order."""
    values, unit = _values(spec.integers)
    return tabled(values, unit=unit)


def _values(span: Span) -> tuple[tuple[Decimal, ...], str]:
    """The integers and their unit. Raises ValueError."""
    ends = (span.start, span.stop) if span.step is None else (span.start, span.stop, span.step)
    if span.step is None and len({end.unit for end in ends if end.unit}) > 1:
        raise ValueError(messages.tell("from {start} to {stop}: the step is missing; write it with its unit",
                                       start=span.start, stop=span.stop))  # fmt: skip
    unit = scale(ends)
    start, stop, step = (_whole(end, unit, difference=end is span.step) for end in (span.start, span.stop, span.step))
    if max(abs(start), abs(stop)) > 2**53:
        raise ValueError(messages.tell("integers must be at most 2^53, up to which they are exact"))
    return stepped(start, stop, step), unit


def _whole(end: Quantity | None, unit: str, *, difference: bool) -> Decimal:
    """An end or the step as a whole number of the unit; a step that is not written is 1. Raises ValueError."""
    found = Decimal(1) if end is None else end.within(unit, difference=difference)
    if found != found.to_integral_value():
        if unit:
            raise ValueError(messages.tell("{value} is not a whole number of {unit}", value=end, unit=unit))
        raise ValueError(messages.tell("{value!r} is not an integer", value=str(end)))
    return found


EXAMPLES = (
    DomainExample({"integers": ["5", "100"]}, 96, ("5", "6", "7")),
    DomainExample({"integers": {"from": "5", "to": "100", "step": "5"}}, 20, ("5", "10", "15")),
    DomainExample({"integers": ["-1", "1"]}, 3, ("-1", "0", "1")),
    DomainExample({"integers": ["200 h", "400 h"]}, 201, ("720000", "723600"), "whole hours, printed in h"),
    DomainExample({"integers": ["480 g", "520 g", "5 g"]}, 9, ("0.48", "0.485"), "the step has its unit too"),
    DomainExample({"integers": ["1", "10", "4"]}, 3, ("1", "5", "9"), "an end that is not on the grid is not included"),
)
