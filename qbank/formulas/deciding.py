"""Whether two formulas have one value at a point: proved by balls, with more digits while they cannot tell.

What cancels is computed with more digits until the ball of the difference does not hold zero, or until both values are
known far better than they could differ by chance. A value that is zero beside its terms to the last digit is zero; a
point whose digits are used up decides nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from typing import Any

from qbank.algebra import balls
from qbank.algebra.balls import DOUBLE, Ball, Beyond, Undecided, Undefined
from qbank.algebra.tree import Binary, Call, Node, walk

LEVELS = (DOUBLE, 130, 320, 640)
"""The digits that are tried, one after the other."""
AGREEING = 1e-100
"""Two values are one where they differ by less than their errors and these are below this share of the larger.

No number that is written is smaller."""
WORK = 60_000
"""How many nodes times digits one value may cost; a hostile formula is not computed beyond."""
_APART = 1.5
"""A double's own functions are a little off beyond their ball."""


class Verdict(Enum):
    """What one point says of two formulas."""

    EQUAL = "equal"
    UNEQUAL = "unequal"
    ONE_SIDED = "one-sided"
    """One of them has a value, the other has not."""
    NOTHING = "nothing"
    """Neither has a value, or the digits do not tell."""


def weight(node: Node) -> int:
    """What a formula costs to compute: functions and powers count most."""
    return 1 + sum(10 if isinstance(each, Call) or (isinstance(each, Binary) and each.operator == "**") else 1
                   for each in walk(node))  # fmt: skip


class Value:
    """A formula at one point: its balls, each computed once."""

    __slots__ = ("_beyond", "_found", "imaginary", "node", "point")

    def __init__(self, node: Node, point: Mapping[str, float], *, imaginary: bool = False) -> None:
        self.node, self.point, self.imaginary = node, point, imaginary
        self._beyond = False
        self._found: dict[int, Ball | type[Undefined] | None] = {}

    def to(self, digits: int) -> Ball | type[Undefined] | None:
        """The ball with so many digits, Undefined where there is no value, None where the digits do not tell."""
        if digits not in self._found:
            self._found[digits] = self._computed(digits)
        return self._found[digits]

    def _computed(self, digits: int) -> Ball | type[Undefined] | None:
        if self._beyond or (digits > LEVELS[1] and digits * weight(self.node) > WORK):
            return None
        try:
            return balls.value(self.node, self.point, digits, imaginary=self.imaginary)
        except Undefined:
            return Undefined
        except Beyond:
            self._beyond = digits > DOUBLE
            return None
        except Undecided:
            return None


def compare(first: Value, second: Value, levels: tuple[int, ...] = LEVELS) -> Verdict:
    """What the point of two formulas says of them.

    >>> from qbank.algebra.reading import read
    >>> tanh, cosh = read("1 - tanh(x)**2").root, read("1/cosh(x)**2").root
    >>> compare(Value(tanh, {"x": 30.0}), Value(cosh, {"x": 30.0}))
    <Verdict.EQUAL: 'equal'>
    >>> compare(Value(tanh, {"x": 30.0}), Value(read("0").root, {}))
    <Verdict.UNEQUAL: 'unequal'>
    """
    vanish = False
    for digits in levels:
        one, other = first.to(digits), second.to(digits)
        if one is None or other is None:
            continue
        if one is Undefined or other is Undefined:
            if digits == DOUBLE:
                continue  # a double may overflow where there is a value
            return Verdict.NOTHING if one is other else Verdict.ONE_SIDED
        assert isinstance(one, Ball)
        assert isinstance(other, Ball)
        error = one.error + other.error
        if abs(one.middle - other.middle) > _APART * error:
            return Verdict.UNEQUAL
        if digits == DOUBLE:
            continue
        larger: Any = max(abs(one.middle), abs(other.middle))
        if error <= AGREEING * larger or not error:
            return Verdict.EQUAL
        vanish = one.vanishes and other.vanishes
    return Verdict.EQUAL if vanish else Verdict.NOTHING
