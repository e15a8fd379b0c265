"""Vectors and matrices with entries on a grid or from a list: `{matrix: [2, 3], from: -1, to: 1, step: 0.1}`."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Any

from pydantic import Field, PlainValidator, WithJsonSchema, model_validator

from qbank import messages
from qbank.domains._common import Domain, DomainExample, DomainRecord, Exact, ExactList, integer, scale, spanned, tabled

LARGEST_SIDE = 64


def sides(value: Any) -> tuple[int, ...]:
    """The shape: one length for a vector, two for a matrix. Raises ValueError."""
    if not isinstance(value, list | tuple) or len(value) not in (1, 2):
        raise ValueError(messages.tell("needs one length for a vector, or rows and columns: [3] or [2, 3]"))
    shape = tuple(integer(side) for side in value)
    if not all(1 <= side <= LARGEST_SIDE for side in shape):
        raise ValueError(messages.tell("a side must have 1 to {most} entries", most=LARGEST_SIDE))
    return shape


class Spec(DomainRecord):
    """A shape, and what each entry is drawn from: a grid (from, to, step) or a list (values)."""

    matrix: Annotated[
        tuple[int, ...],
        PlainValidator(sides),
        WithJsonSchema({"type": "array", "items": {"type": ["string", "integer"]}, "minItems": 1, "maxItems": 2}),
    ]
    start: Exact | None = Field(default=None, alias="from")
    stop: Exact | None = Field(default=None, alias="to")
    step: Exact | None = None
    values: ExactList | None = None

    @model_validator(mode="after")
    def _entries(self) -> Spec:
        _values(self)
        return self


def table(spec: Spec) -> Domain:
    """The values of one entry, in order, and the shape to fill with them."""
    values, unit = _values(spec)
    return tabled(values, spec.matrix, unit)


def _values(spec: Spec) -> tuple[tuple[Decimal, ...], str]:
    """The values of one entry and their unit. Raises ValueError."""
    grid = (spec.start, spec.stop, spec.step)
    if spec.values is not None and grid == (None, None, None):
        unit = scale(spec.values)
        return tuple(value.within(unit) for value in spec.values), unit
    if spec.values is not None or spec.start is None or spec.stop is None or spec.step is None:
        raise ValueError(messages.tell("the entries need either from:, to: and step:, or values:"))
    return spanned(spec.start, spec.stop, spec.step)


EXAMPLES = (
    DomainExample({"matrix": ["2", "3"], "from": "-1", "to": "1", "step": "0.1"}, 21, ("-1", "-0.9"), "", (2, 3)),
    DomainExample({"matrix": ["3"], "values": ["-1", "0", "1"]}, 3, ("-1", "0", "1"), "a vector", (3,)),
    DomainExample({"matrix": ["4"], "from": "0", "to": "2 V", "step": "50 mV", "unit": "V"}, 41, ("0", "0.05"),
                  "numbers in several units need the unit that prints", (4,)),
)  # fmt: skip
