"""What is written under `answer:` with `kind: text`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cached_property
from typing import Annotated, Any, Literal, Self

from pydantic import AfterValidator, BeforeValidator, Field, PrivateAttr, WithJsonSchema, model_validator

from qbank import algebra, messages
from qbank.algebra import Expression, Formula
from qbank.answers import Around
from qbank.answers._fields import Credit
from qbank.answers.text import digits, openings
from qbank.answers.text.digits import Bases
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
    _digits: tuple[str, ...] = PrivateAttr(default=())

    @cached_property
    def expressions(self) -> tuple[Expression, ...]:
        """The names that its spellings hold."""
        return tuple(algebra.read(name.entry) for name in openings.names(self.accept))

    @property
    def patterns(self) -> tuple[str, ...]:
        """What matches the other writings of digits in a base."""
        return self._digits

    def filled(self, filling: openings.Filling) -> Self:
        """The mistake on one variant."""
        accept = dict.fromkeys(text for pair in openings.both(self.accept, filling) for text in pair)
        copy = self.model_copy(update={"accept": tuple(accept)})
        copy._digits = tuple(digits.pattern(*each) for each in openings.digits(self.accept, filling))
        return copy


class Words(Record):
    """One right answer: its spellings in Chinese, in English, and in either; the first of each is printed.

    What matches a pattern whole is right too.
    """

    zh: Spelled = ()
    en: Spelled = ()
    accept: Spelled = ()
    regex: Patterns = ()
    _digits: tuple[str, ...] = PrivateAttr(default=())

    @model_validator(mode="after")
    def _sound(self) -> Self:
        if not self.spellings:
            raise ValueError(messages.tell("the right spellings are missing; list them under zh:, en: or accept:"))
        return self

    @property
    def spellings(self) -> tuple[str, ...]:
        """Every spelling that is right, whatever language the paper is in."""
        return (*self.zh, *self.en, *self.accept)

    @property
    def digits(self) -> bool:
        """Whether it is the digits of a number in a base."""
        return bool(self._digits)

    @property
    def patterns(self) -> tuple[str, ...]:
        """The author's patterns, and those of the other writings of digits in a base."""
        return (*self.regex, *self._digits)

    def filled(self, filling: openings.Filling) -> Self:
        """The words on one variant; a value in a pattern is meant as it is.

        A spelling under accept: that is one text in Chinese and another in English becomes one of each.
        """
        pairs = openings.both(self.accept, filling)
        based = tuple(openings.digits(self.spellings, filling))
        signed = (digits.spellings(text, base)[1] for text, base, _ in based)
        copy = self.model_copy(update={
            "zh": (*openings.filled(self.zh, filling.zh), *(zh for zh, en in pairs if zh != en)),
            "en": (*openings.filled(self.en, filling.en), *(en for zh, en in pairs if zh != en)),
            "accept": (*(zh for zh, en in pairs if zh == en), *signed),
            "regex": tuple(dict.fromkeys(
                pattern for values in (filling.zh, filling.en) for pattern in openings.quoted(self.regex, values)
            )),
        })  # fmt: skip
        copy._digits = tuple(digits.pattern(*each) for each in based)
        return copy

    def printed(self, lang: Lang) -> str:
        """The spelling that the answer book prints."""
        own, other = (self.zh, self.en) if lang == "zh" else (self.en, self.zh)
        return (own or self.accept or other)[0]


class Enumeration(Record):
    """`list:` asks for several words in one blank, with what is between them and whether their order counts."""

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
    _bases: Bases = PrivateAttr(default_factory=dict)
    _translates: bool = PrivateAttr(default=False)
    _alone: Words | None = PrivateAttr(default=None)
    """The words on one variant, where they are spelt in the part itself."""

    @model_validator(mode="after")
    def _sound(self) -> Self:
        ways = [bool(self.zh or self.en or self.accept), self.list is not None, self.by is not None]
        if sum(ways) != 1:
            raise ValueError(messages.tell(
                "write the right answer in exactly one way: spellings (zh:, en:, accept:), a list:, or by: and words:"
            ))  # fmt: skip
        if self.regex and (self.list is not None or self.by is not None):
            raise ValueError(messages.tell(
                "regex: belongs beside the spellings that it adds to; write it under words:"
            ))  # fmt: skip
        if bool(self.words) != (self.by is not None):
            raise ValueError(messages.tell("by: and words: need each other"))
        if self.list and (self.mistakes or self.spelling_credit):
            raise ValueError(messages.tell("a list of words cannot have mistakes: or spelling_credit:"))
        if not self.openings and (both := self.judge.clash) is not None:
            raise ValueError(messages.tell(
                "{text!r} is both right and the mistake {mistake!r}",
                text=both[0], mistake=tuple(self.mistakes)[both[1]],
            ))  # fmt: skip
        return self

    @property
    def sets(self) -> tuple[Words, ...]:
        """The right answers of which one holds on a variant; all the words of a list."""
        if self.list:
            return self.list.words
        return tuple(self.words.values()) or (self._alone or self._own_words,)

    @property
    def _own_words(self) -> Words:
        return Words(zh=self.zh, en=self.en, accept=self.accept, regex=self.regex)

    @property
    def folding(self) -> Folding:
        """How spellings are compared."""
        return Folding(self.case, self.spaces)

    def joined(self, around: Around) -> Self:
        """A copy that knows what the item's other parts are called, and whether a word may appear in both languages."""
        copy = self.model_copy()
        copy._around = Surroundings(others=frozenset(map(bare_name, around.others)), gloss=not around.any_order)
        if self.openings:
            copy._bases = around.bases
            copy._translates = any(name.name in around.worded for name in self.openings)
        copy.__dict__.pop("judge", None)
        return copy

    @cached_property
    def judge(self) -> Judge:
        """What is right, as it is; of a part with openings, only once they are `filled`."""
        own = frozenset(bare_name(name) for name in self.name.split())
        return judge(self.sets, self.mistakes, self.folding, replace(self._around, own=own), self.list)

    @cached_property
    def openings(self) -> tuple[Name, ...]:
        """The `{{ names }}` in spellings, patterns and mistakes, each once, in their order."""
        return tuple(dict.fromkeys(openings.names(self._spelled())))

    @property
    def translates(self) -> bool:
        """Whether an opening prints a word of each language."""
        return self._translates

    @property
    def deciding(self) -> Iterator[Expression]:
        """The label that says which words are right, and the names that are in them."""
        if self.by is not None:
            yield self.by
        yield from (algebra.read(name.entry) for name in openings.names(self._right()))

    def filled(self, zh: Sequence[str], en: Sequence[str]) -> Spec:
        """The part on one variant, where its openings have these values in Chinese and in English."""
        if not self.openings:
            return self
        filling = openings.Filling(
            dict(zip(self.openings, zh, strict=True)), dict(zip(self.openings, en, strict=True)), self._bases
        )
        update: dict[str, Any] = {"mistakes": {name: one.filled(filling) for name, one in self.mistakes.items()}}
        update["words"] = {name: words.filled(filling) for name, words in self.words.items()}
        if self.list:
            words = tuple(words.filled(filling) for words in self.list.words)
            update["list"] = self.list.model_copy(update={"words": words})
        made = self.model_copy(update=update)
        if not self.list and not self.words:
            made._alone = self._own_words.filled(filling)
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
