"""The sittings of past exams, kept beside a bank: which item was used when, how hard it was, how well it discriminated.

One exam is one file in `sittings/`, written by `qbank stats EXAM --write`. It holds counts and measures; no key, no
seed, nothing of a person.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from datetime import date as day
from typing import Annotated, Any

from pydantic import Field, field_validator

from qbank import messages
from qbank.records import Marks, Record, Texts, formed

EXAM = re.compile(r"[a-z0-9][a-z0-9-]*")
_PLAIN = re.compile(r"[A-Za-z_][A-Za-z0-9_./-]*")
_UNSEEN = re.compile("[\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]")
_AMBIGUOUS = frozenset({"y", "n", "yes", "no", "on", "off", "true", "false", "null", "none"})
"""Words that other readers of YAML take for a truth value or for nothing."""


def _no_id(value: str) -> str:
    return messages.tell("{value!r} is not the id of an exam", value=value)


class PartMeasured(Record):
    """What one part of an item measured: its results, the options chosen and the mistakes made."""

    marks: Marks
    facility: float | None = Field(default=None, ge=-1, le=1, allow_inf_nan=False)
    discrimination: float | None = Field(default=None, ge=-1, le=1, allow_inf_nan=False)
    blank: int = Field(default=0, ge=0)
    options: dict[str, Annotated[int, Field(ge=0)]] = Field(default_factory=dict)
    mistakes: dict[str, Annotated[int, Field(ge=0)]] = Field(default_factory=dict)


class ItemMeasured(Record):
    """What an item measured at one sitting; a measure that cannot be computed is left out."""

    count: int = Field(ge=0)
    variants: int = Field(default=1, ge=1)
    marks: Marks
    facility: float | None = Field(default=None, ge=-1, le=1, allow_inf_nan=False)
    discrimination: float | None = Field(default=None, ge=-1, le=1, allow_inf_nan=False)
    parts: dict[str, PartMeasured] = Field(default_factory=dict)


class Sitting(Record):
    """One past exam: what it was, when it was held, how many candidates sat it, and what each of its items measured."""

    exam: Annotated[str, formed(EXAM, _no_id)]
    number: int = Field(ge=0, lt=1_000_000)
    seal: str = Field(default="", pattern="^[0-9a-f]{0,64}$")
    title: Texts
    date: day
    candidates: int = Field(ge=0)
    reliability: float | None = Field(default=None, le=1, allow_inf_nan=False)
    items: dict[str, ItemMeasured]

    @field_validator("date", mode="before")
    @classmethod
    def _date(cls, value: Any) -> Any:
        try:
            return value if isinstance(value, day) else day.fromisoformat(str(value))
        except ValueError:
            raise ValueError(messages.tell("{value!r} is not a date; write it as 2027-01-12", value=value)) from None

    @property
    def name(self) -> str:
        """The name of its file without the ending.

        >>> bare = dict(number="7", title={"en": "Midterm"}, date="2025-06-30", candidates="120", items={})
        >>> Sitting.model_validate({"exam": "midterm", **bare}, context={"languages": ()}).name
        'midterm-000007'
        """
        return f"{self.exam}-{self.number:06d}"


def written(sitting: Sitting) -> bytes:
    """The file of a sitting; what reads it back gives the same record."""
    lines = ["# Written by `qbank stats`: what the items of one exam measured. Delete the file to forget it."]
    lines += _mapping(sitting.model_dump(mode="json", exclude_defaults=True), "")
    return ("\n".join(lines) + "\n").encode()


def _mapping(values: Mapping[str, Any], indent: str) -> Iterator[str]:
    for name, value in values.items():
        said = name if _PLAIN.fullmatch(name) and name.casefold() not in _AMBIGUOUS else _quoted(name)
        match value:
            case {} if not value:
                yield f"{indent}{said}: {{}}"
            case {}:
                yield f"{indent}{said}:"
                yield from _mapping(value, indent + "  ")
            case "":  # a language in which there is no title
                continue
            case str():
                yield f"{indent}{said}: {_quoted(value)}"
            case int() | float():
                yield f"{indent}{said}: {value}"


def _quoted(text: str) -> str:
    """A text between double quotes: every escape of JSON means the same in YAML."""
    return _UNSEEN.sub(lambda found: f"\\u{ord(found[0]):04x}", json.dumps(text, ensure_ascii=False))
