"""A text as an author writes it: one passage, or a list of them, of which some appear only `when:` a condition holds.

    stem:
    - {zh: …, en: …}
    - {when: case == 'rise', zh: …, en: …}
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated, Any, TypeAlias

from pydantic import BeforeValidator, ValidationInfo, WithJsonSchema

from qbank import algebra, markup, messages
from qbank.algebra import Expression, ExpressionError
from qbank.model import Bilingual, Lang
from qbank.records import TEXTS, asked, bilingual

MOST = 20
"""The most passages of one text."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of a text, and when it appears: always, or where a condition holds.

    It goes on in the line of the passage before it; where it begins with an empty line, it is a paragraph of its own.
    """

    text: Bilingual
    when: Expression | None = None
    apart: bool = False


@dataclass(frozen=True, slots=True)
class Passages:
    """All of a text: on each variant, the passages that appear on it."""

    all: tuple[Passage, ...]
    listed: bool = False
    """Whether the author wrote a list."""

    def __getitem__(self, lang: Lang) -> str:
        """Everything that it may say in one language."""
        return "\n\n".join(passage.text[lang] for passage in self.all)

    def texts(self) -> Iterator[tuple[tuple[int, ...], Bilingual]]:
        """Each passage's text with its place in the list; the one of a text that is not a list has none."""
        for place, passage in enumerate(self.all):
            yield (place,) if self.listed else (), passage.text

    def conditions(self) -> Iterator[tuple[int, Expression]]:
        """The passages that do not always appear: their places in the list, and when they do."""
        for place, passage in enumerate(self.all):
            if passage.when is not None:
                yield place, passage.when

    @property
    def certain(self) -> bool:
        """Whether a passage appears on every variant."""
        return any(passage.when is None for passage in self.all)


class InPassage(ValueError):
    """A fault in a text: `path` leads to it from the text, `offset` counts characters in it."""

    def __init__(self, error: ValueError, *path: str | int) -> None:
        super().__init__(str(error))
        self.path = path
        self.offset = getattr(error, "offset", None)


def read(value: Any, info: ValidationInfo) -> Passages:
    """The passages of a text: a mapping of languages, or a list of such mappings. Raises ValueError with its path.

    In one language the text may stand in the place of the mapping.
    """
    langs = asked(info)
    if isinstance(value, Passages):
        return value
    if isinstance(value, dict) and "when" in value:
        raise ValueError(messages.tell(
            "a passage with when: must be in a list, - {{when: …, zh: …, en: …}}, beside the passages that always "
            "appear"
        ))  # fmt: skip
    if not isinstance(value, list):
        return Passages((_passage(value, (), langs),))
    if not 1 <= len(value) <= MOST:
        raise ValueError(messages.tell("a text has 1 to {most} passages, not {number}", most=MOST, number=len(value)))
    return Passages(tuple(_passage(each, (place,), langs) for place, each in enumerate(value)), listed=True)


def _passage(value: Any, at: tuple[int, ...], langs: tuple[Lang, ...]) -> Passage:
    when = None
    if isinstance(value, dict) and "when" in value:
        try:
            when = algebra.read(str(value["when"]))
        except ExpressionError as error:
            raise InPassage(error, *at, "when") from error
        value = {key: text for key, text in value.items() if key != "when"}
    try:
        text = bilingual(value, langs)
    except ValueError as error:
        raise InPassage(error, *at) from error
    for lang in text.langs:
        try:
            markup.read(text[lang])
        except markup.MarkupError as error:
            raise InPassage(error, *at, *(() if isinstance(value, str) else (lang,))) from error
    written = value.values() if isinstance(value, dict) else (value,)
    return Passage(text, when, apart=any(str(each).startswith("\n") for each in written))


_WHEN = {"type": ["string", "boolean"], "description": "the passage appears on the variants where this holds"}

Field: TypeAlias = Annotated[
    Passages,
    BeforeValidator(read),
    WithJsonSchema({
        "anyOf": [
            TEXTS,
            {
                "type": "array",
                "items": {**TEXTS, "properties": {"when": _WHEN, **TEXTS["properties"]}},
                "minItems": 1,
                "maxItems": MOST,
            },
        ]
    }),
]
"""A text with its mark-up, in one passage or several."""
