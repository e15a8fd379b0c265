"""What every author's record has in common: strict pydantic models, and the fields that several of them share.

Every scalar reaches a record as the text that was written (`no`, `4:30`, `1e3`), so the fields read text themselves.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Annotated, Any, TypeAlias

from pydantic import BaseModel, BeforeValidator, ConfigDict, ValidationInfo, WithJsonSchema

from qbank import registry
from qbank.model import Bilingual

TRUE_WORDS = frozenset({"yes", "true", "right", "on", "1", "是", "对", "正确"})
FALSE_WORDS = frozenset({"no", "false", "wrong", "off", "0", "否", "错", "错误"})


SEALED = "sealed"
"""The word in a validation's context for what an exam holds: it keeps what a new file may not say."""


def is_sealed(info: ValidationInfo) -> bool:
    """Whether a record is read out of a sealed exam."""
    return bool(info.context and info.context.get(SEALED))


class Record(BaseModel):
    """A mapping of an author's file: frozen, and no key in it that nobody reads."""

    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True)


def bilingual(value: Any) -> Bilingual:
    """The text in both languages. Raises ValueError when one is missing or there is more than the two."""
    if isinstance(value, Bilingual):
        return value
    if not isinstance(value, dict):
        raise ValueError("needs a text in each language: zh: … and en: …")
    for key in value:
        if key not in ("zh", "en"):
            raise ValueError(f"a text has zh: and en:, and no {key!r}")
    for lang, name in (("zh", "Chinese"), ("en", "English")):
        if not isinstance(value.get(lang), str) or not value[lang].strip():
            raise ValueError(f"the {name} text ({lang}:) is missing")
    return Bilingual(zh=value["zh"].strip("\n"), en=value["en"].strip("\n"))


def truth(value: Any) -> bool:
    """A yes or no as an author writes it, in either language. Raises ValueError with the words that are read.

    >>> truth("no"), truth("是")
    (False, True)
    """
    if isinstance(value, bool):
        return value
    word = str(value).strip().casefold()
    if word in TRUE_WORDS:
        return True
    if word in FALSE_WORDS:
        return False
    raise ValueError(f"{registry.unknown(str(value), ['yes', 'no', 'true', 'false'])}")


def fraction(value: Any) -> Fraction:
    """An exact number of marks: `3`, `0.5`, `1/3`. Raises ValueError.

    >>> fraction("0.5")
    Fraction(1, 2)
    """
    if isinstance(value, Fraction):
        return value
    try:
        marks = Fraction(str(value).strip())
    except (ValueError, ZeroDivisionError):
        raise ValueError(f"{value!r} is not a number of marks; write 2, 0.5 or 1/2") from None
    if not 0 <= marks <= 1000 or marks.denominator > 1000:
        raise ValueError(f"{value!r} is not a number of marks between 0 and 1000")
    return marks


TEXTS: dict[str, Any] = {
    "type": "object",
    "properties": {"zh": {"type": "string"}, "en": {"type": "string"}},
    "required": ["zh", "en"],
    "additionalProperties": False,
}
"""How a text in both languages is described to an editor."""
_SCALAR = ["string", "number", "integer"]

Texts: TypeAlias = Annotated[Bilingual, BeforeValidator(bilingual), WithJsonSchema(TEXTS)]
"""A text in both languages: `{zh: …, en: …}`."""

Truth: TypeAlias = Annotated[bool, BeforeValidator(truth), WithJsonSchema({"enum": ["yes", "no", True, False]})]
"""A yes or no."""

Marks: TypeAlias = Annotated[Fraction, BeforeValidator(fraction), WithJsonSchema({"type": _SCALAR})]
"""An exact number of marks."""


def by_field(field: str, sorts: Mapping[str, Any]) -> dict[str, Any]:
    """The JSON Schema of a mapping whose sort stands in one of its fields, such as `kind: number`."""
    return {
        "type": "object",
        "properties": {field: {"enum": list(sorts)}},
        "required": [field],
        "allOf": [
            {"if": {"properties": {field: {"const": sort}}, "required": [field]}, "then": described}
            for sort, described in sorts.items()
        ],
    }


def by_key(sorts: Mapping[str, Any]) -> dict[str, Any]:
    """The JSON Schema of a mapping whose sort is told by one of its keys, such as `series: E24`.

    Where the key of one sort is a field of another, as `values` is of `matrix`, the other's key decides.
    """
    asked: list[dict[str, Any]] = []
    for sort, described in sorts.items():
        others = [other for other, its in sorts.items() if other != sort and sort in its.get("properties", {})]
        chosen: dict[str, Any] = {"required": [sort]}
        if others:
            chosen["not"] = {"anyOf": [{"required": [other]} for other in others]}
        asked.append({"if": chosen, "then": described})
    offered = {sort: {"description": its["description"]} if "description" in its else {} for sort, its in sorts.items()}
    needed = [{"required": [sort]} for sort in sorts]
    return {"type": "object", "properties": offered, "anyOf": needed, "allOf": asked}
