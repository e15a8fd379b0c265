"""A graph's geometry as SVG paths and labels: areas, axes, lines that differ in black and white too."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from qbank import circuits
from qbank.figures.graph import axes, placing, strokes, telling
from qbank.figures.graph.chart import Chart, Trace
from qbank.figures.graph.clipping import Frame
from qbank.figures.graph.layers import (
    Area,
    Bars,
    Box,
    Curve,
    Histogram,
    Level,
    Line,
    Mark,
    Points,
    Stems,
    Style,
    Upright,
    named,
)
from qbank.figures.graph.spec import Spec
from qbank.model import Drawing, Label, Lang

DASHES: dict[Style, str] = {"solid": "", "dashed": "5 2.6", "dotted": "0.8 2.6", "dashdot": "6 2.4 0.8 2.4"}
TURN: tuple[Style, ...] = ("solid", "dashed", "dotted", "dashdot")
"""The styles of curves that name none, in their order."""
GREYS = {"white": "#fff", "light": "#e4e4e4", "grey": "#c2c2c2", "dark": "#7d7d7d"}
MARGIN = 3.0
APART = 8.0
"""Points between two graphs, one below the other."""


def drawn(spec: Spec, charts: Sequence[Chart], lang: Lang) -> Drawing:
    """The whole drawing: everything moved so that its left top corner is the origin."""
    panels = [_panel(chart, lang, last=chart is charts[-1]) for chart in charts]
    paths, labels, boxes = [], [], []
    foot = panels[0].box[1]
    for panel in panels:
        down = round(foot - panel.box[1], 2)
        foot += panel.box[3] - panel.box[1] + APART
        paths.append(f'<g transform="translate(0 {down:g})">{panel.paths}</g>' if down else panel.paths)
        labels += [axes.shifted(label, 0, down) for label in panel.labels]
        boxes.append((panel.box[0], panel.box[1] + down, panel.box[2], panel.box[3] + down))
    left, top, right, bottom = circuits.around(boxes)
    left, top, right, bottom = left - MARGIN, top - MARGIN, right + MARGIN, bottom + MARGIN
    width, height = round(right - left, 2), round(bottom - top, 2)
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width:g}pt" height="{height:g}pt" '
        f'viewBox="{left:.2f} {top:.2f} {width:g} {height:g}"><g fill="none" stroke="#000" stroke-linejoin="round">'
        f"{''.join(paths)}</g></svg>"
    )
    moved = tuple(axes.shifted(label, -left, -top) for label in labels)
    return Drawing(width, height, svg, moved, spec.alt or telling.told(charts))


@dataclass(frozen=True, slots=True)
class Panel:
    """One graph, its left top corner of the frame the origin."""

    paths: str
    labels: tuple[Label, ...]
    box: Frame


def _panel(chart: Chart, lang: Lang, *, last: bool) -> Panel:
    lines = axes.axes(chart, lang, last=last)
    within = tuple(map(circuits.extent, lines.labels))
    drops = _drops(chart)
    labels, patches = _labels(chart, lang, (*lines.lines, *drops), within)
    paths = (
        *_areas(chart, under=True), *lines.grid, *_areas(chart, under=False), *_patches(chart, within), *patches,
        *lines.over, *([strokes.straight(drops, ' stroke-width="0.6" stroke-dasharray="2.5 2"')] if drops else []),
        *_traces(chart),
    )  # fmt: skip
    texts = (*lines.labels, *labels)
    return Panel("".join(paths), texts, circuits.around([lines.box, *map(circuits.extent, texts)]))


def _areas(chart: Chart, *, under: bool) -> list[str]:
    """The filled outlines: areas lie under the grid, bars and boxes over it."""
    found = []
    for trace in chart.traces:
        layer = trace.layer
        if isinstance(layer, Area | Bars | Histogram | Box) and isinstance(layer, Area) == under:
            line = ' stroke="none"' if isinstance(layer, Area) else ' stroke-width="0.8"'
            found += [strokes.path(points, f' fill="{GREYS[layer.fill]}"{line}', closed=True)
                      for points in trace.outlines if len(points) > 2]  # fmt: skip
    return found


def _styles(traces: Sequence[Trace]) -> list[Style]:
    """The style of each layer: its own; curves and lines that name none take turns."""
    turn = 0
    found: list[Style] = []
    for trace in traces:
        layer = trace.layer
        if layer.style is not None:
            found.append(layer.style)
        elif isinstance(layer, Curve | Line):
            found.append(TURN[turn % len(TURN)])
            turn += 1
        else:
            found.append("dashed" if isinstance(layer, Level | Upright) else "solid")
    return found


def _traces(chart: Chart) -> list[str]:
    found = []
    for trace, style in zip(chart.traces, _styles(chart.traces), strict=True):
        layer = trace.layer
        arrow = layer.arrow if isinstance(layer, Curve | Line) else None
        thin = isinstance(layer, Level | Upright) or arrow == "ends"
        width = 0.8 if thin else 1.0 if isinstance(layer, Box | Stems) else 1.3
        dashes = f' stroke-dasharray="{DASHES[style]}"' if DASHES[style] else ""
        ends = ' stroke-linecap="round"' if style in ("solid", "dotted") else ""
        for line in trace.lines:
            found.append(strokes.path(strokes.shaft(line, arrow), f' stroke-width="{width}"{dashes}{ends}'))
        if arrow:
            found.append(strokes.heads(
                head for line in trace.lines for head in strokes.arrows(line, arrow, bent=isinstance(layer, Line))
            ))  # fmt: skip
        mark: Mark | None = (
            layer.mark if isinstance(layer, Points | Line) else "dot" if isinstance(layer, Stems) else None
        )
        if mark is not None:
            found += [strokes.mark(point, mark) for point in trace.marks]
    return found


def _drops(chart: Chart) -> tuple[axes.Ends, ...]:
    """The dashes from points to the axes."""
    x0, y0 = chart.origin
    found: list[axes.Ends] = []
    for trace in chart.traces:
        if isinstance(trace.layer, Points):
            for x, y in trace.marks:
                found += [(x, y, x, y0)] if trace.layer.drop in ("both", "x") and y != y0 else []
                found += [(x0, y, x, y)] if trace.layer.drop in ("both", "y") and x != x0 else []
    return tuple(found)


def _labels(
    chart: Chart, lang: Lang, lines: Sequence[axes.Ends], taken: Sequence[Frame]
) -> tuple[list[Label], list[str]]:
    """The labels of the layers, each beside its own on no ink, and the white patches beneath them."""
    inlines = [named(trace.layer, lang) for trace in chart.traces]
    blanks = [Label(0, 0, "left", "top", each, axes.SIZE) if each else None for each in inlines]
    sizes = []
    for blank in blanks:
        box = circuits.extent(blank) if blank else None
        sizes.append((box[2] - box[0], box[3] - box[1]) if box else None)
    boxes = placing.placed(chart.traces, sizes, chart.frame, lines, taken)
    labels = [
        replace(blank, x=(box[0] + box[2]) / 2, y=(box[1] + box[3]) / 2, halign="center", valign="middle")
        for blank, box in zip(blanks, boxes, strict=True) if blank and box
    ]  # fmt: skip
    bare = [box for trace, box in zip(chart.traces, boxes, strict=True) if box and not trace.outlines]
    return labels, _patches(chart, bare)


def _patches(chart: Chart, boxes: Sequence[Frame]) -> list[str]:
    """White beneath the labels that lie within the frame, where there is a grid."""
    left, top, right, bottom = chart.frame
    if chart.panel.lines == "none":
        return []
    return [
        strokes.path(((a, b), (c, b), (c, d), (a, d)), ' fill="#fff" stroke="none"', closed=True)
        for a, b, c, d in boxes if left <= a and c <= right and top <= b and d <= bottom
    ]  # fmt: skip
