"""The record of a data file that every candidate gets, with columns from their own variant."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from pydantic import Field, field_validator, model_validator

from qbank import algebra, messages, units
from qbank.algebra.tree import Name
from qbank.records import Record

NAME = re.compile(r"[a-z][a-z0-9_-]{0,30}\.csv")
HEADING = re.compile(r"[^\x00-\x1f\x7f]{1,60}")
MOST_COLUMNS = 20


class FileColumn(Record):
    """One column: an expression that is a vector, written in the unit that is given, else in SI."""

    value: algebra.Formula
    unit: str = ""

    @field_validator("unit")
    @classmethod
    def _unit(cls, value: str) -> str:
        if value:
            units.read(units.canonical(value))
        return value

    @model_validator(mode="before")
    @classmethod
    def _short(cls, value: Any) -> Any:
        return {"value": value} if isinstance(value, str | int | float) else value


class DataFile(Record):
    """A CSV file: its columns by their headings, in order, all of one length."""

    columns: Mapping[str, FileColumn] = Field(min_length=1, max_length=MOST_COLUMNS)

    @field_validator("columns")
    @classmethod
    def _headings(cls, value: Mapping[str, FileColumn]) -> Mapping[str, FileColumn]:
        for heading in value:
            if not HEADING.fullmatch(heading) or heading != heading.strip():
                raise ValueError(messages.tell(
                    "{heading!r} is not a heading; a heading has 1 to 60 characters on one line", heading=heading
                ))  # fmt: skip
        return value

    @property
    def names(self) -> frozenset[str]:
        """The names that the file shows: the columns that are a name and no more."""
        return frozenset(each.value.root.name for each in self.columns.values() if isinstance(each.value.root, Name))


def named(value: Mapping[str, DataFile]) -> Mapping[str, DataFile]:
    """The files by their names. Raises ValueError for a name that is not allowed."""
    for name in value:
        if not NAME.fullmatch(name):
            raise ValueError(messages.tell(
                "{name!r} is not the name of a data file; write small letters, digits, - and _, then .csv, as in "
                "data.csv",
                name=name,
            ))  # fmt: skip
    return value
