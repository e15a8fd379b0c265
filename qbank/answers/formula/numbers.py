"""The names of a formula that are numbers: printed for a candidate, who may write the letter or the number."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

import numpy as np
from numpy.typing import NDArray

from qbank.algebra import tree
from qbank.algebra.evaluation import Evaluator
from qbank.algebra.literals import plain
from qbank.algebra.tree import ExpressionError, Name, Node
from qbank.answers import Scope
from qbank.answers.formula.judging import Numbers
from qbank.answers.formula.spec import Spec
from qbank.model import Array, Column, Columns

Mask = NDArray[np.bool_]
POINTS = 8
"""At how many points a mistake is compared with the key on every variant."""
NEAR = 1e-9


def bound(spec: Spec, scope: Scope) -> dict[str, Array]:
    """`number.…` (n,) the value of each name that is a number here."""
    found: dict[str, Array] = {}
    for name in spec.numbers:
        values = scope.evaluate(tree.Expression(name, Name(name))).values.astype(np.float64)
        found[f"number.{name}"] = np.broadcast_to(values, (scope.n,)).copy()
    return found


def on_row(spec: Spec, key: Columns, row: int) -> dict[str, Node]:
    """The numbers of one variant, as nodes."""
    return {name: node(float(key[f"number.{name}"][row])) for name in spec.numbers if f"number.{name}" in key}


def node(value: float) -> Node:
    """A number as the decimal that was drawn."""
    return tree.number(plain(Decimal(repr(value))))


def groups(spec: Spec, key: Columns, rows: Mask) -> Iterator[tuple[Numbers, NDArray[np.intp]]]:
    """The rows of a mask whose variants have the same numbers, with these."""
    kept = np.flatnonzero(rows)
    if not len(kept):
        return
    columns = [key[f"number.{name}"][kept] for name in spec.numbers if f"number.{name}" in key]
    if not columns:
        yield {}, kept
        return
    _, group = np.unique(np.stack(columns, axis=1), axis=0, return_inverse=True)
    order = np.argsort(group, kind="stable")
    for part in np.split(order, np.flatnonzero(np.diff(group[order])) + 1):
        yield on_row(spec, key, int(kept[part[0]])), kept[part]


def missing(spec: Spec, key: Columns) -> Mask:
    """(n,) where the key has no value at any of the points."""
    return np.asarray(~np.isfinite(_key(spec, key)).any(axis=1))


def alike(spec: Spec, key: Columns, formula: Node) -> Mask:
    """(n,) where a formula is the key as far as doubles tell."""
    asked, found = _key(spec, key), _values(spec, key, formula)
    with np.errstate(all="ignore"):
        near = np.abs(found - asked) <= NEAR * np.maximum(np.abs(found), np.abs(asked))
    return np.asarray((near | ~np.isfinite(asked)).all(axis=1))


def _key(spec: Spec, key: Columns) -> Array:
    branch = key["branch"]
    table = np.stack([_values(spec, key, each.formula) for each in spec.branches])
    return np.asarray(table[branch, np.arange(len(branch))])


def _values(spec: Spec, key: Columns, formula: Node) -> Array:
    """(n, POINTS) a formula on every variant at a few points of its letters."""
    count = len(key["branch"])
    numbers = {name: Column(key[f"number.{name}"]) for name in spec.numbers}
    apart = max(1, len(spec.points.distinct) // POINTS) | 1  # odd: every other point is negative
    places = spec.points.distinct[::apart][:POINTS]
    table = np.full((count, len(places)), np.nan, dtype=np.complex128 if spec.complex else np.float64)
    with np.errstate(all="ignore"):
        for column, place in enumerate(places):
            letters = {name: Column(np.array([value])) for name, value in spec.points.at(place).items()}
            try:
                table[:, column] = Evaluator({**letters, **numbers}, spec.complex).number(formula)
            except ExpressionError:
                continue
    return table
