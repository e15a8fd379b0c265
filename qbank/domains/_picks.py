"""Options to take without repetition: what a permutation and a choice have in common."""

from __future__ import annotations

import math
from collections.abc import Iterable
from decimal import Decimal
from itertools import combinations, permutations
from typing import Annotated, Any, Literal, TypeAlias

import numpy as np
from pydantic import PlainValidator, WithJsonSchema

from qbank.algebra import exact, written
from qbank.domains._common import Domain, distinct, integer
from qbank.domains.labels import words
from qbank.model import Array

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
            raise ValueError(f"there are 2 to {MOST} things to take from, not {count}")
        return count
    texts = tuple(str(each) for each in value) if not any(isinstance(each, list | dict) for each in value) else ()
    if not 2 <= len(texts) <= MOST:
        raise ValueError(f"needs 2 to {MOST} numbers or labels: [2, 3, 5] or [red, green]")
    if numbers(texts) is None:
        words(list(texts))
    distinct(numbers(texts) or texts, texts)
    return texts


def numbers(texts: Iterable[str]) -> tuple[Decimal, ...] | None:
    """The options as numbers, None where one of them is a word."""
    try:
        return tuple(exact(text) for text in texts)
    except ValueError:
        return None


Options: TypeAlias = Annotated[
    int | tuple[str, ...],
    PlainValidator(options),
    WithJsonSchema({"anyOf": [
        {"type": ["string", "integer"]}, {"type": "array", "items": {"type": ["string", "number"]}, "minItems": 2},
    ]}),
]  # fmt: skip
"""A number n for 1, 2, … n, or a list of different numbers or labels."""


def table(given: int | tuple[str, ...], count: int, order: Literal["ordered", "sorted"]) -> Domain:
    """The domain of so many options without repetition; a table of all values where these are few."""
    texts = tuple(map(str, range(1, given + 1))) if isinstance(given, int) else given
    found = numbers(texts)
    labels = () if found is not None else texts
    values: Array = np.arange(len(texts)) if found is None else np.array([float(value) for value in found])
    shown = texts if found is None else tuple(map(written, found))
    ways = math.perm if order == "ordered" else math.comb
    if ways(len(texts), count) > TABLED:
        return Domain(values, shown, labels, (count,), order)
    taken = permutations if order == "ordered" else combinations
    places = np.array(list(taken(range(len(texts)), count)))
    return Domain(values[places], tuple("[" + ", ".join(shown[i] for i in row) + "]" for row in places), labels)
