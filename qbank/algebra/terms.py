"""How large the terms of an expression are: it is evaluated once more with every leaf of its tree moved a little."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import lru_cache

import numpy as np

from qbank.algebra.evaluation import evaluate
from qbank.algebra.tree import (
    Binary,
    Call,
    Compare,
    Conditional,
    Constant,
    Expression,
    ExpressionError,
    Index,
    Listing,
    Logic,
    Name,
    Node,
    Number,
    Slice,
    Unary,
)
from qbank.model import Array, Column, Floats

_STEP = 1e-7
_SMOOTH = frozenset((
    "sqrt", "exp", "log", "ln", "log10", "lg", "log2", "sin", "cos", "tan", "asin", "acos", "atan", "atan2", "sinh",
    "cosh", "tanh", "abs", "clip", "min", "max", "sum", "prod", "mean", "norm", "dot", "outer", "sigmoid",
    "corr", "median", "quantile", "sort", "cumsum", "det", "trace", "inv", "solve", "eig", "re", "im",
    "conj", "arg", "polar",
))  # fmt: skip


def terms_of(expression: Expression, columns: Mapping[str, Column], values: Array) -> Floats:
    """How large the terms of the values are, 0 where that cannot be told."""
    terms = np.zeros(values.shape)
    known = np.zeros(terms.shape, dtype=np.bool_)
    for whole in (True, False):
        moved, leaves = _moved(expression, whole=whole)
        try:
            given = {name: columns[name] for name in leaves.names if name in columns}
            for alias, (name, factor, number) in leaves.of.items():
                given[alias] = _step(given.get(name), factor, number)
            found = evaluate(moved, given, len(values)).values.astype(np.float64)
        except ExpressionError:
            continue
        with np.errstate(invalid="ignore"):  # of two infinite values
            steps = np.abs(found - values) / _STEP
        fresh = np.isfinite(steps) & ~known
        terms = np.where(fresh, steps, terms)
        known |= fresh
        if known.all():
            break
    return terms


def _step(column: Column | None, factor: float, value: float) -> Column:
    if column is None:
        return Column(np.array([value * factor]))
    if column.labels or column.values.dtype != np.float64:
        return column
    return Column(column.values * _factors(factor, column.values.shape[1:]))


@lru_cache(maxsize=4096)
def _factors(factor: float, shape: tuple[int, ...]) -> Floats:
    """What the entries of a value are moved by, so that no two of them move alike."""
    ramp = np.array([_scattered(place + 1) for place in range(math.prod(shape))]).reshape(shape)
    return np.asarray(1 + (factor - 1) * (1 + ramp))


def _scattered(count: int) -> float:
    """A number from 0 to 1 for each count, of which no few add up to others: a sum that vanishes keeps its terms."""
    return math.fmod(math.sqrt(count * count + 0.37) * 754.877666 + count * count * 0.569840291, 1.0)


class _Leaves:
    """The leaves of a moved tree: every occurrence under a name of its own, with the factor it is moved by."""

    def __init__(self) -> None:
        self.names: set[str] = set()
        self.of: dict[str, tuple[str, float, float]] = {}

    def add(self, name: str, value: float = 0.0) -> Name:
        count = len(self.of)
        alias = f"{name}#{count}"
        self.of[alias] = name, 1 + _STEP * (0.5 + _scattered(count)), value
        return Name(alias)


@lru_cache(maxsize=4096)
def _moved(expression: Expression, *, whole: bool) -> tuple[Expression, _Leaves]:
    """The tree with its leaves renamed; without `whole`, names that may be sizes or exponents stay as they are."""
    leaves = _Leaves()

    def of(node: Node, *, rigid: bool) -> Node:
        match node:
            case Name(name=name):
                leaves.names.add(name)
                return node if rigid else leaves.add(name)
            case Number(value=value):
                return node if rigid else leaves.add("", float(value))
            case Constant(name="i"):
                return node
            case Constant():
                return node if rigid else leaves.add("", math.pi)
            case Listing(items=items):
                return replace(node, items=tuple(of(item, rigid=rigid) for item in items))
            case Unary(operand=operand):
                return replace(node, operand=of(operand, rigid=rigid))
            case Binary(operator="**", left=left, right=right):
                still = rigid or isinstance(right, Number) or not whole
                return replace(node, left=of(left, rigid=rigid), right=of(right, rigid=still))
            case Binary(left=left, right=right) | Logic(left=left, right=right):
                return replace(node, left=of(left, rigid=rigid), right=of(right, rigid=rigid))
            case Compare(operands=operands):
                return replace(node, operands=tuple(of(operand, rigid=True) for operand in operands))
            case Conditional(test=test, yes=yes, no=no):
                return replace(node, test=of(test, rigid=True), yes=of(yes, rigid=rigid), no=of(no, rigid=rigid))
            case Call(function=function, arguments=arguments):
                still = rigid or (function not in _SMOOTH and not whole)
                return replace(node, arguments=tuple(
                    of(argument, rigid=still or (function not in _SMOOTH and isinstance(argument, Number)))
                    for argument in arguments
                ))  # fmt: skip
            case Index(value=value, places=places):
                return replace(node, value=of(value, rigid=rigid), places=tuple(_kept(place, of) for place in places))
            case _:
                return node

    return Expression(expression.text, of(expression.root, rigid=False)), leaves


def _kept(place: Node | Slice, of: Callable[..., Node]) -> Node | Slice:
    return place if isinstance(place, Slice) else of(place, rigid=True)
