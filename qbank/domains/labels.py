"""Words to choose between: `{labels: [active, sat, cut]}`, or with the text that each prints as.

`{labels: {rise: {zh: 上升, en: rises}, fall: {zh: 下降, en: falls}}}`; in conditions a label is its word.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any, TypeAlias

import numpy as np
from pydantic import PlainSerializer, PlainValidator, ValidationInfo, WithJsonSchema

from qbank import markup, messages
from qbank.domains._common import Domain, DomainExample, DomainRecord, distinct
from qbank.model import LANGS, Bilingual, Lang
from qbank.records import TEXTS, asked, serving


@dataclass(frozen=True, slots=True)
class Labels:
    """Different words in the order they are written, and the texts that they print as: one for each, or none at all."""

    words: tuple[str, ...]
    texts: tuple[Bilingual, ...] = ()


class InText(ValueError):
    """A fault in the text of one label; `path` leads to it from the table."""

    def __init__(self, message: str, *path: str) -> None:
        super().__init__(message)
        self.path = path


def read(value: Any, langs: tuple[Lang, ...] = LANGS) -> Labels:
    """The labels of a list, or of a mapping with their texts. Raises ValueError for one that cannot be put in quotes.

    >>> read({"rise": {"zh": "上升", "en": "rises"}, "npn": "NPN"}).texts[1].zh
    'NPN'
    """
    if isinstance(value, Labels):
        return value
    if isinstance(value, Mapping):
        words(list(value))
        return Labels(tuple(value), tuple(_text(word, value[word], langs) for word in value))
    return Labels(words(value))


def words(value: Any) -> tuple[str, ...]:
    """The labels of a list. Raises ValueError for one that cannot be put in quotes in an expression."""
    if not isinstance(value, list | tuple):
        raise ValueError(messages.tell(
            "needs a list, such as [active, sat, cut], or the text of each label, as in {{rise: {{zh: 上升, en: "
            "rises}}}}"
        ))  # fmt: skip
    for word in value:
        if not isinstance(word, str) or not word.strip() or word != word.strip():
            raise ValueError(messages.tell("{label!r} is not a label; write a word", label=word))
        if any(sign in word for sign in "'\"\\\n"):
            raise ValueError(messages.tell("the label {label!r} has a quote, a backslash or a new line", label=word))
    distinct(value, [repr(word) for word in value])
    return tuple(value)


def _text(word: str, value: Any, langs: tuple[Lang, ...]) -> Bilingual:
    """What a label prints as: a text in these languages, or one that serves for all."""
    try:
        text = serving(value, langs)
    except ValueError as error:
        raise InText(messages.tell("{label}: {fault}", label=word, fault=error), word) from error
    for lang in text.langs:
        try:
            markup.line(text[lang])
        except markup.MarkupError as error:
            raise InText(messages.tell("{label}: {fault}", label=word, fault=error), word, lang) from error
        rich = markup.read(text[lang])
        if markup.names(rich) or markup.blanks(rich):
            message = messages.tell("{label}: the text of a label must not have {{{{ names }}}} or [[blanks]]",
                                    label=word)  # fmt: skip
            raise InText(message, word, lang)
    return text


def _read(value: Any, info: ValidationInfo) -> Labels:
    return read(value, asked(info))


def _written(labels: Labels) -> Any:
    if not labels.texts:
        return list(labels.words)
    texts = zip(labels.words, labels.texts, strict=True)
    return {word: {lang: text[lang] for lang in text.langs} for word, text in texts}


Labelled: TypeAlias = Annotated[
    Labels,
    PlainValidator(_read),
    PlainSerializer(_written),
    WithJsonSchema({
        "anyOf": [
            {"type": "array", "items": {"type": ["string", "number", "boolean"]}, "minItems": 1},
            {"type": "object", "additionalProperties": {"anyOf": [{"type": "string"}, TEXTS]}, "minProperties": 1},
        ]
    }),
]
"""Labels, as a list of words or as a mapping of words to texts."""


class Spec(DomainRecord):
    """Different words, in the order they are written."""

    labels: Labelled


def table(spec: Spec) -> Domain:
    """The codes 0, 1, … of the labels; the texts are the labels themselves."""
    labels = spec.labels.words
    return Domain(np.arange(len(labels), dtype=np.int64), labels, labels, words=spec.labels.texts)


EXAMPLES = (
    DomainExample({"labels": ["active", "sat", "cut"]}, 3, ("active", "sat", "cut")),
    DomainExample({"labels": ["yes", "no"]}, 2, ("yes", "no"), "`yes` and `no` stay words"),
    DomainExample(
        {"labels": {"rise": {"zh": "上升", "en": "rises"}, "fall": {"zh": "下降", "en": "falls"}}}, 2,
        ("rise", "fall"), "`{{ case }}` prints 上升 or rises",
    ),
)  # fmt: skip
