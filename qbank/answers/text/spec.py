"""What stands under `answer:` with `kind: text`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any, Literal, Self

from pydantic import AfterValidator, BeforeValidator, Field, WithJsonSchema, model_validator

from qbank.algebra import Formula
from qbank.answers._fields import Credit
from qbank.answers.text.patterns import LONGEST_PATTERN, matches, sound
from qbank.answers.text.words import Case, Folding, Spaces
from qbank.model import Bilingual, Lang
from qbank.records import Record, Truth


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


class Mistake(Record):
    """A foreseen wrong word, by its spellings; zh and en say what is wrong with it."""

    accept: Spelled
    zh: str
    en: str
    credit: Credit = 0.0

    @property
    def text(self) -> Bilingual:
        """What is wrong with it."""
        return Bilingual(zh=self.zh, en=self.en)


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

    def right(self, folding: Folding) -> Callable[[str], bool]:
        """Whether a folded text is one of the spellings, or matches a pattern."""
        spelled = {folding.of(spelling) for spelling in self.spellings}
        return lambda given: given in spelled or any(matches(one, given, folding.case) for one in self.regex)

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
        if len(self.sets) == 1:
            right = self.sets[0].right(self.folding)
            for name, mistake in self.mistakes.items():
                both = [spelling for spelling in mistake.accept if right(self.folding.of(spelling))]
                if both:
                    raise ValueError(f"{both[0]!r} is right, and the mistake {name!r} too")
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
