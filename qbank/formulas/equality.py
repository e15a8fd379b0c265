"""Whether formulas are equal: at every sampled point, with more digits where doubles cannot tell.

Doubles screen all formulas at once; a hundred digits decide. What one side has a value for and the other has not is
unequal, and there is no distance below which two numbers are one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from qbank.formulas import precise
from qbank.formulas.evaluation import doubles
from qbank.formulas.points import COUNT
from qbank.formulas.tree import Equation, Formula, Node
from qbank.model import Array, Floats

NEAR = 1e-9
"""Doubles that differ by less than this share may be equal; a hundred digits decide."""
DECIDING = 4
"""At how many points equality is confirmed."""


@dataclass(frozen=True)
class Points:
    """Sampled values of every name, (COUNT,) each; with `imaginary`, formulas have complex values there."""

    columns: Mapping[str, Floats]
    imaginary: bool = False

    @cached_property
    def exact(self) -> list[dict[str, Any]]:
        """Every point as the arithmetic of a hundred digits takes it."""
        kind: Any = float if self.imaginary else Decimal
        rows = {name: [kind(value) for value in values.tolist()] for name, values in self.columns.items()}
        return [{name: row[place] for name, row in rows.items()} for place in range(COUNT)]

    @cached_property
    def distinct(self) -> list[int]:
        """The points at which equality is confirmed: spread, no two alike."""
        seen: dict[tuple[float, ...], int] = {}
        for place in range(COUNT):
            seen.setdefault(tuple(float(values[place]) for values in self.columns.values()), place)
        places = list(seen.values())
        step = max(1, len(places) // DECIDING)
        return places[::step] if len(places) > DECIDING else places

    def value(self, node: Node, place: int) -> Any:
        """The value at one point with a hundred digits, None where there is none."""
        evaluate: Any = precise.complex_value if self.imaginary else precise.value
        return evaluate(node, self.exact[place])


@dataclass(frozen=True)
class Target:
    """A formula that others are compared with: its values at the points."""

    node: Node
    points: Points
    _exact: dict[int, Any] = field(default_factory=dict, repr=False)

    @cached_property
    def values(self) -> Array:
        """(COUNT,) doubles."""
        return np.asarray(values([self.node], self.points)[0])

    def exact(self, place: int) -> Any:
        """The value at one point with a hundred digits, computed once."""
        if place not in self._exact:
            self._exact[place] = self.points.value(self.node, place)
        return self._exact[place]


def target(node: Node, points: Points) -> Target:
    """A formula to compare with."""
    return Target(node, points)


def values(nodes: Sequence[Formula], points: Points) -> Array:
    """(len(nodes), COUNT) the values of formulas at the points; an equation has none."""
    kind = np.complex128 if points.imaginary else np.float64
    found = np.full((len(nodes), COUNT), np.nan, dtype=kind)
    with np.errstate(all="ignore"):
        for row, node in enumerate(nodes):
            if not isinstance(node, Equation):
                found[row] = doubles(node, points.columns, COUNT, imaginary=points.imaginary)
    return found


def defined(node: Node, points: Points) -> bool:
    """Whether a formula has a value at some point at least."""
    return any(points.value(node, place) is not None for place in points.distinct)


def same(nodes: Sequence[Formula], found: Array, wanted: Target, *, lenient: bool = False) -> NDArray[np.bool_]:
    """(len(nodes),) which formulas, with the values `found`, equal the wanted one.

    Where doubles differ, a hundred digits confirm it, unless `lenient`: it is enough for naming a mistake.
    """
    asked = wanted.values
    with np.errstate(all="ignore"):
        largest = np.maximum(np.abs(found), np.abs(asked))
        distance = np.where(found == asked, 0.0, np.abs(found - asked) / largest)
        unknown = ~(np.isfinite(found) & np.isfinite(asked))
        both = ~np.isfinite(found) & ~np.isfinite(asked)
    distance = np.where(unknown, np.where(both, 0.0, np.inf), distance)
    worst = distance.argmax(axis=1)
    near = distance[np.arange(len(nodes)), worst] <= NEAR
    result = np.zeros(len(nodes), dtype=np.bool_)
    for row, node in enumerate(nodes):
        if isinstance(node, Equation):
            continue
        if node == wanted.node:
            result[row] = True
        elif near[row] or not lenient:
            result[row] = _confirmed(node, wanted, int(worst[row]), surely=bool(near[row]))
    return result


def _confirmed(node: Node, wanted: Target, worst: int, *, surely: bool) -> bool:
    """Whether a hundred digits say that two formulas are equal: first where they are farthest apart."""
    points = wanted.points
    if not precise.agree(points.value(node, worst), wanted.exact(worst)):
        return False
    places = points.distinct if surely else range(COUNT)
    return all(precise.agree(points.value(node, place), wanted.exact(place)) for place in places)
