"""The record of an item as an author writes it, one file an item; the format is documented in docs/en/items.md."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import Annotated, Any, Self, TypeAlias

from pydantic import (
    AfterValidator,
    BeforeValidator,
    Field,
    ModelWrapValidatorHandler,
    ValidationInfo,
    WithJsonSchema,
    field_validator,
    model_validator,
)

from qbank import algebra, answers, domains, markup, messages
from qbank.answers import Named
from qbank.bank import about, datafile, passages, scheme
from qbank.bank.datafile import DataFile
from qbank.bank.letters import joined
from qbank.bank.table import Bloom
from qbank.domains.labels import Labelled
from qbank.figures import Field as Figure
from qbank.maths import subscripts
from qbank.model import LANGS, Lang, Rich
from qbank.records import Languages, Marks, Record, Texts, Truth, formed

NAME = re.compile(r"[A-Za-zΑ-ω][A-Za-z0-9Α-ω_]*")
PART = re.compile(r"[a-z][a-z0-9-]*")
ID = re.compile(r"[a-z0-9_]+(\.[a-z0-9_]+)*")


def _no_part(value: str) -> str:
    return messages.tell(
        "{value!r} is not the id of a part; write small letters, digits and -, beginning with a letter", value=value
    )


def _no_item(value: str) -> str:
    return messages.tell(
        "{value!r} is not the id of an item; write words of small letters, digits and _, separated by dots", value=value
    )


class Shown(Record):
    """How a derived value is rounded before anything uses it: to significant figures or to decimal places."""

    figures: int | None = Field(default=None, ge=1, le=12)
    dp: int | None = Field(default=None, ge=0, le=12)

    @model_validator(mode="before")
    @classmethod
    def _short(cls, value: Any) -> Any:
        return {"figures": value} if isinstance(value, str | int) else value


class Derived(Record):
    """A value computed from the parameters: `A: -Rf/R1`, or `{value: …, shown: 3, unit: V, symbol: A_{uf}}`."""

    value: algebra.Derivable
    shown: Shown | None = None
    unit: str = ""
    symbol: Annotated[str, AfterValidator(subscripts.grouped)] = ""
    zeros: Truth = False
    labels: Labelled | None = None

    @model_validator(mode="before")
    @classmethod
    def _short(cls, value: Any) -> Any:
        return {"value": value} if isinstance(value, str | int | float) else value

    @model_validator(mode="after")
    def _one_way(self) -> Self:
        if self.zeros and self.shown is None:
            raise ValueError(messages.tell(
                "zeros: keeps the zeros of a rounded value; give the number of figures with shown:"
            ))  # fmt: skip
        if self.labels and (self.shown or self.unit):
            raise ValueError(messages.tell("a value with labels: must not have shown: or unit:"))
        if self.value.base != 10 and (self.shown or self.unit or self.labels):
            raise ValueError(messages.tell(
                "{value} prints the digits of a whole number, so it must not have shown:, unit: or labels:",
                value=self.value,
            ))  # fmt: skip
        return self


class Trial(Record):
    """The author's own test: given these parameters, these answers earn these marks (of the parts' own) and note.

    An answer is what a candidate writes, or the names of its entries: a list of options or items, or pairs.
    """

    given: Mapping[str, str] = Field(default_factory=dict)
    answers: Mapping[str, str | Named]
    marks: Marks
    note: str = ""

    @property
    def named(self) -> Mapping[str, Named]:
        """The answers that are names, by the ids of their parts."""
        return {part: answer for part, answer in self.answers.items() if not isinstance(answer, str)}


def _calls_something(item: Mapping[str, Any], name: str) -> bool:
    """Whether a parameter, a derived value or a letter of a formula has this name, in an item as it is written."""
    parts = item.get("parts")
    answers_ = [part.get("answer") for part in parts if isinstance(part, Mapping)] if isinstance(parts, list) else []
    letters = [answer.get(field) for answer in answers_ if isinstance(answer, Mapping) for field in ("over", "names")]
    groups = (item.get("parameters"), item.get("derive"), *letters)
    return any(name in group for group in groups if isinstance(group, Mapping | list))


def _witness(value: Any) -> Mapping[str, Any] | None:
    if value == "none":
        return None
    if not isinstance(value, dict):
        raise ValueError(messages.tell(
            "a witness must be a mapping such as {{circuit: main, solve: u_o / u_i, within: 1e-9}}, or none"
        ))  # fmt: skip
    return value


Witness: TypeAlias = Annotated[
    Mapping[str, Any] | None,
    BeforeValidator(_witness),
    WithJsonSchema({"anyOf": [{"type": "object"}, {"const": "none"}]}),
]


class Part(Record):
    """One thing that is asked: its kind of answer, its marks, and its witness."""

    id: Annotated[str, formed(PART, _no_part)] = Field(pattern=f"^{PART.pattern}$")
    ask: passages.Field | None = None
    marks: Marks = Field(default=1, validate_default=True)
    covers: tuple[str, ...] = ()
    answer: answers.Field
    steps: Mapping[str, scheme.Line] = Field(default_factory=dict)
    witness: Witness = None
    because: str = ""
    """Why nothing computes this key a second time (`witness: none`)."""
    follows: tuple[str, ...] = ()
    carry_if: algebra.Condition | None = None
    follow_credit: float = Field(default=1.0, ge=0, le=1)
    space: str = ""

    @model_validator(mode="wrap")
    @classmethod
    def _rubric(cls, value: Any, read: ModelWrapValidatorHandler[Self]) -> Self:
        return read(scheme.of_rubric(value))

    @property
    def kind(self) -> str:
        """The tag of the answer's kind."""
        return self.answer.kind

    @cached_property
    def facts(self) -> answers.Facts:
        """What other rooms may know of the answer."""
        return answers.facts(self.answer)

    @field_validator("space")
    @classmethod
    def _space(cls, value: str) -> str:
        if value and not re.fullmatch(r"\d+(\.\d+)? ?cm", value):
            raise ValueError(messages.tell("{value!r} is not a length; write 6cm", value=value))
        return value

    @property
    def centimetres(self) -> float:
        """The room for working under the part."""
        return float(self.space.removesuffix("cm")) if self.space else 0.0


