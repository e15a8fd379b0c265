"""Whether formulas are equal: at every sampled point, at every bend of either, and however near two numbers are.

Doubles screen all formulas at once; what they call unequal is proved at a point, what they call equal is proved by
residues, or with more digits. A hole beside which both sides agree is passed over, unless it lies at a whole number of
a domain of whole numbers; what one side has a value for on an interval and the other has not, is unequal.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from qbank import messages
from qbank.algebra.balls import DOUBLE, Ball, Undefined
from qbank.algebra.evaluation import Evaluator
from qbank.algebra.tree import ExpressionError, Node, is_equation, named
from qbank.formulas.bends import bends, places
from qbank.formulas.deciding import LEVELS, Value, Verdict, compare, weight
from qbank.formulas.points import Points
from qbank.formulas.residues import residue
from qbank.model import Array

NEAR = 1e-9
"""Doubles that differ by less than this share may be equal."""
ROUNDED = 1e-13
"""A share that hardly comes of rounding alone: there more digits are looked at first."""
DECIDING = 4
"""At how many points equality is confirmed with more digits."""
TRIED = 7
"""At how many points a difference that doubles show is looked for with more digits."""
WEIGHT = 4000
"""What a formula may weigh at all points together, a complex one four times as much; a heavier one is tried at few."""


@dataclass(frozen=True, eq=False)
class Target:
    """A formula that others are compared with, at its points and at its own bends."""

    node: Node
    sampled: Points
    bent: bool = True
    """Whether it is also looked at where it bends."""
    _known: dict[int, Value] = field(default_factory=dict, repr=False)

    @cached_property
    def points(self) -> Points:
        """The sampled points, and those where the formula bends."""
        if not self.bent or self.sampled.imaginary:
            return self.sampled
        further = places(bends(self.node), self.sampled)
        return self.sampled if further is None else self.sampled.joined(further)

    @cached_property
    def values(self) -> Array:
        """(n,) doubles."""
        return np.asarray(values([self.node], self.points)[0])

    @cached_property
    def residue(self) -> int | None:
        """What only the same quotient of polynomials has."""
        return residue(self.node)

    def at(self, place: int) -> Value:
        """The formula at one of the points, with as many digits as asked."""
        if place not in self._known:
            self._known[place] = Value(self.node, self.points.at(place), imaginary=self.points.imaginary)
        return self._known[place]

    @property
    def defined(self) -> bool:
        """Whether a value of it is known at some point at least; one that is too large everywhere has none."""
        return bool(np.isfinite(self.values).any()) or any(
            isinstance(self.at(place).to(LEVELS[1]), Ball) for place in self.points.distinct
        )

    @cached_property
    def fault(self) -> str:
        """Why nothing can be compared with it: it is undefined on more than isolated points; else empty."""
        if not self.defined:
            return messages.tell("everywhere")
        missing, whole = [], True
        for place in self.points.distinct:
            value = self.values[place]
            if np.isfinite(value) or _has_value(self.at(place)):
                continue
            beside = [Value(self.node, point, imaginary=self.points.imaginary)
                      for point in self.points.beside(place)]  # fmt: skip
            if not any(map(_has_value, beside)):
                missing.append(place)
                whole = whole and not beside
        few = whole and len(missing) <= len(self.points.distinct) / 4
        if not missing or few:
            return ""
        point = ", ".join(f"{name} = {value:.4g}" for name, value in self.points.at(missing[0]).items()
                          if name in named(self.node))  # fmt: skip
        return point or messages.tell("everywhere")


def _has_value(value: Value) -> bool:
    """Whether a formula has a value at a point; what cannot be computed may have one."""
    return value.to(LEVELS[1]) is not Undefined


def values(nodes: Sequence[Node], points: Points) -> Array:
    """(len(nodes), n) the values of formulas at the points; an equation has none."""
    kind = np.complex128 if points.imaginary else np.float64
    found = np.full((len(nodes), points.count), np.nan, dtype=kind)
    evaluator = Evaluator(points.columned, points.imaginary)
    with np.errstate(all="ignore"):
        for row, node in enumerate(nodes):
            if is_equation(node):
                continue
            try:
                value = evaluator.number(node)
            except ExpressionError:  # a name that has no values here
                continue
            if points.imaginary or value.dtype.kind == "f":
                found[row] = value
    return found


def same(nodes: Sequence[Node], found: Array, wanted: Target, *, lenient: bool = False) -> NDArray[np.bool_]:
    """(len(nodes),) which formulas, with the values `found` at the sampled points, equal the wanted one.

    `lenient` leaves out what only many digits could tell: it is enough for naming a mistake.
    """
    result = np.zeros(len(nodes), dtype=np.bool_)
    distance = _distances(found, wanted.values[: wanted.sampled.count])
    left = _possible(nodes, distance, wanted, np.arange(len(nodes)), lenient=lenient)
    if wanted.points is not wanted.sampled and left:  # what a sampled point tells needs no bend
        distance = np.zeros((len(nodes), wanted.points.count))
        distance[left] = _distances(values([nodes[row] for row in left], wanted.points), wanted.values)
        left = _possible(nodes, distance, wanted, np.array(left), lenient=lenient)
    near = np.asarray((distance[left] <= NEAR).all(axis=1)).tolist()
    for row, everywhere in zip(left, near, strict=True):
        unlike, lonely = ([], []) if everywhere else _far(distance[row])
        result[row] = _equal(nodes[row], distance[row], wanted, unlike, lonely)
    return result


def _distances(found: Array, asked: Array) -> Array:
    """How far values are from those asked, as a share of the larger; infinite where one side alone has a value."""
    with np.errstate(all="ignore"):
        largest = np.maximum(np.abs(found), np.abs(asked))
        distance = np.where(found == asked, 0.0, np.abs(found - asked) / largest)
        defined, other = np.isfinite(asked), np.isfinite(found)
    return np.where(defined & other, distance, np.where(defined == other, 0.0, np.inf))


def _possible(
    nodes: Sequence[Node], distance: Array, wanted: Target, rows: NDArray[np.intp], *, lenient: bool
) -> list[int]:
    """Which of the rows doubles do not prove unequal; if lenient, which are near everywhere."""
    given = distance[rows]
    if lenient:
        return [row for row in rows[(given <= NEAR).all(axis=1)].tolist() if not is_equation(nodes[row])]
    sized = np.where(np.isfinite(given), given, -1.0)
    worst = sized.argmax(axis=1)
    apart = sized[np.arange(len(rows)), worst] > NEAR
    return [row for row, far, place in zip(rows.tolist(), apart.tolist(), worst.tolist(), strict=True)
            if not is_equation(nodes[row]) and not (far and _plainly_unequal(nodes[row], wanted, place))]  # fmt: skip


def _equal(node: Node, distance: Array, wanted: Target, unlike: list[int], lonely: list[int]) -> bool:
    """Whether a formula equals the wanted one, by the distances of their doubles; see `_far` for the last two."""
    points = wanted.points
    alike = residue(node) == wanted.residue is not None
    if alike and not lonely:
        return _at_its_bends(node, wanted)
    decided, most = 0, WEIGHT // weight(node) // (4 if points.imaginary else 1)
    tried = max(1, min(TRIED, most))
    for place in ([] if alike else unlike[:tried]) + lonely[: max(1, min(4 * TRIED, most))]:
        verdict = _judged(node, wanted.at(place), points, place)
        if verdict is Verdict.UNEQUAL:
            return False
        decided += verdict is Verdict.EQUAL
    if not alike:
        for place in _deciding(distance, wanted)[:tried]:
            verdict = _judged(node, wanted.at(place), points, place)
            if verdict is Verdict.UNEQUAL:
                return False
            decided += verdict is Verdict.EQUAL
        if not decided and len(unlike) + len(lonely) == len(distance):
            return False
    return _at_its_bends(node, wanted)


def _deciding(distance: Array, wanted: Target) -> list[int]:
    """Some points where doubles agree, first those where they agree least, and zeros and what is too large."""
    near = [place for place in wanted.points.distinct if distance[place] <= NEAR]
    size = np.abs(wanted.values)
    zero, large = ([place for place in near if size[place] == end] for end in (0, np.inf))
    odd = sorted((place for place in near if distance[place] > ROUNDED), key=lambda place: -distance[place])
    return odd[:2] + zero[:2] + large[:1] + near[:: max(1, len(near) // DECIDING)][:DECIDING]


def _far(distance: Array) -> tuple[list[int], list[int]]:
    """The points where doubles differ, the farthest first, and those where one side alone has a value."""
    far = np.flatnonzero(~(distance <= NEAR))
    finite = np.isfinite(distance[far])
    unlike = far[finite]
    return unlike[np.argsort(-distance[unlike], kind="stable")].tolist(), far[~finite].tolist()


def _plainly_unequal(node: Node, wanted: Target, place: int) -> bool:
    """Whether doubles and their error bounds prove a difference."""
    value = Value(node, wanted.points.at(place), imaginary=wanted.points.imaginary)
    return compare(value, wanted.at(place), (DOUBLE,)) is Verdict.UNEQUAL


def _judged(node: Node, wanted: Value, points: Points, place: int) -> Verdict:
    """What one point says; a hole beside which both sides agree says that they are equal."""
    verdict = compare(Value(node, points.at(place), imaginary=points.imaginary), wanted)
    if verdict is not Verdict.ONE_SIDED:
        return verdict
    beside = points.beside(place)
    if not beside:
        return Verdict.UNEQUAL
    for point in beside:
        found = compare(Value(node, point, imaginary=points.imaginary),
                        Value(wanted.node, point, imaginary=points.imaginary))  # fmt: skip
        if found is not Verdict.EQUAL:
            return Verdict.UNEQUAL if found in (Verdict.UNEQUAL, Verdict.ONE_SIDED) else Verdict.NOTHING
    return Verdict.EQUAL


def _at_its_bends(node: Node, wanted: Target) -> bool:
    """Whether a formula that is equal so far is equal where it bends itself, too."""
    if not wanted.bent:
        return True
    own = [] if wanted.points.imaginary else bends(node)
    further = places(own, wanted.sampled) if own else None
    if further is None:
        return True
    points = Points(further, domains=wanted.points.domains)
    first, second = values([node, wanted.node], points)
    with np.errstate(all="ignore"):
        largest = np.maximum(np.abs(first), np.abs(second))
        far = ~((first == second) | (np.abs(first - second) <= NEAR * largest))
    far &= np.isfinite(first) | np.isfinite(second)
    return all(_differs_not(node, wanted, points, int(place)) for place in np.flatnonzero(far)[: 4 * TRIED])


def _differs_not(node: Node, wanted: Target, points: Points, place: int) -> bool:
    return _judged(node, Value(wanted.node, points.at(place)), points, place) is not Verdict.UNEQUAL
