"""Whether equations have the same solutions: those of each, found numerically, are put into the other.

How often a root counts, denominators, and factors without a zero in the domain make no difference. A solution that
doubles pass is confirmed with many digits at a few points.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import chain, islice
from typing import Any, Literal, TypeAlias

import numpy as np
from numpy.typing import NDArray

from qbank.algebra import balls
from qbank.algebra.balls import Undecided, Undefined
from qbank.algebra.evaluation import Evaluator
from qbank.algebra.tree import Binary, Compare, ExpressionError, Node, is_equation
from qbank.formulas.deciding import Verdict, weight
from qbank.formulas.points import Points
from qbank.formulas.residues import residue
from qbank.formulas.solving import DIGITS, Solution, refined, solutions
from qbank.model import Column

Fault: TypeAlias = Literal["true", "unsolvable", "undecided"]
SHOWN = 1e-5
"""A residue above this share of the residues beside the point says that it is not a solution."""
PROVED = 1e-18
"""The same with many digits."""
HARD_BY = 1e-20
"""How much nearer to a solution a difference is looked at where the digits do not tell its value there."""
SHRUNK = 0.9
"""What goes to zero is below this share of its size there, were it a root of index 81."""
CONFIRMED = 3
"""How many solutions are put in with many digits."""
NEARER = (1e-2, 1e-4, 1e-6)
"""To what parts of itself a name is moved, to see whether a solution has lost it."""
LOST = 1e-30
"""A thousandth of a name changes a difference by less than this share of what those parts do, where it is lost."""
DENIED = 4
"""How many of those that doubles deny."""
HEAVY = 250
"""What an equation may weigh to be solved: a longer one is left to a person."""
_BESIDE = 1e-3


@dataclass(frozen=True, eq=False)
class Equations:
    """Equations compared with each other over the same names.

    >>> from qbank.formulas.points import sampled
    >>> from qbank.formulas.reading import read
    >>> from qbank.formulas.vocabulary import Vocabulary
    >>> words = Vocabulary(("x", "y"))
    >>> alike = Equations(Points(sampled(words.names, {}))).alike
    >>> alike(read("x/y = 2", words), read("2y - x = 0", words)), alike(read("x = 2", words), read("x^2 = 4", words))
    (True, False)
    """

    points: Points
    _solved: list[tuple[Node, list[Solution]]] = field(default_factory=list, repr=False)

    def alike(self, given: Node, key: Node) -> bool:
        """Whether both are equations and are known to have the same solutions."""
        return self.compared(given, key) is Verdict.EQUAL

    def compared(self, given: Node, key: Node) -> Verdict:
        """Whether both are equations and have the same solutions; NOTHING where that cannot be decided.

        That is so of an equation that is too long, and of one that holds at the key's solutions while none of its own
        is found: nothing would say that it has no more.
        """
        if not (is_equation(given) and is_equation(key)):
            return Verdict.UNEQUAL
        one, other = difference(given), difference(key)
        if given == key or residue(one) == residue(other) is not None:
            return Verdict.EQUAL
        if weight(given) > HEAVY:
            return Verdict.NOTHING
        if self.everywhere(one) or not self.holds(one, self.solved(other), other):
            return Verdict.UNEQUAL
        found = solutions(one, self.points)
        if not found:
            return Verdict.NOTHING
        return Verdict.EQUAL if self.holds(other, found, one) else Verdict.UNEQUAL

    def fault(self, key: Node) -> Fault | None:
        """Why nothing can be compared with an equation: true everywhere, without a solution, or not to be decided."""
        node = difference(key)
        if residue(node) == 0 or self.everywhere(node):
            return "true"
        found = self.solved(node)
        if not found:
            return "unsolvable"
        if not any(refined(node, solution) for solution in found):
            return "undecided"
        return None

    def solved(self, node: Node) -> list[Solution]:
        """The solutions of a key, found once."""
        for known, found in self._solved:
            if known == node:
                return found
        found = solutions(node, self.points)
        self._solved.append((node, found))
        return found

    def everywhere(self, node: Node) -> bool:
        """Whether a difference is zero at every point where it has a value."""
        verdicts = [vanishes(node, self.points.at(place)) for place in self.points.distinct[:12]]
        told = [verdict for verdict in verdicts if verdict is not None]
        return bool(told) and all(told)

    def holds(self, node: Node, found: list[Solution], of: Node) -> bool:
        """Whether a difference is zero at solutions of another one: what doubles deny first, then a few of the rest."""
        if not found:
            return True

        def refuted(places: NDArray[np.intp]) -> Iterator[bool]:
            """What many digits say of those that are solutions with many digits, and lose no letter in them."""
            for place in places:
                point = refined(of, found[place])
                if point is not None and ((proved := self.proved(node, point)) or not self.blunt(of, point)):
                    yield not proved

        near = self.near(node, found)
        denied, rest = np.flatnonzero(~near), np.flatnonzero(near)
        few = rest[:: max(1, len(rest) // CONFIRMED)][:CONFIRMED]
        return not any(chain(islice(refuted(denied), DENIED), refuted(few)))

    def near(self, node: Node, found: list[Solution]) -> NDArray[np.bool_]:
        """Where doubles agree: the difference at a solution is next to nothing beside that hard by."""
        at = {name: np.array([solution.point[name] for solution in found]) for name in self.points.columns}
        sizes = []
        with np.errstate(all="ignore"):
            for side in (0, 1, -1):
                columns = {name: Column(values if self.points.domain(name).discrete else moved(values, side, order))
                           for order, (name, values) in enumerate(at.items())}  # fmt: skip
                try:
                    value = np.abs(Evaluator(columns).number(node))
                except ExpressionError:
                    value = np.array([np.nan])
                sizes.append(np.broadcast_to(value, (len(found),)))
            beside = np.fmax(sizes[1], sizes[2])
            return np.asarray((sizes[0] == 0) | (sizes[0] <= SHOWN * beside), dtype=np.bool_)

    def blunt(self, of: Node, point: dict[str, Any]) -> bool:
        """Whether a name is lost in the digits of a solution, as t is where u = 1 - exp(-t) and t = 1900.

        What is nearer to 0 matters then, and moving the name a little does not.
        """
        def size(name: str, part: float) -> Any:
            try:
                value = balls.value(of, {**point, name: point[name] * part}, DIGITS)
            except (Undefined, Undecided):
                return 0
            return 0 if value.vanishes else abs(value.middle)

        free = [name for name in point if not self.points.domain(name).discrete]
        return any(size(name, 1 + _BESIDE) < LOST * max(size(name, part) for part in NEARER) for name in free)

    def proved(self, node: Node, point: dict[str, Any]) -> bool:
        """Whether many digits say that the difference is zero at a solution."""
        try:
            value = balls.value(node, point, DIGITS)
        except Undefined:
            return False
        except Undecided:  # what goes to another value there is no zero: sin(x)/(x - pi) at pi
            sizes, hard_by = self.beside(node, point), self.beside(node, point, HARD_BY)
            return not hard_by or max(hard_by) < SHRUNK * max(sizes, default=0)
        if value.vanishes:
            return True
        sizes = self.beside(node, point)
        return bool(sizes) and bool(abs(value.middle) <= PROVED * max(sizes))

    def beside(self, node: Node, point: dict[str, Any], part: float = 1.0) -> list[Any]:
        """How large the difference is on both sides of a point, where it has a value; with a part, so much nearer."""
        sizes = []
        for side in (1, -1):
            moved_ = {name: each if self.points.domain(name).discrete
                      else each + side * part * share(order) * (abs(each) or 1)
                      for order, (name, each) in enumerate(point.items())}  # fmt: skip
            try:
                sizes.append(abs(balls.value(node, moved_, DIGITS).middle))
            except (Undefined, Undecided):
                continue
        return sizes


def difference(node: Node) -> Node:
    """The left side less the right side."""
    assert isinstance(node, Compare)
    left, right = node.operands
    return Binary("-", left, right)


def vanishes(node: Node, point: dict[str, float]) -> bool | None:
    """Whether a tree is zero at a point as far as many digits tell; None where it has no value."""
    try:
        return balls.value(node, point, DIGITS).vanishes
    except (Undefined, Undecided):
        return None


def moved(values: Any, side: int, order: int) -> Any:
    """Values a thousandth beside others, another share for every name."""
    return values + side * share(order) * np.where(values == 0, 1.0, np.abs(values))


def share(order: int) -> float:
    """How far a name is moved; alike for all, a step would stay among the solutions of a homogeneous equation."""
    return _BESIDE * (1 + 0.382 * order)
