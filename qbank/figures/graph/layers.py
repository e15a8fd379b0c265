"""What is drawn between the axes: one layer of a graph a record, named by its one key."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal, TypeAlias

from pydantic import (
    BeforeValidator,
    Field,
    GetCoreSchemaHandler,
    GetJsonSchemaHandler,
    ValidationInfo,
    WithJsonSchema,
)
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, core_schema

from qbank import algebra, markup, messages
from qbank.model import Bilingual, Inline, Lang
from qbank.records import FALSE_WORDS, TRUE_WORDS, Record, asked, by_key, serving
from qbank.registry import unknown

Style: TypeAlias = Literal["solid", "dashed", "dotted", "dashdot"]
Mark: TypeAlias = Literal["dot", "ring", "square", "triangle", "cross"]
Fill: TypeAlias = Literal["white", "light", "grey", "dark"]
Arrow: TypeAlias = Literal["middle", "end", "ends"]


def _said(value: Any, info: ValidationInfo) -> Bilingual:
    """A line of marked-up text: one for all languages, or `{zh: …, en: …}`."""
    text = serving(value, asked(info))
    for lang in text.langs:
        markup.line(text[lang])
    return text


def _drop(value: Any) -> Any:
    """Which axes dashes lead to: both for a word that means yes, none for one that means no."""
    word = str(value).casefold()
    return "both" if word in TRUE_WORDS else "none" if word in FALSE_WORDS else value


def _listed(value: Any) -> Any:
    """A list of expressions as the expression of a vector."""
    return f"[{', '.join(map(str, value))}]" if isinstance(value, list | tuple) else value


DROPS: dict[str, Any] = {"type": ["boolean", "string"], "enum": [True, False, "yes", "no", "x", "y"]}
Said: TypeAlias = Annotated[Bilingual, BeforeValidator(_said), WithJsonSchema({"type": ["string", "object"]})]
"""A line of marked-up text, the same in both languages or one for each."""
Values: TypeAlias = Annotated[algebra.Formula, BeforeValidator(_listed), WithJsonSchema({"type": ["string", "array"]})]
"""An expression of a vector, or a list of expressions."""


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
    arrow: Arrow | None = None


class Line(Layer):
    """Straight lines from point to point: the values of a vector, at those of another (1, 2, 3, … by default)."""

    line: Values
    at: Values | None = None
    mark: Mark | None = None
    arrow: Arrow | None = None


class Steps(Layer):
    """Levels, each held from its place on to the next: a digital signal, a staircase."""

    steps: Values
    at: Values


class Points(Layer):
    """Marks at points; `drop: yes` leads dashes from each to both axes, `x` and `y` to one of them."""

    points: Values
    at: Values | None = None
    mark: Mark = "dot"
    drop: Annotated[Literal["none", "both", "x", "y"], BeforeValidator(_drop), WithJsonSchema(DROPS)] = "none"


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
        raise ValueError(messages.tell("a layer of a graph is a mapping such as {{curve: 2*x + 1}}"))
    keys = [key for key in value if key in LAYERS]
    if len(keys) > 1:
        names = messages.listed(map(repr, keys))
        raise ValueError(messages.tell("one entry has {names}; give each its own entry", names=names))
    if not keys:
        raise ValueError(messages.tell("the layer {unknown}", unknown=unknown(str(next(iter(value))), LAYERS)))
    return LAYERS[keys[0]].model_validate(value, context=context)


class _ByKey:
    """Validates a mapping as the layer that it names; in a JSON Schema it is one of all layers."""

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.with_info_plain_validator_function(lambda value, info: layer(value, info.context))

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        return by_key({key: handler(model.__pydantic_core_schema__) for key, model in LAYERS.items()})


Entry: TypeAlias = Annotated[Layer, _ByKey()]
"""One thing that is drawn, named by its one key."""


def named(layer: Layer, lang: Lang) -> tuple[Inline, ...]:
    """The label of a layer, or the words that it is."""
    text = layer.text if isinstance(layer, Words) else layer.label
    return markup.line(text[lang]) if text else ()
