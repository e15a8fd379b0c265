"""Options to take without repetition: what a permutation and a choice have in common."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import combinations, permutations
from typing import Annotated, Any, Literal, TypeAlias

import numpy as np
from pydantic import PlainValidator, WithJsonSchema

from qbank import messages, units
from qbank.domains._common import Domain, Quantity, distinct, integer, misfit, quantity, scale, tabled
from qbank.domains.labels import words
from qbank.nodes import Path

MOST = 256
"""The most options."""
TABLED = 5040
"""Up to so many values (those of seven things in any order) are in a table; of more, each is drawn option by option.

Which papers a seed gives rests on this number: it never changes.
"""


def options(value: Any) -> int | tuple[str, ...]:
    """How many numbers there are, counted from 1, or the options of a list. Raises ValueError."""
    if not isinstance(value, list | tuple):
        count = integer(value)
        if not 2 <= count <= MOST:
            raise ValueError(messages.tell("the number must be from 2 to {most}, not {given}", most=MOST, given=count))
        return count
    texts = tuple(str(each) for each in value) if not any(isinstance(each, list | dict) for each in value) else ()
    if not 2 <= len(texts) <= MOST:
        raise ValueError(messages.tell("needs 2 to {most} numbers or labels: [2, 3, 5] or [red, green]", most=MOST))
    found = numbers(texts)
    if found is None or any(each.unit for each in found):
        words(list(texts))
    distinct(texts if found is None else [each.si for each in found], texts)
    return texts


def numbers(texts: Sequence[str]) -> tuple[Quantity, ...] | None:
    """The options as numbers, None where one of them is a word."""
    try:
        return tuple(quantity(text) for text in texts)
    except ValueError:
        return None


def measured(given: int | tuple[str, ...], unit: str) -> tuple[Quantity, ...]:
    """The options that are numbers, none where they are words; `5 V` is a number where `unit:` is written.

    Raises ValueError for a number without its unit beside one that has it.
    """
    found = None if isinstance(given, int) else numbers(given)
    if found is None or (not unit and any(each.unit for each in found)):
        return ()
    counted = scale(found)
    if counted and not units.read(units.canonical(unit)).fits(units.read(counted)):
        raise ValueError(misfit(counted, unit))
    return found


Options: TypeAlias = Annotated[
    int | tuple[str, ...],
    PlainValidator(options),
    WithJsonSchema({"anyOf": [
        {"type": ["string", "integer"]}, {"type": "array", "items": {"type": ["string", "number"]}, "minItems": 2},
    ]}),
]  # fmt: skip
"""A number n for 1, 2, … n, or a list of different numbers or labels."""


def placed(field: str, found: Sequence[Quantity]) -> tuple[tuple[Path, Quantity], ...]:
    """The numbers of a list in a field, each with the path to it."""
    return tuple(((field, place), each) for place, each in enumerate(found))


def table(given: int | tuple[str, ...], count: int, order: Literal["ordered", "sorted"], unit: str = "") -> Domain:
    """The domain of so many options without repetition; a table of all values where these are few."""
    one = _one(given, unit)
    ways = math.perm if order == "ordered" else math.comb
    if ways(len(one), count) > TABLED:
        return replace(one, entries=(count,), picks=order, alone=True)
    taken = permutations if order == "ordered" else combinations
    places = np.array(list(taken(range(len(one)), count)))
    texts = tuple("[" + ", ".join(one.texts[i] for i in row) + "]" for row in places)
    return replace(one, values=one.values[places], texts=texts)


def _one(given: int | tuple[str, ...], unit: str) -> Domain:
    """The domain of one option."""
    if isinstance(given, int):
        return tabled([Decimal(number) for number in range(1, given + 1)])
    found = measured(given, unit)
    if not found:
        return Domain(np.arange(len(given)), given, given)
    counted = scale(found)
    return tabled([each.within(counted) for each in found], unit=counted)
