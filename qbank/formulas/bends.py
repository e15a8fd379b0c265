"""Where a formula bends: the corners, jumps, ends and peaks of min, floor, sqrt, exp and the like, along each name.

Two formulas that differ only beyond such a place (`x` and `min(x, 600)`) are looked at there, and on both sides of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from qbank.algebra.evaluation import Evaluator
from qbank.algebra.table import FUNCTIONS
from qbank.algebra.tree import Binary, Call, ExpressionError, Node, Number, named, walk
from qbank.formulas.points import Points
from qbank.model import Column, Floats

BASES = (2, 11, 21)
"""The points from which a name is moved, all others held."""
MOST = 6
"""How many bends of one formula are looked for."""
CROSSINGS = 6
"""How many zeros of one bend are looked at."""
_ROUNDS = 50
Beside: TypeAlias = tuple[float, ...]
"""How far from a zero a formula is looked at, as shares of where it is."""
CORNER: Beside = (0.0, -0.5, -1e-3, 1e-3, 0.5, 1.0, 9.0)
PEAK: Beside = (-1e-3, -1e-6, 1e-6, 1e-3)
"""Not at the zero, where doubles have no digit of what is beside it."""


def bends(node: Node) -> list[tuple[Node, Beside]]:
    """The nodes at whose zeros a formula has a corner, a jump, an end or a peak; only those that a name moves."""
    found: list[tuple[Node, Beside]] = []
    for each in walk(node):
        row = FUNCTIONS.get(each.function) if isinstance(each, Call) else None
        if row is not None and row.bends is not None:
            found += [(place, CORNER) for place in row.bends(each.arguments)]  # type: ignore[union-attr]
        found += [(place, PEAK) for place in _peaks(each)]
    return [(place, beside) for place, beside in found if named(place)][:MOST]


def _peaks(node: Node) -> Iterator[Node]:
    """Where a peak may be that is over within a short way: exp(-(x-3.7)^2*1000), 1/cosh(1000*(x-3.7))."""
    match node:
        case Call(function="cosh" | "sech" | "sigmoid", arguments=(argument,)):
            yield argument
        case Binary(operator="**", left=Call(function="tanh", arguments=(argument,)), right=Number()):
            yield argument
        case Call(function="exp", arguments=(exponent,)) | Binary(operator="**", right=exponent):
            for each in walk(exponent):
                match each:
                    case Binary(operator="**", left=base, right=Number(value=power)) if power % 2 == 0:
                        yield base


def places(nodes: Iterable[tuple[Node, Beside]], points: Points) -> dict[str, Floats] | None:
    """The points at and beside the zeros of nodes, or None where there are none."""
    found: list[dict[str, Floats]] = []
    bases = [place for place in BASES if place < points.count] or [0]
    with np.errstate(all="ignore"):
        for node, beside in nodes:
            for name in sorted(named(node) & set(points.columns)):
                domain = points.domain(name)
                line = domain.line
                if not domain.values and len(line) > 1:
                    found += _along(node, name, line, points, bases, beside)
    if not found:
        return None
    return {name: np.concatenate([columns[name] for columns in found]) for name in points.columns}


def _along(
    node: Node, name: str, line: Floats, points: Points, bases: list[int], beside: Beside
) -> list[dict[str, Floats]]:
    """The zeros of a node along one name, from several points, and what is beside them."""
    rows = np.repeat(bases, len(line))
    values = _values(node, name, np.tile(line, len(bases)), points, rows)
    if values is None:
        return []
    table = values.reshape(len(bases), len(line))
    below, above = table[:, :-1], table[:, 1:]
    base, place = np.nonzero(np.isfinite(below) & np.isfinite(above) & ((below < 0) != (above < 0)))
    base, place = base[:CROSSINGS], place[:CROSSINGS]
    if not len(base):
        return []
    rows, low, high, start = np.asarray(bases)[base], line[place], line[place + 1], below[base, place] < 0
    for _ in range(_ROUNDS):
        middle = (low + high) / 2
        found = _values(node, name, middle, points, rows)
        assert found is not None
        same = (found < 0) == start
        low, high = np.where(same, middle, low), np.where(same, high, middle)
    zeros = np.concatenate([low, high, high + np.abs(high - low), np.rint(high)])
    width = np.maximum(np.abs(zeros), 1e-3)
    moved = np.concatenate([zeros + share * width for share in beside])
    owner = np.tile(rows, 4 * len(beside))
    domain = points.domain(name)
    moved = np.rint(moved) if domain.whole else moved
    kept = domain.holds(moved)
    return [{other: moved[kept] if other == name else column[owner[kept]] for other, column in points.columns.items()}]


def _values(node: Node, name: str, line: Floats, points: Points, rows: NDArray[np.int64]) -> Floats | None:
    columns = {
        other: Column(line if other == name else column[rows]) for other, column in points.columns.items()
    }
    try:
        values = Evaluator(columns).number(node)
    except ExpressionError:
        return None
    if values.dtype.kind != "f":
        return None
    return np.asarray(np.broadcast_to(values, line.shape), dtype=np.float64)
