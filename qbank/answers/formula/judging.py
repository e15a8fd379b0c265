"""What each distinct formula is, beside the key, once for all candidates who wrote it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from qbank import formulas
from qbank.answers import _tolerance
from qbank.answers.formula.spec import Spec, formed
from qbank.formulas import Equation, Equations, Formula, tree
from qbank.model import Array, Floats
from qbank.units import Unit

Mask = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Verdicts:
    """What u formulas are: equal to each branch of the key, to its opposite, to what else counts, to each mistake.

    `right` and `sign` are (u, branches), `accepted` (u, len(accept)), `mistakes` (u, len(mistakes)); `formed` (u,) says
    whether a formula is written as asked, `sort` (u,) whether it is an equation where one is asked.
    """

    right: Mask
    sign: Mask
    accepted: Mask
    mistakes: Mask
    formed: Mask
    sort: Mask


def judge(spec: Spec, given: Sequence[Formula], branches: Sequence[int]) -> Verdicts:
    """The verdicts on formulas, against the given branches of the key."""
    count = len(given)
    keys = [branch.formula for branch in spec.branches]
    right = np.zeros((count, len(keys)), dtype=np.bool_)
    sign = np.zeros((count, len(keys)), dtype=np.bool_)
    judging = _Equations(spec, given) if spec.form.equation else _Expressions(spec, given)
    for place in branches:
        right[:, place] = judging.equal(keys[place])
        sign[:, place] = judging.opposite(keys[place]) & ~right[:, place]
    return Verdicts(
        right, sign,
        _columns([judging.equal(key) for key in spec.accepted], count),
        _columns([judging.equal(key, lenient=True) for key in spec.foreseen.values()], count),
        np.array([formed(one, spec.form) for one in given], dtype=np.bool_),
        np.array([isinstance(one, Equation) == spec.form.equation for one in given], dtype=np.bool_),
    )  # fmt: skip


def _columns(masks: list[Mask], count: int) -> Mask:
    return np.stack(masks, axis=1) if masks else np.zeros((count, 0), dtype=np.bool_)


class _Expressions:
    """Formulas with values, compared point by point."""

    def __init__(self, spec: Spec, given: Sequence[Formula]) -> None:
        self.spec, self.given = spec, given
        self.values: Array = formulas.values(given, spec.points)

    def equal(self, key: Formula, *, lenient: bool = False) -> Mask:
        assert not isinstance(key, Equation)
        if self.spec.tolerance is not None and not self.spec.tolerance.exact:
            wanted = formulas.target(key, self.spec.points)
            return near(self.spec.tolerance, self.values, wanted.values)
        return formulas.same(self.given, self.values, formulas.target(key, self.spec.points), lenient=lenient)

    def opposite(self, key: Formula) -> Mask:
        assert not isinstance(key, Equation)
        return self.equal(tree.Negative(key), lenient=True)


class _Equations:
    """Equations, compared with denominators cleared."""

    def __init__(self, spec: Spec, given: Sequence[Formula]) -> None:
        self.given, self.equations = given, Equations(spec.points)

    def equal(self, key: Formula, *, lenient: bool = False) -> Mask:  # noqa: ARG002 - equations know one way
        return np.array([self.equations.alike(one, key) for one in self.given], dtype=np.bool_)

    def opposite(self, key: Formula) -> Mask:  # noqa: ARG002 - an equation has no sign
        return np.zeros(len(self.given), dtype=np.bool_)


def near(tolerance: _tolerance.Tolerance, found: Floats, asked: Floats) -> Mask:
    """(u,) whether formulas lie inside the tolerance at every point; where the key has no value, nor may they."""
    with np.errstate(all="ignore"):
        low, high = _tolerance.band(tolerance, asked, Unit())
        inside = np.where(np.isfinite(asked), (low <= found) & (found <= high), ~np.isfinite(found))
    return np.asarray(inside.all(axis=1), dtype=np.bool_)

