"""What every domain has in common: its record's fields, exact numbers, grids, and the table of its values."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import ROUND_FLOOR, Decimal
from typing import Annotated, Any, Literal, TypeAlias

import numpy as np
from pydantic import PlainSerializer, PlainValidator, WithJsonSchema

from qbank.algebra import exact, written
from qbank.model import Array, Bilingual
from qbank.records import Record, Truth

LARGEST = 2**18
"""The most values a domain may have."""


class DomainRecord(Record):
    """The fields of every parameter, whatever it is drawn from: how it prints, and whether the stem hides it."""

    unit: str = ""
    symbol: str = ""
    hidden: Truth = False
    zeros: Truth = False


@dataclass(frozen=True, slots=True, eq=False)
class Domain:
    """All values that a parameter may have.

    `values` (size, *shape) in SI, `texts` the same in plain decimal digits, `labels` those that codes stand for and
    `words` the text of each label, where it has one.
    With `entries`, the table is that of one entry, and a value is an array of this shape whose entries are drawn one
    by one; a row that the table holds often is drawn often. `picks` says that no row is drawn twice in one value, and
    whether a value keeps the order of the draw.
    """

    values: Array
    texts: tuple[str, ...]
    labels: tuple[str, ...] = ()
    entries: tuple[int, ...] = ()
    picks: Literal["", "ordered", "sorted"] = ""
    words: tuple[Bilingual, ...] = ()

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


def number(value: Any) -> Decimal:
    """The exact value of a written number such as 4.7k. Raises ValueError."""
    if isinstance(value, bool) or not isinstance(value, (str, int, float, Decimal)):
        raise ValueError(f"needs a number such as 4.7k, not a {type(value).__name__}")
    return exact(str(value))


def integer(value: Any) -> int:
    """The integer that is written: 12, or 10k. Raises ValueError."""
    found = number(value)
    if found != found.to_integral_value():
        raise ValueError(f"{value!r} is not an integer")
    return int(found)


def stepped(start: Decimal, stop: Decimal, step: Decimal) -> tuple[Decimal, ...]:
    """start, start + step, … up to and with stop, exactly. Raises ValueError for a grid that is empty or too large.

    >>> [written(value) for value in stepped(Decimal("0"), Decimal("0.3"), Decimal("0.1"))]
    ['0', '0.1', '0.2', '0.3']
    """
    if step <= 0:
        raise ValueError(f"the step must be above zero, not {written(step)}")
    if stop < start:
        raise ValueError(f"from {written(start)} to {written(stop)} there is nothing: from: is the smaller one")
    count = ((stop - start) / step).to_integral_value(ROUND_FLOOR) + 1
    if count > LARGEST:
        raise ValueError(f"a domain has at most {LARGEST} values; this grid has {count}")
    return tuple(start + step * place for place in range(int(count)))


def listed(values: Any) -> tuple[Decimal, ...]:
    """The exact values of a list. Raises ValueError for an empty one or one that says a value twice."""
    if isinstance(values, (str, Mapping)) or not isinstance(values, Sequence):
        raise ValueError("needs a list: [12, 13, 14]")
    found = tuple(number(value) for value in values)
    distinct(found, [str(value) for value in values])
    return found


def distinct(values: Sequence[Any], texts: Sequence[str]) -> None:
    """Raise ValueError for a list that is empty, too long, or says a value twice."""
    if not values:
        raise ValueError("the list is empty")
    if len(values) > LARGEST:
        raise ValueError(f"a domain has at most {LARGEST} values; this list has {len(values)}")
    seen: set[Any] = set()
    for value, text in zip(values, texts, strict=True):
        if value in seen:
            raise ValueError(f"{text} stands twice in the list")
        seen.add(value)


def tabled(values: Sequence[Decimal], entries: tuple[int, ...] = ()) -> Domain:
    """The domain of exact numbers: each the float nearest to it, and its text."""
    return Domain(np.array([float(value) for value in values]), tuple(map(written, values)), (), entries)


_SCALAR = ["string", "number"]

Exact: TypeAlias = Annotated[
    Decimal, PlainValidator(number), PlainSerializer(written), WithJsonSchema({"type": _SCALAR})
]
"""A number as an author writes it, exactly: `4.7k`."""

Whole: TypeAlias = Annotated[int, PlainValidator(integer), WithJsonSchema({"type": _SCALAR})]
"""An integer as an author writes it."""

ExactList: TypeAlias = Annotated[
    tuple[Decimal, ...],
    PlainValidator(listed),
    WithJsonSchema({"type": "array", "items": {"type": _SCALAR}, "minItems": 1}),
]
"""A list of different numbers."""
