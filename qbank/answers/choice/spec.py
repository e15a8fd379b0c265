"""What is written under `answer:` with `kind: choice`."""

from __future__ import annotations

from typing import Annotated, Any, Literal, Self, TypeAlias

import numpy as np
from pydantic import BeforeValidator, Field, ValidationInfo, WithJsonSchema, model_validator

from qbank import messages, registry
from qbank.answers._fields import Credit, Floor, Right, Share, Why
from qbank.answers.choice import showing, ticks
from qbank.model import LANGS, Bilingual, Floats, Rules
from qbank.records import FALSE_WORDS, TRUE_WORDS, Record, Truth, alone, asked, truth


def _several(value: Any) -> bool | str:
    if isinstance(value, bool):
        return value
    word = str(value).strip()
    if word in ticks.RULES:
        return word
    if word.casefold() in TRUE_WORDS | FALSE_WORDS:
        return truth(word)
    raise ValueError(registry.unknown(word, ("yes", *ticks.RULES)))


Several: TypeAlias = Annotated[
    bool | str, BeforeValidator(_several), WithJsonSchema({"enum": ["yes", "no", True, False, *ticks.RULES]})
]
"""Whether several options may be ticked, and by which rule; `yes` leaves the rule to the paper."""


def _numbers(value: Any) -> Any:
    """A number, or two of which the first is the smaller, as (least, most); pydantic names what is neither."""
    return tuple(value) if isinstance(value, list | tuple) else (value, value)


_COUNT = {"type": ["integer", "string"]}
Numbers: TypeAlias = Annotated[
    tuple[int, int], BeforeValidator(_numbers),
    WithJsonSchema({"anyOf": [_COUNT, {"type": "array", "items": _COUNT, "minItems": 2, "maxItems": 2}]}),
]
"""How many: a number, or the least and the most."""

LETTERS = 26
"""The most options that can have a letter."""


class Option(Record):
    """One option: its text or a figure, when it is right, and what is to be said to those who pick it wrongly."""

    right: Right = False
    zh: str = ""
    en: str = ""
    figure: str = ""
    why: Why | None = None
    mistake: str | None = None
    last: Truth = False
    none: Truth = False

    @model_validator(mode="before")
    @classmethod
    def _alone(cls, value: Any, info: ValidationInfo) -> Any:
        return alone(value, asked(info))

    @model_validator(mode="after")
    def _told(self, info: ValidationInfo) -> Self:
        missing = [lang for lang in asked(info) if lang not in self.words.langs]
        if missing and (not self.figure or self.words.langs):
            raise ValueError(messages.tell(
                "the text in {langs} is missing; write {fields}, or figure: and a name",
                langs=messages.listed(missing), fields=messages.listed(f"{lang}:" for lang in asked(info)),
            ))  # fmt: skip
        return self

    @property
    def words(self) -> Bilingual:
        """The option's own words."""
        return Bilingual(zh=self.zh, en=self.en)

    @property
    def text(self) -> Bilingual:
        """What the option shows: its words, and after them its figure."""
        if not self.figure:
            return self.words
        slot = f"\n\n[[figure {self.figure}]]"
        return Bilingual(*(f"{self.words[lang]}{slot}".lstrip() for lang in LANGS))

    @property
    def spoken(self) -> Bilingual:
        """The option on one line: its words, else the name of its figure."""
        return self.words if self.words.langs else Bilingual(zh=f"图 {self.figure}", en=f"figure {self.figure}")


class Spec(Record):
    """`kind: choice`: options by name; `several: yes`, or the name of a rule, lets more than one be ticked."""

    kind: Literal["choice"]
    options: dict[str, Option] = Field(min_length=2, max_length=60)
    show: int | None = Field(None, ge=2, le=LETTERS)
    show_right: Numbers | None = None
    several: Several = False
    shuffle: Truth = True
    floor: Floor = 0.0
    negative: Credit = 0.0
    weights: dict[str, Share] = Field(default_factory=dict)
    min_ticks: int | None = Field(None, ge=1, le=26)
    max_ticks: int | None = Field(None, ge=1, le=26)

    @model_validator(mode="after")
    def _sound(self) -> Self:
        certain = [option.right for option in self.options.values() if isinstance(option.right, bool)]
        open_ = len(self.options) - len(certain)
        if self.show is None and len(self.options) > LETTERS:
            raise ValueError(messages.tell(
                "at most {most} options can have a letter; write show: with the number of the {count} options to show",
                most=LETTERS, count=len(self.options),
            ))  # fmt: skip
        if not self.several and ((sum(certain) > 1 and not self.show) or (sum(certain) == 0 and not open_)):
            raise ValueError(messages.tell(
                "a single choice has one right option, not {count}; write 'several: yes' if several may be ticked",
                count=sum(certain),
            ))  # fmt: skip
        if self.several and not any(certain) and not open_:
            raise ValueError(messages.tell("no option is right"))
        strangers = [name for name in self.weights if name not in self.options]
        if strangers:
            raise ValueError(messages.tell("weights: {name!r} is not an option", name=strangers[0]))
        if not self.several and (self.min_ticks or self.max_ticks):
            raise ValueError(messages.tell("min_ticks: and max_ticks: need 'several: yes'"))
        if self.several and self.negative:
            raise ValueError(messages.tell(
                "negative: is for a single choice; with several:, the rule and floor: decide what wrong ticks cost"
            ))  # fmt: skip
        if sum(option.none for option in self.options.values()) > 1:
            raise ValueError(messages.tell("only one option can be 'none of these'"))
        for fault in showing.faults(self):
            raise ValueError(fault)
        return self

    @property
    def count(self) -> int:
        """How many options a variant shows."""
        return self.show or len(self.options)

    @property
    def rights(self) -> tuple[int, int]:
        """How many right options a variant shows, at least and at most."""
        if not self.several:
            return 1, 1
        least, most = self.show_right or (1, self.count)
        return max(least, self.min_ticks or 1), min(most, self.max_ticks or self.count)

    @property
    def loss(self) -> float:
        """What a wrong answer earns: the negative marking, or a plain zero."""
        return 0.0 - self.negative

    @property
    def least(self) -> float | None:
        """What the part comes to at least: the floor that is written, else 0, or the negative marking."""
        return self.floor if "floor" in self.model_fields_set else min(0.0, self.loss)

    def earning(self, name: str) -> float:
        """What ticking one option alone earns, where it is not all that is right."""
        earned = self.weights.get(name, self.loss)
        return earned if self.least is None else max(earned, self.least)

    @property
    def lasting(self) -> tuple[bool, ...]:
        """Which options keep their place at the end."""
        return tuple(option.last or option.none for option in self.options.values())

    @property
    def lone(self) -> int | None:
        """The position of "none of these", which no shuffle moves; None where there is no such option."""
        options = list(self.options.values())
        if not self.shuffle and not self.show:
            return next((place for place, option in enumerate(options) if option.none), None)
        staying = [option for option, stays in zip(options, self.lasting, strict=True) if stays]
        first = self.count - len(staying)
        return next((first + place for place, option in enumerate(staying) if option.none), None)

    @property
    def weighing(self) -> Floats:
        """(k,) the weight of each option, 0 where none is given."""
        return np.array([self.weights.get(name, 0.0) for name in self.options])

    def rule(self, rules: Rules) -> str:
        """The rule for several ticks: the part's own, else the paper's."""
        return self.several if isinstance(self.several, str) else rules.several
