"""A graph draws a variant's values between axes with round numbers; a witness reads the drawn lines."""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import pairwise
from typing import Any
from xml.etree import ElementTree

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from qbank import checks, circuits, figures, witnesses
from qbank.bank import Bank, Source, read_item
from qbank.bank.item import Item
from qbank.figures import Given, graph
from qbank.figures.graph import scales
from qbank.model import Column, Text
from qbank.witnesses import _readings

T = {"name": "t", "from": "0", "to": "10m", "unit": "ms"}
VALUES = {"U": Column(np.array([6.5])), "d": Column(np.array([[1.0, 2, 2, 3, 7, 9]]))}


def spec(*layers: Mapping[str, Any], **keys: Any) -> graph.Spec:
    found = figures.read({"graph": list(layers), **keys})
    assert isinstance(found, graph.Spec)
    return found


def numbers(drawing: Any, axis: str) -> list[str]:
    """The numbers printed along an axis."""
    halign = "center" if axis == "x" else "right"
    return [label.inlines[0].text for label in drawing.labels if label.size == 8 and label.halign == halign
            and isinstance(label.inlines[0], Text)]  # fmt: skip


LAYERS: list[dict[str, Any]] = [
    {"curve": "U*sin(2*pi*t/5m)"}, {"line": "[1, 3, 2]", "at": "[0, 4m, 9m]", "mark": "ring"},
    {"steps": ["0", "1", "0"], "at": ["0", "2m", "4m", "9m"]}, {"points": "d", "at": "d/1000", "mark": "cross"},
    {"stems": "d", "at": "d/1000"}, {"bars": "d", "at": "[1m, 2m, 3m, 4m, 5m, 6m]"},
    {"histogram": "d/1000", "bins": "5"}, {"box": "d", "at": "5m", "width": "2m"}, {"area": "U*t/1m", "to": "4m"},
    {"level": "U"}, {"upright": "3m"}, {"text": {"zh": "饱和", "en": "saturated"}, "at": ["5m", "2"]},
]  # fmt: skip


@pytest.mark.parametrize("layer", LAYERS, ids=lambda layer: next(iter(layer)))
def test_every_layer_is_drawn_as_paths_alone_within_the_drawing(layer: dict[str, Any]) -> None:
    drawing = figures.draw(spec(layer | {"label": "$u$"}, x=T, y={"from": "-10", "to": "10"}), Given(columns=VALUES))
    root = ElementTree.fromstring(drawing.svg)

    assert {element.tag.rpartition("}")[2] for element in root.iter()} == {"svg", "g", "path"}
    assert list(circuits.faults(drawing)) == []
    assert min(label.size for label in drawing.labels) >= 7
    assert drawing.alt.zh.startswith("横轴") and drawing.alt.en.startswith("Horizontal axis")


ROUND = [
    (0, 10, ["0", "2", "4", "6", "8", "10"], ""),
    (0, 0.7, ["0", "0.1", "0.2", "0.3", "0.4", "0.5", "0.6", "0.7"], ""),
    (-11, 11, ["−10", "−5", "0", "5", "10"], "the ends need not be numbers"),
    (3, 4, ["3", "3.2", "3.4", "3.6", "3.8", "4"], "no zero"),
    (0, 47e6, ["0", "10", "20", "30", "40"], "a power of ten stands in the title"),
    (0, 2e-7, ["0", "50", "100", "150", "200"], "and of a small number too"),
]


@pytest.mark.parametrize(("low", "high", "expected", "remark"), ROUND)
def test_the_numbers_of_an_axis_are_round(low: float, high: float, expected: list[str], remark: str) -> None:
    drawn = scales.linear(low, high, 0, 160, step=None, squares=None, width=lambda _: 19.2)

    assert [tick.text for tick in drawn.ticks] == expected, remark


@given(st.floats(-1e6, 1e6), st.floats(1e-6, 1e6))
def test_numbers_stand_where_they_say_and_are_neither_few_nor_many(low: float, span: float) -> None:
    high = low + span
    if high - low < 1e-9 * max(abs(low), abs(high)):
        return  # the noise of floats
    drawn = scales.linear(low, high, 0, 255, step=None, squares=None, width=lambda text: max(4 * len(text) + 8, 24))
    values = [float(tick.text.replace("−", "-")) * 10**drawn.power for tick in drawn.ticks]

    assert 1 <= len(values) <= 12
    assert values == sorted(set(values))
    for value, tick in zip(values, drawn.ticks, strict=True):
        assert tick.at == pytest.approx((value - low) / span * 255, abs=0.02)


