"""The branches that a formula takes for given values: `a if test else b` is a, or b."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from qbank.algebra.evaluation import evaluate
from qbank.algebra.tree import Binary, Call, Conditional, Expression, Listing, Node, Unary, names, walk
from qbank.model import Column


def taken(expression: Expression, columns: Mapping[str, Column], row: int) -> Expression:
    """The expression as it is computed on one row of the columns, without its conditionals.

    >>> from qbank.algebra import plain, read
    >>> rule = read("2*(U/R if U > 3 else 0)")
    >>> plain(taken(rule, {"U": Column(np.array([5.0])), "R": Column(np.array([10.0]))}, 0).root)
    '2*(U/R)'
    """
    if not any(isinstance(node, Conditional) for node in walk(expression.root)):
        return expression
    needed = names(expression)
    values = {name: column.take(np.array([row])) for name, column in columns.items() if name in needed}
    return replace(expression, root=_taken(expression.root, values))


def _taken(node: Node, columns: Mapping[str, Column]) -> Node:
    match node:
        case Conditional(test=test, yes=yes, no=no):
            holds = bool(evaluate(Expression("", test), columns, 1).values[0])
            return _taken(yes if holds else no, columns)
        case Unary(operand=operand):
            return replace(node, operand=_taken(operand, columns))
        case Binary(left=left, right=right):
            return replace(node, left=_taken(left, columns), right=_taken(right, columns))
        case Call(arguments=arguments):
            return replace(node, arguments=tuple(_taken(each, columns) for each in arguments))
        case Listing(items=items):
            return replace(node, items=tuple(_taken(each, columns) for each in items))
        case _:
            return node
