"""What an author writes of a graph: its two axes, and a list of what is drawn between them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Annotated, Any, ClassVar, Literal, TypeAlias

from pydantic import (
    BeforeValidator,
    Field,
    GetCoreSchemaHandler,
    GetJsonSchemaHandler,
    ValidationInfo,
    WithJsonSchema,
    field_validator,
    model_validator,
)
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, core_schema

from qbank import algebra, markup, units
from qbank.algebra import Expression
from qbank.model import LANGS, Bilingual
from qbank.records import Record, Texts, Truth, asked, by_key, serving
from qbank.registry import unknown

MOST = 24
"""The most layers of a graph."""
Style: TypeAlias = Literal["solid", "dashed", "dotted", "dashdot"]
Mark: TypeAlias = Literal["dot", "ring", "square", "triangle", "cross"]
Fill: TypeAlias = Literal["white", "light", "grey", "dark"]


def _said(value: Any, info: ValidationInfo) -> Bilingual:
    """A line of marked-up text: one for all languages, or `{zh: …, en: …}`."""
    text = serving(value, asked(info))
    for lang in text.langs:
        markup.line(text[lang])
    return text


def _listed(value: Any) -> Any:
    """A list of expressions as the expression of a vector."""
    return f"[{', '.join(map(str, value))}]" if isinstance(value, list | tuple) else value


def _length(value: Any) -> float:
    """A length in centimetres, in points. Raises ValueError."""
    if isinstance(value, float):
        return value
    found = re.fullmatch(r"(\d+(?:\.\d+)?) ?cm", str(value))
    if found is None or not 2 <= float(found[1]) <= 16:
        raise ValueError(f"{value!r} is not a length between 2cm and 16cm; write 9cm")
    return round(float(found[1]) * 72 / 2.54, 2)


Said: TypeAlias = Annotated[Bilingual, BeforeValidator(_said), WithJsonSchema({"type": ["string", "object"]})]
"""A line of marked-up text, the same in both languages or one for each."""
Values: TypeAlias = Annotated[algebra.Formula, BeforeValidator(_listed), WithJsonSchema({"type": ["string", "array"]})]
"""An expression of a vector, or a list of expressions."""
Length: TypeAlias = Annotated[float, BeforeValidator(_length), WithJsonSchema({"type": "string"})]
"""A length such as 9cm, kept in points."""


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
            raise ValueError(f"{name!r} means something in every expression; choose another name for the axis")
        return name


class Layer(Record):
    """What every layer may have besides its own fields."""

    name: str = ""
    label: Said | None = None
    style: Style | None = None


class Curve(Layer):
    """An expression of the x axis's name, drawn from `from` to `to`, else all along the axis."""

    curve: algebra.Formula
    low: algebra.Formula | None = Field(default=None, alias="from")
    high: algebra.Formula | None = Field(default=None, alias="to")


class Line(Layer):
    """Straight lines from point to point: the values of a vector, at those of another (1, 2, 3, … by default)."""

    line: Values
    at: Values | None = None
    mark: Mark | None = None


class Steps(Layer):
    """Levels, each held from its place on to the next: a digital signal, a staircase."""

    steps: Values
    at: Values


class Points(Layer):
    """Marks at points; `drop: yes` leads dashes from each to both axes."""

    points: Values
    at: Values | None = None
    mark: Mark = "dot"
    drop: Truth = False


class Stems(Layer):
    """Upright lines from zero with a dot at the end: a spectrum, a sequence."""

    stems: Values
    at: Values | None = None


class Bars(Layer):
    """Bars from zero, at 1, 2, 3, … by default."""

    bars: Values
    at: Values | None = None
    width: algebra.Formula | None = None
    fill: Fill = "grey"


class Histogram(Layer):
    """How many values of a vector fall between neighbouring edges; the last bin holds its upper edge too."""

    histogram: Values
    bins: Values
    fill: Fill = "grey"