def test_a_logarithmic_axis_has_powers_of_ten_or_1_2_5() -> None:
    assert [tick.text for tick in scales.logarithmic(20, 20e3, 0, 200).ticks] == ["100", "1000", "10000"]
    assert [tick.text for tick in scales.logarithmic(20, 700, 0, 200).ticks] == ["20", "50", "100", "200", "500"]
    assert [tick.text for tick in scales.logarithmic(1, 1e6, 0, 200).ticks][-1] == "10^6"


def test_an_axis_prints_its_unit_and_both_languages() -> None:
    shown = spec({"curve": "U"}, x=T | {"title": {"zh": "时间 $t$", "en": "time $t$"}}, y={"from": "0", "to": "0.01",
                 "unit": "mV"})  # fmt: skip
    drawings = {lang: figures.draw(shown, Given(columns=VALUES, lang=lang)) for lang in ("zh", "en")}

    assert numbers(drawings["zh"], "y") == ["0", "2", "4", "6", "8", "10"]
    assert drawings["zh"].alt.zh == "横轴 时间 t / ms 0 至 10；纵轴 mV 0 至 10；图中有曲线。"
    assert any(Text("time ") in label.inlines for label in drawings["en"].labels)
    assert any(Text("时间 ") in label.inlines for label in drawings["zh"].labels)


def test_a_jump_is_upright_and_a_pole_is_not_drawn() -> None:
    square = graph.charts(spec({"curve": "U if t < 3.3m else -U"}, x=T), Given(columns=VALUES))[0].traces[0].lines
    assert len(square) == 1
    across = [x for x, _ in square[0]]
    assert max(b - a for a, b in pairwise(across) if b > a) < 1.2
    steep = [a for a, b in pairwise(square[0]) if abs(a[1] - b[1]) > 20]
    assert {round(x, 1) for x, _ in steep} == {round(0.33 * 255.12, 1)}

    poles = spec({"curve": "tan(x)"}, x={"name": "x", "from": "-2*pi", "to": "2*pi"}, y={"from": "-4", "to": "4"})
    for line in graph.charts(poles, Given())[0].traces[0].lines:
        assert len(line) == 1 or max(abs(b[0] - a[0]) for a, b in pairwise(line)) > 0.01


def test_what_leaves_the_frame_is_cut_off() -> None:
    shown = spec({"curve": "U*t/1m"}, x=T, y={"from": "0", "to": "13"})
    steep = graph.charts(shown, Given(columns=VALUES))[0].traces[0]

    assert steep.lines[0][-1] == pytest.approx((0.2 * 255.12, 0.0), abs=0.02)


def _boxes(drawing: Any) -> list[tuple[float, float, float, float]]:
    return [circuits.extent(label) for label in drawing.labels if label.size == 9 and label.halign == "center"
            and label.valign == "middle"]  # fmt: skip


@given(st.integers(1, 5), st.floats(0.5, 8), st.floats(0.1, 3))
def test_labels_lie_on_no_line_and_on_no_other(count: int, U: float, turns: float) -> None:
    layers = [{"curve": f"{n + 1}*U*sin({turns}*{n + 1}*t/1m)", "label": f"$u_{n}$"} for n in range(count)]
    shown = spec(*layers, x=T)
    values = {"U": Column(np.array([U]))}
    drawing, drawn = figures.draw(shown, Given(columns=values)), graph.charts(shown, Given(columns=values))[0]
    left, top = (float(each) for each in re.findall(r'viewBox="(\S+) (\S+)', drawing.svg)[0])

    assert list(circuits.faults(drawing)) == []
    assert len(_boxes(drawing)) == count
    for box in _boxes(drawing):
        for trace in drawn.traces:
            for x, y in (point for line in trace.lines for point in line):
                inside = box[0] + 0.5 < x - left < box[2] - 0.5 and box[1] + 0.5 < y - top < box[3] - 0.5
                assert not inside


