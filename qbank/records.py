"""What every author's record has in common: strict pydantic models, and the fields that several of them share.

Every scalar reaches a record as the text that was written (`no`, `4:30`, `1e3`), so the fields read text themselves.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import Annotated, Any, TypeAlias

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationInfo, WithJsonSchema, field_validator
from pydantic_core import PydanticCustomError

from qbank import registry
from qbank.model import LANGS, Bilingual, Lang, duplicates

TRUE_WORDS = frozenset({"yes", "true", "right", "on", "1", "是", "对", "正确"})
FALSE_WORDS = frozenset({"no", "false", "wrong", "off", "0", "否", "错", "错误"})
NAMES = {"zh": "Chinese", "en": "English"}
"""What the languages are called in messages."""
SEALED = "sealed"
"""The word in a validation's context for what an exam holds: it keeps what a new file may not say."""
LANGUAGES = "languages"
"""The word in a validation's context for the languages that every text needs; without it, both."""

BESIDE = "beside"
"""The word in a validation's context for what reads a file beside the author's: a name to its bytes."""


def is_sealed(info: ValidationInfo) -> bool:
    """Whether a record is read out of a sealed exam."""
    return bool(info.context and info.context.get(SEALED))


class Record(BaseModel):
    """A mapping of an author's file: frozen, and no key in it that nobody reads."""

    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True, defer_build=True)


def formed(pattern: re.Pattern[str], what: str) -> BeforeValidator:
    """For a text that has a form: refused in words where it has another, `'Z' is not the id of a part; write …`."""

    def check(value: Any) -> Any:
        if isinstance(value, str) and not pattern.fullmatch(value):
            raise ValueError(f"{value!r} is not {what}")
        return value

    return BeforeValidator(check)


class Worded(Record):
    """A record with a text of its own in zh: and en:, needed in each language that is declared."""

    zh: str = Field("", validate_default=True)
    en: str = Field("", validate_default=True)

    @field_validator("zh", "en", mode="before")
    @classmethod
    def _needed(cls, value: Any, info: ValidationInfo) -> Any:
        if value == "" and info.field_name in asked(info):
            raise PydanticCustomError("missing", "a text is missing")
        return value

    @property
    def text(self) -> Bilingual:
        """What it says."""
        return Bilingual(zh=self.zh, en=self.en)


def asked(info: ValidationInfo) -> tuple[Lang, ...]:
    """The languages in which the record that is read needs its texts; none where any will do."""
    found: tuple[Lang, ...] = (info.context or {}).get(LANGUAGES, LANGS)
    return found


def languages(value: Any) -> tuple[Lang, ...]:
    """A list of languages, in the order of `LANGS`. Raises ValueError for any other, for none and for one twice.

    >>> languages(["en", "zh"])
    ('zh', 'en')
    """
    if not isinstance(value, list | tuple):
        raise ValueError("must be a list of languages: [zh], [en] or [zh, en]")
    for lang in value:
        if lang not in LANGS:
            raise ValueError(f"{lang!r} is not a language of qbank; write [zh], [en] or [zh, en]")
    for lang in duplicates(value):
        raise ValueError(f"{lang} appears twice")
    if not value:
        raise ValueError("needs at least one language: [zh], [en] or [zh, en]")
    return tuple(lang for lang in LANGS if lang in value)


def only(langs: Iterable[Lang]) -> str:
    """Languages as a message says that there are no others.

    >>> only(["en"]), only(LANGS)
    ('in English only', 'in Chinese and English')
    """
    names = [NAMES[lang] for lang in langs]
    return f"in {' and '.join(names)}{' only' * (len(names) == 1)}"


def bilingual(value: Any, asked: tuple[Lang, ...] = LANGS) -> Bilingual:
    """The text in each language that is asked for, and the other where it is written as well.

    Raises ValueError when one is missing, when there is none at all, and for a third.
    """
    if isinstance(value, Bilingual):
        return value
    wanted = " and ".join(f"{lang}: …" for lang in asked or LANGS)
    if not isinstance(value, dict):
        raise ValueError(f"needs a text in each language: {wanted}")
    for key, text in value.items():
        if key not in LANGS:
            if text is None:  # {zh: 一, en: one, two}
                raise ValueError(f"the comma before {key!r} ends the text: put the text in quotes, or on its own line")
            raise ValueError(f"a text has zh: and en:, and no {key!r}")
    for lang in LANGS:
        text = value.get(lang)
        if (lang in asked or (lang in value and text is not None)) and not (isinstance(text, str) and text.strip()):
            raise ValueError(f"the {NAMES[lang]} text ({lang}:) is missing")
    found = Bilingual(*((value.get(lang) or "").strip("\n") for lang in LANGS))
    if not found.langs:
        raise ValueError(f"needs a text: {wanted}")
    return found


def serving(value: Any, asked: tuple[Lang, ...]) -> Bilingual:
    """A text in each language that is asked for, or one alone that serves for all of them. Raises ValueError."""
    if isinstance(value, str) and value.strip():
        value = dict.fromkeys(asked or LANGS, value)
    return bilingual(value, asked)


def _texts(value: Any, info: ValidationInfo) -> Bilingual:
    return bilingual(value, asked(info))


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
    "minProperties": 1,
    "additionalProperties": False,
}
"""How a text is described to an editor."""
_SCALAR = ["string", "number", "integer"]

Texts: TypeAlias = Annotated[Bilingual, BeforeValidator(_texts), WithJsonSchema(TEXTS)]
"""A text in the languages that are declared: `{zh: …, en: …}`."""

Languages: TypeAlias = Annotated[
    tuple[Lang, ...],
    BeforeValidator(languages),
    WithJsonSchema({"type": "array", "items": {"enum": list(LANGS)}, "minItems": 1, "uniqueItems": True}),
]
"""The languages in which there is a text: `[zh]`, `[en]` or both."""

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
