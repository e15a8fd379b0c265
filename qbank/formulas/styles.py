"""What a text could mean besides its usual reading: the places where usage parts, and the other ways to read them.

The usual reading cuts an exponent, an argument without brackets and a root short, and takes a divisor of letters to
its end. Each place that the reader passes has a kind; a second reading turns one place, or all of a kind, round.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations, product
from types import MappingProxyType
from typing import Literal, TypeAlias

Kind: TypeAlias = Literal["degrees", "exponent", "argument", "divisor", "factor", "phasor", "root", "inverse", "angle"]

WAYS: Mapping[Kind, tuple[str, ...]] = MappingProxyType({
    "degrees": ("numbers",),  # sin 60, cos(ωt+30), e^(j53.13), 5∠arctan(4/3)°
    "exponent": ("run", "quotient", "product", "term", "sum"),  # A e^-at cos t, e^-t/T sin t, e^2x, e^-t/T, 2^n+1
    "argument": ("atom", "first", "term", "sum"),  # sin x^2, ln 2RC, sin x*y, sin x+1
    "divisor": ("first", "space", "bracket", "on"),  # t/RC, a/cd b, U/ωRC(cos ωt-1), a/(b)c
    "factor": ("term", "sum"),  # x/2*y, 1/1+x
    "phasor": ("first",),  # 10/√2∠30°
    "root": ("product", "term", "sum"),  # √2U, √x/2, √a+b
    "inverse": ("reciprocal",),  # sin^(-1)(x)
    "angle": ("other", "term", "other term"),  # 5∠2.5, 2∠π/2
})
"""The ways in which each kind of place can be read besides the usual one."""
MOST = 6
"""So many places of one kind are turned one by one; beyond, all together only."""


@dataclass(slots=True)
class Style:
    """How one reading takes the places it passes: the usual way but for the kinds that `ways` names, or for one place.

    `passed` fills with the kinds of the places while a text is read.
    """

    ways: Mapping[Kind, str] = field(default_factory=dict)
    only: int | None = None
    passed: list[Kind] = field(default_factory=list)

    def at(self, kind: Kind) -> str:
        """The way to read the place that is reached, empty for the usual one."""
        place = len(self.passed)
        self.passed.append(kind)
        return self.ways.get(kind, "") if self.only in (None, place) else ""


def others(passed: Sequence[Kind]) -> Iterator[Style]:
    """Every second reading of a text whose usual reading passed these places."""
    for kind, ways in WAYS.items() if passed else ():
        places = [place for place, each in enumerate(passed) if each == kind]
        for way in ways if places else ():
            yield Style({kind: way})
            if 1 < len(places) <= MOST:
                for place in places:
                    yield Style({kind: way}, place)


def both(passed: Collection[Kind]) -> Iterator[Style]:
    """Two second readings at once, of places of different kinds: `1/√2∠0.5`, a phasor below a stroke and in radians.

    The kinds are looked at when the first is asked for: one second reading may come by a place that the usual does not.
    """
    for first, second in combinations([kind for kind in WAYS if kind in passed], 2):
        for way, other in product(WAYS[first], WAYS[second]):
            yield Style({first: way, second: other})