def test_the_name_of_a_function_needs_the_room_of_its_letters() -> None:
    shown = figures.draw(spec({"curve": "U", "label": r"$\tan x$"}, {"curve": "2*U", "label": "$x$"}, x=T),
                         Given(columns=VALUES))  # fmt: skip
    widths = [right - left for left, _, right, _ in _boxes(shown)]

    assert widths[0] == pytest.approx(4 * widths[1])


def test_curves_that_name_no_style_differ_in_black_and_white() -> None:
    svg = figures.draw(spec(*({"curve": f"{n}*U"} for n in range(4)), x=T), Given(columns=VALUES)).svg
    dashes = re.findall(r'stroke-width="1.3"(?: stroke-dasharray="([^"]*)")?', svg)

    assert len(set(dashes)) == 4


def test_a_box_plot_has_the_five_numbers_and_a_histogram_the_counts() -> None:
    box = spec({"box": "d", "at": "1", "name": "b"}, y={"from": "0", "to": "10"})
    (drawn,) = graph.charts(box, Given(columns=VALUES))
    heights = [line[0][1] for line in drawn.traces[0].lines[:5]]
    five = np.quantile([1, 2, 2, 3, 7, 9], [0, 0.25, 0.5, 0.75, 1])
    assert [10 - 10 * y / 155.91 for y in heights] == pytest.approx(five, abs=1e-3)

    bars = spec({"histogram": "d", "bins": ["0", "2", "4", "10"]}, y={"from": "0", "to": "10"})
    tops = [outline[1][1] for outline in graph.charts(bars, Given(columns=VALUES))[0].traces[0].outlines]
    assert [round(10 - 10 * y / 155.91, 3) for y in tops] == [1, 3, 2]


REFUSED = [
    ({"graph": [{"curv": "t"}], "x": T}, "the layer 'curv' is not known; did you mean 'curve'?"),
    ({"graph": [{"curve": "t", "level": "1"}], "x": T}, "one entry has 'curve', 'level'; give each its own entry"),
    ({"graph": [{"curve": "t"}]}, "a curve needs the name of its variable: x: {name: t, from: 0, to: 5*T}"),
    ({"graph": [{"level": "1"}], "y": {"name": "u"}},
     "y: must not have name:; curves are expressions of the name of the x axis"),
    ({"graph": [{"level": "1", "name": "a"}, {"level": "2", "name": "a"}]}, "two layers have the name 'a'"),
    ({"graph": [{"level": "1"}], "width": "90"}, "'90' is not a length between 1cm and 16cm; write 9cm"),
    ({"graph": [{"level": "1", "label": "$\\frac{1}$"}]}, "the argument of \\frac is missing"),
    ({"graph": [{"level": "1"}], "x": {"unit": "parsnip"}}, "parsnip"),
    ({"graph": [{"level": "1"}], "x": {"name": "pi"}}, "'pi' has a meaning in expressions"),
    ({"graph": [{"level": "1"}], "x": {"scale": "log", "step": "2"}},
     "at powers of ten, and must not have step: or words:"),
]  # fmt: skip


@pytest.mark.parametrize(("figure", "message"), REFUSED, ids=[row[1][:40] for row in REFUSED])
def test_what_is_no_graph_is_refused(figure: dict[str, Any], message: str) -> None:
    with pytest.raises(ValidationError, match=re.escape(message)):
        figures.read(figure)


UNDRAWN = [
    ([{"curve": "U*t"}], {"x": {"name": "t"}}, "x: from: and to: are needed, because nothing else gives the range"),
    ([{"curve": "U*t"}], {"x": {"name": "t", "from": "5", "to": "U - 6"}}, "x: from 5 to 0.5 is not a range"),
    ([{"curve": "d*t"}], {"x": T}, "d*t is not one number for each t"),
    ([{"points": "[1, 2]", "at": "[1, 2, 3]"}], {}, "at: has 3 values, but [1, 2] has 2"),
    ([{"steps": "[1, 2]", "at": "[1, 2]"}], {}, "2 steps need 3 places: the beginning of each, and the end"),
    ([{"level": "1/(U - 6.5)"}], {"x": T}, "1/(U - 6.5) is not finite"),
    ([{"histogram": "d", "bins": "[0, 5]"}], {}, "the bins from 0 to 5 do not hold all values, 1 to 9"),
    ([{"histogram": "d", "bins": "[5, 0]"}], {}, "the edges of bins: must increase"),
    ([{"curve": "-U"}], {"x": T, "y": {"scale": "log"}}, "y: a logarithmic axis shows only positive values, not -6.5"),
    ([{"curve": "U"}], {"x": T | {"step": "1u"}}, "x: a step of 0.001 does not fit the range from 0 to 10"),
    ([{"text": "a", "at": "1"}], {"x": T}, "a text needs a point: at: [x, y]"),
]  # fmt: skip


