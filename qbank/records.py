"""What every author's record has in common: strict pydantic models, and the fields that several of them share.

Every scalar reaches a record as the text that was written (`no`, `4:30`, `1e3`), so the fields read text themselves.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from fractions import Fraction
from typing import Annotated, Any, TypeAlias

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationInfo,
    WithJsonSchema,
    field_validator,
    model_validator,
)
from pydantic_core import PydanticCustomError

from qbank import messages, registry
from qbank.model import LANGS, Bilingual, Lang, duplicates

TRUE_WORDS = frozenset({"yes", "true", "right", "on", "1", "是", "对", "正确"})
FALSE_WORDS = frozenset({"no", "false", "wrong", "off", "0", "否", "错", "错误"})
NAMES = {"zh": "Chinese", "en": "English"}
"""What the languages are called in messages."""
SEALED = "sealed"
"""The word in a validation's context for what an exam holds: it keeps what a new file may not have."""
LANGUAGES = "languages"
"""The word in a validation's context for the languages that every text needs; without it, both."""

BESIDE = "beside"
"""The word in a validation's context for what reads a file beside the author's: a name to its bytes."""


def is_sealed(info: ValidationInfo) -> bool:
    """Whether a record is read out of a sealed exam."""
    return bool(info.context and info.context.get(SEALED))


class Record(BaseModel):
    """A mapping of an author's file: frozen, and without unknown keys."""

    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True, defer_build=True)


def formed(pattern: re.Pattern[str], refused: Callable[[str], str]) -> BeforeValidator:
    """For a text that has a form; for a text of another form, `refused` gives the message."""

    def check(value: Any) -> Any:
        if isinstance(value, str) and not pattern.fullmatch(value):
            raise ValueError(refused(value))
        return value

    return BeforeValidator(check)


class Worded(Record):
    """A record with a text of its own in zh: and en:, needed in each language that is declared."""

    zh: str = Field("", validate_default=True)
    en: str = Field("", validate_default=True)

    @model_validator(mode="before")
    @classmethod
    def _alone(cls, value: Any, info: ValidationInfo) -> Any:
        return alone(value, asked(info))

    @field_validator("zh", "en", mode="before")
    @classmethod
    def _needed(cls, value: Any, info: ValidationInfo) -> Any:
        if value == "" and info.field_name in asked(info):
            raise PydanticCustomError("missing", "a text is missing")
        return value

    @property
    def text(self) -> Bilingual:
        """The text itself."""
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
        raise ValueError(messages.tell("must be a list of languages: [zh], [en] or [zh, en]"))
    for lang in value:
        if lang not in LANGS:
            raise ValueError(messages.tell("{lang!r} is not a supported language; write [zh], [en] or [zh, en]",
                                           lang=lang))  # fmt: skip
    for lang in duplicates(value):
        raise ValueError(messages.tell("{lang} appears twice", lang=lang))
    if not value:
        raise ValueError(messages.tell("needs at least one language: [zh], [en] or [zh, en]"))
    return tuple(lang for lang in LANGS if lang in value)


def only(langs: Iterable[Lang]) -> str:
    """Languages as a message names them where there are no others.

    >>> only(["en"]), only(LANGS)
    ('in English only', 'in Chinese and English')
    """
    match tuple(langs):
        case ("zh",):
            return messages.tell("in Chinese only")
        case ("en",):
            return messages.tell("in English only")
        case _:
            return messages.tell("in Chinese and English")


_GLUED = re.compile(r"(zh|en)\s*(?:：|:\S)")
"""A language whose colon is full-width, or has no space after it, is no key of YAML."""


def bilingual(value: Any, asked: tuple[Lang, ...] = LANGS) -> Bilingual:
    """The text in each language that is asked for, and the other where it is written as well.

    Where one language is asked for, the text may be written alone. Raises ValueError when one is missing, when there
    is none at all, and for a third.

    >>> bilingual("A free fall", ("en",)).en
    'A free fall'
    """
    if isinstance(value, Bilingual):
        return value
    value = alone(value, asked)
    wanted = messages.listed(f"{lang}: …" for lang in asked or LANGS)
    if not isinstance(value, dict):
        if isinstance(value, str) and (glued := _GLUED.match(value)):
            raise ValueError(messages.tell("write '{lang}: ', with a half-width colon and a space", lang=glued[1]))
        raise ValueError(messages.tell("needs a text in each language: {fields}", fields=wanted))
    for key, text in value.items():
        if key not in LANGS:
            if text is None:  # {zh: 一, en: one, two}
                raise ValueError(messages.tell(
                    "the comma before {key!r} ends the text; put the text in quotes, or on its own line", key=key
                ))  # fmt: skip
            raise ValueError(messages.tell("a text has zh: and en: only, not {key!r}", key=key))
    for lang in LANGS:
        text = value.get(lang)
        if (lang in asked or (lang in value and text is not None)) and not (isinstance(text, str) and text.strip()):
            raise ValueError(_missing(lang))
    found = Bilingual(*((value.get(lang) or "").strip("\n") for lang in LANGS))
    if not found.langs:
        raise ValueError(messages.tell("needs a text: {fields}", fields=wanted))
    return found


def alone(value: Any, asked: tuple[Lang, ...]) -> Any:
    """A text by itself as that in the only language that is asked for; anything else as it is.

    >>> alone("数", ("zh",)), alone("数", LANGS)
    ({'zh': '数'}, '数')
    """
    written = isinstance(value, str) and value.strip() and not _GLUED.match(value)
    return {asked[0]: value} if written and len(asked) == 1 else value


def _missing(lang: Lang) -> str:
    if lang == "zh":
        return messages.tell("the Chinese text (zh:) is missing")
    return messages.tell("the English text (en:) is missing")


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
    raise ValueError(registry.unknown(str(value), ["yes", "no", "true", "false"]))


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
        message = messages.tell("{value!r} is not a number of marks; write 2, 0.5 or 1/2", value=value)
        raise ValueError(message) from None
    if not 0 <= marks <= 1000 or marks.denominator > 1000:
        raise ValueError(messages.tell("{value!r} is not a number of marks between 0 and 1000", value=value))
    return marks


TEXTS: dict[str, Any] = {
    "type": ["object", "string"],
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
    """The JSON Schema of a mapping whose sort is in one of its fields, such as `kind: number`."""
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
