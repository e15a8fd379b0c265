"""Zero is zero: values that are smaller than 1e-12 of their terms are decided exactly, or computed with 50 digits.

0.1 + 0.2 - 0.3 is 5.6e-17 in floating point and 5 cos 90° is 3.1e-16; both are 0. 1 - tanh(20)² is not, and gets its
own value. How large the terms are (`terms`) is asked of every row, so what a row has depends on no other row.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from qbank.algebra import branches
from qbank.algebra.precise import NOTHING, Beyond, precisely
from qbank.algebra.rationals import Rationals, vanishing
from qbank.algebra.terms import terms_of
from qbank.algebra.tree import (
    Binary,
    Call,
    Expression,
    Name,
    Node,
    Number,
    Unary,
    named,
    walk,
    with_unit,
)
from qbank.model import Array, Column, Floats

SMALL = 1e-12
"""A value below this share of its terms is not trusted."""
_NEVER_ZERO = ("sqrt", "exp", "abs", "cosh", "norm", "max", "min", "floor", "ceil", "round", "T", "transpose", "prod")
Precise = Callable[[str, int], object]
"""The value of a name on a row with 50 digits, as `precise.precisely` takes it."""
Exact = Callable[[str, NDArray[np.int64]], Rationals]
"""The exact values of a name on some rows; raises `rationals.Unknown` where it has none."""


def settled(
    expression: Expression, value: Column, columns: Mapping[str, Column], precise: Precise, exact: Exact | None = None
) -> Column:
    """The value of an expression with what rounding left of a zero set to zero.

    `precise` gives the value of a name on a row with 50 digits, `exact` that on many rows where it is a fraction.
    What functions of the subjects compute stays as it is. Where all columns are equal, so is the value of every name.

    >>> from qbank.algebra import evaluate, read
    >>> zero = read("0.1 + 0.2 - 0.3")
    >>> settled(zero, evaluate(zero, {}), {}, lambda name, row: 0).values.tolist()
    [0.0]
    """
    if value.values.dtype.kind == "c":
        return replace(value, values=_parts_settled(value.values))
    if value.labels or value.values.dtype != np.float64 or not len(value) or not _can_vanish(expression):
        return value
    if (summed := _adding_up(expression)) is not None and all((columns[name].values >= 0).all() for name in summed):
        return value
    expression = with_unit(expression, columns)
    terms = terms_of(expression, columns, value.values)
    rows = np.flatnonzero((np.abs(value.values) < terms * SMALL).reshape(len(value), -1).any(axis=1))
    if not len(rows):
        return value
    again = value.values.copy()
    if exact is not None:
        rows = _decided(expression, exact, rows, again, terms[rows])
    if len(rows):
        _computed_again(expression, columns, precise, rows, again, terms)
    return replace(value, values=again)


def _decided(
    expression: Expression, exact: Exact, rows: NDArray[np.int64], values: Array, terms: Floats
) -> NDArray[np.int64]:
    """Set lost values that are exactly zero to zero, and give the rows of which others are left."""
    zero = vanishing(expression, lambda name: exact(name, rows))
    if zero is None:
        return rows
    lost = np.abs(values[rows]) < terms * SMALL
    values[rows] = np.where(lost & zero, 0.0, values[rows])
    return rows[(lost & ~zero).reshape(len(rows), -1).any(axis=1)]


def _parts_settled(values: Array) -> Array:
    """Complex numbers of which a part that vanishes beside the modulus is zero, and never negative zero."""
    with np.errstate(invalid="ignore"):
        size = np.abs(values) * SMALL
        real, imaginary = (np.where(np.abs(part) < size, 0.0, part) + 0.0 for part in (values.real, values.imag))
    settled_ = np.empty_like(values)
    settled_.real, settled_.imag = real, imaginary
    return settled_


def _computed_again(
    expression: Expression, columns: Mapping[str, Column], precise: Precise, rows: NDArray[np.int64], values: Array,
    terms: Floats,
) -> None:  # fmt: skip
    """Put the values with 50 digits in the place of those that are lost, equal rows once.

    Rows that are equal in the names of the expression alone may differ in what these are computed from: tanh(20) and
    tanh(21) are one double, and not one number.
    """
    known: dict[tuple[bytes, ...], Array] = {}
    for row in rows.tolist():
        leaves = tuple(column.values[row].tobytes() for column in columns.values())
        if leaves not in known:
            try:
                told = branches.told(expression, columns, row)
                exact = precisely(told, lambda name, row=row: precise(name, row))  # type: ignore[misc]
            except Beyond:
                continue
            size = np.abs(exact)
            rounded = np.where(size <= terms[row] * NOTHING, 0.0, exact.astype(np.float64))
            known[leaves] = np.where(np.abs(values[row]) < terms[row] * SMALL, rounded, values[row])
        values[row] = known[leaves]


@lru_cache(maxsize=4096)
def _can_vanish(expression: Expression) -> bool:
    """Whether anything in the tree adds, or has zeros of its own."""
    return any(
        (isinstance(node, Binary) and node.operator in ("+", "-", "@", "%"))
        or (isinstance(node, Call) and node.function not in _NEVER_ZERO)
        for node in walk(expression.root)
    )


@lru_cache(maxsize=4096)
def _adding_up(expression: Expression) -> frozenset[str] | None:
    """The names of a tree in which no term cancels another where none of them is negative; None for another tree."""
    return named(expression.root) if _sign(expression.root) else None


def _sign(node: Node) -> int:
    """The sign of sums, products and quotients of what is not negative, 0 where terms may cancel."""
    match node:
        case Name() | Number():
            return 1
        case Unary(operator="-", operand=operand):
            return -_sign(operand)
        case Binary(operator="+" | "-" as operator, left=left, right=right):
            first, second = _sign(left), _sign(right)
            return first if first == (second if operator == "+" else -second) else 0
        case Binary(operator="*" | "/", left=left, right=right):
            return _sign(left) * _sign(right)
        case Binary(operator="**", left=left, right=Number(value=value)) if value in (2, 3, 4):
            return abs(_sign(left)) if value % 2 == 0 else _sign(left)
        case Call(function="sqrt" | "parallel", arguments=arguments):
            return int(all(_sign(each) == 1 for each in arguments))
        case _:
            return 0
