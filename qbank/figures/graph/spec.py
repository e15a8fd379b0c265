"""What an author writes of a graph: its two axes, and a list of what is drawn between them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Annotated, Any, ClassVar, Literal, TypeAlias

from pydantic import BeforeValidator, Field, WithJsonSchema, field_validator, model_validator

from qbank import algebra, markup, messages, units
from qbank.algebra import Expression
from qbank.figures.graph.layers import Area, Curve, Entry, Said
from qbank.model import LANGS, Bilingual
from qbank.records import Record, Texts, Truth

MOST = 24
"""The most layers of a graph."""
STACKED = 5
"""The most graphs below the first one."""


def _length(value: Any) -> float:
    """A length in centimetres, in points. Raises ValueError."""
    if isinstance(value, float):
        return value
    found = re.fullmatch(r"(\d+(?:\.\d+)?) ?cm", str(value))
    if found is None or not 1 <= float(found[1]) <= 16:
        raise ValueError(messages.tell("{length!r} is not a length between 1cm and 16cm; write 9cm", length=value))
    return round(float(found[1]) * 72 / 2.54, 2)


Length: TypeAlias = Annotated[float, BeforeValidator(_length), WithJsonSchema({"type": "string"})]
"""A length such as 9cm, kept in points."""


class Place(Record):
    """A place on an axis with a text of its own; by default the number there."""

    at: algebra.Formula
    text: Said | None = None


class Axis(Record):
    """One axis: its range, its numbers, its title. Without `from` and `to` it holds what is drawn."""

    name: str = ""
    low: algebra.Formula | None = Field(default=None, alias="from")
    high: algebra.Formula | None = Field(default=None, alias="to")
    scale: Literal["linear", "log"] = "linear"
    step: algebra.Formula | None = None
    squares: int | None = Field(default=None, ge=1, le=10)
    unit: str = ""
    title: Said | None = None
    numbers: Truth = True
    words: tuple[Texts, ...] = ()
    ticks: tuple[Place, ...] = ()

    @field_validator("unit")
    @classmethod
    def _unit(cls, text: str) -> str:
        try:
            return units.canonical(text) if text else ""
        except units.UnitError as error:
            raise ValueError(str(error)) from error

    @field_validator("name")
    @classmethod
    def _name(cls, name: str) -> str:
        if name and not algebra.is_name(name):
            raise ValueError(messages.tell("{name!r} has a meaning in expressions; choose another name for the axis",
                                           name=name))  # fmt: skip
        return name


class Panel(Record):
    """Another graph below, along the same x axis."""

    graph: tuple[Entry, ...]
    y: Axis = Axis()
    height: Length = Field(default="4cm", validate_default=True)


class Spec(Record):
    """A figure that shows values between two axes.

    `graph` lists what is drawn, in order. Values are SI, as everywhere; `unit:` of an axis says in what its numbers
    are printed. All numbers may be expressions of the item's names.
    """

    family: ClassVar[Literal["graph"]] = "graph"
    names: ClassVar[tuple[str, ...]] = ()
    graph: tuple[Entry, ...]
    x: Axis = Axis()
    y: Axis = Axis()
    axes: Literal["frame", "arrows"] = "frame"
    grid: Literal["none", "coarse", "fine"] | None = None
    width: Length = Field(default="9cm", validate_default=True)
    height: Length = Field(default="5.5cm", validate_default=True)
    below: tuple[Panel, ...] = ()
    alt: Texts | None = None
    printed: Truth = True

    @model_validator(mode="after")
    def _sound(self) -> Spec:
        panels: tuple[Spec | Panel, ...] = (self, *self.below)
        layers = [layer for panel in panels for layer in panel.graph]
        if not 1 <= len(layers) <= MOST:
            raise ValueError(messages.tell("a graph has 1 to {most} layers, not {count}", most=MOST, count=len(layers)))
        if not all(panel.graph for panel in self.below):
            raise ValueError(messages.tell("below: every graph needs at least one layer"))
        if len(self.below) > STACKED:
            raise ValueError(messages.tell("below: may have at most {most} graphs", most=STACKED))
        if not self.x.name and any(isinstance(layer, Curve | Area) for layer in layers):
            raise ValueError(messages.tell("a curve needs the name of its variable: x: {{name: t, from: 0, to: 5*T}}"))
        if any(panel.y.name for panel in panels):
            raise ValueError(messages.tell("y: must not have name:; curves are expressions of the name of the x axis"))
        names = [layer.name for layer in layers if layer.name]
        for name in names:
            if names.count(name) > 1:
                raise ValueError(messages.tell("two layers have the name {name!r}", name=name))
        for which, axis in (("x", self.x), *(("y", panel.y) for panel in panels)):
            if axis.scale == "log" and (axis.words or axis.step is not None):
                raise ValueError(messages.tell(
                    "{axis}: a logarithmic axis has numbers at powers of ten, and must not have step: or words:",
                    axis=which,
                ))  # fmt: skip
        return self

    @property
    def panels(self) -> tuple[Spec, ...]:
        """The graph and those below it, each as a graph of its own on the same x axis."""
        return (
            self.model_copy(update={"below": ()}),
            *(self.model_copy(update={"below": (), **dict(panel)}) for panel in self.below),
        )

    @property
    def lines(self) -> Literal["none", "coarse", "fine"]:
        """The grid: by default at the numbers of a frame, and none on axes with arrows."""
        return self.grid or ("coarse" if self.axes == "frame" else "none")

    @property
    def uses(self) -> frozenset[str]:
        """The item's names that the graph is drawn from, and those that its texts print."""
        return self._placed | self._told

    @property
    def drawn(self) -> frozenset[str]:
        """The item's names that lines and places are drawn from and no text prints."""
        return self._placed - self._told

    @property
    def _placed(self) -> frozenset[str]:
        found: set[str] = set()
        for record in self._records():
            own = frozenset({self.x.name}) if isinstance(record, Curve | Area) else frozenset()
            for field, value in record:
                if isinstance(value, Expression):
                    found |= algebra.names(value) - (own if field in ("curve", "area", "down") else frozenset())
        return frozenset(found)

    @property
    def _told(self) -> frozenset[str]:
        texts = [value for record in self._records() for _, value in record if isinstance(value, Bilingual)]
        found = {name for text in texts for lang in LANGS for name in markup.names(markup.read(text[lang]))}
        ticks = (tick for panel in self.panels for axis in (panel.x, panel.y) for tick in axis.ticks)
        return frozenset(found).union(*(algebra.names(tick.at) for tick in ticks if tick.text is None))

    def _records(self) -> Iterator[Any]:
        """The layers, the axes and their ticks."""
        for panel in self.panels:
            yield from (*panel.graph, panel.x, *panel.x.ticks, panel.y, *panel.y.ticks)
