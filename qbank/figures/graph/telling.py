"""What a graph shows in words, for those who cannot see it: both axes, and every layer by its label; no values."""

from __future__ import annotations

from collections.abc import Sequence

from qbank import markup
from qbank.figures.graph.axes import title
from qbank.figures.graph.chart import Chart
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
    Upright,
    Words,
    named,
)
from qbank.figures.graph.scales import Scale
from qbank.figures.graph.spec import Axis
from qbank.model import Bilingual, Lang

KINDS: dict[type[Layer], Bilingual] = {
    Curve: Bilingual(zh="曲线", en="a curve"), Line: Bilingual(zh="折线", en="a broken line"),
    Points: Bilingual(zh="点", en="points"), Stems: Bilingual(zh="竖线", en="stems"),
    Bars: Bilingual(zh="条形", en="bars"), Histogram: Bilingual(zh="直方图", en="a histogram"),
    Box: Bilingual(zh="箱线图", en="a box plot"), Area: Bilingual(zh="阴影", en="a shaded area"),
    Level: Bilingual(zh="水平线", en="a level line"), Upright: Bilingual(zh="竖直线", en="an upright line"),
}  # fmt: skip
SIGNAL = Bilingual(zh="阶梯波形", en="a signal of steps")


def told(charts: Sequence[Chart]) -> Bilingual:
    """The description of a graph and of those below it."""
    return Bilingual(zh=_told(charts, "zh"), en=_told(charts, "en"))


def _told(charts: Sequence[Chart], lang: Lang) -> str:
    first = charts[0]
    across = _axis(first.panel.x, first.x, lang)
    found = [f"横轴{across}；" if lang == "zh" else f"Horizontal axis{across}; "]
    for chart in charts:
        up = _axis(chart.panel.y, chart.y, lang)
        shown = []
        for layer in chart.panel.graph:
            if not isinstance(layer, Words):
                label = markup.plain_line(named(layer, lang))
                shown.append(KINDS.get(type(layer), SIGNAL)[lang] + (f" {label}" if label else ""))
        if lang == "zh":
            found.append(f"{'' if chart is first else '下方一图'}纵轴{up}；图中有{'、'.join(shown) or '文字'}。")
        else:
            found.append(f"{'' if chart is first else ' Below it: '}vertical axis{up}; the graph shows "
                         f"{', '.join(shown) or 'words'}.")  # fmt: skip
    return "".join(found)


def _axis(axis: Axis, scale: Scale, lang: Lang) -> str:
    name = markup.plain_line(title(axis, scale, lang)).strip()
    own = [
        markup.plain_line(markup.line(place.text[lang])) if place.text else tick.text
        for place, tick in zip(axis.ticks, scale.named, strict=True)
    ]
    texts = [tick.text for tick in scale.ticks]
    if texts and (axis.numbers or axis.words):
        reach = f"{texts[0]} 至 {texts[-1]}" if lang == "zh" else f"from {texts[0]} to {texts[-1]}"
    else:
        reach = "" if name or own else "无刻度" if lang == "zh" else "without numbers"
    if own:
        reach += ("，" if reach else "") + f"标有 {'、'.join(own)}" if lang == "zh" else (
            (", " if reach else "") + f"marked {', '.join(own)}")  # fmt: skip
    gap = "" if lang == "zh" and (not name or not reach or reach == "无刻度") else " "
    return f" {name}{gap}{reach}".rstrip() if name else f"{gap}{reach}"
