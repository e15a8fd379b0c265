"""The axes of a graph: a frame or two arrows, with grid, numbers, ticks of the author's own and titles."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal, TypeAlias

import numpy as np

from qbank import algebra, circuits, markup, units
from qbank.figures.graph import placing, strokes
from qbank.figures.graph.chart import NUMBER, Chart
from qbank.figures.graph.clipping import Frame, Point
from qbank.figures.graph.scales import Scale, Tick
from qbank.figures.graph.spec import Axis
from qbank.model import Inline, Label, Lang, Maths, Text

SIZE = 9.0
"""The size of titles and labels, in points."""
BEYOND = 11.0
"""Points by which an axis with an arrow goes on behind its range."""
Ends: TypeAlias = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Drawn:
    """What is drawn of both axes: under and over the layers, the labels, and the room that the lines take."""

    grid: tuple[str, ...]
    over: tuple[str, ...]
    labels: tuple[Label, ...]
    box: Frame
    lines: tuple[Ends, ...]
    """The lines on which no label of a layer may be."""


def axes(chart: Chart, lang: Lang, *, last: bool) -> Drawn:
    """Both axes; a frame that is not the last has its numbers and the title of x in the one below."""
    if chart.panel.axes == "frame":
        return _framed(chart, lang, last=last)
    return _arrows(chart, lang)


def title(axis: Axis, scale: Scale, lang: Lang) -> tuple[Inline, ...]:
    """The quantity, the power of ten of its numbers, and its unit: u / mV."""
    named = axis.title[lang] if axis.title else f"${algebra.default_symbol(axis.name)}$" if axis.name else ""
    found: list[Inline] = [*markup.line(named)] if named else []
    if scale.power and axis.numbers:
        found += [Text(" / " if found else ""), Maths((f"10^{{{scale.power}}}",))]
        if axis.unit:
            found += [Text(" "), Text(units.text(axis.unit))]
    elif axis.unit:
        found += [Text(" / " if found else ""), Text(units.text(axis.unit))]
    return tuple(found)


def _framed(chart: Chart, lang: Lang, *, last: bool) -> Drawn:
    left, top, right, bottom = chart.frame
    across, up = _texts(chart.panel.x, chart.x), _texts(chart.panel.y, chart.y)
    labels = [Label(at, bottom + 3, "center", "top", text, NUMBER) for at, text in across if last]
    labels += [Label(left - 4, at, "right", "middle", text, NUMBER) for at, text in up]
    name, height = title(chart.panel.x, chart.x, lang), title(chart.panel.y, chart.y, lang)
    if name and last:
        down = 5 + (1.25 * NUMBER if across else 0)
        labels.append(Label((left + right) / 2, bottom + down, "center", "top", name, SIZE))
    if height:
        labels.append(Label(left, top - 4, "left", "bottom", height, SIZE))
    zeros = _zeros(chart)
    corners = (left, top), (right, top), (right, bottom), (left, bottom)
    over = [*_zero_lines(zeros), strokes.path(corners, ' stroke-width="0.8"', closed=True)]
    ticks = [*((x, bottom, x, bottom - 3) for x in _ticks(chart.panel.x, chart.x)),
             *((left, y, left + 3, y) for y in _ticks(chart.panel.y, chart.y))]  # fmt: skip
    return Drawn(_grid(chart, ticks), tuple(over), tuple(labels), chart.frame, zeros)


def _arrows(chart: Chart, lang: Lang) -> Drawn:
    """Two arrows through the origin; every number at the side of its axis on which nothing is drawn."""
    left, top, right, bottom = chart.frame
    x0, y0 = chart.origin
    ends = (left, y0, right + BEYOND, y0), (x0, bottom, x0, top - BEYOND)
    ticks = [*((x, y0, x, y0 - 3) for x in _ticks(chart.panel.x, chart.x) if abs(x - x0) > 1),
             *((x0, y, x0 + 3, y) for y in _ticks(chart.panel.y, chart.y) if abs(y - y0) > 1)]  # fmt: skip
    heads = strokes.heads(((a, b), (c, d)) for a, b, c, d in ends)
    over = (strokes.straight([*((a, b, c - 4 * (b == d), d + 4 * (a == c)) for a, b, c, d in ends), *ticks],
                             ' stroke-width="0.8"'), heads)  # fmt: skip
    labels: list[Label] = []
    name, height = title(chart.panel.x, chart.x, lang), title(chart.panel.y, chart.y, lang)
    if name:
        labels.append(Label(right + BEYOND + 3, y0, "left", "middle", name, SIZE))
    if height:
        labels.append(Label(x0 + 6, top - BEYOND + 2, "left", "middle", height, SIZE))
    zeros = all(not scale.log and scale.low <= 0 <= scale.high for scale in (chart.x, chart.y))
    if zeros:
        labels.append(Label(x0 - 3, y0 + 2, "right", "top", (Maths(("O",)),), NUMBER))
    ink = placing.sums([placing.ink(trace, chart.frame) for trace in chart.traces], ends, chart.frame)
    taken = [circuits.extent(label) for label in labels]
    for sides, texts in ((_across, _texts(chart.panel.x, chart.x)), (_upright, _texts(chart.panel.y, chart.y))):
        for at, text in texts:
            if zeros and abs(at - (x0 if sides is _across else y0)) <= 1:
                continue
            tried = list(sides(at, (x0, y0), text))
            boxes = np.array([circuits.extent(label) for label in tried])
            place = int(placing.first(ink, boxes, taken))
            labels.append(tried[place])
            taken.append(circuits.extent(tried[place]))
    box = left, top - BEYOND, right + BEYOND, bottom
    return Drawn(_grid(chart, []), over, tuple(labels), box, ends)


def _across(at: float, origin: Point, text: tuple[Inline, ...]) -> Iterator[Label]:
    """The places for a number of the x axis: below and above it, then to the sides of its tick."""
    y = origin[1]
    halign: Literal["left", "center", "right"]
    valign: Literal["top", "bottom"]
    for halign, move in (("center", 0.0), ("right", -3.0), ("left", 3.0)):
        for valign, fall in (("top", 3.0), ("bottom", -3.0)):
            yield Label(at + move, y + fall, halign, valign, text, NUMBER)


def _upright(at: float, origin: Point, text: tuple[Inline, ...]) -> Iterator[Label]:
    """The places for a number of the y axis: to the left and right of it, then above and below its tick."""
    x = origin[0]
    halign: Literal["left", "right"]
    valign: Literal["top", "middle", "bottom"]
    for valign, fall in (("middle", 0.0), ("bottom", -2.5), ("top", 2.5)):
        for halign, move in (("right", -4.0), ("left", 5.0)):
            yield Label(x + move, at + fall, halign, valign, text, NUMBER)


def _texts(axis: Axis, scale: Scale) -> list[tuple[float, tuple[Inline, ...]]]:
    """What is printed along an axis: the author's ticks, and the numbers that have room beside them."""
    own = [(tick.at, _own(tick)) for tick in scale.named]
    if not (axis.numbers or axis.words):
        return own
    upright = scale.end < scale.start
    found = []
    for tick in scale.ticks:
        text = _number(tick)
        if all(abs(tick.at - at) > _room((text, other), upright=upright) for at, other in own):
            found.append((tick.at, text))
    return [*found, *own]


