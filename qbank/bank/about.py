"""What is kept of an item and never printed: its tags, how far it has come, who has looked it through."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Annotated, Any, Literal, TypeAlias

from pydantic import AfterValidator, BeforeValidator, Field

from qbank import messages
from qbank.model import duplicates
from qbank.records import Record

TAG = re.compile(r"[\w-]{1,60}")

Status: TypeAlias = Literal["draft", "ready", "retired"]
"""How far an item has come: a paper takes those that are ready."""


def _tags(value: tuple[str, ...]) -> tuple[str, ...]:
    for tag in value:
        if not TAG.fullmatch(tag):
            raise ValueError(messages.tell(
                "{tag!r} is not a tag; a tag is one word of letters, digits, - and _", tag=tag
            ))  # fmt: skip
    for tag in duplicates(value):
        raise ValueError(messages.tell("the tag {tag!r} appears twice", tag=tag))
    return value


def _day(value: Any) -> date:
    if isinstance(value, date):
        return value
    try:
        return datetime.strptime(value, "%Y-%m-%d").date()
    except (TypeError, ValueError):
        raise ValueError(messages.tell("{value!r} is not a date such as 2025-06-30", value=value)) from None


Tags: TypeAlias = Annotated[tuple[str, ...], AfterValidator(_tags)]
"""Words by which an item is found, each once."""


class Review(Record):
    """Who reviewed the item, and when: `{by: Wang, on: 2025-06-30}`."""

    by: str = Field(min_length=1, max_length=200)
    on: Annotated[date, BeforeValidator(_day)]
