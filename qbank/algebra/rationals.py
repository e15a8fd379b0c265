"""Where an expression of short decimals is exactly zero, decided for all rows at once in whole numbers.

A value is a fraction of two columns of whole numbers, `over / under / 10**places`; what outgrows 62 bits, or is no sum,
product or quotient of decimals, is unknown here, and is left to 50 digits.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import reduce

import numpy as np
from numpy.typing import NDArray

from qbank.algebra.tree import Binary, Call, Expression, Listing, Name, Node, Number, Unary
from qbank.model import Array

ROOM = 2.0**62
"""No whole number is larger than this."""
PLACES = 12
"""The most decimals of a short decimal."""
DIGITS = 1e15
"""Below this, a decimal is told by its nearest double."""
_ZERO_AT_ZERO = frozenset(("tanh", "sinh", "sin", "tan", "asin", "atan", "abs"))
"""Functions that are zero where their argument is."""
Whole = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Rationals:
    """Exact values: `over` (n, *shape) / `under` (the same shape, or one number) / 10**`places`."""

    over: Whole
    under: Whole
    places: int = 0

    @property
    def floats(self) -> Array:
        """The values as doubles. Raises Unknown for shapes that do not fit."""
        over, under = _aligned(self.over, self.under)
        return np.asarray(over / (under * 10.0**self.places))


class Unknown(ArithmeticError):
    """The value is not a fraction of whole numbers that have room."""


Leaf = Callable[[str], Rationals]
"""The exact values of a name on the rows; raises Unknown where it has none."""
_ONE = np.ones(1, dtype=np.int64)


def vanishing(expression: Expression, leaf: Leaf) -> Array | None:
    """Where the expression is exactly zero: (n, *shape), n one where all rows agree; None where that is unknown.

    >>> from qbank.algebra import read
    >>> x = decimals(np.array([0.1, 0.2]))
    >>> vanishing(read("tanh(x + 0.2 - 0.3)"), lambda name: x).tolist()
    [True, False]
    """
    try:
        return _zeros(expression.root, leaf)
    except Unknown:
        return None


def exact(expression: Expression, leaf: Leaf) -> Rationals:
    """The exact values of an expression. Raises Unknown."""
    return _of(expression.root, leaf)


def decimals(values: Array) -> Rationals:
    """Floats as the decimals that were written: 0.1 is a tenth. Raises Unknown for those of more than twelve decimals.

    >>> decimals(np.array([4.7e-6, 0.1]))
    Rationals(over=array([     47, 1000000]), under=array([1]), places=7)
    """
    given = np.asarray(values, dtype=np.float64)
    with np.errstate(over="ignore", invalid="ignore"):
        for places in range(PLACES + 1):
            scaled = np.rint(given * 10.0**places)
            if not (np.abs(scaled) < DIGITS).all():
                break
            if (scaled / 10.0**places == given).all():
                return Rationals(scaled.astype(np.int64), _ONE, places)
    raise Unknown


def in_unit(values: Array, factor: Fraction) -> Rationals:
    """Decimals in a unit of which one is so much in SI. Raises Unknown.

    >>> in_unit(np.array([60.0]), Fraction(5, 18))
    Rationals(over=array([300]), under=array([18]), places=0)
    """
    found = decimals(values)
    over = _multiplied(found.over, np.array([factor.numerator]))
    return Rationals(over, np.array([factor.denominator]), found.places)


def _zeros(node: Node, leaf: Leaf) -> Array:
    match node:
        case Call(function=function, arguments=(argument,)) if function in _ZERO_AT_ZERO:
            return _zeros(argument, leaf)
        case Unary(operator="-" | "+", operand=operand):
            return _zeros(operand, leaf)
        case _:
            return np.asarray(_of(node, leaf).over == 0)


def _of(node: Node, leaf: Leaf) -> Rationals:
    match node:
        case Name(name=name):
            return leaf(name)
        case Number(value=value):
            return decimals(np.array([float(value)]))
        case Unary(operator="-", operand=operand):
            found = _of(operand, leaf)
            return replace(found, over=-found.over)
        case Unary(operator="+", operand=operand):
            return _of(operand, leaf)
        case Listing(items=items):
            return _listed([_of(item, leaf) for item in items])
        case Binary(operator="**", left=left, right=Number(value=value)) if value in (2, 3, 4):
            base = _of(left, leaf)
            found = base
            for _ in range(int(value) - 1):
                found = _times(found, base)
            return found
        case Binary(operator=operator, left=left, right=right):
            return _joined(operator, _of(left, leaf), _of(right, leaf))
        case Call(function=function, arguments=arguments):
            return _called(function, [_of(argument, leaf) for argument in arguments])
        case _:
            raise Unknown


def _called(function: str, given: list[Rationals]) -> Rationals:
    """The functions that keep fractions, of one number a row, or of the entries of one vector or matrix."""
    match function, given:
        case "abs", [one]:
            return replace(one, over=np.abs(one.over), under=np.abs(one.under))
        case "floor" | "ceil" | "round", [one]:
            return _stepped(function, one)
        case "round", [one, Rationals(over=places, under=under, places=0)] if (
            places.size == under.size == 1 and 0 <= places.item() // under.item() <= PLACES
        ):
            scale = Rationals(_power(int(places.item() // under.item())), _ONE)
            return _times(_stepped("round", _times(one, scale)), Rationals(_ONE, scale.over))
        case "sum" | "mean", [Rationals(under=under) as one] if under.size == 1 and one.over.ndim > 1:
            flat = one.over.reshape(len(one.over), -1)
            _fits(_largest(flat) * flat.shape[1])
            total = replace(one, over=flat.sum(axis=1))
            return total if function == "sum" else _times(total, Rationals(_ONE, np.array([flat.shape[1]])))
        case "sum", [first, *others]:
            return reduce(_sum, others, first)
    raise Unknown


def _stepped(function: str, one: Rationals) -> Rationals:
    """The whole number below, above or nearest; a half goes to the even neighbour."""
    over, under = one.over, one.under
    if one.places > 0:
        under = _multiplied(under, _power(one.places))
    elif one.places < 0:
        over = _multiplied(over, _power(-one.places))
    over, under = _aligned(over, under)
    over, under = over * np.sign(under), np.abs(under)
    if function == "ceil":
        return Rationals(-(-over // under), _ONE)
    below = over // under
    if function == "floor":
        return Rationals(below, _ONE)
    _fits(_largest(under) * 2)
    rest = 2 * (over - below * under)
    return Rationals(below + ((rest > under) | ((rest == under) & (below % 2 == 1))), _ONE)


def _joined(operator: str, left: Rationals, right: Rationals) -> Rationals:
    match operator:
        case "+":
            return _sum(left, right)
        case "-":
            return _sum(left, replace(right, over=-right.over))
        case "*":
            return _times(left, right)
        case "/":
            if not right.over.all():
                raise Unknown
            return _times(left, Rationals(right.under, right.over, -right.places))
        case "@":
            return _product(left, right)
        case "//" | "%" if right.over.all():
            whole = _stepped("floor", _joined("/", left, right))
            return whole if operator == "//" else _sum(left, _times(replace(right, over=-right.over), whole))
    raise Unknown


def _times(left: Rationals, right: Rationals) -> Rationals:
    over, under = _multiplied(left.over, right.over), _multiplied(left.under, right.under)
    return Rationals(over, under, left.places + right.places)


def _sum(left: Rationals, right: Rationals) -> Rationals:
    places = max(left.places, right.places)
    first, second = (_multiplied(side.over, _power(places - side.places)) for side in (left, right))
    if left.under is right.under or (left.under.size == right.under.size == 1 and left.under == right.under):
        return Rationals(_added(first, second), left.under, places)
    over = _added(_multiplied(first, right.under), _multiplied(second, left.under))
    return Rationals(over, _multiplied(left.under, right.under), places)


def _product(left: Rationals, right: Rationals) -> Rationals:
    """The matrix product of every row, of matrices and vectors of whole numbers over one."""
    a, b = left.over, right.over
    if not left.under.size == right.under.size == 1 or a.ndim not in (2, 3) or b.ndim not in (2, 3):
        raise Unknown
    _fits(_largest(a) * _largest(b) * a.shape[-1])
    first, second = a[:, None, :] if a.ndim == 2 else a, b[:, :, None] if b.ndim == 2 else b
    if first.shape[-1] != second.shape[1]:
        raise Unknown
    found = np.matmul(first, second)
    found = found[..., 0] if b.ndim == 2 else found
    found = found[:, 0] if a.ndim == 2 else found
    return Rationals(found, _multiplied(left.under, right.under), left.places + right.places)


def _listed(items: list[Rationals]) -> Rationals:
    places = max(item.places for item in items)
    if any(item.under is not _ONE for item in items) or any(item.over.ndim > 1 for item in items):
        raise Unknown
    scaled = [_multiplied(item.over, _power(places - item.places)) for item in items]
    return Rationals(np.stack(np.broadcast_arrays(*scaled), axis=1), _ONE, places)


def _power(places: int) -> Whole:
    if places > 18:
        raise Unknown
    return np.array([10**places], dtype=np.int64)


def _added(left: Whole, right: Whole) -> Whole:
    _fits(_largest(left) + _largest(right))
    first, second = _aligned(left, right)
    return np.asarray(first + second)


def _multiplied(left: Whole, right: Whole) -> Whole:
    _fits(_largest(left) * _largest(right))
    first, second = _aligned(left, right)
    return np.asarray(first * second)


def _aligned(left: Whole, right: Whole) -> tuple[Whole, Whole]:
    """Both with their axes made to fit: one value a row goes with any shape, all else must be equal."""
    rank = max(left.ndim, right.ndim)
    first, second = (side.reshape(side.shape + (1,) * (rank - side.ndim)) for side in (left, right))
    if left.ndim > 1 and right.ndim > 1 and left.shape[1:] != right.shape[1:]:
        raise Unknown
    return first, second


def _fits(size: float) -> None:
    if size >= ROOM:
        raise Unknown


def _largest(values: Whole) -> float:
    return float(np.abs(values).max(initial=0))
