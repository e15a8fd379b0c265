"""An expression as SymPy, for solving, for formula answers and for showing. The one room that imports SymPy."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

import numpy as np

from qbank import messages
from qbank.algebra.evaluation import evaluate
from qbank.algebra.table import FUNCTIONS
from qbank.algebra.tree import (
    Binary,
    Call,
    Compare,
    Conditional,
    Constant,
    Expression,
    ExpressionError,
    Logic,
    Name,
    Node,
    Number,
    Truth,
    Unary,
    walk,
)

MOST_BITS = 4096
"""How large the exact integers of a power may grow."""


def sympy(expression: Expression) -> Any:
    """The SymPy expression over Symbols of the same names; numbers are exact. Raises ExpressionError.

    >>> from qbank.algebra import read
    >>> sympy(read("parallel(R, R)"))
    R/2
    """
    return _of(expression.root)


def _of(node: Node) -> Any:
    import sympy as sp

    match node:
        case Number(value=value):
            return sp.Rational(str(value))
        case Constant(name=name):
            return {"pi": sp.pi, "e": sp.E, "i": sp.I, "inf": sp.oo}[name]
        case Truth(value=truth):
            return sp.true if truth else sp.false
        case Name(name=name):
            return sp.Symbol(name)
        case Unary(operator=operator, operand=operand):
            if operator == "not":
                return sp.Not(_truth(operand))
            return -_number(operand) if operator == "-" else _number(operand)
        case Binary(operator=operator, left=left, right=right):
            if operator in ("**", "/"):
                _hold_finite(node)
            return _arithmetic(node, operator, _number(left), _number(right))
        case Compare():
            return _compared(node)
        case Logic(operator=operator, left=left, right=right):
            return (sp.And if operator == "and" else sp.Or)(_truth(left), _truth(right))
        case Conditional(test=test, yes=yes, no=no):
            return sp.Piecewise((_number(yes), _truth(test)), (_number(no), True))
        case Call(function=function, arguments=arguments):
            form = _function(function)
            if form is None:
                raise ExpressionError(messages.tell("{function} has no symbolic form", function=function), node.at)
            _hold_finite(node)
            return form(*map(_number, arguments))
        case _:
            raise ExpressionError(messages.tell("labels, lists and indices have no symbolic form"), node.at)


def _number(node: Node) -> Any:
    """The form of a node that is a number. Raises ExpressionError for a condition."""
    import sympy as sp

    form = _of(node)
    if not isinstance(form, sp.Expr):
        raise ExpressionError(messages.tell("this is a condition, but must be a number"), node.at)
    return form


def _truth(node: Node) -> Any:
    """The form of a node that is a condition. Raises ExpressionError for a number."""
    import sympy as sp

    form = _of(node)
    if not isinstance(form, sp.logic.boolalg.Boolean):
        raise ExpressionError(messages.tell("this is a number, but must be a condition"), node.at)
    return form


def _hold_finite(node: Node) -> None:
    """Raise ExpressionError for a constant that floats cannot hold: exact, it might take for ever."""
    if not any(isinstance(part, Name) for part in walk(node)):
        value = evaluate(Expression("", node), {}).values
        if not np.isfinite(value).all():
            raise ExpressionError(messages.tell("this is not a finite number"), node.at)


def _arithmetic(node: Binary, operator: str, left: Any, right: Any) -> Any:
    import sympy as sp

    match operator:
        case "+":
            return left + right
        case "-":
            return left - right
        case "*":
            return left * right
        case "/":
            return left / right
        case "//":
            return sp.floor(left / right)
        case "%":
            return sp.Mod(left, right)
        case "**":
            return _power(node, left, right)
        case _:
            raise ExpressionError(messages.tell("{operator!r} has no symbolic form", operator=operator), node.at)


def _power(node: Binary, base: Any, exponent: Any) -> Any:
    if exponent.is_number and not exponent.is_Rational:
        size = abs(complex(exponent.evalf(15))) if exponent.is_finite else float("inf")
    else:
        size = abs(float(exponent)) if exponent.is_Rational else 0.0
    bits = base.p.bit_length() + base.q.bit_length() if base.is_Rational else 1
    if size * bits > MOST_BITS:
        raise ExpressionError(messages.tell("a power is too large to be exact"), node.at)
    return base**exponent


def _compared(node: Compare) -> Any:
    import sympy as sp

    relations = {"==": sp.Eq, "!=": sp.Ne, "<": sp.Lt, "<=": sp.Le, ">": sp.Gt, ">=": sp.Ge}
    parts = []
    for operator, left, right in zip(node.operators, node.operands, node.operands[1:], strict=False):
        if operator not in relations:
            raise ExpressionError(messages.tell("{operator!r} has no symbolic form", operator=operator), node.at)
        parts.append(relations[operator](_number(left), _number(right)))
    return sp.And(*parts) if len(parts) > 1 else parts[0]


def _function(name: str) -> Callable[..., Any] | None:
    """A function of SymPy by our name for it."""
    import sympy as sp

    row = FUNCTIONS.get(name)
    if row is None:
        return _SEVERAL.get(name)
    if isinstance(row.sympy, str):
        return getattr(sp, row.sympy) if row.sympy else None
    return partial(row.sympy, sp)


def _mean(*these: Any) -> Any:
    return sum(these) / len(these)


_SEVERAL: Mapping[str, Callable[..., Any]] = {
    "sum": lambda *these: sum(these), "prod": lambda *these: math.prod(these), "mean": _mean
}
