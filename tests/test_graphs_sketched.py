"""Waveforms and characteristics as textbooks sketch them: axes with arrows, symbols at them, graphs below another."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from qbank import circuits, figures
from qbank.figures import Given, graph
from qbank.figures.graph import strokes
from qbank.model import Column, Drawing, Maths, Text
from qbank.witnesses import _readings

SKETCHES: dict[str, Any] = yaml.load(
    (Path(__file__).parent / "sketches.yaml").read_text(encoding="utf-8"), yaml.BaseLoader
)
VALUES = {name: Column(np.array([float(value)])) for name, value in SKETCHES.pop("values").items()}


def drawn(name: str, **changes: Any) -> Drawing:
    return figures.draw(figures.read(SKETCHES[name] | changes), Given(columns=VALUES, lang="zh"))


def texts(drawing: Drawing, size: float) -> list[str]:
    return ["".join(inline.tex if isinstance(inline, Maths) else inline.text if isinstance(inline, Text) else "?"
                    for inline in label.inlines) for label in drawing.labels if label.size == size]  # fmt: skip


@pytest.mark.parametrize("name", SKETCHES)
def test_every_sketch_can_be_read(name: str) -> None:
    drawing = drawn(name)

    assert list(circuits.faults(drawing)) == []
    assert min(label.size for label in drawing.labels) >= 7


TICKS = [
    ("clipped", 8, ["O", r"\pi", r"2\pi", "U_{om}", "−10"], "a tick without a text is its number"),
    ("load", 8, ["O", "U_{CEQ}", "V_{CC}", "I_{CQ}", "V_{CC}/R_C"], "symbols alone"),
    ("loaded", 8, ["0", "2", "4", "8", "10", "12", "14", "U_{CEQ}", "0", "1", "3", "4", "5", "I_{CQ}"],
     "a number that has no room beside a symbol is left out"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "size", "expected", "remark"), TICKS, ids=[row[0] for row in TICKS])
def test_ticks_of_the_author_are_printed_at_the_axes(name: str, size: float, expected: list[str], remark: str) -> None:
    assert texts(drawn(name), size) == expected, remark


def test_with_arrows_the_axes_meet_at_zero_or_at_the_nearest_end() -> None:
    def origin(x: tuple[str, str], y: tuple[str, str]) -> tuple[float, float]:
        spec = figures.read({"graph": [{"level": "1"}], "axes": "arrows", "width": "10cm", "height": "5cm",
                             "x": {"from": x[0], "to": x[1]}, "y": {"from": y[0], "to": y[1]}})  # fmt: skip
        assert isinstance(spec, graph.Spec)
        return graph.charts(spec, Given())[0].origin

    assert origin(("-1", "1"), ("-1", "3")) == pytest.approx((141.73, 106.3), abs=0.02)
    assert origin(("-5", "-1"), ("1", "2")) == pytest.approx((283.46, 141.73), abs=0.02)
    assert origin(("0", "1"), ("0", "1")) == pytest.approx((0, 141.73), abs=0.02)


def test_graphs_below_one_another_share_their_x_axis() -> None:
    spec = figures.read(SKETCHES["rectified"])
    assert isinstance(spec, graph.Spec)
    charts = graph.charts(spec, Given(columns=VALUES))
    (crest,), (ripple,) = charts[0].traces[0].lines, charts[1].traces[1].lines

    assert [(chart.x.low, chart.x.high, chart.frame[2]) for chart in charts[1:]] == [
        (charts[0].x.low, charts[0].x.high, charts[0].frame[2])
    ] * 2
    assert min(crest, key=lambda point: point[1])[0] == pytest.approx(min(ripple, key=lambda point: point[1])[0], abs=1)
    drawing = drawn("rectified")
    titles = [label for label in drawing.labels if label.size == 9]
    assert texts(drawing, 9) == ["t", "u_2", "t", "u_o", "t", "i_D"]
    assert [a.y < b.y for a, b in zip(titles[1::2], titles[3::2], strict=False)] == [True, True]


def test_a_value_is_read_off_a_graph_below_another() -> None:
    spec = figures.read({
        "x": {"name": "t", "from": "0", "to": "4"}, "y": {"from": "0", "to": "10"},
        "graph": [{"curve": "t", "name": "a"}],
        "below": [{"y": {"from": "0", "to": "1m", "unit": "mA"}, "graph": [{"curve": "t/4k", "name": "b"}]}],
    })  # fmt: skip
    assert isinstance(spec, graph.Spec)
    charts = graph.charts(spec, Given())

    assert _readings.read(charts, "y", "a", (3.0,), None) == pytest.approx(3, rel=1e-3)
    assert _readings.read(charts, "y", "b", (3.0,), None) == pytest.approx(0.75e-3, rel=1e-3)


def test_a_description_tells_the_symbols_and_the_graphs_below() -> None:
    assert drawn("clipped").alt.zh == "横轴 t 标有 π、2π；纵轴 u_o 标有 U_om、−10；图中有曲线。"
    assert drawn("rectified").alt.en == (
        "Horizontal axis t marked T; vertical axis u_2 marked √2 U_2; the graph shows a curve. "
        "Below it: vertical axis u_o; the graph shows a curve, a curve. "
        "Below it: vertical axis i_D; the graph shows a curve."
    )


ARROWS = [
    (((0.0, 0.0), (40.0, 0.0)), "middle", True, [(23.0, 0.0)], "halfway, the head about the middle"),
    (((0.0, 0.0), (40.0, 0.0), (40.0, 50.0)), "middle", True, [(23.0, 0.0), (40.0, 28.0)], "one in each piece"),
    (((0.0, 0.0), (5.0, 0.0), (5.0, 50.0)), "middle", True, [(5.0, 28.0)], "a short piece has none"),
    (((0.0, 0.0), (5.0, 0.0), (30.0, 0.0)), "middle", False, [(20.5, 0.0)], "a curve has one"),
    (((0.0, 0.0), (40.0, 0.0)), "end", True, [(40.0, 0.0)], ""),
    (((0.0, 0.0), (40.0, 0.0)), "ends", True, [(0.0, 0.0), (40.0, 0.0)], "a dimension"),
    (((1.0, 1.0), (1.0, 1.0)), "end", True, [], "no way, no arrow"),
    (((1.0, 1.0),), "ends", False, [], "nor for a point"),
]


@pytest.mark.parametrize(("line", "where", "bent", "tips", "remark"), ARROWS)
def test_heads_are_where_they_were_asked_for(line: Any, where: Any, bent: bool, tips: Any, remark: str) -> None:
    assert [tip for _, tip in strokes.arrows(line, where, bent=bent)] == tips, remark


POINTS = st.tuples(st.floats(0, 300), st.floats(0, 200))


@given(st.lists(POINTS, max_size=6), st.sampled_from(["middle", "end", "ends"]))
def test_the_heads_of_any_line_are_drawn(line: list[tuple[float, float]], where: Any) -> None:
    for bent in (True, False):
        heads = strokes.heads(strokes.arrows(tuple(line), where, bent=bent))
        assert "nan" not in heads and "inf" not in heads


@pytest.mark.parametrize(("drop", "lines"), [("yes", 2), ("no", 0), ("x", 1), ("y", 1)])
def test_dashes_lead_to_the_axes_that_were_named(drop: str, lines: int) -> None:
    layer = {"points": ["3"], "at": ["2"], "drop": drop}
    svg = figures.draw(figures.read({"graph": [layer], "x": {"from": "0", "to": "4"}, "y": {"from": "0", "to": "4"}}),
                       Given()).svg  # fmt: skip
    dashes = re.findall(r'd="([^"]*)" stroke-width="0.6"', svg)

    assert sum(each.count("M") for each in dashes) == lines


REFUSED: list[tuple[Mapping[str, Any], str]] = [
    ({"axes": "cross"}, "Input should be 'frame' or 'arrows'"),
    ({"graph": [{"line": ["1", "2"], "arrow": "begin"}]}, "Input should be 'middle', 'end' or 'ends'"),
    ({"graph": [{"points": ["1"], "drop": "z"}]}, "Input should be 'none', 'both', 'x' or 'y'"),
    ({"below": [{"graph": []}]}, "below: every graph needs at least one layer"),
    ({"below": [{"graph": [{"level": "1"}], "y": {"name": "u"}}]}, "y: must not have name:; curves are expressions"),
    ({"below": [{"graph": [{"curve": "t"}]}]}, "a curve needs the name of its variable"),
    ({"below": [{"graph": [{"level": "1"}]}] * 6}, "below: may have at most 5 graphs"),
    ({"graph": [{"level": "1", "name": "a"}], "below": [{"graph": [{"level": "1", "name": "a"}]}]},
     "two layers have the name 'a'"),
    ({"x": {"ticks": [{"at": "1", "text": "$\\frac{1}$"}]}}, "the argument of \\frac is missing"),
    ({"x": {"ticks": [{"text": "$U$"}]}}, "Field required"),
]  # fmt: skip


@pytest.mark.parametrize(("changes", "message"), REFUSED, ids=[row[1][:40] for row in REFUSED])
def test_what_is_no_sketch_is_refused(changes: Mapping[str, Any], message: str) -> None:
    with pytest.raises(ValidationError, match=re.escape(message)):
        figures.read({"graph": [{"level": "1"}], **changes})


def test_a_tick_outside_its_axis_is_told() -> None:
    spec = figures.read({"graph": [{"level": "1"}], "x": {"from": "0", "to": "1", "ticks": [{"at": "2"}]}})
    with pytest.raises(ValueError, match=re.escape("x: the tick at 2 lies outside the axis")):
        figures.draw(spec, Given())


def test_the_names_at_the_axes_are_names_of_the_item() -> None:
    spec = figures.read({
        "graph": [{"level": "1"}], "x": {"from": "0", "to": "1", "ticks": [{"at": "a", "text": "{{ b }}"}]},
        "below": [{"graph": [{"level": "c"}], "y": {"ticks": [{"at": "d"}]}}],
    })  # fmt: skip

    assert spec.uses == {"a", "b", "c", "d"}


def test_no_line_runs_through_a_number_of_an_axis() -> None:
    for name in ("hysteresis", "jfet", "load", "crossover"):
        spec = figures.read(SKETCHES[name])
        assert isinstance(spec, graph.Spec)
        (chart, *_), drawing = graph.charts(spec, Given(columns=VALUES)), drawn(name)
        left, top = (float(each) for each in re.findall(r'viewBox="(\S+) (\S+)', drawing.svg)[0])
        boxes = [circuits.extent(label) for label in drawing.labels if label.size == 8]
        for line in (line for trace in chart.traces for line in trace.lines):
            along = np.linspace(0, len(line) - 1, 4000)
            x, y = (np.interp(along, range(len(line)), [point[axis] for point in line]) for axis in (0, 1))
            for a, b, c, d in boxes:
                inside = (a + 1 < x - left) & (x - left < c - 1) & (b + 2 < y - top) & (y - top < d - 2)
                assert not inside.any(), name