@pytest.mark.parametrize(("layers", "keys", "message"), UNDRAWN, ids=[row[2][:40] for row in UNDRAWN])
def test_values_with_which_nothing_can_be_drawn_say_so(
    layers: list[dict[str, Any]], keys: dict[str, Any], message: str
) -> None:
    with pytest.raises(ValueError, match=re.escape(message)):
        figures.draw(spec(*layers, **keys), Given(columns=VALUES))


ITEM = """\
id: sample
title: {zh: 充电, en: Charging}
topic: electronics/opamp
level: 2
parameters:
  U: {grid: [4, 10, 1], unit: V}
  T: {grid: [1m, 4m, 1m], unit: s}
figures:
  main:
    x: {name: t, from: 0, to: 5*T, unit: ms}
    y: {from: 0, to: 1.2*U, unit: V}
    grid: %s
    graph:
      - {curve: U*(1 - exp(-t/T)), name: u}
      - {curve: U*sin(2*pi*t/T), name: wave}
      - {points: "[U/2]", at: "[T]", name: dot}
stem: {zh: "读图。", en: "Read the graph."}
parts:
  - id: a
    answer: {kind: number, key: %s, tolerance: %s}
    witness: {graph: main, read: %s, within: %s}
"""
READ = [
    ("U*(1 - exp(-1))", "{y: u, at: T}", "a height"),
    ("T*ln(2)", "{x: u, where: U/2}", "a place"),
    ("U/T*exp(-1)", "{slope: u, at: T}", "a tangent"),
    ("(exp(-1) - exp(-2))*U/T", "{slope: u, between: [T, 2*T]}", "a secant"),
    ("T", "{period: wave}", "a period"),
    ("U", "{max: wave}", "cut off at nothing: the frame holds the peak"),
    ("T/4", "{argmax: wave, between: [0, T]}", "where it lies"),
    ("5*T/12", "{x: wave, where: U/2, nth: 2}", "the second of several"),
    ("U*T*exp(-1)", "{area: u, between: [0, T]}", "an area"),
    ("U/2", "{y: dot, at: T}", "a point"),
    ("2*pi*U/T", "{Um: {max: wave}, To: {period: wave}}, solve: 2*pi*Um/To", "made of two readings"),
]


def scene(text: str) -> Any:
    item, problems = read_item(Source("sample.yaml", text.encode()), {})
    assert item is not None, problems
    return checks.scene(Bank({"sample": item}, {"sample": Source("sample.yaml", text.encode())}), "sample", 60)


def codes(text: str, check: str) -> list[str]:
    return [problem.code for problem in checks.of_item(scene(text).bank, "sample", seats=60)
            if problem.code.startswith(check)]  # fmt: skip


@pytest.mark.parametrize(("key", "reading", "remark"), READ, ids=[row[2] for row in READ])
def test_a_reading_agrees_with_the_right_key_and_with_no_other(key: str, reading: str, remark: str) -> None:
    agreed = _agreement(ITEM % ("fine", key, "5%", reading, "1%"))

    assert agreed.accepts(agreed.key).all(), remark
    for wrong in (1.05 * agreed.key, 0.95 * agreed.key, -agreed.key, agreed.key * 1e3, agreed.key / 2):
        assert not agreed.accepts(wrong).any()


def _agreement(text: str) -> Any:
    here = scene(text)
    part = here.item.parts[0]
    return witnesses.agreement(part, witnesses.read(part.witness), here.drawn, {})


