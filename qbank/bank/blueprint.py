"""The record of a blueprint: what a paper is made of; the format is documented in docs/en/blueprints.md."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date as day
from fractions import Fraction
from typing import Annotated, Any, Literal, TypeAlias

from pydantic import BeforeValidator, Field, WithJsonSchema, field_validator, model_validator

from qbank import messages, registry
from qbank.answers.choice import ticks
from qbank.bank.logo import NAMED
from qbank.bank.table import Drawn, Filter, Parallel, Row
from qbank.model import LANGS, Imposition, Imprint, Rules
from qbank.records import FALSE_WORDS, TRUE_WORDS, Languages, Marks, Record, Texts, Truth, formed

ID = re.compile(r"[a-z0-9][a-z0-9-]*")
FILE = re.compile(r"(?![/~])[^\\:\x00-\x1f]{1,300}\.ya?ml")
"""The path of a file from the blueprint's folder: no root, no drive, no backslash."""

ROOM = 1.2
"""The centimetres for working that a mark gets where a section has only `working: yes`."""
MOST_ROOM = 10.0


def _room(value: Any) -> float:
    word = str(value).strip().casefold()
    if word in TRUE_WORDS - {"1"}:
        return ROOM
    if word in FALSE_WORDS - {"0"}:
        return 0.0
    length = re.fullmatch(r"(\d+(?:\.\d+)?) ?cm", word)
    if length is None or float(length[1]) > MOST_ROOM:
        raise ValueError(messages.tell(
            "{value!r} is not a space for working; write yes, or the space for one mark, such as 1.5cm", value=value
        ))  # fmt: skip
    return float(length[1])


Room: TypeAlias = Annotated[float, BeforeValidator(_room), WithJsonSchema({"type": ["string", "boolean"]})]
"""Room for working, in centimetres a mark: `yes`, `no` or a length."""


def _no_id(value: str) -> str:
    return messages.tell("{value!r} is not the id of a blueprint; write small letters, digits and dashes", value=value)


class Entry(Filter):
    """One item of a section by its id or its file, or a number of items drawn from the bank.

    `{item: opamp.inverting.gain, marks: 3}`, `{file: mine.yaml}`, or
    `{draw: 4, topic: electronics/opamp, level: [1, 2], kind: number, marks: 3}`.
    """

    item: str | None = None
    file: str | None = None
    """The file of an item, from the blueprint's own folder."""
    draw: Drawn | None = None
    marks: Marks | None = None
    parts: dict[str, Marks] = Field(default_factory=dict)
    """Marks of single parts, where they are not shared in the proportion the item gives them."""

    @model_validator(mode="before")
    @classmethod
    def _short(cls, value: Any) -> Any:
        return {"item": value} if isinstance(value, str) else value

    @field_validator("file")
    @classmethod
    def _relative(cls, value: str | None) -> str | None:
        if value is not None and not FILE.fullmatch(value):
            raise ValueError(messages.tell(
                "{value!r} is not the name of an item's file relative to the blueprint, such as mine.yaml", value=value
            ))  # fmt: skip
        return value

    @model_validator(mode="after")
    def _one(self) -> Entry:
        if [self.item, self.file, self.draw].count(None) != 2:
            raise ValueError(messages.tell(
                "an entry has one of item: …, file: … or draw: …, as in draw: 3, topic: …"
            ))  # fmt: skip
        return self


class SectionMarking(Record):
    """The marking rules of a section; the others are those of the paper."""

    comma: Literal["ask", "decimal", "thousands"] | None = None
    unit_missing: float | None = Field(default=None, ge=0, le=1)
    unit_wrong: float | None = Field(default=None, ge=0, le=1)
    unit_prefix: float | None = Field(default=None, ge=0, le=1)
    several: str | None = None
    """The rule for several ticks, by its name."""

    @field_validator("several")
    @classmethod
    def _rule(cls, value: str | None) -> str | None:
        if value is not None and value not in ticks.RULES:
            raise ValueError(registry.unknown(value, ticks.RULES))
        return value

    def over(self, rules: Rules) -> Rules:
        """The rules with what is decided here put over them."""
        decided = {name: value for name, value in self if value is not None}
        return Rules(**{**{name: getattr(rules, name) for name in Rules.__slots__}, **decided})


class Marking(SectionMarking):
    """The marking rules of the paper, and how its totals are rounded."""

    round_to: Marks | None = None


class Section(Record):
    """A section of a paper: a title and its items."""

    title: Texts
    text: Texts | None = None
    marks: Marks
    each: Marks | None = None
    """The marks of every item in it, where they are alike."""
    balance: Truth = False
    """Keep the number of true statements near half (40–60 %) on every form."""
    working: Room | None = None
    """Room for working under each part that is written and has no `space:` of its own, in centimetres a mark; with 0,
    results alone are asked, and no part has room.
    """
    answer_grid: Truth = False
    """A grid of numbers and empty cells at the head of a section of choices."""
    marking: SectionMarking = Field(default_factory=SectionMarking)
    table: tuple[Row, ...] = ()
    """What the items in it are to be."""
    items: tuple[Entry, ...] = Field(min_length=1)


