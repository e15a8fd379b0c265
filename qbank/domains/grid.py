"""Decimal numbers in equal steps: `{grid: {from: -2, to: 2, step: 0.1}}`, or in short `{grid: [-2, 2, 0.1]}`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pydantic import Field, field_validator, model_validator

from qbank import messages
from qbank.domains._common import Domain, DomainExample, DomainRecord, Exact, spanned, tabled
from qbank.records import Record


class Span(Record):
    """From one number to another, in steps; all three are exact decimals."""

    start: Exact = Field(alias="from")
    stop: Exact = Field(alias="to")
    step: Exact

    @model_validator(mode="before")
    @classmethod
    def _short_form(cls, value: Any) -> Any:
        if isinstance(value, list | tuple):
            if len(value) != 3:
                raise ValueError(_wanted())
            return dict(zip(("from", "to", "step"), value, strict=True))
        if not isinstance(value, Mapping | Span):
            raise ValueError(_wanted())
        return value


def _wanted() -> str:
    return messages.tell("needs both ends and the step, such as [-2, 2, 0.1]")


class Spec(DomainRecord):
    """Numbers on a grid, both ends included."""

    grid: Span

    @field_validator("grid")
    @classmethod
    def _holds_something(cls, span: Span) -> Span:
        spanned(span.start, span.stop, span.step)
        return span


def table(spec: Spec) -> Domain:
    """The numbers, in order; each the float nearest to its decimal text."""
    values, unit = spanned(spec.grid.start, spec.grid.stop, spec.grid.step)
    return tabled(values, unit=unit)


EXAMPLES = (
    DomainExample({"grid": {"from": "-2", "to": "2", "step": "0.1"}}, 41, ("-2", "-1.9", "-1.8")),
    DomainExample({"grid": ["0", "0.3", "0.1"]}, 4, ("0", "0.1", "0.2", "0.3"), "never 0.30000000000000004"),
    DomainExample({"grid": ["800", "2.4k", "50"]}, 33, ("800", "850", "900")),
    DomainExample({"grid": ["5 mm", "20 mm", "0.5 mm"]}, 31, ("0.005", "0.0055"), "prints in mm"),
    DomainExample({"grid": ["20 °C", "80 °C", "5 °C"]}, 13, ("293.15", "298.15"), "a step is a difference"),
    DomainExample({"grid": ["0", "90°", "15°"]}, 7, ("0", "0.2617993877991494"), "zero needs no unit"),
)