class Box(Layer):
    """A box plot: minimum, quartiles (by linear interpolation), median and maximum of a vector, upright at a place."""

    box: Values
    at: algebra.Formula
    width: algebra.Formula | None = None
    fill: Fill = "white"


class Area(Layer):
    """The area between an expression of the x axis's name and another (0 by default), shaded."""

    area: algebra.Formula
    down: algebra.Formula | None = None
    low: algebra.Formula | None = Field(default=None, alias="from")
    high: algebra.Formula | None = Field(default=None, alias="to")
    fill: Fill = "light"


class Level(Layer):
    """A level line across the whole graph."""

    level: algebra.Formula


class Upright(Layer):
    """An upright line through the whole graph."""

    upright: algebra.Formula


class Words(Layer):
    """A text at a point `[x, y]`."""

    text: Said
    at: Values


LAYERS: Mapping[str, type[Layer]] = {
    "curve": Curve, "line": Line, "steps": Steps, "points": Points, "stems": Stems, "bars": Bars,
    "histogram": Histogram, "box": Box, "area": Area, "level": Level, "upright": Upright, "text": Words,
}  # fmt: skip
"""The layers, each by the one key that names it."""


def layer(value: Any, context: Any = None) -> Layer:
    """A layer, by the one key that names it. Raises ValueError, and pydantic's ValidationError for its fields."""
    if isinstance(value, Layer):
        return value
    if not isinstance(value, Mapping) or not value:
        raise ValueError("a layer of a graph is a mapping such as {curve: 2*x + 1}")
    keys = [key for key in value if key in LAYERS]
    if len(keys) > 1:
        raise ValueError(f"{' and '.join(map(repr, keys))} are two layers; give each its own entry")
    if not keys:
        raise ValueError(f"the layer {unknown(str(next(iter(value))), LAYERS)}")
    return LAYERS[keys[0]].model_validate(value, context=context)


class _ByKey:
    """Validates a mapping as the layer that it names; in a JSON Schema it is one of all layers."""

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.with_info_plain_validator_function(lambda value, info: layer(value, info.context))

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        return by_key({key: handler(model.__pydantic_core_schema__) for key, model in LAYERS.items()})


Entry: TypeAlias = Annotated[Layer, _ByKey()]
"""One thing that is drawn, named by its one key."""


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
    grid: Literal["none", "coarse", "fine"] = "coarse"
    width: Length = Field(default="9cm", validate_default=True)
    height: Length = Field(default="5.5cm", validate_default=True)
    alt: Texts | None = None
    printed: Truth = True

    @model_validator(mode="after")
    def _sound(self) -> Spec:
        if not 1 <= len(self.graph) <= MOST:
            raise ValueError(f"a graph has 1 to {MOST} layers, not {len(self.graph)}")
        if not self.x.name and any(isinstance(layer, Curve | Area) for layer in self.graph):
            raise ValueError("a curve needs the name of its variable: x: {name: t, from: 0, to: 5*T}")
        if self.y.name:
            raise ValueError("y: has no name: curves are expressions of the x axis's name")
        names = [layer.name for layer in self.graph if layer.name]
        for name in names:
            if names.count(name) > 1:
                raise ValueError(f"two layers are called {name!r}")
        for which, axis in (("x", self.x), ("y", self.y)):
            if axis.scale == "log" and (axis.words or axis.step is not None):
                raise ValueError(f"{which}: a logarithmic axis has numbers at powers of ten, and no step: or words:")
        return self

    @property
    def uses(self) -> frozenset[str]:
        """The item's names that the graph is drawn from, and those that its texts print."""
        found: set[str] = set()
        for record in (*self.graph, self.x, self.y):
            own = frozenset({self.x.name}) if isinstance(record, Curve | Area) else frozenset()
            for field, value in record:
                if isinstance(value, Expression):
                    found |= algebra.names(value) - (own if field in ("curve", "area", "down") else frozenset())
                elif isinstance(value, Bilingual):
                    found |= {name for lang in LANGS for name in markup.names(markup.read(value[lang]))}
        return frozenset(found)