def test_a_reading_knows_the_lines_and_the_printed_numbers_alone() -> None:
    """An axis whose unit is wrong, or a curve that is another, is read as it is printed."""
    right = _agreement(ITEM % ("fine", "T", "5%", "{period: wave}", "1%"))
    other = _agreement((ITEM % ("fine", "T", "5%", "{period: wave}", "1%")).replace("sin(2*pi*t/T)", "sin(4*pi*t/T)"))

    assert other.says == pytest.approx(right.says / 2, rel=1e-3)


def test_a_box_is_read_by_the_numbers_beside_it_alone() -> None:
    """One class has one word under its axis, which is no place to measure by."""
    axes = {"x": {"words": [{"zh": "甲", "en": "A"}]}, "y": {"from": "0", "to": "10"}}
    asked = spec({"box": "d", "at": "1", "name": "b"}, **axes)
    drawn = graph.charts(asked, Given(columns=VALUES))

    assert _readings.read(drawn, "median", "b", (), None) == pytest.approx(2.5, rel=1e-3)


UNREADABLE = [
    ("{y: v, at: T}", "the layer 'v' is not known"),
    ("{y: u, at: 9*T}", "no value can be read at"),
    ("{x: wave, where: U/2}", "can be read at more than one place; choose one with nth:"),
    ("{x: wave, where: U/2, nth: 90}", "but nth: is 90"),
    ("{median: u}", "u is not a box plot inside the frame"),
    ("{y: u}", "y needs at:"),
    ("{y: u, x: u, at: T}", "a reading has exactly one of y, x, max"),
    ("{period: u}", "u rises through its middle less than twice"),
    ("{a: {max: u}}", "several readings need solve:"),
]


@pytest.mark.parametrize(("reading", "message"), UNREADABLE, ids=[row[0] for row in UNREADABLE])
def test_what_cannot_be_read_says_why(reading: str, message: str) -> None:
    with pytest.raises(ValueError, match=re.escape(message)):
        _agreement(ITEM % ("fine", "T", "5%", reading, "1%"))


def test_a_tolerance_that_nobody_can_read_is_a_warning() -> None:
    assert "figures.fine" in codes(ITEM % ("coarse", "U", "0.5%", "{max: wave}", "1%"), "figures")
    assert codes(ITEM % ("fine", "U", "5%", "{max: wave}", "1%"), "figures") == []


def test_a_variant_that_cannot_be_drawn_is_a_problem_with_its_place() -> None:
    text = (ITEM % ("fine", "U", "5%", "{max: wave}", "1%")).replace("to: 5*T", "to: 5*T*(U - 4)")
    (problem,) = [
        each for each in checks.of_item(scene(text).bank, "sample", seats=60) if each.code == "figures.undrawn"
    ]

    assert problem.place is not None and problem.place.line == 9
    assert "x: from 0 to 0 is not a range" in problem.message


def test_the_names_of_a_graph_are_those_of_the_item() -> None:
    item, problems = read_item(Source("sample.yaml", (ITEM % ("fine", "U", "5%", "{max: wave}", "1%")).replace(
        "U*sin", "V*sin").encode()), {})  # fmt: skip

    assert item is None
    assert [(problem.path, problem.message) for problem in problems] == [
        ("$.figures.main", "'V' is not defined; this item has U, T")
    ]


def test_a_graph_shows_the_values_that_it_is_drawn_from() -> None:
    here = scene(ITEM % ("fine", "U", "5%", "{max: wave}", "1%"))
    assert isinstance(here.item, Item)

    assert here.item.figures["main"].uses == {"U", "T"}


@pytest.mark.parametrize(
    ("tick", "label", "drawn"),
    [
        ({"at": "I", "text": "$I_C$"}, "$Q$", {"I", "U"}), ({"at": "I"}, "$Q$", {"U"}),
        ({"at": "I", "text": "$I_C$"}, "{{ I }}", {"U"}),
    ],
)  # fmt: skip
def test_what_a_graph_prints_no_number_of_is_to_be_read_off(tick: dict[str, str], label: str, drawn: set[str]) -> None:
    graph = spec({"points": ["I"], "at": ["U"], "label": label}, y={"ticks": [tick]})

    assert graph.uses == {"I", "U"}
    assert graph.drawn == drawn
