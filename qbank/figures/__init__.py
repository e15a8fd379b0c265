"""Figures: one family per file, found by the key that names it (`circuit: …`, `network: …`).

A family is a module with `Spec`, the pydantic model of what an author writes, and `draw(spec, given) -> Drawing`. A
Spec has `printed`, `uses` (the item's names whose values it shows, that of the label parameter which picks the drawing
among them), `drawn` (those of these names that have to be read off, for no number of them is printed) and `names` (the
circuits it may need).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, LiteralString, Protocol, cast

from pydantic import BaseModel, GetCoreSchemaHandler, GetJsonSchemaHandler, ValidationError
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from qbank import messages, records, registry
from qbank.figures._given import Given as Given
from qbank.model import Drawing


class Spec(Protocol):
    """The value under a figure's name, validated."""

    @property
    def family(self) -> str: ...

    @property
    def printed(self) -> bool: ...

    @property
    def uses(self) -> frozenset[str]: ...

    @property
    def drawn(self) -> frozenset[str]: ...

    @property
    def names(self) -> tuple[str, ...]: ...


def family_of(figure: Mapping[str, Any]) -> str:
    """The one key of a figure that names a family. Raises registry.UnknownTag when there is none."""
    for key in figure:
        if key in registry.tags("figures"):
            return key
    first = next(iter(figure), "")
    found = registry.unknown(str(first), registry.tags("figures"))
    raise registry.UnknownTag(messages.tell("the figure {unknown}", unknown=found))


def read(figure: Mapping[str, Any], context: Any = None) -> Spec:
    """A figure as the Spec of its family. Raises pydantic's ValidationError, each fault placed.

    >>> read({"circuit": "inverting", "values": {"R_1": "R1"}}).names
    ('inverting',)
    >>> read({"netwrok": "lstm"})
    Traceback (most recent call last):
    ...
    pydantic_core._pydantic_core.ValidationError: 1 validation error for figure
      the figure 'netwrok' is not known; did you mean 'network'? [type=unknown_figure, \
input_value={'netwrok': 'lstm'}, input_type=dict]
    """
    if not isinstance(figure, Mapping) or not figure:
        message = messages.tell("a figure is a mapping such as {{circuit: inverting, values: {{R_1: R1}}}}")
        raise _wrong("figure_mapping", message, figure)
    try:
        family = registry.load("figures", family_of(figure))
    except registry.UnknownTag as error:
        raise _wrong("unknown_figure", str(error), figure) from error
    return cast(Spec, family.Spec.model_validate(figure, context=context))


def draw(spec: Spec, given: Given) -> Drawing:
    """The drawing of a figure for one variant, its labels holding Names of the item.

    Raises ValueError for a circuit, a label, a part or a value with which it cannot be drawn.
    """
    return cast(Drawing, registry.load("figures", spec.family).draw(spec, given))


def _wrong(code: LiteralString, message: str, given: object) -> ValidationError:
    fault = PydanticCustomError(code, "{message}", {"message": message})
    return ValidationError.from_exception_data("figure", [{"type": fault, "loc": (), "input": given}])


class _ByKey:
    """Validates a mapping as the Spec of the family it names; in a JSON Schema it is one of all families."""

    def model_for(self, written: Mapping[str, str]) -> type[BaseModel] | None:
        """The Spec of the family that a mapping names, if there is one."""
        try:
            return cast("type[BaseModel]", registry.load("figures", family_of(written)).Spec)
        except registry.UnknownTag:
            return None

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.with_info_plain_validator_function(lambda figure, info: read(figure, info.context))

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        families = {tag: registry.load("figures", tag).Spec for tag in registry.tags("figures")}
        return records.by_key({tag: handler(family.__pydantic_core_schema__) for tag, family in families.items()})


Field = Annotated[Spec, _ByKey()]
"""The type of a figure in a pydantic model."""
