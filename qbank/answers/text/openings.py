"""`{{ names }}` in spellings: words that differ from variant to variant, filled with what the paper prints.

Double braces that hold no name are characters like any others: `{{1, 2}, {3, 4}}` is a spelling.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from qbank.answers.text.digits import Bases
from qbank.answers.text.words import Folding
from qbank.markup import braces
from qbank.model import Name

Values: TypeAlias = Mapping[Name, str]
"""What each opening prints on one variant."""


@dataclass(frozen=True, slots=True)
class Filling:
    """What the openings print on one variant, in Chinese and in English, and which of them are digits in a base."""

    zh: Values
    en: Values
    bases: Bases = field(default_factory=dict)


def names(spellings: Iterable[str]) -> Iterator[Name]:
    """Every name that is open in the spellings, in their order.

    >>> list(names(["{{ s }} 级", "{{1, 2}}"]))
    [Name(name='s', bare=False, places=(), form='')]
    """
    found: list[Name] = []
    for spelling in spellings:
        if "{{" in spelling:
            braces.replace(spelling, lambda name: found.append(name) or "")  # type: ignore[func-returns-value]
    return iter(found)


def filled(spellings: Iterable[str], values: Values) -> tuple[str, ...]:
    """The spellings with the values in their places.

    >>> filled(["{{ s }} 级"], {Name("s"): "2"})
    ('2 级',)
    """
    return tuple(braces.replace(spelling, values.__getitem__) for spelling in spellings)


def both(spellings: Iterable[str], filling: Filling) -> tuple[tuple[str, str], ...]:
    """Each spelling as it is in Chinese and in English."""
    return tuple(zip(filled(spellings, filling.zh), filled(spellings, filling.en), strict=True))


def digits(spellings: Iterable[str], filling: Filling) -> Iterator[tuple[str, int, int]]:
    """The spellings that are nothing but digits in a base: what is printed, the base, and how many there are at least.

    >>> list(digits(["{{ h }}", "0x{{ h }}"], Filling({Name("h"): "1F"}, {}, {"h": (16, 0)})))
    [('1F', 16, 0)]
    """
    for spelling in spellings:
        found = tuple(names([spelling]))
        if len(found) == 1 and found[0].name in filling.bases and braces.replace(spelling, lambda _: "").strip() == "":
            yield filling.zh[found[0]], *filling.bases[found[0].name]


def quoted(patterns: Iterable[str], values: Values) -> tuple[str, ...]:
    """The patterns with the values in their places, each meant as it is once it is folded.

    >>> quoted(["{{ s }}|none"], {Name("s"): "1.5 V"})
    ('1\\\\.5\\\\ V|none',)
    """
    folding = Folding("keep", "exact")
    return tuple(braces.replace(pattern, lambda name: re.escape(folding.of(values[name]))) for pattern in patterns)
