"""What each layer is between the axes, in their own values: lines, areas, marks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np

from qbank import algebra, messages
from qbank.algebra import Expression
from qbank.figures.graph.layers import (
    Area,
    Bars,
    Box,
    Curve,
    Histogram,
    Layer,
    Level,
    Line,
    Points,
    Stems,
    Steps,
    Upright,
    Words,
)
from qbank.figures.graph.spec import Spec
from qbank.model import Column, Floats

SAMPLES = 241
"""The points of a curve: about one to a point of the page."""
TURNS = 16
"""How often a jump of a curve is halved to find its place."""
JUMP = 0.05
"""The share of its usual range by which a curve that jumps moves from one sample to the next."""
FAR = 1e4
"""A jump of so many times the usual range of a curve is a pole, and no line joins its ends."""
MOST = 2000
"""The most values of one layer."""
Run: TypeAlias = tuple[Floats, Floats]
Columns: TypeAlias = Mapping[str, Column]


@dataclass(frozen=True, slots=True, eq=False)
class Shape:
    """A layer in the values of the axes: open lines, filled outlines, single points; each as x and y."""

    lines: tuple[Run, ...] = ()
    outlines: tuple[Run, ...] = ()
    points: tuple[Run, ...] = ()
    uprights: tuple[float, ...] = ()
    """Where it runs from the foot of the graph to its head."""
    stands: bool = False
    """Whether it starts at zero."""


def extent(spec: Spec, columns: Columns) -> Floats:
    """The x values of all layers whose place does not come from the axis."""
    found = [np.zeros(0)]
    for layer in spec.graph:
        match layer:
            case Curve() | Area():
                found += [values(end, columns) for end in (layer.low, layer.high) if end is not None]
            case Level():
                pass
            case _:
                shape = of(spec, layer, columns, 0.0, 1.0)
                found += [x for x, _ in (*shape.lines, *shape.outlines, *shape.points)]
                found.append(np.array(shape.uprights))
    return np.concatenate(found)


def of(spec: Spec, layer: Layer, columns: Columns, low: float, high: float) -> Shape:
    """A layer as a shape, on an x axis from `low` to `high`. Raises ValueError for values that do not fit together."""
    match layer:
        case Curve():
            return Shape(lines=(_sampled(spec, layer.curve, *_ends(layer, columns, low, high), columns),))
        case Area():
            ends = _ends(layer, columns, low, high)
            x, y = _sampled(spec, layer.area, *ends, columns)
            foot = _sampled(spec, layer.down, *ends, columns) if layer.down is not None else (x, np.zeros_like(x))
            outline = np.concatenate([x, foot[0][::-1]]), np.concatenate([y, foot[1][::-1]])
            return Shape(outlines=(outline,))
        case Line():
            run = _pair(layer.at, layer.line, columns)
            return Shape(lines=(run,), points=(run,) if layer.mark else ())
        case Steps():
            edges, levels = values(layer.at, columns), values(layer.steps, columns)
            if len(edges) != len(levels) + 1:
                raise ValueError(messages.tell("{steps} steps need {places} places: the beginning of each, and the end",
                                               steps=len(levels), places=len(levels) + 1))  # fmt: skip
            return Shape(lines=((np.repeat(edges, 2)[1:-1], np.repeat(levels, 2)),))
        case Points():
            return Shape(points=(_pair(layer.at, layer.points, columns),))
        case Stems():
            x, y = _pair(layer.at, layer.stems, columns)
            lines = tuple((np.array([a, a]), np.array([0.0, b])) for a, b in zip(x, y, strict=True))
            return Shape(lines, points=((x, y),), stands=True)
        case Bars():
            x, y = _pair(layer.at, layer.bars, columns)
            apart = float(np.min(np.diff(np.sort(x)))) if len(x) > 1 else 1.0
            wide = one(layer.width, columns) if layer.width is not None else 0.6 * apart
            return Shape(outlines=tuple(_bar(a - wide / 2, a + wide / 2, b) for a, b in zip(x, y, strict=True)),
                         stands=True)  # fmt: skip
        case Histogram():
            return _histogram(layer, columns)
        case Box():
            return _box(layer, columns)
        case Level():
            return Shape(lines=((np.array([low, high]), np.repeat(values(layer.level, columns), 2)),))
        case Upright():
            return Shape(uprights=(one(layer.upright, columns),))
        case Words():
            point = values(layer.at, columns)
            if len(point) != 2:
                raise ValueError(messages.tell("a text needs a point: at: [x, y]"))
            return Shape(points=((point[:1], point[1:]),))
        case _:
            raise ValueError(f"nothing draws a {type(layer).__name__}")


def values(expression: Expression, columns: Columns) -> Floats:
    """The finite numbers of an expression on this variant, as a vector. Raises ValueError."""
    found = algebra.evaluate(expression, columns, 1)
    if found.labels or found.values.ndim > 2:
        raise ValueError(messages.tell("{formula} is not a vector of numbers", formula=expression))
    numbers = np.atleast_1d(np.asarray(found.values[0], dtype=np.float64))
    if not np.isfinite(numbers).all():
        raise ValueError(messages.tell("{formula} is not finite", formula=expression))
    if len(numbers) > MOST:
        raise ValueError(messages.tell("{formula} has more than {most} values", formula=expression, most=MOST))
    return numbers


def one(expression: Expression, columns: Columns) -> float:
    """The one number of an expression on this variant. Raises ValueError."""
    found = values(expression, columns)
    if len(found) != 1:
        raise ValueError(messages.tell("{formula} is a vector, but one number is needed", formula=expression))
    return float(found[0])


def _pair(at: Expression | None, of_: Expression, columns: Columns) -> Run:
    y = values(of_, columns)
    x = values(at, columns) if at is not None else np.arange(1.0, len(y) + 1)
    if len(x) != len(y):
        raise ValueError(messages.tell("at: has {count} values, but {formula} has {other}",
                                       count=len(x), formula=of_, other=len(y)))  # fmt: skip
    return x, y


def _ends(layer: Curve | Area, columns: Columns, low: float, high: float) -> tuple[float, float]:
    start = max(low, one(layer.low, columns)) if layer.low is not None else low
    end = min(high, one(layer.high, columns)) if layer.high is not None else high
    if not start < end:
        raise ValueError(messages.tell("the curve from {low:g} to {high:g} lies outside the x axis",
                                       low=start, high=end))  # fmt: skip
    return start, end


def _sampled(spec: Spec, expression: Expression, start: float, end: float, columns: Columns) -> Run:
    """An expression over a range, with every jump at its place; not a number where it has no value."""
    x = np.geomspace(start, end, SAMPLES) if spec.x.scale == "log" else np.linspace(start, end, SAMPLES)

    def at(places: Floats) -> Floats:
        found = algebra.evaluate(expression, {**columns, spec.x.name: Column(places)}, len(places))
        if found.labels or found.values.ndim > 1:
            raise ValueError(messages.tell("{formula} is not one number for each {variable}",
                                           formula=expression, variable=spec.x.name))  # fmt: skip
        return np.asarray(found.values, dtype=np.float64)

    y = at(x)
    with np.errstate(all="ignore"):
        finite = y[np.isfinite(y)]
        tenth = len(finite) // 10
        usual = float(np.ptp(np.partition(finite, (tenth, -1 - tenth))[[tenth, -1 - tenth]])) if len(finite) else 0.0
        steep = np.flatnonzero(np.abs(np.diff(y)) > max(JUMP * usual, np.finfo(float).tiny))
        if not len(steep):
            return x, y
        a, b, ya, yb = x[steep], x[steep + 1], y[steep], y[steep + 1]
        first = np.abs(yb - ya)
        for _ in range(TURNS):
            middle = (a + b) / 2
            ym = at(middle)
            left = np.abs(ym - ya) > np.abs(yb - ym)
            a, b = np.where(left, a, middle), np.where(left, middle, b)
            ya, yb = np.where(left, ya, ym), np.where(left, ym, yb)
        gap = np.abs(yb - ya)
        pole = (gap > 4 * first) | ((gap > FAR * usual) & (usual > 0))  # to infinity, and back from the other side
    between = np.stack([a, (a + b) / 2, b], axis=1)
    levels = np.stack([ya, np.where(pole, np.nan, (ya + yb) / 2), yb], axis=1)
    jumps = gap > first / 4
    return (
        np.insert(x, np.repeat(steep[jumps] + 1, 3), between[jumps].ravel()),
        np.insert(y, np.repeat(steep[jumps] + 1, 3), levels[jumps].ravel()),
    )


def _bar(left: float, right: float, top: float) -> Run:
    return np.array([left, left, right, right]), np.array([0.0, top, top, 0.0])


def _histogram(layer: Histogram, columns: Columns) -> Shape:
    data, edges = values(layer.histogram, columns), values(layer.bins, columns)
    if len(edges) == 1:
        if edges[0] != round(edges[0]) or not 1 <= edges[0] <= 100:
            raise ValueError(messages.tell("bins: {number:g} is not a whole number from 1 to 100", number=edges[0]))
        edges = np.histogram_bin_edges(data, int(edges[0]))
    if (np.diff(edges) <= 0).any():
        raise ValueError(messages.tell("the edges of bins: must increase"))
    if data.min() < edges[0] or data.max() > edges[-1]:
        raise ValueError(messages.tell(
            "the bins from {low:g} to {high:g} do not hold all values, {least:g} to {most:g}",
            low=edges[0], high=edges[-1], least=data.min(), most=data.max(),
        ))  # fmt: skip
    counts = np.histogram(data, edges)[0]
    bars = zip(edges[:-1], edges[1:], counts, strict=True)
    return Shape(outlines=tuple(_bar(a, b, count) for a, b, count in bars), stands=True)


def _box(layer: Box, columns: Columns) -> Shape:
    """Five level lines from the minimum to the maximum, two whiskers, and the box."""
    data, at = values(layer.box, columns), one(layer.at, columns)
    wide = one(layer.width, columns) if layer.width is not None else 0.5
    low, first, middle, third, high = np.quantile(data, [0, 0.25, 0.5, 0.75, 1])
    levels = tuple(
        (np.array([at - half, at + half]), np.array([y, y]))
        for y, half in ((low, wide / 4), (first, wide / 2), (middle, wide / 2), (third, wide / 2), (high, wide / 4))
    )
    whiskers = tuple((np.array([at, at]), np.array(ends)) for ends in ((low, first), (third, high)))
    left, right = at - wide / 2, at + wide / 2
    box = np.array([left, left, right, right]), np.array([first, third, third, first])
    return Shape((*levels, *whiskers), (box,))