class Item(Record):
    """One question, from which variants are drawn."""

    id: Annotated[str, formed(ID, _no_item)] = Field(pattern=f"^{ID.pattern}$")
    title: Texts
    topic: str
    covers: tuple[str, ...] = ()
    level: int = Field(ge=1, le=5)
    bloom: Bloom | None = None
    minutes: float | None = Field(default=None, gt=0, le=1440)
    family: str = Field("", max_length=80)
    excludes: tuple[str, ...] = ()
    source: str = ""
    author: str = ""
    licence: str = Field("", max_length=200)
    languages: Languages = LANGS
    tags: about.Tags = ()
    status: about.Status = "ready"
    reviewed: tuple[about.Review, ...] = ()
    replaces: str = ""
    parameters: Mapping[str, domains.Field] = Field(default_factory=dict)
    require: tuple[algebra.Condition, ...] = ()
    derive: Mapping[str, Derived] = Field(default_factory=dict)
    figures: Mapping[str, Figure] = Field(default_factory=dict)
    files: Mapping[str, DataFile] = Field(default_factory=dict)
    stem: passages.Field | None = None
    parts: tuple[Part, ...] = Field(min_length=1)
    any_order: tuple[str, ...] = ()
    solution: passages.Field | None = None
    approximations: tuple[Mapping[str, algebra.Formula], ...] = ()
    trials: tuple[Trial, ...] = ()

    @model_validator(mode="before")
    @classmethod
    def _imaginary(cls, value: Any, info: ValidationInfo) -> Any:
        """`j` is the imaginary unit where nothing of the item has that name."""
        if info.context is not None and isinstance(value, Mapping):
            info.context[algebra.fields.COMPLEX] = not _calls_something(value, algebra.IMAGINARY)
        return value

    @field_validator("parameters", "derive")
    @classmethod
    def _names(cls, value: Mapping[str, Any]) -> Mapping[str, Any]:
        for name in value:
            if not NAME.fullmatch(name):
                raise ValueError(messages.tell(
                    "{name!r} is not a name; a name has letters, digits and _, and begins with a letter", name=name
                ))  # fmt: skip
        return value

    @field_validator("files")
    @classmethod
    def _files(cls, value: Mapping[str, DataFile]) -> Mapping[str, DataFile]:
        return datafile.named(value)

    @model_validator(mode="after")
    def _letters(self) -> Self:
        parts = joined(self)
        return self if parts is self.parts else self.model_copy(update={"parts": parts})

    def __repr_args__(self) -> Iterable[tuple[str | None, Any]]:
        """What pydantic shows of an item: its id, which finds the rest."""
        return [(None, self.id)]

    @property
    def marks(self) -> Any:
        """What the item is worth by its own parts (a Fraction)."""
        return sum((part.marks for part in self.parts), start=self.parts[0].marks * 0)

    @property
    def points(self) -> tuple[str, ...]:
        """The knowledge points that it covers, as a whole or in its parts, each once."""
        return tuple(dict.fromkeys((*self.covers, *(point for part in self.parts for point in part.covers))))

    @property
    def asks(self) -> Mapping[str, tuple[Part, ...]]:
        """The knowledge points that its parts ask, each with those parts.

        What the item has itself is asked by its one part; where there are several, it is not known by which.
        """
        alone = self.covers if len(self.parts) == 1 else ()
        own = {part.id: {*alone, *part.covers} for part in self.parts}
        return {
            point: asking for point in self.points
            if (asking := tuple(part for part in self.parts if point in own[part.id]))
        }  # fmt: skip

    @property
    def circuits(self) -> frozenset[str]:
        """The circuits of its figures."""
        return frozenset(name for figure in self.figures.values() for name in figure.names)

    @property
    def kinds(self) -> tuple[str, ...]:
        """The kinds of its parts, each once, in order."""
        return tuple(dict.fromkeys(part.kind for part in self.parts))

    def part(self, name: str) -> Part:
        """The part of that id. Raises KeyError."""
        for part in self.parts:
            if part.id == name:
                return part
        raise KeyError(name)

    @cached_property
    def order(self) -> tuple[str, ...]:
        """The derived names, each after those it is derived from. Raises ValueError on a cycle."""
        done: list[str] = []
        state: dict[str, int] = {}

        def visit(name: str, path: tuple[str, ...]) -> None:
            if state.get(name) == 1:
                cycle = " → ".join((*path[path.index(name) :], name))
                raise ValueError(messages.tell("there is a circular definition: {names}", names=cycle))
            if state.get(name) == 2:
                return
            state[name] = 1
            for other in sorted(algebra.names(self.derive[name].value)):
                if other in self.derive:
                    visit(other, (*path, name))
            state[name] = 2
            done.append(name)

        for name in self.derive:
            visit(name, ())
        return tuple(done)

    def blank_parts(self, lang: Lang) -> tuple[str, ...]:
        """The parts that are blanks in the stem, in its order."""
        return markup.blanks(self.text(lang))

    def text(self, lang: Lang) -> Rich:
        """All that the stem may say, read."""
        return markup.read(self.stem[lang]) if self.stem else ()
