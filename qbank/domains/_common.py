"""What every domain has in common: its record's fields, exact numbers, grids, and the table of its values."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import ROUND_FLOOR, Decimal
from typing import Annotated, Any, Literal, Self, TypeAlias

import numpy as np
from pydantic import AfterValidator, PlainValidator, WithJsonSchema, model_validator

from qbank import messages, units
from qbank.algebra import written
from qbank.domains._quantities import (
    LARGEST,
    Exact,
    ExactList,
    Quantity,
    distinct,
    found,
    in_si,
    quantity,
    scale,
)
from qbank.maths import subscripts
from qbank.model import Array, Bilingual
from qbank.nodes import Path, Wrong
from qbank.records import Record, Truth

DIFFERENCES = ("step", "sd")
"""The fields that hold a difference of two values: 5 °C is 5 K there."""


class DomainRecord(Record):
    """The fields of every parameter, whatever it is drawn from: how it prints, and whether the stem hides it.

    Where its numbers are written with one unit, that is its `unit` by default.
    """

    unit: str = ""
    symbol: Annotated[str, AfterValidator(subscripts.grouped)] = ""
    hidden: Truth = False
    zeros: Truth = False

    def numbers(self) -> tuple[tuple[Path, Quantity], ...]:
        """The numbers that are written in it, each with the path to it."""
        return tuple(found(self))

    @model_validator(mode="after")
    def _printed(self) -> Self:
        numbers = self.numbers()
        counted = scale(each for _, each in numbers)
        if not counted:
            return self
        if self.unit:
            if not units.read(units.canonical(self.unit)).fits(units.read(counted)):
                raise Wrong(misfit(counted, self.unit), path=("unit",))
            return self
        several = dict.fromkeys(each.unit for path, each in numbers if each.unit and path[-1] not in DIFFERENCES)
        if len(several) > 1:
            raise ValueError(messages.tell(
                "the numbers are written in several units: {units}; give the unit that prints in unit:",
                units=messages.listed(several),
            ))  # fmt: skip
        return self.model_copy(update={"unit": next(iter(several), counted)})


@dataclass(frozen=True, slots=True, eq=False)
class Domain:
    """All values that a parameter may have.

    `values` (size, *shape) in SI, `texts` the same in plain decimal digits, `labels` those that codes stand for and
    `words` the text of each label, where it has one.
    With `entries`, the table is that of one entry, and a value is an array of this shape whose entries are drawn one
    by one; a row that the table holds often is drawn often. `unit` is that in which its numbers are written ('' is SI).
    `picks` means that no row is drawn twice in one value, and tells whether a value keeps the order of the draw.
    `alone` means that values come from a stream of their own, named after the parameter, and not out of a permutation.
    """

    values: Array
    texts: tuple[str, ...]
    labels: tuple[str, ...] = ()
    entries: tuple[int, ...] = ()
    picks: Literal["", "ordered", "sorted"] = ""
    words: tuple[Bilingual, ...] = ()
    unit: str = ""
    alone: bool = False

    def __len__(self) -> int:
        return len(self.values)

    @property
    def shape(self) -> tuple[int, ...]:
        """The shape of one value: () for a scalar."""
        return self.entries or tuple(int(size) for size in self.values.shape[1:])

    @property
    def combinations(self) -> int:
        """How many different values there are."""
        if self.picks:
            ways = math.perm if self.picks == "ordered" else math.comb
            return ways(len(self), self.entries[0])
        if not self.entries:
            return len(self)
        return int(len(np.unique(self.values)) ** math.prod(self.entries))


@dataclass(frozen=True, slots=True)
class DomainExample:
    """A row that is a domain's test, its documentation and the instructor's reference at once.

    `yaml` is the mapping as its scalars are written, `texts` the first values it gives, `size` how many there are.
    """

    yaml: Mapping[str, Any]
    size: int
    texts: tuple[str, ...]
    remark: str = ""
    entries: tuple[int, ...] = field(default=())


def misfit(written: str, unit: str) -> str:
    """The sentence for numbers that are written in a unit of another dimension than that which prints."""
    return messages.tell("the numbers are written in {written}, and {unit} has another dimension",
                         written=written, unit=unit)  # fmt: skip


def integer(value: Any) -> int:
    """The integer that is written: 12, or 10k. Raises ValueError."""
    found = quantity(value)
    if found.unit:
        raise ValueError(messages.tell("{value!r} must be a number without a unit", value=value))
    if found.number != found.number.to_integral_value():
        raise ValueError(messages.tell("{value!r} is not an integer", value=value))
    return int(found.number)


def spanned(start: Quantity, stop: Quantity, step: Quantity) -> tuple[tuple[Decimal, ...], str]:
    """start, start + step, … up to and with stop, exactly, and the unit that they are in. Raises ValueError."""
    unit = scale((start, stop, step))
    return stepped(start.within(unit), stop.within(unit), step.within(unit, difference=True)), unit


def stepped(start: Decimal, stop: Decimal, step: Decimal) -> tuple[Decimal, ...]:
    """start, start + step, … up to and with stop, exactly. Raises ValueError for a grid that is empty or too large.

    >>> [written(value) for value in stepped(Decimal("0"), Decimal("0.3"), Decimal("0.1"))]
    ['0', '0.1', '0.2', '0.3']
    """
    if step <= 0:
        raise ValueError(messages.tell("the step must be above zero, not {step}", step=written(step)))
    if stop < start:
        raise ValueError(messages.tell("from {start} to {stop} there is nothing; from: must be the smaller number",
                                       start=written(start), stop=written(stop)))  # fmt: skip
    count = ((stop - start) / step).to_integral_value(ROUND_FLOOR) + 1
    if count > LARGEST:
        raise ValueError(messages.tell("a domain may have at most {most} values; this grid has {given}",
                                       most=LARGEST, given=count))  # fmt: skip
    return tuple(start + step * place for place in range(int(count)))


def tabled(values: Sequence[Decimal], entries: tuple[int, ...] = (), unit: str = "") -> Domain:
    """The domain of exact numbers of a unit: each the float nearest to it in SI, and its text."""
    exactly = [in_si(value, unit) for value in values]
    return Domain(np.array([float(value) for value in exactly]), tuple(map(written, exactly)), (), entries, unit=unit)


Whole: TypeAlias = Annotated[int, PlainValidator(integer), WithJsonSchema({"type": ["string", "number"]})]
"""An integer as an author writes it."""

__all__ = [
    "DIFFERENCES", "LARGEST", "Domain", "DomainExample", "DomainRecord", "Exact", "ExactList", "Quantity", "Whole",
    "distinct", "found", "integer", "misfit", "quantity", "scale", "spanned", "stepped", "tabled",
]  # fmt: skip
