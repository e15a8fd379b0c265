"""What a blueprint asks by rule: which items are meant, how many of them or of their marks, and alike forms."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Annotated, Any, Literal, TypeAlias

from pydantic import BeforeValidator, Field, WithJsonSchema, model_validator

from qbank import messages
from qbank.bank.card import within
from qbank.records import Marks, Record, fraction

if TYPE_CHECKING:
    from qbank.bank.item import Item

Bloom: TypeAlias = Literal["remember", "understand", "apply", "analyze", "evaluate", "create"]
Each: TypeAlias = Literal["circuit", "family", "topic", "level", "point"]
_NUMBER = r"(\d+(?:\.\d+)?(?:/\d+)?) ?(%?)"
_BETWEEN = re.compile(rf"{_NUMBER}(?: ?(?:to|-|–|—|~|至|到) ?{_NUMBER})?")
_LEAST = re.compile(rf"(?:at least|>=|≥|至少|不少于) ?{_NUMBER}")
_MOST = re.compile(rf"(?:at most|<=|≤|至多|最多|不超过) ?{_NUMBER}")


@dataclass(frozen=True, slots=True)
class Bound:
    """A number, the least, the most, or both: `3`, `2 to 4`, `at least 3`, `at most 2`; in percent as well.

    >>> str(bound("2-4")), str(bound("≥ 3")), str(bound("至多 2")), 3 in bound("2 to 4")
    ('2 to 4', 'at least 3', 'at most 2', True)
    """

    least: Fraction = Fraction(0)
    most: Fraction | None = None

    def __str__(self) -> str:
        low, high = _said(self.least), _said(self.most or Fraction(0))
        if self.most is None:
            return messages.tell("at least {number}", number=low)
        if self.exact:
            return low
        if not self.least:
            return messages.tell("at most {number}", number=high)
        return messages.tell("{low} to {high}", low=low, high=high)

    def __contains__(self, number: float | Fraction) -> bool:
        return self.least <= number and (self.most is None or number <= self.most)

    @property
    def exact(self) -> bool:
        """Whether it is one number."""
        return self.least == self.most


def bound(value: Any) -> Bound:
    """How many are asked, as an author writes it. Raises ValueError for what is not a number and for an empty range."""
    if isinstance(value, Bound):
        return value
    text = " ".join(str(value).split()).casefold()
    if found := _LEAST.fullmatch(text):
        return Bound(_number(*found.groups()))
    if found := _MOST.fullmatch(text):
        return Bound(Fraction(0), _number(*found.groups()))
    found = _BETWEEN.fullmatch(text)
    if found is None:
        raise ValueError(messages.tell(
            "{value!r} is not a number or a range; write 3, 2 to 4, at least 3 or at most 2", value=value
        ))  # fmt: skip
    low = _number(found[1], found[2])
    high = low if found[3] is None else _number(found[3], found[4])
    if low > high:
        raise ValueError(messages.tell("{value!r} is an empty range; write the smaller number first", value=value))
    return Bound(low, high)


def _number(digits: str, percent: str) -> Fraction:
    return fraction(digits) / (100 if percent else 1)


def _said(number: Fraction) -> str:
    return f"{float(number):g}"


def _drawn(value: Any) -> Any:
    found = bound(value)
    ends = [each for each in (found.least, found.most) if each is not None]
    if found.most == 0 or any(each.denominator > 1 or each > MOST_DRAWN for each in ends):
        raise ValueError(messages.tell(
            "{value!r} is not a number of items from 1 to {most}; write 3, or 3 to 5", value=value, most=MOST_DRAWN
        ))  # fmt: skip
    return found


def _share(value: Any) -> Any:
    found = bound(value)
    if not found.exact or found.least > 1:
        raise ValueError(messages.tell("{value!r} is not a share; write 2% or 0.02", value=value))
    return found.least


_SCALAR = WithJsonSchema({"type": ["string", "number", "integer"]})
MOST_DRAWN = 100
"""The most items that one entry draws."""
Bounded: TypeAlias = Annotated[Bound, BeforeValidator(bound), _SCALAR]
Drawn: TypeAlias = Annotated[Bound, BeforeValidator(_drawn), _SCALAR]
Share: TypeAlias = Annotated[Fraction, BeforeValidator(_share), _SCALAR]


class Filter(Record):
    """Which items are meant; what is left out is not asked."""

    topic: str | None = None
    level: tuple[int, ...] = ()
    kind: str | None = None
    covers: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    bloom: tuple[Bloom, ...] = ()
    circuit: tuple[str, ...] = ()
    family: tuple[str, ...] = ()

    def fits(self, item: Item) -> bool:
        """Whether an item is meant; of several levels, points, tags … one is enough."""
        return (
            (self.topic is None or within(item.topic, self.topic))
            and (not self.level or item.level in self.level)
            and (self.kind is None or self.kind in item.kinds)
            and (not self.covers or not set(self.covers).isdisjoint(item.points))
            and (not self.tags or not set(self.tags).isdisjoint(item.tags))
            and (not self.bloom or item.bloom in self.bloom)
            and (not self.circuit or not set(self.circuit).isdisjoint(item.circuits))
            and (not self.family or item.family in self.family)
        )

    @property
    def asked(self) -> dict[str, object]:
        """What is said of the items that are meant."""
        return {name: getattr(self, name) for name in Filter.model_fields if getattr(self, name)}

    @property
    def told(self) -> str:
        """The same in words: "level 3 or 4 of electronics/opamp, kind number"."""
        said = dict(self.asked)
        topic, levels = said.pop("topic", ""), said.pop("level", ())
        if levels and topic:
            head = [messages.tell("level {levels} of {topic}", levels=_either(levels), topic=topic)]
        elif levels:
            head = [messages.tell("level {levels}", levels=_either(levels))]
        else:
            head = [str(topic)] if topic else []
        return messages.listed([*head, *(f"{name} {_either(value)}" for name, value in said.items())])


def _either(value: object) -> str:
    if not isinstance(value, tuple):
        return str(value)
    *earlier, last = map(str, value)
    if not earlier:
        return last
    return messages.tell("{earlier} or {last}", earlier=messages.listed(earlier), last=last)


class Row(Filter):
    """A row of a table of requirements: some items, and how many of them, of their marks or of their minutes."""

    worth: tuple[Marks, ...] = ()
    """The items that are worth one of these on the paper."""
    each: Each | None = None
    """The row is meant once for every circuit, family, topic, level or point of these items."""
    items: Bounded | None = None
    marks: Bounded | None = None
    minutes: Bounded | None = None
    facility: Bounded | None = None

    @model_validator(mode="after")
    def _counts(self) -> Row:
        if self.items is self.marks is self.minutes is self.facility is None:
            raise ValueError(messages.tell(
                "a row needs a number; write items: 3, marks: 10 to 14, minutes: at most 90 or facility: 0.6 to 0.7"
            ))  # fmt: skip
        return self

    def parts(self, item: Item) -> Iterator[str]:
        """What the row is meant for once each, of one item."""
        match self.each:
            case None:
                yield ""
            case "circuit":
                yield from sorted(item.circuits)
            case "family":
                yield from (item.family,) if item.family else ()
            case "topic":
                yield item.topic
            case "level":
                yield str(item.level)
            case "point":
                yield from item.points


class Parallel(Record):
    """Equivalent forms with different items: how many, and how far they may differ in what is expected of them."""

    forms: int = Field(ge=2, le=26)
    difficulty: Share = Field(default=Fraction(1, 50), validate_default=True)
    minutes: float = Field(default=5.0, ge=0, le=1440)

    @model_validator(mode="before")
    @classmethod
    def _short(cls, value: Any) -> Any:
        return {"forms": value} if isinstance(value, str | int) else value