class Stock(Record):
    """The sheets on which a paper is printed: `{size: A3, sides: 2}`."""

    size: Literal["A4", "A3"] = "A4"
    sides: Literal["1", "2"] = "2"
    multiple: Literal["1", "2", "4"] | None = None
    """The pages of A4 on one sheet, to which each paper is filled up in the printer's volume."""
    side_by_side: Truth = False
    """Both languages on one paper, rather than a paper in each."""

    @model_validator(mode="before")
    @classmethod
    def _short(cls, value: Any) -> Any:
        return {"size": value} if isinstance(value, str) else value

    @model_validator(mode="after")
    def _holds(self) -> Stock:
        if self.multiple is not None and int(self.multiple) < self._least:
            raise ValueError(messages.tell(
                "a sheet of {size} with {sides} printed sides holds {pages} pages of A4; write multiple: {pages}, or "
                "leave it out", size=self.size, sides=self.sides, pages=self._least,
            ))  # fmt: skip
        return self

    @property
    def _least(self) -> int:
        return int(self.sides) * (2 if self.size == "A3" else 1)

    @property
    def imposition(self) -> Imposition:
        """The sheets as the program uses them."""
        return Imposition(self.size, 2 if self.sides == "2" else 1, int(self.multiple or self._least),
                          self.side_by_side)


class Blueprint(Record):
    """A paper: its title, its sections, and their total marks."""

    id: Annotated[str, formed(ID, _no_id)] = Field(pattern=f"^{ID.pattern}$")
    title: Texts
    languages: Languages = LANGS
    replaces: str = ""
    institution: Texts | None = None
    course: Texts | None = None
    course_code: str = Field(default="", max_length=40)
    term: Texts | None = None
    date: str = ""
    open_book: Truth | None = None
    logo: str = ""
    notices: tuple[Texts, ...] = Field(default=(), max_length=12)
    paper: Stock = Field(default_factory=Stock)
    minutes: int = Field(ge=1, le=1440)
    total: Marks
    notes: Texts | None = None
    marking: Marking = Field(default_factory=Marking)
    table: tuple[Row, ...] = ()
    require: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    avoid: tuple[str, ...] = ()
    parallel: Parallel | None = None
    sections: tuple[Section, ...] = Field(min_length=1)

    @property
    def names_files(self) -> bool:
        """Whether it is read with other files: its logo, or items of its own."""
        return bool(self.logo) or any(entry.file for section in self.sections for entry in section.items)

    @field_validator("date")
    @classmethod
    def _date(cls, value: str) -> str:
        try:
            written = not value or day.fromisoformat(value).isoformat() == value
        except ValueError:
            written = False
        if not written:
            raise ValueError(messages.tell("{value!r} is not a date; write it as 2027-01-12", value=value))
        return value

    @field_validator("logo")
    @classmethod
    def _logo(cls, value: str) -> str:
        if value and not NAMED.fullmatch(value):
            raise ValueError(messages.tell(
                "{value!r} is not the name of a .png or .svg file beside the blueprint, such as logo.svg", value=value
            ))  # fmt: skip
        return value

    @property
    def by_rule(self) -> bool:
        """Whether any of its items is drawn."""
        return any(entry.draw is not None for section in self.sections for entry in section.items)

    def imprint(self, logo: bytes = b"") -> Imprint:
        """What it has about the examination and of its printing, with the content of the logo's file."""
        return Imprint(
            self.term, self.date, self.course_code, self.open_book, self.notices, logo, self.paper.imposition
        )

    def naming(self, ids: Mapping[str, str]) -> Blueprint:
        """The blueprint with the id of the item in place of each file."""
        sections = tuple(
            section.model_copy(update={"items": tuple(
                entry if entry.file is None else entry.model_copy(update={"item": ids[entry.file], "file": None})
                for entry in section.items
            )})
            for section in self.sections
        )  # fmt: skip
        return self.model_copy(update={"sections": sections})


def share(weights: list[Fraction], marks: Fraction, step: Fraction = Fraction(1, 2)) -> list[Fraction]:
    """Marks shared in the proportion of the weights, each a whole number of steps.

    Raises ValueError with the shares when one does not land on a step.

    >>> share([Fraction(2), Fraction(4)], Fraction(3))
    [Fraction(1, 1), Fraction(2, 1)]
    """
    total = sum(weights, start=Fraction(0))
    if total <= 0:
        raise ValueError(messages.tell("the parts have no marks, so that nothing can be shared in proportion"))
    shares = [weight * marks / total for weight in weights]
    if any(each % step for each in shares):
        said = " + ".join(f"{float(each):.3g}" for each in shares)
        raise ValueError(messages.tell(
            "{marks:g} marks shared among the parts give {shares}, which are not multiples of {step:g}",
            marks=float(marks), shares=said, step=float(step),
        ))  # fmt: skip
    return shares
