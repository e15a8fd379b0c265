"""Values read off the lines of a drawn graph, in points, by the numbers that are printed at its axes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from qbank import messages, units
from qbank.figures.graph import Chart, Trace, named
from qbank.figures.graph.layers import Box
from qbank.figures.graph.scales import Scale
from qbank.figures.graph.spec import Axis
from qbank.model import Floats

NEEDS: Mapping[str, tuple[set[str], ...]] = {
    "y": ({"at"},), "x": ({"where"},), "max": (set(), {"between"}), "min": (set(), {"between"}),
    "argmax": (set(), {"between"}), "argmin": (set(), {"between"}), "slope": ({"at"}, {"between"}),
    "area": ({"between"},), "mean": ({"between"},), "period": (set(),),
    "low": (set(),), "first": (set(),), "median": (set(),), "third": (set(),), "high": (set(),),
}  # fmt: skip
"""What may be read, and which places each needs: one of these sets."""
LEVELS = ("low", "first", "median", "third", "high")
NEAR = 1.0
"""Points by which a mark may lie beside the place where it is read."""
CHORD = 6.0
"""Half the length of the chord whose slope is that of the curve, in points."""


@dataclass(frozen=True, slots=True)
class Ruler:
    """An axis as its printed numbers make it: points on the page to values, in SI units."""

    points: Floats
    values: Floats
    log: bool

    def value(self, at: Floats) -> Floats:
        """The values at points of the page, on the straight line through the outermost numbers."""
        (a, b), (low, high) = self.points, np.log(self.values) if self.log else self.values
        found = low + (high - low) * (at - a) / (b - a)
        return np.asarray(np.exp(found) if self.log else found)

    def point(self, value: float) -> float:
        """The point at which a value is."""
        (a, b), (low, high) = self.points, np.log(self.values) if self.log else self.values
        with np.errstate(all="ignore"):
            level = np.log(value) if self.log else value
        return float(a + (b - a) * (level - low) / (high - low))


def ruler(axis: Axis, scale: Scale, which: str) -> Ruler:
    """The ruler along an axis. Raises ValueError for an axis without two numbers to read by."""
    if axis.words:  # 1, 2, 3, … under their words
        ends = (scale.ticks[0], 1.0), (scale.ticks[-1], float(len(scale.ticks)))
        if len(scale.ticks) < 2:
            raise ValueError(messages.tell("{axis}: an axis needs at least two words to be read", axis=which))
        return Ruler(np.array([tick.at for tick, _ in ends]), np.array([value for _, value in ends]), False)
    if not axis.numbers or len(scale.ticks) < 2:
        raise ValueError(messages.tell("{axis}: an axis needs at least two numbers to be read", axis=which))
    unit = units.read(axis.unit) if axis.unit else None
    first, last = scale.ticks[0], scale.ticks[-1]
    values = np.array([_printed(first.text), _printed(last.text)]) * 10.0**scale.power
    if unit:
        values = values * unit.factor + unit.offset
    return Ruler(np.array([first.at, last.at]), values, scale.log)


def _printed(text: str) -> float:
    """The number that a reader takes from the axis."""
    mantissa, power, exponent = text.replace("−", "-").partition("10^")
    if not power:
        return float(mantissa)
    return float(f"{mantissa.removesuffix('·') or 1}e{exponent}")


def read(charts: Sequence[Chart], kind: str, layer: str, places: Sequence[float], nth: int | None) -> float:
    """One value off the layer of that name. Raises ValueError where it cannot be told, or more than one can."""
    chart = named(charts, layer)
    trace = next(trace for trace in chart.traces if trace.layer.name == layer)
    y = ruler(chart.panel.y, chart.y, "y")
    if kind in LEVELS:  # its place along the x axis does not matter
        if not isinstance(trace.layer, Box) or len(trace.lines) < len(LEVELS):
            raise ValueError(messages.tell("{layer} is not a box plot inside the frame", layer=layer))
        return float(y.value(np.array([trace.lines[LEVELS.index(kind)][0][1]]))[0])
    x = ruler(chart.panel.x, chart.x, "x")
    across, down = _line(trace, layer)
    match kind:
        case "y":
            return _one(y.value(np.array(_heights(trace, across, down, x.point(places[0])))), "at", places[0])
        case "x":
            found = x.value(np.array(_crossings(down, across, y.point(places[0]))))
            if nth is not None:
                if nth > len(found):
                    raise ValueError(messages.tell(
                        "{layer} has the value {value:g} at {count} places, but nth: is {nth}",
                        layer=layer, value=places[0], count=len(found), nth=nth,
                    ))  # fmt: skip
                return float(found[nth - 1])
            return _one(found, "where", places[0])
        case "slope":
            ends = [x.point(place) for place in places]
            if len(ends) == 1:
                ends = [max(ends[0] - CHORD, float(np.nanmin(across))), min(ends[0] + CHORD, float(np.nanmax(across)))]
            heights = [_one(y.value(np.array(_heights(trace, across, down, end))), "slope", places[0]) for end in ends]
            a, b = x.value(np.array(ends))
            return (heights[1] - heights[0]) / float(b - a)
        case "period":
            middle = (np.nanmin(down) + np.nanmax(down)) / 2
            rises = x.value(np.array(_crossings(down, across, float(middle), rising=True)))
            if len(rises) < 2:
                raise ValueError(messages.tell("{layer} rises through its middle less than twice", layer=layer))
            return float(rises[-1] - rises[0]) / (len(rises) - 1)
    if places:
        across, down = _between(across, down, x.point(places[0]), x.point(places[1]))
    values, along = y.value(down), x.value(across)
    kept = np.isfinite(values) & np.isfinite(along)
    values, along = values[kept], along[kept]
    match kind:
        case "max" | "min":
            return float(np.max(values) if kind == "max" else np.min(values))
        case "argmax" | "argmin":
            best = np.max(values) if kind == "argmax" else np.min(values)
            level = float(np.ptp(values)) * 1e-9
            return float(np.mean(along[np.abs(values - best) <= level]))
        case "area":
            return float(np.trapezoid(values, along))
        case _:
            return float(np.trapezoid(values, along)) / (places[1] - places[0])


def _line(trace: Trace, layer: str) -> tuple[Floats, Floats]:
    """The lines, the outlines or the marks of a layer as one run, broken where nothing joins its pieces."""
    pieces = trace.lines or tuple((*outline, outline[0]) for outline in trace.outlines if outline)
    if trace.marks and not trace.lines:
        pieces = tuple((mark,) for mark in trace.marks)
    if not pieces:
        raise ValueError(messages.tell("no part of {layer} lies inside the frame", layer=layer))
    broken = [np.vstack([np.array(piece), [[np.nan, np.nan]]]) for piece in pieces]
    run = np.vstack(broken)[:-1]
    return run[:, 0], run[:, 1]


def _heights(trace: Trace, across: Floats, down: Floats, at: float) -> list[float]:
    """The points down the page at which a layer is met above one place: of a bar its free end, of marks the mark."""
    if trace.marks:
        near = min(trace.marks, key=lambda mark: abs(mark[0] - at))
        return [near[1]] if abs(near[0] - at) <= NEAR else []
    if trace.outlines and not trace.lines:
        bars = [outline for outline in trace.outlines if outline and outline[0][0] < at < outline[-1][0]]
        return [outline[1][1] for outline in bars]
    return _crossings(across, down, at)


def _crossings(moving: Floats, other: Floats, level: float, *, rising: bool = False) -> list[float]:
    """Where a run meets a level of one of its coordinates, by the other coordinate, from left to right.

    With `rising`, only where it goes up the page.
    """
    a, b, c, d = moving[:-1], moving[1:], other[:-1], other[1:]
    with np.errstate(all="ignore"):
        met = (np.minimum(a, b) <= level + 1e-9) & (np.maximum(a, b) >= level - 1e-9)
        met &= a > b if rising else True
        share = np.where(a == b, 0.0, np.clip((level - a) / (b - a), 0, 1))
        found = np.sort((c + (d - c) * share)[met])
    apart = np.concatenate([[True], np.diff(found) > 0.05]) if len(found) else np.zeros(0, bool)
    return [float(each) for each in found[apart]]


def _between(across: Floats, down: Floats, left: float, right: float) -> tuple[Floats, Floats]:
    """The part of a run between two places, with points at both."""
    found = []
    for at in (left, right):
        heights = _crossings(across, down, at)
        if not heights:
            raise ValueError(messages.tell("the layer does not reach both places of between:"))
        found.append(heights[0])
    inside = (across > left) & (across < right)
    return (
        np.concatenate([[left], across[inside], [right]]), np.concatenate([[found[0]], down[inside], [found[1]]])
    )  # fmt: skip


def _one(found: Floats, which: Literal["at", "where", "slope"], place: float) -> float:
    if len(found) == 1:
        return float(found[0])
    match which, len(found) > 1:
        case "at", False:
            raise ValueError(messages.tell("no value can be read at {place:g}", place=place))
        case "at", True:
            raise ValueError(messages.tell("more than one value can be read at {place:g}", place=place))
        case "where", False:
            raise ValueError(messages.tell("the value {value:g} can be read nowhere", value=place))
        case "where", True:
            raise ValueError(messages.tell(
                "the value {value:g} can be read at more than one place; choose one with nth:",
                value=place,
            ))  # fmt: skip
        case _:
            raise ValueError(messages.tell("the slope cannot be read: there is not exactly one value at its ends"))
