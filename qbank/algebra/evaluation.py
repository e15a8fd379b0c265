"""Evaluating a tree over columns: one pass of NumPy for all variants or points, with no loop over rows.

Inside, a value is an array whose first axis is the variant, or has length one where all variants agree. Numbers are
real; where a tree is evaluated with `imaginary`, roots, logarithms and powers have complex values too.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import reduce
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from qbank import messages
from qbank.algebra import places
from qbank.algebra.functions import known
from qbank.algebra.table import FUNCTIONS
from qbank.algebra.tree import (
    IMAGINARY,
    Binary,
    Call,
    Compare,
    Conditional,
    Constant,
    Expression,
    ExpressionError,
    Index,
    Label,
    Listing,
    Logic,
    Name,
    Node,
    Number,
    Slice,
    Truth,
    Unary,
    spine,
)
from qbank.model import Array, Column
from qbank.registry import unknown
from qbank.subjects._columns import both, product

if TYPE_CHECKING:
    from qbank.algebra.rests import Rests

ARITHMETIC: Mapping[str, Callable[..., Any]] = {
    "+": np.add, "-": np.subtract, "*": np.multiply, "/": np.divide, "//": np.floor_divide, "%": np.mod, "**": np.power,
}
COMPARISONS: Mapping[str, Callable[[Any, Any], Any]] = {
    "==": np.equal, "!=": np.not_equal, "<": np.less, "<=": np.less_equal, ">": np.greater, ">=": np.greater_equal,
}
COMPLEX = frozenset({
    "sum", "prod", "mean", "norm", "T", "transpose", "outer", "dot", "diag", "det", "trace", "inv", "solve", "cumsum",
    "parallel", "db20", "db10",
})  # fmt: skip
"""The functions of vectors, matrices and subjects that take complex numbers."""
CONSTANTS: Mapping[str, Array] = {
    "pi": np.array([np.pi]), "e": np.array([np.e]), "i": np.array([1j]), "inf": np.array([np.inf]),
}  # fmt: skip


def evaluate(
    expression: Expression,
    columns: Mapping[str, Column],
    count: int | None = None,
    between: Callable[[Array], Array] | None = None,
) -> Column:
    """The column of an expression: floats, truths, or labels; (n, *shape), n that of the columns (or `count`, or 1).

    `between` is done to each result of an operator or a function, and to each constant: what somebody writes down
    who rounds. Never warns: what is not finite stays so. Raises ExpressionError for unknown names and shapes that do
    not fit.

    >>> from qbank.algebra import read
    >>> R1 = Column(np.array([1e3, 2e3]))
    >>> evaluate(read("10k/R1"), {"R1": R1}).values.tolist()
    [10.0, 5.0]
    """
    rows = count if count is not None else next((len(column) for column in columns.values()), 1)
    with np.errstate(all="ignore"):
        value = Evaluator(columns, between=between).of(expression.root)
    return Column(spread(value.values, rows), value.labels)


@dataclass(frozen=True, slots=True)
class Evaluator:
    """Trees over given columns; the caller silences NumPy's warnings. Raises ExpressionError."""

    columns: Mapping[str, Column]
    imaginary: bool = False
    between: Callable[[Array], Array] | None = None
    rests: Rests | None = None
    """What rounding leaves inside the tree, where numbers are decimals."""

    def of(self, node: Node) -> Column:
        """The value of a node of any kind."""
        match node:
            case Name():
                return self.named(node)
            case Binary() | Number():
                return Column(self.number(node))
            case Call():
                return Column(self.called(node))
            case Truth(value=truth):
                return Column(np.array([truth]))
            case Label(text=text):
                return Column(np.zeros(1, dtype=np.int64), (text,))
            case Listing(items=items):
                return Column(self.listed(node, items))
            case Unary(operator="not", operand=operand):
                return Column(~self.truth(operand))
            case Compare():
                return Column(self.compared(node))
            case Logic(operator=operator, left=left, right=right):
                pair = fitted(self.truth(left), self.truth(right), operator=operator, at=node.at)
                return Column(np.logical_and(*pair) if operator == "and" else np.logical_or(*pair))
            case Conditional():
                return self.chosen(node)
            case Index():
                return self.indexed(node)
            case _:
                return Column(self.number(node))

    def named(self, node: Name) -> Column:
        column = self.columns.get(node.name)
        if column is None and node.name == IMAGINARY:
            return Column(CONSTANTS["i"])
        if column is None:
            message = messages.tell("the name {unknown}", unknown=unknown(node.name, self.columns))
            raise ExpressionError(message, node.at)
        return column

    def number(self, node: Node) -> Array:
        """The numbers of a node that is not a label; a truth counts 1 or 0."""
        match node:
            case Name():
                found = self.named(node)
            case Binary():
                return self.binary(node)
            case Number(value=number):
                return np.array([float(number)])
            case Unary(operator="-", operand=operand):
                value = np.negative(self.number(operand))
                return value + 0.0 if value.dtype.kind == "c" else value  # no negative zero beside a cut
            case Unary(operator="+", operand=operand):
                return self.number(operand)
            case Constant(name=name):
                return self.noted(CONSTANTS[name])
            case _:
                found = self.of(node)
        if found.labels:
            raise ExpressionError(messages.tell("{x} is a label; write numbers under values:", x=_told(node)), node.at)
        return found.values if found.values.dtype.kind in "fc" else found.values.astype(np.float64)

    def truth(self, node: Node) -> NDArray[np.bool_]:
        value = self.of(node)
        if value.values.dtype != np.bool_:
            message = messages.tell("{value} is not a condition; compare it with something", value=_told(node))
            raise ExpressionError(message, node.at)
        return value.values

    def listed(self, node: Node, items: tuple[Node, ...]) -> Array:
        values = [self.number(item) for item in items]
        shapes = {value.shape[1:]: None for value in values}
        if len(shapes) > 1:
            message = messages.tell("the entries of a list must have one shape, not {shapes}", shapes=both(shapes))
            raise ExpressionError(message, node.at)
        return np.stack(np.broadcast_arrays(*values), axis=1)

    def binary(self, node: Binary) -> Array:
        """A run of operators from its first operand on; what is computed here may be written over."""
        first, run = spine(node)
        value = self.number(first)
        own = isinstance(first, Unary) and first.operator == "-"
        for each in run:
            value = self.noted(self.joined(each, value, self.number(each.right), own=own))
            own = True
        return value

    def noted(self, value: Array) -> Array:
        """A value in between, as it is written down."""
        return value if self.between is None else self.between(value)

    def joined(self, node: Binary, left: Array, right: Array, *, own: bool) -> Array:
        operator = node.operator
        if operator == "@":
            try:
                value = product(left, right)
            except ValueError as error:
                raise ExpressionError(str(error), node.at) from None
            return value if self.rests is None else self.rests.multiplied(node, left, right, value)
        if left.ndim > 1 or right.ndim > 1:
            left, right = fitted(left, right, operator=operator, at=node.at)
        if operator == "**":
            if isinstance(node.right, Number) and node.right.value == 2:
                return np.asarray(np.square(left))
            if self.imaginary:
                return self.power(left, right)
        if operator in ("%", "//"):
            left, right = (self.real(side, operator, node.at) for side in (left, right))
        operation = ARITHMETIC[operator]
        if self.rests is not None and operator in ("%", "//"):
            return self.rests.divided(node, left, right, np.asarray(operation(left, right)))
        same = left.shape == right.shape or left.shape == np.broadcast_shapes(left.shape, right.shape)
        within = own and same and left.dtype == right.dtype
        value = np.asarray(operation(left, right, out=left) if within else operation(left, right))
        return value if self.rests is None or operator not in ("+", "-") else self.rests.summed(node, right, value)

    def power(self, base: Array, exponent: Array) -> Array:
        """A complex power; a whole exponent of a real base gives no noise beside the real numbers."""
        real = base.dtype.kind != "c" and exponent.dtype.kind != "c"
        if real and ((base >= 0) | (exponent == np.rint(exponent))).all():
            return np.asarray(np.power(base, exponent))
        return np.asarray(np.power(base + 0j, exponent))

    def compared(self, node: Compare) -> Array:
        results = []
        for operator, left, right in zip(node.operators, node.operands, node.operands[1:], strict=False):
            if operator in ("in", "not in"):
                assert isinstance(right, Listing)
                found = reduce(np.logical_or, (self.pair("==", left, item, node.at) for item in right.items))
                results.append(found if operator == "in" else ~found)
            else:
                results.append(self.pair(operator, left, right, node.at))
        return np.asarray(reduce(lambda a, b: np.logical_and(*fitted(a, b, operator="and", at=node.at)), results))

    def pair(self, operator: str, left: Node, right: Node, at: int) -> Array:
        first, second = self.of(left), self.of(right)
        if bool(first.labels) != bool(second.labels):
            message = messages.tell("{left} and {right} cannot be compared: one of them is a label",
                                    left=_told(left), right=_told(right))  # fmt: skip
            raise ExpressionError(message, at)
        if first.labels:
            for node, other in ((left, second), (right, first)):
                if isinstance(node, Label) and node.text not in other.labels:
                    message = messages.tell("the label {unknown}", unknown=unknown(node.text, other.labels))
                    raise ExpressionError(message, node.at)
            if operator not in ("==", "!="):
                message = messages.tell("labels have no order, so {operator!r} is not allowed", operator=operator)
                raise ExpressionError(message, at)
            first, second = merged(first, second)
        sides = first.values, second.values
        if operator not in ("==", "!="):
            sides = self.real(sides[0], operator, at), self.real(sides[1], operator, at)
        pair = fitted(*sides, operator=operator, at=at)
        if self.rests is not None and not first.labels:
            pair = self.rests.compared(left, right, *pair)
        return np.asarray(COMPARISONS[operator](*pair))

    def chosen(self, node: Conditional) -> Column:
        test, yes, no = self.truth(node.test), self.of(node.yes), self.of(node.no)
        if bool(yes.labels) != bool(no.labels):
            message = messages.tell("one side of 'if' is a label and the other is a number")
            raise ExpressionError(message, node.at)
        if yes.labels:
            yes, no = merged(yes, no)
        first, second = yes.values, no.values
        if first.dtype != second.dtype:
            kind = np.result_type(first, second, np.float64)
            first, second = first.astype(kind), second.astype(kind)
        test, first, second = fitted(test, first, second, operator="if", at=node.at)
        return Column(np.where(test, first, second), yes.labels)

    def called(self, node: Call) -> Array:
        row = FUNCTIONS.get(node.function)
        real = row.real if row is not None else node.function not in COMPLEX
        arguments = [self.fitting(self.number(argument), node, real=real) for argument in node.arguments]
        if row is None or any(argument.ndim > 1 for argument in arguments):
            rows = max((len(argument) for argument in arguments), default=1)
            arguments = [spread(argument, rows) for argument in arguments]
        if self.rests is not None:
            arguments = self.rests.arguments(node, arguments)
        try:
            value = self.noted(np.asarray(known()[node.function](*arguments)))
            return value if self.rests is None else self.rests.called(node, arguments, value)
        except ValueError as error:
            message = messages.tell("{function}: {fault}", function=node.function, fault=error)
            raise ExpressionError(message, node.at) from None

    def fitting(self, argument: Array, node: Call, *, real: bool) -> Array:
        """An argument as the function takes it: without an imaginary part, or with one that is not a negative zero."""
        if not real:
            return np.asarray(argument + 0j) if self.imaginary else argument
        return self.real(argument, node.function, node.at)

    def real(self, value: Array, what: str, at: int) -> Array:
        """The value of a function or operator that takes real numbers alone. Raises ExpressionError."""
        if value.dtype.kind != "c":
            return value
        if value.imag.any():
            raise ExpressionError(messages.tell("{function} takes real arguments only", function=what), at)
        return np.asarray(value.real)

    def indexed(self, node: Index) -> Column:
        column = self.of(node.value)
        value = column.values
        if len(node.places) >= value.ndim:
            message = messages.tell("too many indices: {value} has the shape {shape}",
                                    value=_told(node.value), shape=value.shape[1:])  # fmt: skip
            raise ExpressionError(message, node.at)
        axis = 1
        for place in node.places:
            if isinstance(place, Slice):
                value = value[(slice(None),) * axis + (slice(place.start, place.stop),)]
                if not value.shape[axis]:
                    message = messages.tell("{value} has nothing in this slice", value=_told(node.value))
                    raise ExpressionError(message, place.at)
                axis += 1
            else:
                value = places.taken(value, self.number(place), axis, _told(node.value), place.at)
        if column.labels and value.dtype.kind == "f":
            if np.isnan(value).any():
                message = messages.tell("{value} has no such entry on some variants", value=_told(node.value))
                raise ExpressionError(message, node.at)
            value = value.astype(np.int64)
        return Column(value, column.labels)