def _room(texts: Sequence[tuple[Inline, ...]], *, upright: bool) -> float:
    """The least distance of two numbers along their axis."""
    boxes = [circuits.extent(Label(0, 0, "left", "top", text, NUMBER)) for text in texts]
    return 0.9 * NUMBER if upright else sum(box[2] for box in boxes) / 2 + 2


def _own(tick: Tick) -> tuple[Inline, ...]:
    return markup.line(tick.text)


def _number(tick: Tick) -> tuple[Inline, ...]:
    text, power, exponent = tick.text.partition("10^")
    if not power:
        return (Text(text),)
    front = text.replace("·", r" \times ")
    return (Maths((f"{front}10^{{{exponent}}}",)),)


def _ticks(axis: Axis, scale: Scale) -> list[float]:
    """Where an axis has a short stroke."""
    numbers = [tick.at for tick in scale.ticks] if axis.numbers and not axis.words else []
    return [*numbers, *(tick.at for tick in scale.named)]


def _grid(chart: Chart, ticks: Sequence[Ends]) -> tuple[str, ...]:
    """The lines of the grid, one path for the fine ones and one for those at the numbers; the strokes of the ticks."""
    left, top, right, bottom = chart.frame

    def lines(across: Sequence[float], down: Sequence[float]) -> list[Ends]:
        return [*((x, top, x, bottom) for x in across), *((left, y, right, y) for y in down)]

    at = [[tick.at for tick in scale.ticks] if axis.numbers and not axis.words else []
          for axis, scale in ((chart.panel.x, chart.x), (chart.panel.y, chart.y))]  # fmt: skip
    fine = lines(chart.x.squares, chart.y.squares)
    coarse = lines(*at) if chart.panel.lines != "none" else []
    looks = ' stroke="#c0c0c0" stroke-width="0.35"', ' stroke="#999" stroke-width="0.5"', ' stroke-width="0.7"'
    return tuple(
        strokes.straight(ends, look) for ends, look in zip((fine, coarse, ticks), looks, strict=True) if ends
    )


def _zeros(chart: Chart) -> tuple[Ends, ...]:
    """The lines of the zeros that lie within the frame."""
    left, top, right, bottom = chart.frame
    ends: list[Ends] = []
    if not chart.x.log and chart.x.low < 0 < chart.x.high:
        at = chart.x.zero(left)
        ends.append((at, top, at, bottom))
    if not chart.y.log and chart.y.low < 0 < chart.y.high:
        at = chart.y.zero(bottom)
        ends.append((left, at, right, at))
    return tuple(ends)


def _zero_lines(zeros: Sequence[Ends]) -> list[str]:
    return [strokes.straight(zeros, ' stroke-width="0.7"')] if zeros else []


def shifted(label: Label, x: float, y: float) -> Label:
    """A label moved, to a hundredth."""
    return replace(label, x=round(label.x + x, 2), y=round(label.y + y, 2))
