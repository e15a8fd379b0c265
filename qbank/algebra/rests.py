"""What rounding leaves inside an expression: a rest of a zero, a comparison or a step that the last bit decides.

The numbers of an item are decimals: `0.1 + 0.2 == 0.3` holds, `floor(100*0.29)` is 29, `7.3 % 0.1` is 0, and
`1/(0.1*3 - 0.3)` has no value. Doubles tell otherwise. Where they cannot tell, which is on few rows of few expressions,
`zeros` decides as it does for whole values: exactly, or with 50 digits.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from qbank.algebra.evaluation import Evaluator, spread
from qbank.algebra.precise import ZEROS
from qbank.algebra.rationals import decimals
from qbank.algebra.tree import Binary, Call, Compare, Expression, Name, Node, Number, children, whole
from qbank.algebra.zeros import Exact, Precise, settled
from qbank.model import Array, Column

STEPS = frozenset({
    "floor", "ceil", "factorial", "binomial", "gcd", "lcm", "bit_and", "bit_or", "bit_xor", "bit_not", "shift_left",
    "shift_right", "digits", "from_digits", "asin", "acos", "acosh", "atanh",
})  # fmt: skip
"""The functions that jump or end at whole numbers."""
_ZEROS = ZEROS | {"sum", "mean", "dot", "det", "trace"}
"""The functions that may be zero where their arguments are not."""
_SPREADS = {"var": (0, 0), "std": (0,), "cov": (0, 1)}
"""The functions that are zero for equal arguments, each with the arguments whose sizes give its own."""
_CONTINUOUS = frozenset({
    "abs", "asinh", "atan", "cos", "cosh", "diag", "dot", "exp", "max", "mean", "min", "norm", "outer", "prod", "relu",
    "sigmoid", "sin", "sinh", "sum", "T", "tanh", "transpose",
})  # fmt: skip
"""The functions of which a rest of a zero makes no more than a rest."""
_POLES = frozenset({"tan", "cot", "sec", "csc"})
_WHOLE = 2.0**53
NEAR = 1e-6
"""A value below this share of what it is beside is looked at; `settled` decides by its terms."""
FAR = 1e-3
"""And no value that is further from a whole number than this."""
_NEAREST = "the nearest"
"""The name of the column of whole numbers that a value is compared with; no author can write it."""


def valued(
    expression: Expression, columns: Mapping[str, Column], count: int, precise: Precise, exact: Exact
) -> Column:
    """The column of an expression over decimals: what rounding leaves of a zero is zero, in it and inside it.

    `precise` gives the value of a name on a row with 50 digits, `exact` that on many rows where it is a fraction.
    Raises ExpressionError as `evaluation.evaluate` does.

    >>> from qbank.algebra import read
    >>> x = Column(np.array([0.29, 0.57]))
    >>> told = (lambda name, row: x.values[row], lambda name, rows: decimals(x.values[rows]))
    >>> [valued(read(text), {"x": x}, 2, *told).values.tolist() for text in ("floor(100*x)", "10*x - 5.7 == 0")]
    [[29.0, 57.0], [False, True]]
    """
    with np.errstate(all="ignore"):
        rests = Rests(columns, precise, exact, _deciding(expression))
        value = Evaluator(columns, rests=rests).of(expression.root)
    return settled(expression, Column(spread(value.values, count), value.labels), columns, precise, exact)


@dataclass(frozen=True, slots=True)
class Rests:
    """What an `Evaluator` asks of the values in between, over the same columns."""

    columns: Mapping[str, Column]
    precise: Precise
    exact: Exact
    deciding: frozenset[int]
    """Where the sums and functions are written of which a rest would not remain one; the others wait for the end."""

    def summed(self, node: Binary, right: Array, value: Array) -> Array:
        """A sum or difference; one that is next to nothing beside its right side is settled."""
        return value if node.at not in self.deciding else self._found(node, value, np.abs(right))

    def multiplied(self, node: Binary, left: Array, right: Array, value: Array) -> Array:
        """A product of vectors or matrices; one that is next to nothing beside its largest terms is settled."""
        if node.at not in self.deciding:
            return value
        first, second = _largest([left, right], value.ndim)
        return self._found(node, value, first * second)

    def compared(self, left: Node, right: Node, first: Array, second: Array) -> tuple[Array, Array]:
        """Two sides of a comparison; where they differ by what rounding left alone, the second is made the first."""
        if "c" in (first.dtype.kind, second.dtype.kind):
            return first, second
        first, second = (side.astype(np.float64) if side.dtype == np.bool_ else side for side in (first, second))
        near = (np.abs(first - second) <= NEAR * np.abs(second)) & (first != second)
        if not near.any():
            return first, second
        between = self._settled(Binary("-", left, right), first - second)
        return first, np.where(near & (between == 0), first, second)

    def divided(self, node: Binary, left: Array, right: Array, value: Array) -> Array:
        """What `//` or `%` gives; where the quotient is a whole number, that is the one, and nothing is left over."""
        if node.operator == "%" and (np.abs(left) > _WHOLE).any():  # a product that has lost its last digits
            value = np.where(np.abs(left) > _WHOLE, np.nan, value)
        quotient = left / right
        nearest = np.rint(quotient)
        asked = nearest if node.operator == "//" else np.zeros_like(nearest)
        near = _is_near(quotient, nearest) & (value != asked)
        return np.where(self._is_whole(Binary("/", node.left, node.right), quotient, near), asked, value)

    def arguments(self, node: Call, given: list[Array]) -> list[Array]:
        """The arguments of a function; where it jumps at whole numbers, what is whole but for a rest is whole."""
        if node.function not in STEPS:
            return given
        return [self._stepped(below, value) for below, value in zip(node.arguments, given, strict=True)]

    def called(self, node: Call, given: list[Array], value: Array) -> Array:
        """What a function gives, of its arguments."""
        if node.function == "round":
            return self._rounded(node, given, value)
        if node.function in _POLES:
            return np.where(np.abs(value) > 1e12, np.inf, value)
        if node.at not in self.deciding:
            return value
        if node.function in _SPREADS:
            sizes = _largest(given, value.ndim)
            return self._found(node, value, np.prod([sizes[place] for place in _SPREADS[node.function]], axis=0))
        if node.function not in _ZEROS:
            return value
        return self._found(node, value, np.maximum(1, np.max(_largest(given, value.ndim), axis=0)))

    def _found(self, node: Binary | Call, value: Array, beside: Array) -> Array:
        """A value, settled where it is next to nothing beside what it was computed from."""
        if value.dtype.kind != "f":
            return value
        lost = (np.abs(value) < NEAR * beside) & (value != 0)
        return self._settled(node, value) if lost.any() else value

    def _rounded(self, node: Call, given: list[Array], value: Array) -> Array:
        """A half goes to the even neighbour, also where doubles have a little more or less than a half."""
        scale = 10.0 ** (given[1] if len(given) > 1 else np.zeros(1))
        scale = scale.reshape(-1, *[1] * (given[0].ndim - 1))
        halves = given[0] * scale * 2
        near = _is_near(halves, np.rint(halves)) & (np.rint(halves) % 2 == 1)
        below = Binary("*", node.arguments[0], whole(2))
        if len(given) > 1:
            below = Binary("*", below, Binary("**", whole(10), node.arguments[1]))
        return np.where(self._is_whole(below, halves, near), np.rint(np.rint(halves) / 2) / scale, value)

    def _stepped(self, node: Node, value: Array) -> Array:
        if value.dtype.kind != "f":
            return value
        nearest = np.rint(value)
        near = _is_near(value, nearest) & (value != nearest)
        return np.where(self._is_whole(node, value, near), nearest, value) if near.any() else value

    def _is_whole(self, node: Node, value: Array, near: NDArray[np.bool_]) -> NDArray[np.bool_]:
        """Where a value that is near a whole number is that number."""
        if not near.any():
            return near
        nearest = np.rint(value)
        names = {**self.columns, _NEAREST: Column(nearest)}

        def precise(name: str, row: int) -> object:
            return nearest[row] if name == _NEAREST else self.precise(name, row)

        def exact(name: str, rows: NDArray[np.int64]) -> Any:
            return decimals(nearest[rows]) if name == _NEAREST else self.exact(name, rows)

        over = Binary("-", node, Name(_NEAREST))
        rest = settled(Expression("", over), Column(value - nearest), names, precise, exact).values
        return np.asarray(near & (rest == 0), dtype=np.bool_)

    def _settled(self, node: Node, value: Array) -> Array:
        return settled(Expression("", node), Column(value), self.columns, self.precise, self.exact).values


def _deciding(expression: Expression) -> frozenset[int]:
    """The places in the text of what is divided by, compared, or taken a root, a logarithm or a step of.

    A text has its places once and for all; equal trees without one may come from different places of others.
    """
    return _of_text(expression) if expression.text else _places(expression.root)


@lru_cache(maxsize=4096)
def _of_text(expression: Expression) -> frozenset[int]:
    return _places(expression.root)


def _places(root: Node) -> frozenset[int]:
    found: set[int] = set()
    waiting: list[tuple[Node, bool]] = [(root, False)]
    while waiting:
        node, deciding = waiting.pop()
        if deciding and isinstance(node, Binary | Call):
            found.add(node.at)
        match node:
            case Binary(operator="/", left=left, right=right):
                waiting += [(left, deciding), (right, True)]
            case Binary(operator="**", left=left, right=Number(value=power)) if power >= 1:
                waiting.append((left, deciding))
            case Compare(operands=operands):
                waiting += [(below, not all(_far(other) for other in operands if other is not below))
                            for below in operands]  # fmt: skip
            case Binary(operator="**" | "//" | "%"):
                waiting += [(below, True) for below in children(node)]
            case Call(function=function, arguments=arguments) if function not in _CONTINUOUS:
                waiting += [(below, True) for below in arguments]
            case _:
                waiting += [(below, deciding) for below in children(node)]
    return frozenset(found)


def _far(node: Node) -> bool:
    """Whether a side of a comparison is a number that no rest of a zero reaches."""
    return isinstance(node, Number) and bool(node.value)


def _is_near(value: Array, whole_: Array) -> NDArray[np.bool_]:
    """Where a value may be the whole number: a rest of what it was computed from is all that is between them."""
    return np.asarray(np.abs(value - whole_) <= np.minimum(NEAR * np.maximum(1, np.abs(whole_)), FAR))


def _largest(given: list[Array], axes: int) -> list[Array]:
    """The largest size in each argument, row by row, with so many axes; over as many rows as the longest has."""
    rows = max(map(len, given))
    return [np.abs(spread(each, rows)).reshape(rows, -1).max(axis=1, initial=0).reshape(-1, *[1] * (axes - 1))
            for each in given]  # fmt: skip

