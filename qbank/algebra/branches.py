"""The branches that a formula takes for given values: `a if test else b` is a, or b."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

import numpy as np

from qbank.algebra.evaluation import evaluate
from qbank.algebra.tree import Conditional, Expression, Index, Label, Name, Node, Slice, names, number, rebuilt, walk
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


def told(expression: Expression, columns: Mapping[str, Column], row: int) -> Expression:
    """The expression on one row without what a label or a place decides, which no digits would decide otherwise.

    >>> from qbank.algebra import plain, read
    >>> columns = {"case": Column(np.array([1]), ("a", "b")), "R": Column(np.array([10.0]))}
    >>> plain(told(read("0.29 if case == 'a' else 2*R"), columns, 0).root)
    '2*R'
    """
    nodes = list(walk(expression.root))
    labelled = {node.name for node in nodes if isinstance(node, Name) and node.name in columns
                and columns[node.name].labels}  # fmt: skip
    placed = [node for node in nodes if isinstance(node, Index) and any(isinstance(each, Name) for each in node.places)]
    if not labelled and not placed and not any(isinstance(node, Label) for node in nodes):
        return expression
    values = {name: columns[name].take(np.array([row])) for name in names(expression) if name in columns}

    def of(node: Node) -> Node:
        match node:
            case Conditional(test=test, yes=yes, no=no) if any(
                isinstance(each, Label) or (isinstance(each, Name) and each.name in labelled) for each in walk(test)
            ):
                return of(yes if evaluate(Expression("", test), values, 1).values[0] else no)
            case Index(value=value, places=places):
                return replace(node, value=of(value), places=tuple(_placed(each, values) for each in places))
            case _:
                return rebuilt(node, of)

    return replace(expression, root=of(expression.root))


def _placed(place: Node | Slice, columns: Mapping[str, Column]) -> Node | Slice:
    """A place that a name gives, as its number on the one row of the columns."""
    if not isinstance(place, Name) or place.name not in columns:
        return place
    return number(Decimal(int(columns[place.name].values[0])))


def _taken(node: Node, columns: Mapping[str, Column]) -> Node:
    match node:
        case Conditional(test=test, yes=yes, no=no):
            holds = bool(evaluate(Expression("", test), columns, 1).values[0])
            return _taken(yes if holds else no, columns)
        case _:
            return rebuilt(node, lambda each: _taken(each, columns))
