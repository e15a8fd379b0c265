"""The drawn graph itself, read as a candidate reads it: off its lines, by the numbers at its axes.

`witness: {graph: main, read: {y: u_C, at: 2m}, within: 1%}`. What is read is the line as it was drawn, in points of the
page, and an axis is known by the numbers that are printed at it: no expression of the graph is evaluated.

y          of a curve, a line, a step, a bar, a point: at a place of the x axis
x          where it has a value: `where:` says which; `nth:` which of several, from the left
max, min   the highest and the lowest value; `argmax` and `argmin` are where they lie
slope      at a place, or `between:` two of them
area       under it, `between:` two places; `mean` is that over the distance
period     from one crossing of its middle upwards to the next
low, first, median, third, high      the five values of a box
"""

# ruff: noqa: ARG001 (every witness takes the same arguments)

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, ClassVar, TypeAlias

import numpy as np
from pydantic import BeforeValidator, Field, WithJsonSchema, model_validator

from qbank import algebra, messages
from qbank.algebra import Expression
from qbank.circuits import Circuit
from qbank.figures import Given
from qbank.figures import Spec as Figure
from qbank.figures.graph import Spec as GraphFigure
from qbank.figures.graph import charts
from qbank.model import Column, Floats
from qbank.records import Record
from qbank.registry import unknown
from qbank.witnesses import _readings


def _share(value: Any) -> Any:
    """A share such as 0.01 or 1%."""
    text = str(value).strip()
    return float(text.removesuffix("%")) / 100 if text.endswith("%") else value


class Reading(Record):
    """One value that is read off: the key that names how, the name of a layer after it, and the place."""

    y: str = ""
    x: str = ""
    max: str = ""
    min: str = ""
    argmax: str = ""
    argmin: str = ""
    slope: str = ""
    area: str = ""
    mean: str = ""
    period: str = ""
    low: str = ""
    first: str = ""
    median: str = ""
    third: str = ""
    high: str = ""
    at: algebra.Formula | None = None
    where: algebra.Formula | None = None
    between: tuple[algebra.Formula, algebra.Formula] | None = None
    nth: int | None = Field(default=None, ge=1, le=100)

    @model_validator(mode="after")
    def _one(self) -> Reading:
        named = [kind for kind in _readings.NEEDS if getattr(self, kind)]
        if len(named) != 1:
            raise ValueError(messages.tell("a reading has exactly one of {kinds}, with the name of a layer",
                                           kinds=messages.listed(_readings.NEEDS)))  # fmt: skip
        needs = _readings.NEEDS[named[0]]
        given = {name for name in ("at", "where", "between") if getattr(self, name) is not None}
        if given not in needs:
            raise ValueError(_needed(named[0]))
        if self.nth is not None and named[0] != "x":
            raise ValueError(messages.tell("nth: is allowed with x only"))
        return self

    @property
    def kind(self) -> str:
        """How it is read."""
        return next(kind for kind in _readings.NEEDS if getattr(self, kind))

    @property
    def layer(self) -> str:
        """The name of the layer that it is read off."""
        return str(getattr(self, self.kind))

    @property
    def places(self) -> tuple[Expression, ...]:
        """The expressions that say where."""
        return tuple(each for each in (self.at, self.where, *(self.between or ())) if each is not None)


def _needed(kind: str) -> str:
    """The sentence for a reading that does not have the places that it needs."""
    needs = _readings.NEEDS[kind]
    places = [f"{next(iter(each))}:" for each in needs if each]
    if not places:
        return messages.tell("{reading} takes no place: neither at:, where: nor between:", reading=kind)
    if not all(needs):
        return messages.tell("{reading} takes {place} or no place", reading=kind, place=places[0])
    if len(places) > 1:
        return messages.tell("{reading} needs {first} or {second}", reading=kind, first=places[0], second=places[1])
    return messages.tell("{reading} needs {place}", reading=kind, place=places[0])


def _readings_of(value: Any) -> Any:
    """One reading, or several by name."""
    if isinstance(value, Mapping) and value and all(isinstance(each, Mapping) for each in value.values()):
        return value
    return {"": value}


Read: TypeAlias = Annotated[
    Mapping[str, Reading], BeforeValidator(_readings_of), WithJsonSchema({"type": "object"})
]
"""A reading, or `{name: reading, …}`."""


class Spec(Record):
    """A witness that reads values off a graph of the item; of several by name, `solve` is what becomes of them."""

    tag: ClassVar[str] = "graph"
    graph: str
    read: Read
    solve: algebra.Formula | None = None
    within: Annotated[float, BeforeValidator(_share), Field(gt=0, le=0.1)]
    floor: float = Field(default=0.0, ge=0)
    seats: int = Field(default=100, ge=1, le=100_000)

    @model_validator(mode="after")
    def _solved(self) -> Spec:
        if ("" in self.read) != (self.solve is None):
            raise ValueError(messages.tell(
                "several readings need solve:, an expression of their names; a single reading must not have it"
            ))  # fmt: skip
        return self

    @property
    def expressions(self) -> tuple[Expression, ...]:
        """What is written as an expression: the places, and what becomes of the readings."""
        places = tuple(place for reading in self.read.values() for place in reading.places)
        return (*places, self.solve) if self.solve is not None else places

    @property
    def names(self) -> frozenset[str]:
        """The item's names that it uses."""
        return frozenset(name for each in self.expressions for name in algebra.names(each)) - set(self.read)


def witness(
    spec: Spec, figures: Mapping[str, Figure], library: Mapping[str, Circuit], columns: Mapping[str, Column]
) -> Floats:
    """What is read off on every variant, (n,). Raises ValueError when it cannot be read."""
    if spec.graph not in figures:
        raise ValueError(messages.tell("the figure {unknown}", unknown=unknown(spec.graph, figures)))
    figure = figures[spec.graph]
    if not isinstance(figure, GraphFigure):
        raise ValueError(messages.tell("the figure {figure!r} is not a graph", figure=spec.graph))
    count = max((len(column) for column in columns.values()), default=1)
    read: dict[str, list[float]] = {name: [] for name in spec.read}
    for row in range(count):
        here = {name: column.take(np.array([row])) for name, column in columns.items()}
        drawn = charts(figure, Given(columns=here))
        for name, reading in spec.read.items():
            places = [_number(place, here) for place in reading.places]
            read[name].append(_readings.read(drawn, reading.kind, reading.layer, places, reading.nth))
    found = {name: np.array(values) for name, values in read.items()}
    if spec.solve is None:
        return found[""]
    own = {name: Column(values) for name, values in found.items()}
    return np.asarray(algebra.evaluate(spec.solve, {**columns, **own}, count).values, dtype=np.float64)


def _number(expression: Expression, columns: Mapping[str, Column]) -> float:
    found = algebra.evaluate(expression, columns, 1)
    if found.labels or found.values.ndim > 1:
        raise ValueError(messages.tell("{formula} is not one number", formula=expression))
    return float(found.values[0])