def fitted(*sides: Array, operator: str, at: int) -> tuple[Array, ...]:
    """All sides with their axes made to fit: a scalar goes with anything, else the shapes must be equal."""
    shapes = {side.shape[1:]: None for side in sides if side.ndim > 1}
    if not shapes:
        return sides
    if len(shapes) > 1:
        message = messages.tell("the shapes {shapes} do not fit {operator!r}", shapes=both(shapes), operator=operator)
        raise ExpressionError(message, at)
    rank = max(side.ndim for side in sides)
    return tuple(side.reshape(side.shape + (1,) * (rank - side.ndim)) if side.ndim < rank else side for side in sides)


def merged(first: Column, second: Column) -> tuple[Column, Column]:
    """Both label columns with codes into one common table of labels."""
    if first.labels == second.labels:
        return first, second
    labels = tuple(dict.fromkeys(first.labels + second.labels))
    codes = np.array([labels.index(label) for label in second.labels])
    return Column(first.values, labels), Column(codes[second.values], labels)


def spread(values: Array, rows: int) -> Array:
    return values if len(values) == rows else np.broadcast_to(values, (rows, *values.shape[1:]))


def _told(node: Node) -> str:
    match node:
        case Name(name=name):
            return f"{name!r}"
        case Label(text=text):
            return messages.tell("the label {text!r}", text=text)
        case _:
            return messages.tell("this")
