"""A graph's geometry as SVG paths and labels: grid, areas, axes, lines that differ in black and white too."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Literal

from qbank import algebra, circuits, markup, units
from qbank.figures.graph import placing
from qbank.figures.graph.chart import NUMBER, Chart, Trace
from qbank.figures.graph.clipping import Frame, Point
from qbank.figures.graph.scales import Scale, Tick
from qbank.figures.graph.spec import (
    Area,
    Axis,
    Bars,
    Box,
    Curve,
    Histogram,
    Layer,
    Level,
    Line,
    Mark,
    Points,
    Spec,
    Stems,
    Style,
    Upright,
    Words,
)
from qbank.model import Bilingual, Drawing, Inline, Label, Lang, Maths, Text

SIZE = 9.0
"""The size of titles and labels, in points."""
DASHES: dict[Style, str] = {"solid": "", "dashed": "5 2.6", "dotted": "0.8 2.6", "dashdot": "6 2.4 0.8 2.4"}
TURN: tuple[Style, ...] = ("solid", "dashed", "dotted", "dashdot")
"""The styles of curves that name none, in their order."""
GREYS = {"white": "#fff", "light": "#e4e4e4", "grey": "#c2c2c2", "dark": "#7d7d7d"}
MARGIN = 3.0


def drawn(spec: Spec, chart: Chart, lang: Lang) -> Drawing:
    """The whole drawing: everything moved so that its left top corner is the origin."""
    paths = [*_areas(chart, under=True), *_grid(spec, chart), *_areas(chart, under=False)]
    named, patches = _labels(chart, lang)
    paths += [*patches, *_zero(chart), _frame(chart.frame), *_drops(chart), *_traces(chart)]
    labels = [*_numbers(spec, chart), *_titles(spec, chart, lang), *named]
    boxes = [chart.frame, *map(circuits.extent, labels)]
    left, top = min(box[0] for box in boxes) - MARGIN, min(box[1] for box in boxes) - MARGIN
    right, bottom = max(box[2] for box in boxes) + MARGIN, max(box[3] for box in boxes) + MARGIN
    width, height = round(right - left, 2), round(bottom - top, 2)
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width:g}pt" height="{height:g}pt" '
        f'viewBox="{left:.2f} {top:.2f} {width:g} {height:g}"><g fill="none" stroke="#000" stroke-linejoin="round">'
        f"{''.join(paths)}</g></svg>"
    )
    moved = tuple(replace(each, x=round(each.x - left, 2), y=round(each.y - top, 2)) for each in labels)
    return Drawing(width, height, svg, moved, spec.alt or _alt(spec, chart))


def _path(points: Iterable[Point], looks: str = "", *, closed: bool = False) -> str:
    return f'<path d="M{"L".join([f"{x:g} {y:g}" for x, y in points])}{"Z" if closed else ""}"{looks}/>'


def _straight(ends: Iterable[tuple[float, float, float, float]], looks: str) -> str:
    """Many straight lines as one path."""
    return f'<path d="{"".join(f"M{a:g} {b:g}L{c:g} {d:g}" for a, b, c, d in ends)}"{looks}/>'


def _frame(frame: Frame) -> str:
    left, top, right, bottom = frame
    return _path(((left, top), (right, top), (right, bottom), (left, bottom)), ' stroke-width="0.8"', closed=True)


def _grid(spec: Spec, chart: Chart) -> list[str]:
    """The lines of the grid, one path for the fine ones and one for those at the numbers."""
    left, top, right, bottom = chart.frame
    looks = ' stroke="#c0c0c0" stroke-width="0.35"', ' stroke="#999" stroke-width="0.5"'
    found = []
    fine = ((chart.x.squares, chart.y.squares),) if chart.x.squares or chart.y.squares else ()
    at = tuple(tuple(tick.at for tick in scale.ticks) if axis.numbers and not axis.words else ()
               for axis, scale in ((spec.x, chart.x), (spec.y, chart.y)))
    coarse = ((at[0], at[1]),) if spec.grid != "none" else ()
    for (across, down), look in zip((*fine, *coarse), looks[2 - len(fine) - len(coarse) :], strict=True):
        ends = [*((x, top, x, bottom) for x in across), *((left, y, right, y) for y in down)]
        found += [_straight(ends, look)] if ends else []
    ticks = [*((x, bottom, x, bottom - 3) for x in at[0]), *((left, y, left + 3, y) for y in at[1])]
    return [*found, *([_straight(ticks, ' stroke-width="0.7"')] if ticks else [])]


def _zero(chart: Chart) -> list[str]:
    """The lines of the zeros that lie within the frame."""
    left, top, right, bottom = chart.frame
    ends = []
    if not chart.x.log and chart.x.low < 0 < chart.x.high:
        at = chart.x.start + (chart.x.end - chart.x.start) * -chart.x.low / (chart.x.high - chart.x.low)
        ends.append((round(at, 2), top, round(at, 2), bottom))
    if not chart.y.log and chart.y.low < 0 < chart.y.high:
        at = chart.y.start + (chart.y.end - chart.y.start) * -chart.y.low / (chart.y.high - chart.y.low)
        ends.append((left, round(at, 2), right, round(at, 2)))
    return [_straight(ends, ' stroke-width="0.7"')] if ends else []


def _areas(chart: Chart, *, under: bool) -> list[str]:
    """The filled outlines: areas lie under the grid, bars and boxes over it."""
    found = []
    for trace in chart.traces:
        layer = trace.layer
        if isinstance(layer, Area | Bars | Histogram | Box) and isinstance(layer, Area) == under:
            line = ' stroke="none"' if isinstance(layer, Area) else ' stroke-width="0.8"'
            found += [_path(points, f' fill="{GREYS[layer.fill]}"{line}', closed=True)
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
        width = 0.8 if isinstance(layer, Level | Upright) else 1.0 if isinstance(layer, Box | Stems) else 1.3
        dashes = f' stroke-dasharray="{DASHES[style]}"' if DASHES[style] else ""
        ends = ' stroke-linecap="round"' if style in ("solid", "dotted") else ""
        for line in trace.lines:
            found.append(_path(line, f' stroke-width="{width}"{dashes}{ends}'))
        mark: Mark | None = (
            layer.mark if isinstance(layer, Points | Line) else "dot" if isinstance(layer, Stems) else None
        )
        if mark is not None:
            found += [_mark(point, mark) for point in trace.marks]
    return found


def _drops(chart: Chart) -> list[str]:
    """Dashes from a point to both axes."""
    left, _, _, bottom = chart.frame
    ends = [
        end for trace in chart.traces if isinstance(trace.layer, Points) and trace.layer.drop
        for x, y in trace.marks for end in ((x, y, x, bottom), (left, y, x, y))
    ]  # fmt: skip
    return [_straight(ends, ' stroke-width="0.6" stroke-dasharray="2.5 2"')] if ends else []


def _mark(at: Point, mark: Mark) -> str:
    x, y = at
    match mark:
        case "dot" | "ring":
            ring = f"M{x - 2:g} {y:g}a2 2 0 1 0 4 0a2 2 0 1 0 -4 0Z"
            return f'<path d="{ring}" fill="{"#000" if mark == "dot" else "#fff"}" stroke-width="0.9"/>'
        case "square":
            return f'<path d="M{x - 2:g} {y - 2:g}h4v4h-4Z" fill="#fff" stroke-width="0.9"/>'
        case "triangle":
            return f'<path d="M{x:g} {y - 2.6:g}l2.5 4.2h-5Z" fill="#fff" stroke-width="0.9"/>'
        case "cross":
            return f'<path d="M{x - 2.2:g} {y - 2.2:g}l4.4 4.4m-4.4 0l4.4 -4.4" stroke-width="0.9"/>'


def _numbers(spec: Spec, chart: Chart) -> list[Label]:
    left, _, _, bottom = chart.frame
    found = []
    if spec.x.numbers or spec.x.words:
        found += [Label(tick.at, bottom + 3, "center", "top", _number(tick), NUMBER) for tick in chart.x.ticks]
    if spec.y.numbers or spec.y.words:
        found += [Label(left - 4, tick.at, "right", "middle", _number(tick), NUMBER) for tick in chart.y.ticks]
    return found


def _number(tick: Tick) -> tuple[Inline, ...]:
    text, power, exponent = tick.text.partition("10^")
    if not power:
        return (Text(text),)
    front = text.replace("·", r" \times ")
    return (Maths((f"{front}10^{{{exponent}}}",)),)


def _titles(spec: Spec, chart: Chart, lang: Lang) -> list[Label]:
    """The title of the x axis below its numbers, that of the y axis above its upper end."""
    left, top, right, bottom = chart.frame
    found = []
    across, up = _title(spec.x, chart.x, lang), _title(spec.y, chart.y, lang)
    if across:
        down = 5 + (1.25 * NUMBER if spec.x.numbers or spec.x.words else 0)
        found.append(Label((left + right) / 2, bottom + down, "center", "top", across, SIZE))
    if up:
        found.append(Label(left, top - 4, "left", "bottom", up, SIZE))
    return found


def _title(axis: Axis, scale: Scale, lang: Lang) -> tuple[Inline, ...]:
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


def _labels(chart: Chart, lang: Lang) -> tuple[list[Label], list[str]]:
    """The labels of the layers, each beside its own on no ink, and the white patches beneath them."""
    inlines = [_named(trace.layer, lang) for trace in chart.traces]
    blanks = [Label(0, 0, "left", "top", each, SIZE) if each else None for each in inlines]
    sizes = []
    for blank in blanks:
        box = circuits.extent(blank) if blank else None
        sizes.append((box[2] - box[0], box[3] - box[1]) if box else None)
    boxes = placing.placed(chart.traces, sizes, chart.frame)
    labels = [
        replace(blank, x=(box[0] + box[2]) / 2, y=(box[1] + box[3]) / 2, halign="center", valign="middle")
        for blank, box in zip(blanks, boxes, strict=True) if blank and box
    ]  # fmt: skip
    right = chart.frame[2]
    patches = [
        _path(((a, b), (c, b), (c, d), (a, d)), ' fill="#fff" stroke="none"', closed=True)
        for trace, box in zip(chart.traces, boxes, strict=True)
        if box and box[2] <= right and not trace.outlines for a, b, c, d in [box]
    ]  # fmt: skip
    return labels, patches


def _named(layer: Layer, lang: Lang) -> tuple[Inline, ...]:
    text = layer.text if isinstance(layer, Words) else layer.label
    return tuple(markup.line(text[lang])) if text else ()


KINDS: dict[type[Layer], Bilingual] = {
    Curve: Bilingual(zh="曲线", en="a curve"), Line: Bilingual(zh="折线", en="a broken line"),
    Points: Bilingual(zh="点", en="points"), Stems: Bilingual(zh="竖线", en="stems"),
    Bars: Bilingual(zh="条形", en="bars"), Histogram: Bilingual(zh="直方图", en="a histogram"),
    Box: Bilingual(zh="箱线图", en="a box plot"), Area: Bilingual(zh="阴影", en="a shaded area"),
    Level: Bilingual(zh="水平线", en="a level line"), Upright: Bilingual(zh="竖直线", en="an upright line"),
}  # fmt: skip
SIGNAL = Bilingual(zh="阶梯波形", en="a signal of steps")


def _alt(spec: Spec, chart: Chart) -> Bilingual:
    """What a graph shows, for those who cannot see it: both axes, and every layer by its label; no values."""
    both = {}
    lang: Lang
    for lang in ("zh", "en"):
        axes = [_axis(axis, scale, lang) for axis, scale in ((spec.x, chart.x), (spec.y, chart.y))]
        shown = []
        for layer in spec.graph:
            if not isinstance(layer, Words):
                label = markup.plain_line(_named(layer, lang))
                shown.append(KINDS.get(type(layer), SIGNAL)[lang] + (f" {label}" if label else ""))
        both[lang] = (
            f"横轴{axes[0]}；纵轴{axes[1]}；图中有{'、'.join(shown)}。" if lang == "zh"
            else f"Horizontal axis{axes[0]}; vertical axis{axes[1]}; the graph shows {', '.join(shown)}."
        )  # fmt: skip
    return Bilingual(zh=both["zh"], en=both["en"])


def _axis(axis: Axis, scale: Scale, lang: Lang) -> str:
    title = markup.plain_line(_title(axis, scale, lang)).strip()
    ticks = [tick.text for tick in scale.ticks]
    if not ticks or not (axis.numbers or axis.words):
        return f" {title}" if title else ("无刻度" if lang == "zh" else " without numbers")
    reach = f"{ticks[0]} 至 {ticks[-1]}" if lang == "zh" else f"from {ticks[0]} to {ticks[-1]}"
    gap: Literal["", " "] = "" if lang == "zh" and not title else " "
    return f" {title}{gap}{reach}" if title else f"{gap}{reach}"
