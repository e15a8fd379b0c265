"""`{{ names }}` in spellings: words that differ from variant to variant, filled with what the paper prints.

Double braces that hold no name are characters like any others: `{{1, 2}, {3, 4}}` is a spelling.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import TypeAlias

from qbank.answers.text.words import Folding
from qbank.markup import braces
from qbank.model import Name

Values: TypeAlias = Mapping[Name, str]
"""What each opening prints on one variant."""


def names(spellings: Iterable[str]) -> Iterator[Name]:
    """Every name that stands open in the spellings, in their order.

    >>> list(names(["{{ s }} 级", "{{1, 2}}"]))
    [Name(name='s', bare=False)]
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


def quoted(patterns: Iterable[str], values: Values) -> tuple[str, ...]:
    """The patterns with the values in their places, each meant as it stands once it is folded.

    >>> quoted(["{{ s }}|none"], {Name("s"): "1.5 V"})
    ('1\\\\.5\\\\ V|none',)
    """
    folding = Folding("keep", "exact")
    return tuple(braces.replace(pattern, lambda name: re.escape(folding.of(values[name]))) for pattern in patterns)
