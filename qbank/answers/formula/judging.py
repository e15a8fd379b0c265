"""What each distinct formula is, beside the key, once for all candidates who wrote it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import assert_never

import numpy as np
from numpy.typing import NDArray

from qbank import formulas, messages
from qbank.algebra import balls, tree
from qbank.algebra.tree import Node, Unary
from qbank.answers import _bands, _tolerance
from qbank.answers.formula.spec import Spec, formed
from qbank.formulas import Equations, Points, Target
from qbank.formulas.deciding import Verdict
from qbank.model import Array, Floats
from qbank.units import Unit

Mask = NDArray[np.bool_]
Numbers = Mapping[str, Node]
"""The names that are numbers on a variant, each as the node of its number."""
DOUBTED = 12
"""At how many points a formula beyond its tolerance is computed with more digits."""


@dataclass(frozen=True, slots=True)
class Verdicts:
    """What u formulas are: equal to each branch of the key, to its opposite, to what else counts, to each mistake.

    `right` and `sign` are (u, branches), `accepted` (u, len(accept)), `mistakes` (u, len(mistakes)); `formed` (u,) says
    whether a formula is written as asked, `sort` (u,) whether it is an equation where one is asked. `open` (branches,)
    says where the key is one that nothing can be compared with; `undecided` (u,) which equations are too long to be
    solved, or have no solution that is found.
    """

    right: Mask
    sign: Mask
    accepted: Mask
    mistakes: Mask
    formed: Mask
    sort: Mask
    undecided: Mask
    open: Mask


def judge(
    spec: Spec, given: Sequence[Node], branches: Sequence[int], numbers: Numbers | None = None, *, sure: bool = False
) -> Verdicts:
    """The verdicts on formulas, against the given branches of the key, on a variant with these numbers.

    With `sure`, only what is right: no signs, no mistakes.
    """
    count, known = len(given), numbers or {}
    valued = [tree.replaced(one, known) for one in given]
    judging = _Equations(spec, valued) if spec.form.equation else _Expressions(spec, valued)
    keys = [tree.replaced(branch.formula, known) for branch in spec.branches]
    foreseen = () if sure else spec.foreseen.values()
    right = np.zeros((count, len(keys)), dtype=np.bool_)
    sign = np.zeros((count, len(keys)), dtype=np.bool_)
    open_ = np.zeros(len(keys), dtype=np.bool_)
    for place in branches:
        right[:, place] = judging.equal(keys[place])
        if not sure:
            sign[:, place] = judging.opposite(keys[place]) & ~right[:, place]
            open_[place] = judging.open(keys[place])
    return Verdicts(
        right, sign,
        _columns([judging.equal(tree.replaced(key, known)) for key in spec.accepted], count),
        _columns([judging.equal(tree.replaced(key, known), lenient=True) for key in foreseen], count),
        np.array([formed(one, spec.form) for one in given], dtype=np.bool_),
        np.array([tree.is_equation(one) == spec.form.equation for one in given], dtype=np.bool_),
        judging.undecided,
        open_,
    )  # fmt: skip


def faults(spec: Spec) -> Iterator[str]:
    """Why no answer could be compared with a formula of the key: it is undefined, or an equation without content."""
    for branch in spec.branches:
        if not tree.named(branch.formula) & set(spec.numbers):
            yield from _faults(spec, branch.formula)


def _faults(spec: Spec, key: Node) -> Iterator[str]:
    if spec.form.equation:
        match Equations(spec.points).fault(key):
            case "true":
                yield messages.tell(
                    "this equation is true everywhere on the domain of its letters, so no answer can be compared with "
                    "it"
                )
            case "unsolvable":
                yield messages.tell(
                    "this equation has no solution on the domain of its letters, so no answer can be compared with "
                    "it"
                )
            case "undecided":
                yield messages.tell(
                    "this equation cannot be decided on the domain of its letters, so no answer can be compared with "
                    "it"
                )
            case None:
                return
            case other:
                assert_never(other)
    elif where := Target(key, spec.points, bent=False).fault:
        yield messages.tell(
            "the key is undefined on part of its domain ({where}); declare the domain, such as over: {{x: positive}}",
            where=where,
        )


def _columns(masks: list[Mask], count: int) -> Mask:
    return np.stack(masks, axis=1) if masks else np.zeros((count, 0), dtype=np.bool_)


class _Expressions:
    """Formulas with values, compared point by point."""

    def __init__(self, spec: Spec, given: Sequence[Node]) -> None:
        self.spec, self.given = spec, given
        self.values: Array = formulas.values(given, spec.points)
        self.undecided = np.zeros(len(given), dtype=np.bool_)

    def equal(self, key: Node, *, lenient: bool = False) -> Mask:
        target = Target(key, self.spec.points, bent=not lenient)
        if self.spec.tolerance is not None and not self.spec.tolerance.exact:
            bent = target.points is not self.spec.points
            found = formulas.values(self.given, target.points) if bent else self.values
            return self.near(self.spec.tolerance, found, target)
        return formulas.same(self.given, self.values, target, lenient=lenient)

    def near(self, tolerance: _tolerance.Tolerance, found: Floats, target: Target) -> Mask:
        """(u,) whether formulas lie inside the tolerance at every point, also where doubles have lost their digits."""
        inside = _inside(tolerance, found, target.values)
        for row in np.flatnonzero(~inside.all(axis=1)).tolist():
            places = np.flatnonzero(~inside[row])
            if len(places) <= DOUBTED:
                inside[row, places] = [
                    _inside(tolerance, _exactly(self.given[row], target.points, place),
                            _exactly(target.node, target.points, place)).all() for place in places.tolist()
                ]  # fmt: skip
        return np.asarray(inside.all(axis=1), dtype=np.bool_)

    def opposite(self, key: Node) -> Mask:
        return self.equal(Unary("-", key), lenient=True)

    def open(self, key: Node) -> bool:
        return not Target(key, self.spec.points, bent=False).defined


class _Equations:
    """Equations, compared by their solutions."""

    def __init__(self, spec: Spec, given: Sequence[Node]) -> None:
        self.given, self.equations = given, Equations(spec.points)
        self.undecided = np.zeros(len(given), dtype=np.bool_)

    def equal(self, key: Node, *, lenient: bool = False) -> Mask:  # noqa: ARG002 - equations know one way
        verdicts = np.array([self.equations.compared(one, key).value for one in self.given], dtype=np.str_)
        self.undecided |= verdicts == Verdict.NOTHING.value
        return np.asarray(verdicts == Verdict.EQUAL.value, dtype=np.bool_)

    def opposite(self, key: Node) -> Mask:  # noqa: ARG002 - an equation has no sign
        return np.zeros(len(self.given), dtype=np.bool_)

    def open(self, key: Node) -> bool:
        return bool(self.equations.fault(key))


def _inside(tolerance: _tolerance.Tolerance, found: Floats, asked: Floats) -> Mask:
    """Which values lie inside the tolerance; where the key has no value, nor may they."""
    with np.errstate(all="ignore"):
        low, high = _bands.band(tolerance, asked, Unit())
        return np.asarray(np.where(np.isfinite(asked), (low <= found) & (found <= high), ~np.isfinite(found)))


def _exactly(node: Node, points: Points, place: int) -> Floats:
    """(1,) the value at one point as a double, whatever cancels; NaN where there is none."""
    try:
        return np.array([float(balls.known(node, points.at(place)).middle)])
    except ArithmeticError:
        return np.array([np.nan])
