"""A graph as geometry: its axes with their numbers, and every layer as lines and outlines in points of the page.

This one geometry is both what is drawn and what a witness reads; no formula is used here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from qbank import messages, units
from qbank.figures._given import Given
from qbank.figures.graph import clipping, scales, shapes
from qbank.figures.graph.clipping import Frame, Point
from qbank.figures.graph.layers import Layer
from qbank.figures.graph.scales import Scale
from qbank.figures.graph.spec import Axis, Spec
from qbank.model import Floats, Lang
from qbank.registry import unknown

NUMBER = 8.0
"""The size of the numbers, in points."""
DIGIT = 0.52
"""The width of a digit, in em."""
EDGE = 1e-9
"""The share of its axis by which a tick may lie outside: the noise of floats."""


@dataclass(frozen=True, slots=True)
class Trace:
    """A layer in points: its lines, its outlines, the places of its marks."""

    layer: Layer
    lines: tuple[tuple[Point, ...], ...]
    outlines: tuple[tuple[Point, ...], ...] = ()
    marks: tuple[Point, ...] = ()


@dataclass(frozen=True, slots=True)
class Chart:
    """All that is drawn; the frame is (left, top, right, bottom), its left top corner the origin of all points."""

    panel: Spec
    frame: Frame
    x: Scale
    y: Scale
    traces: tuple[Trace, ...]

    @property
    def origin(self) -> Point:
        """Where the axes meet: the left bottom corner of a frame; with arrows at zero, or at the nearest end."""
        left, _, _, bottom = self.frame
        if self.panel.axes == "frame":
            return left, bottom
        return self.x.zero(left), self.y.zero(bottom)


def charts(spec: Spec, given: Given) -> tuple[Chart, ...]:
    """The geometry of a graph on one variant, and of those below it.

    Raises ValueError for values with which it cannot be drawn.
    """
    panels, columns = spec.panels, given.columns
    at = np.concatenate([_places(spec.x, given), *(shapes.extent(panel, columns) for panel in panels)])
    low, high = _range(spec.x, given, at, "x", zero=False, whole=False)
    x = _scale(spec.x, given, low, high, 0.0, spec.width, "x", fine=spec.lines == "fine")
    return tuple(_chart(panel, given, x) for panel in panels)


def named(drawn: Sequence[Chart], layer: str) -> Chart:
    """The graph in which a layer has that name. Raises ValueError where none has."""
    known = {trace.layer.name: chart for chart in drawn for trace in chart.traces if trace.layer.name}
    if layer not in known:
        if not known:
            raise ValueError(messages.tell("no layer of the graph has a name:"))
        raise ValueError(messages.tell("the layer {unknown}", unknown=unknown(layer, known)))
    return known[layer]


def _chart(spec: Spec, given: Given, x: Scale) -> Chart:
    frame = (0.0, 0.0, spec.width, spec.height)
    found = [shapes.of(spec, layer, given.columns, x.low, x.high) for layer in spec.graph]
    heights = np.concatenate([
        *(y for shape in found for _, y in (*shape.lines, *shape.outlines, *shape.points)), _places(spec.y, given),
    ])  # fmt: skip
    bottom, top = _range(spec.y, given, heights, "y", zero=any(shape.stands for shape in found), whole=True)
    y = _scale(spec.y, given, bottom, top, spec.height, 0.0, "y", fine=spec.lines == "fine")
    traces = tuple(_trace(layer, shape, x, y, frame) for layer, shape in zip(spec.graph, found, strict=True))
    return Chart(spec, frame, x, y, traces)


def _places(axis: Axis, given: Given) -> Floats:
    """Where the ticks of an axis are that its author placed."""
    return np.array([shapes.one(tick.at, given.columns) for tick in axis.ticks])


def _range(axis: Axis, given: Given, values: Floats, which: str, *, zero: bool, whole: bool) -> tuple[float, float]:
    """The range of an axis: as written, else that of the values, out to round numbers."""
    values = values[np.isfinite(values)]
    low, high = (None if end is None else shapes.one(end, given.columns) for end in (axis.low, axis.high))
    if low is None or high is None:
        if axis.words:
            least, most = 0.4, len(axis.words) + 0.6
        elif not len(values):
            raise ValueError(messages.tell("{axis}: from: and to: are needed, because nothing else gives the range",
                                           axis=which))  # fmt: skip
        elif axis.scale == "log":
            least, most = _decades(values, which)
        elif whole or float(np.min(values)) != float(np.max(values)):
            unit = units.read(axis.unit) if axis.unit else None
            factor, offset = (unit.factor, unit.offset) if unit else (1.0, 0.0)
            own = (values - offset) / factor
            least, most = scales.widened(float(np.min(own)), float(np.max(own)), zero=zero)
            least, most = least * factor + offset, most * factor + offset
        else:
            least, most = float(values[0]) - 1, float(values[0]) + 1
        low, high = least if low is None else low, most if high is None else high
    if not low < high:
        raise ValueError(messages.tell("{axis}: from {low:g} to {high:g} is not a range",
                                       axis=which, low=low, high=high))  # fmt: skip
    return low, high


def _decades(values: Floats, which: str) -> tuple[float, float]:
    if values.min() <= 0:
        raise ValueError(messages.tell("{axis}: a logarithmic axis shows only positive values, not {value:g}",
                                       axis=which, value=values.min()))  # fmt: skip
    return 10.0 ** np.floor(np.log10(values.min())), 10.0 ** np.ceil(np.log10(values.max()))


def _scale(
    axis: Axis, given: Given, low: float, high: float, start: float, end: float, which: str, *, fine: bool
) -> Scale:
    """The scale of an axis, its numbers in the axis's own unit; with `fine`, also the squares between them."""
    lang: Lang = given.lang
    bare = Scale(low, high, start, end, axis.scale == "log")
    if axis.words:
        places = bare.place(np.arange(1.0, len(axis.words) + 1)).tolist()
        ticks = tuple(scales.Tick(at, word[lang]) for at, word in zip(places, axis.words, strict=True))
        return replace(bare, ticks=ticks, named=_named(axis, given, bare, 1.0, 0.0, which))
    unit = units.read(axis.unit) if axis.unit else None
    factor, offset = (unit.factor, unit.offset) if unit else (1.0, 0.0)
    try:
        if axis.scale == "log":
            own = scales.logarithmic(low / factor, high / factor, start, end)
        else:
            step = shapes.one(axis.step, given.columns) / factor if axis.step is not None else None
            own = scales.linear(
                (low - offset) / factor, (high - offset) / factor, start, end, step=step, squares=axis.squares,
                width=_across if which == "x" else _down, numbers=axis.numbers,
            )  # fmt: skip
    except ValueError as error:
        raise ValueError(messages.tell("{place}: {problem}", place=which, problem=error)) from error
    scale = replace(bare, ticks=own.ticks, squares=own.squares if fine else (), power=own.power)
    return replace(scale, named=_named(axis, given, scale, factor, offset, which))


