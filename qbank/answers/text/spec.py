"""What stands under `answer:` with `kind: text`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cached_property
from typing import Annotated, Any, Literal, Self

from pydantic import AfterValidator, BeforeValidator, Field, PrivateAttr, WithJsonSchema, model_validator

from qbank import algebra
from qbank.algebra import Expression, Formula
from qbank.answers import Around
from qbank.answers._fields import Credit
from qbank.answers.text import openings
from qbank.answers.text.judging import Judge, judge
from qbank.answers.text.patterns import LONGEST_PATTERN, sound
from qbank.answers.text.words import Case, Folding, Spaces
from qbank.answers.text.wrapping import Surroundings, bare_name
from qbank.model import Lang, Name
from qbank.records import Record, Truth, Worded


def _several(value: Any) -> Any:
    return [value] if isinstance(value, str) else value


Spelled = Annotated[
    tuple[Annotated[str, Field(min_length=1)], ...],
    BeforeValidator(_several),
    WithJsonSchema({"anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}]}),
]
"""One spelling, or a list of them."""

Patterns = Annotated[
    tuple[Annotated[str, Field(min_length=1, max_length=LONGEST_PATTERN), AfterValidator(sound)], ...],
    Field(max_length=20),
    BeforeValidator(_several),
    WithJsonSchema({"anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}]}),
]
"""One regular expression of RE2, or a list of them."""


class Mistake(Worded):
    """A foreseen wrong word, by its spellings; zh and en say what is wrong with it."""

    accept: Spelled
    credit: Credit = 0.0

    @cached_property
    def expressions(self) -> tuple[Expression, ...]:
        """The names that its spellings hold."""
        return tuple(algebra.read(name.name) for name in openings.names(self.accept))

    def filled(self, values: openings.Values) -> Self:
        """The mistake on one variant."""
        return self.model_copy(update={"accept": openings.filled(self.accept, values)})


class Words(Record):
    """One right answer: its spellings in Chinese, in English, and in either; the first of each is printed.

    What matches a pattern whole is right too.
    """

    zh: Spelled = ()
    en: Spelled = ()
    accept: Spelled = ()
    regex: Patterns = ()

    @model_validator(mode="after")
    def _sound(self) -> Self:
        if not self.spellings:
            raise ValueError("no spelling is right; list them under zh:, en: or accept:")
        return self

    @property
    def spellings(self) -> tuple[str, ...]:
        """Every spelling that is right, whatever language the paper is in."""
        return (*self.zh, *self.en, *self.accept)

    def filled(self, values: openings.Values) -> Self:
        """The words on one variant; a value in a pattern is meant as it stands."""
        spelled = {field: openings.filled(getattr(self, field), values) for field in ("zh", "en", "accept")}
        return self.model_copy(update={**spelled, "regex": openings.quoted(self.regex, values)})

    def printed(self, lang: Lang) -> str:
        """The spelling that the answer book prints."""
        own, other = (self.zh, self.en) if lang == "zh" else (self.en, self.zh)
        return (own or self.accept or other)[0]


class Enumeration(Record):
    """`list:` asks for several words in one blank, with what stands between them and whether their order counts."""

    words: tuple[Words, ...] = Field(min_length=2)
    sep: str = Field(",", min_length=1, max_length=3)
    ordered: Truth = False


class Spec(Record):
    """`kind: text`: spellings in zh:, en:, accept:; or a `list:`; or `by:` a label, with `words:` for each label.

    `regex:` adds patterns to spellings, never replaces them: the answer book prints a spelling.
    """

    kind: Literal["text"]
    zh: Spelled = ()
    en: Spelled = ()
    accept: Spelled = ()
    regex: Patterns = ()
    by: Formula | None = None
    words: dict[str, Words] = Field(default_factory=dict, max_length=200)
    list: Enumeration | None = None
    case: Case = "fold"
    spaces: Spaces = "collapse"
    spelling_credit: Credit = 0.0
    mistakes: dict[str, Mistake] = Field(default_factory=dict)
    name: str = ""
    _around: Surroundings = PrivateAttr(default=Surroundings())

    @model_validator(mode="after")
    def _sound(self) -> Self:
        ways = [bool(self.zh or self.en or self.accept), self.list is not None, self.by is not None]
        if sum(ways) != 1:
            raise ValueError("say what is right in one way: spellings (zh:, en:, accept:), a list:, or by: and words:")
        if self.regex and (self.list is not None or self.by is not None):
            raise ValueError("regex: stands beside the spellings it adds to: write it under words:")
        if bool(self.words) != (self.by is not None):
            raise ValueError("by: and words: go together")
        if self.list and (self.mistakes or self.spelling_credit):
            raise ValueError("a list of words has neither mistakes nor spelling_credit")
        if not self.openings and (both := self.judge.clash) is not None:
            raise ValueError(f"{both[0]!r} is right, and the mistake {tuple(self.mistakes)[both[1]]!r} too")
        return self

    @property
    def sets(self) -> tuple[Words, ...]:
        """The right answers of which one holds on a variant; all the words of a list."""
        if self.list:
            return self.list.words
        return tuple(self.words.values()) or (Words(zh=self.zh, en=self.en, accept=self.accept, regex=self.regex),)

    @property
    def folding(self) -> Folding:
        """How spellings are compared."""
        return Folding(self.case, self.spaces)

    def joined(self, around: Around) -> Self:
        """A copy that knows what the item's other parts are called, and whether a word may stand in both languages."""
        copy = self.model_copy()
        copy._around = Surroundings(others=frozenset(map(bare_name, around.others)), gloss=not around.any_order)
        copy.__dict__.pop("judge", None)
        return copy

    @cached_property
    def judge(self) -> Judge:
        """What is right, as it stands; of a part with openings, only once they are `filled`."""
        own = frozenset(bare_name(name) for name in self.name.split())
        return judge(self.sets, self.mistakes, self.folding, replace(self._around, own=own), self.list)

    @cached_property
    def openings(self) -> tuple[Name, ...]:
        """The `{{ names }}` in spellings, patterns and mistakes, each once, in their order."""
        return tuple(dict.fromkeys(openings.names(self._spelled())))

    @property
    def deciding(self) -> Iterator[Expression]:
        """The label that says which words are right, and the names that stand in them."""
        if self.by is not None:
            yield self.by
        yield from (algebra.read(name.name) for name in openings.names(self._right()))

    def filled(self, values: Sequence[str]) -> Spec:
        """The part on one variant, where its openings have these values."""
        if not self.openings:
            return self
        texts = dict(zip(self.openings, values, strict=True))
        update: dict[str, Any] = {"zh": openings.filled(self.zh, texts), "en": openings.filled(self.en, texts)}
        update["accept"] = openings.filled(self.accept, texts)
        update["regex"] = openings.quoted(self.regex, texts)
        update["words"] = {name: words.filled(texts) for name, words in self.words.items()}
        update["mistakes"] = {name: mistake.filled(texts) for name, mistake in self.mistakes.items()}
        if self.list:
            words = tuple(words.filled(texts) for words in self.list.words)
            update["list"] = self.list.model_copy(update={"words": words})
        made = self.model_copy(update=update)
        made.__dict__.pop("judge", None)
        made.__dict__.pop("openings", None)
        return made

    def _right(self) -> Iterator[str]:
        for words in self.sets:
            yield from (*words.spellings, *words.regex)

    def _spelled(self) -> Iterator[str]:
        yield from self._right()
        for mistake in self.mistakes.values():
            yield from mistake.accept