def _named(
    axis: Axis, given: Given, scale: Scale, factor: float, offset: float, which: str
) -> tuple[scales.Tick, ...]:
    """The ticks that the author placed, each with its text in mark-up, or with the number there to four figures."""
    found = []
    for tick, value in zip(axis.ticks, _places(axis, given).tolist(), strict=True):
        room = EDGE * (scale.high - scale.low)
        if not scale.low - room <= value <= scale.high + room:
            raise ValueError(messages.tell("{axis}: the tick at {value:g} lies outside the axis",
                                           axis=which, value=value))  # fmt: skip
        printed = f"{(value - offset) / factor / 10**scale.power:.4g}".replace("-", "−")
        (at,) = scale.place(np.array([value])).tolist()
        found.append(scales.Tick(at, tick.text[given.lang] if tick.text else printed))
    return tuple(found)


def _across(text: str) -> float:
    return max(NUMBER * DIGIT * len(text) + 8, 24.0)


def _down(text: str) -> float:  # noqa: ARG001
    return 2.4 * NUMBER


def _trace(layer: Layer, shape: shapes.Shape, x: Scale, y: Scale, frame: Frame) -> Trace:
    def points(run: shapes.Run) -> tuple[Floats, Floats]:
        return x.place(run[0]), y.place(run[1])

    left, top, right, bottom = frame
    lines = [tuple(piece) for run in shape.lines for piece in clipping.lines(*points(run), frame)]
    lines += [((at, top), (at, bottom)) for at in x.place(np.array(shape.uprights)).tolist() if left <= at <= right]
    outlines = [tuple(clipping.outline(*points(run), frame)) for run in shape.outlines]
    marks = [
        (a, b) for run in shape.points for a, b in zip(*(each.tolist() for each in points(run)), strict=True)
        if left <= a <= right and top <= b <= bottom
    ]  # fmt: skip
    return Trace(layer, tuple(lines), tuple(outlines), tuple(marks))
