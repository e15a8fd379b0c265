"""A circuit's description, its drawing and its netlist are one thing."""

from __future__ import annotations

import re
import subprocess
import sys
from functools import cache
from math import hypot
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from qbank import circuits
from qbank.circuits import Circuit, CircuitError, _draw, _labels, _nets, _outline, _symbols
from qbank.model import Maths, Name

FOLDER = Path(__file__).parents[1] / "questions" / "circuits"
NAMES = sorted(path.stem for path in FOLDER.glob("*.yaml"))
BOTH = {"zh": "电路", "en": "a circuit"}


@cache
def circuit(name: str) -> Circuit:
    return circuits.read(name, yaml.load((FOLDER / f"{name}.yaml").read_text(encoding="utf-8"), yaml.BaseLoader))


def described(*parts: dict[str, Any]) -> Circuit:
    return circuits.read("test", {"title": BOTH, "alt": BOTH, "parts": list(parts)})


NETLISTS = {
    "inverting": {"A": "m p u_o", "R_1": "u_i m", "R_f": "m u_o", "R_p": "p 0"},
    "difference": {"A": "m p u_o", "R_1": "u_i1 m", "R_f": "m u_o", "R_2": "u_i2 p", "R_3": "p 0"},
    "addsub": {
        "A_1": "m 0 u_o1", "R_1": "u_1 m", "R_f1": "m u_o1", "R_2": "u_o1 n", "A_2": "n 0 u_o", "R_3": "u_2 n",
        "R_f2": "n u_o",
    },
    "ce_divider": {
        "VT": "c b e", "R_b1": "V_CC b", "R_b2": "b 0", "R_c": "V_CC c", "R_e": "e 0", "C_e": "e 0", "C_2": "c u_o",
        "R_L": "u_o 0", "C_1": "b u_i",
    },
    "cc": {"VT": "V_CC b e", "R_b": "V_CC b", "R_e": "e 0", "C_2": "e u_o", "R_L": "u_o 0", "C_1": "b u_i"},
    "ocl": {"VT_1": "V_CC u_i u_o", "VT_2": "V_EE u_i u_o", "R_L": "u_o 0"},
    "darl_npn": {"VT_1": "p_2 p_1 VT_2.b", "VT_2": "p_2 VT_2.b p_3"},
    "darl_pnp": {"VT_1": "p_3 p_1 VT_2.b", "VT_2": "p_3 VT_2.b p_2"},
    "darl_npn_pnp": {"VT_1": "VT_2.b p_1 p_3", "VT_2": "p_3 VT_2.b p_2"},
    "darl_pnp_npn": {"VT_1": "VT_2.b p_1 p_2", "VT_2": "p_2 VT_2.b p_3"},
    "bridge_c": {
        "VD_1": "t r", "VD_2": "b r", "VD_4": "l t", "VD_3": "l b", "u_2": "b t", "C": "r l", "R_L": "r l",
    },
    "fet_cs": {
        "VT": "d g s", "R_g": "g 0", "R_d": "V_DD d", "R_s": "s 0", "C_s": "s 0", "C_2": "d u_o", "R_L": "u_o 0",
        "C_1": "g u_i",
    },
    "diff_pair": {
        "VT_1": "c1 VT_1.b e", "VT_2": "c2 VT_2.b e", "R_b1": "u_i1 VT_1.b", "R_b2": "VT_2.b u_i2", "R_c1": "V_CC c1",
        "R_c2": "V_CC c2", "R_L": "c1 c2", "R_e": "e V_EE",
    },
}


@pytest.mark.parametrize("name", NETLISTS)
def test_the_drawing_makes_the_netlist_of_the_textbook(name: str) -> None:
    drawn = circuit(name)
    expected = {
        part: tuple(drawn.nets.get(place, place) for place in places.split())
        for part, places in NETLISTS[name].items()
    }
    actual = {part: nets for _, part, nets in drawn.netlist}

    assert expected == actual


def test_a_crossing_without_a_dot_does_not_join_and_a_meeting_does() -> None:
    a, c = {"port": "a", "at": "0 1"}, {"port": "c", "at": "1 0"}
    crossing = described(a, c, {"wire": ["a", "2 1"]}, {"R": "R_1", "from": "2 1", "to": "2 0"},
                         {"ground": "2 0"}, {"wire": ["c", "1 2"]}, {"R": "R_2", "from": "1 2", "to": "0 2"},
                         {"port": "e", "at": "0 2"})

    assert crossing.netlist == (("R", "R_1", ("a", "0")), ("R", "R_2", ("c", "e")))
    assert crossing.dots == ()

    meeting = described(a, c, {"wire": ["a", "2 1"]}, {"R": "R_1", "from": "2 1", "to": "2 0"},
                        {"ground": "2 0"}, {"R": "R_2", "from": "c", "to": "1 1"})

    assert meeting.netlist == (("R", "R_1", ("a", "0")), ("R", "R_2", ("c", "a")))
    assert meeting.dots == ((1.0, 1.0),)


R = {"R": "R_1", "from": "0 0", "to": "2 0"}
GROUNDED = {"ground": "R_1.2"}
WRONG: list[tuple[str, list[dict[str, Any]], tuple[Any, ...], str]] = [
    ("a part of no kind", [{"RR": "x"}], ("parts", 0), "the element 'RR' is not known; did you mean 'R'?"),
    ("two kinds in one", [{"R": "a", "C": "b"}], ("parts", 0), "one entry has 'R', 'C'; give each its own entry"),
    ("a key of no meaning", [{**R, "form": "1"}], ("parts", 0), "the field 'form' is not known; did you mean 'from'?"),
    ("no end", [{"R": "a", "from": "0 0"}], ("parts", 0), "'to' is missing"),
    ("a point that is nowhere", [R, {"ground": "R_1.3"}], ("parts", 1, "ground"),
     "the point 'R_1.3' is not known; did you mean 'R_1.2'?"),
    ("a direction that is none", [R, {"ground": "R_1.2 dwn 1"}], ("parts", 1, "ground"),
     "the direction 'dwn' is not known; did you mean 'down'?"),
    ("a distance that is none", [R, {"ground": "R_1.2 down far"}], ("parts", 1, "ground"), "'far' is not a number"),
    ("a move without its distance", [R, {"ground": "R_1.2 down"}], ("parts", 1, "ground"),
     "the distance after 'down' is missing"),
    ("a lead in the air", [R, GROUNDED], ("parts", 0), "the lead at (0, 0) is not connected"),
    ("a wire in the air", [{"port": "a", "at": "R_1.1"}], ("parts", 0, "at"), "the point 'R_1.1' is not known"),
    ("a port on nothing", [R, GROUNDED, {"port": "a", "at": "R_1.1"}, {"port": "b", "at": "5 5"}], ("parts", 3),
     "b is not connected"),
    ("two names on one net", [R, GROUNDED, {"port": "a", "at": "R_1.1"}, {"port": "b", "at": "R_1.1"}], ("parts", 3),
     "b and a are short-circuited in the drawing"),
    ("a name on the ground", [R, GROUNDED, {"port": "a", "at": "R_1.2"}, {"port": "b", "at": "R_1.1"}], ("parts", 2),
     "a and ground are short-circuited in the drawing"),
    ("a part whose ends meet", [R, GROUNDED, {"wire": ["R_1.1", "0 1", "2 1", "R_1.2"]}], ("parts", 0),
     "R_1 is short-circuited in the drawing"),
    ("one name twice", [R, R], ("parts", 1), "the name 'R_1' is already taken"),
    ("a part without length", [{"R": "a", "from": "0 0", "to": "0 0"}], ("parts", 0), "a has no length"),
    ("a side that is none", [{**R, "side": "topp"}], ("parts", 0, "side"),
     "'topp' is not known; the known ones are: above, below, center, left, right"),
    ("neither yes nor no", [{"NPN": "VT", "at": "0 0", "flip": "maybe"}], ("parts", 0, "flip"),
     "'maybe' is neither yes nor no"),
    ("a symbol that is no formula", [{**R, "symbol": "R_{"}], ("parts", 0, "symbol"),
     "'{' is not closed with '}'"),
    ("half a wire", [{"wire": ["0 0"]}], ("parts", 0), "a wire is a list of at least two points"),
    ("no mapping", ["R_1"], ("parts", 0), "an element is a mapping such as {R: R_1, from: a, to: b}"),  # type: ignore[list-item]
]


@pytest.mark.parametrize(("parts", "path", "message"), [row[1:] for row in WRONG], ids=[row[0] for row in WRONG])
def test_what_cannot_be_drawn_is_refused_with_its_place(
    parts: list[dict[str, Any]], path: tuple[Any, ...], message: str
) -> None:
    with pytest.raises(CircuitError) as refused:
        described(*parts)

    assert (refused.value.path, str(refused.value)) == (path, message)


def test_a_description_needs_both_languages_and_parts() -> None:
    for data, path, message in (
        ({"title": BOTH, "alt": BOTH}, ("parts",), "must be a list of parts"),
        ({"titel": BOTH}, ("titel",), "the field 'titel' is not known; did you mean 'title'?"),
        ({"title": {"zh": "电"}, "alt": BOTH, "parts": [R, GROUNDED, {"port": "a", "at": "R_1.1"}]}, ("title",),
         "the English text (en:) is missing"),
    ):
        with pytest.raises(CircuitError) as refused:
            circuits.read("test", data)

        assert (refused.value.path, str(refused.value)) == (path, message)


@pytest.mark.parametrize("name", NAMES)
def test_every_circuit_of_the_bank_is_drawn_as_paths_alone(name: str) -> None:
    drawing = circuits.draw(circuit(name))
    root = ElementTree.fromstring(drawing.svg)

    assert {element.tag.rpartition("}")[2] for element in root.iter()} == {"svg", "g", "path"}
    assert "id=" not in drawing.svg
    assert 60 < drawing.width < 460, "fits the width of a page"
    assert 60 < drawing.height < 260
    for label in drawing.labels:
        left, top, right, bottom = _labels.extent(label)
        assert left >= 0 and top >= 0 and right <= drawing.width and bottom <= drawing.height, label


@pytest.mark.parametrize("name", NAMES)
def test_no_label_of_the_bank_lies_on_another(name: str) -> None:
    drawn = circuit(name)
    valued = {part.name: "x" for part in drawn.parts if part.kind in ("R", "C", "CE", "L", "VS")}
    boxes = [(_labels.extent(label), label) for label in circuits.draw(drawn, values=valued).labels]
    overlaps = [
        (label.inlines, other.inlines) for place, (a, label) in enumerate(boxes) for b, other in boxes[:place]
        if min(a[2], b[2]) - max(a[0], b[0]) > 1.5 and min(a[3], b[3]) - max(a[1], b[1]) > 1.5
    ]

    assert overlaps == []


@pytest.mark.parametrize("name", NAMES)
def test_no_wire_of_the_bank_runs_through_a_label(name: str) -> None:
    drawn = circuit(name)
    valued = {part.name: "x" for part in drawn.parts if part.kind in ("R", "C", "CE", "L", "VS")}
    two_pins = [(part.pins[0][1], part.pins[1][1]) for part in drawn.parts if len(part.pins) == 2]
    scale = _draw.SCALE
    crossed = [
        label.inlines for label in _labels.labels(drawn, {**valued, **dict.fromkeys(drawn.supplies, "x")}, scale)
        for (ax, ay), (bx, by) in (*drawn.wires, *two_pins) for left, top, right, bottom in (_labels.extent(label),)
        if (ax == bx or ay == by)
        and max(ax, bx) * scale > left + 1 and min(ax, bx) * scale < right - 1
        and max(-ay, -by) * scale > top + 1 and min(-ay, -by) * scale < bottom - 1
    ]

    assert crossed == []


def test_a_value_stands_under_its_symbol_as_a_name() -> None:
    drawing = circuits.draw(circuit("inverting"), values={"R_f": "Rf"})
    symbol = next(label for label in drawing.labels if label.inlines == (Maths(("R_f",)),))
    value = next(label for label in drawing.labels if label.inlines == (Name("Rf"),))

    assert (symbol.x, symbol.halign, symbol.valign) == (value.x, value.halign, value.valign)
    assert value.y - symbol.y == pytest.approx(_labels.SIZE * _labels.LINE)
    with pytest.raises(ValueError, match=re.escape("the element 'R_ff' is not known; did you mean 'R_f'?")):
        circuits.draw(circuit("inverting"), values={"R_ff": "Rf"})


def test_styles_differ_in_their_resistors_and_drawing_is_repeatable() -> None:
    iec, ansi = (circuits.draw(circuit("inverting"), style).svg for style in ("iec", "ansi"))

    assert iec != ansi
    assert iec == circuits.draw(circuit("inverting"), "iec").svg


@pytest.mark.parametrize("kind", _symbols.BODIES)
@pytest.mark.parametrize("flip", [False, True])
@pytest.mark.parametrize("mirror", [False, True])
def test_pins_are_where_the_symbol_is_drawn(kind: str, *, flip: bool, mirror: bool) -> None:
    """The netlist knows pins by our table, the drawing by schemdraw's anchors: they must agree."""
    from schemdraw import Drawing

    pins = {
        pin: f"{x:.4f} {y:.4f}"
        for pin, at in _symbols.BODIES[kind].pins.items()
        for x, y in (_symbols.turned(at, flip=flip, mirror=mirror),)
    }
    entry = {kind: "X", "at": "0 0", "flip": "yes" if flip else "no", "mirror": "yes" if mirror else "no"}
    part = described(entry, *({"port": f"p{place}", "at": at} for place, at in enumerate(pins.values()))).parts[0]
    drawing = Drawing(show=False, canvas="svg")
    placed = drawing.add(_outline._elements(part, "iec")[0]).absanchors

    for pin, at in part.pins:
        assert at == pytest.approx(tuple(placed[_symbols.PIN_ANCHORS[kind][pin]]), abs=2e-3)


ARROWS = {
    "NPN": ("b", -1, "the emitter's arrow of an NPN transistor points out, away from the base"),
    "PNP": ("b", 1, "and that of a PNP transistor in, towards the base"),
    "NJF": ("g", -1, "the gate's arrow of an n-channel JFET points from the gate into the channel (p to n)"),
    "PJF": ("g", 1, "and that of a p-channel JFET from the channel to the gate"),
    "NMOS": ("g", 1, "the body's arrow of an n-channel MOSFET points into the channel, which faces the gate"),
    "PMOS": ("g", -1, "that of a p-channel MOSFET points out of the channel, away from the gate"),
    "NMOSD": ("g", 1, "a depletion MOSFET has the arrow of its channel's kind"),
    "PMOSD": ("g", -1, "a depletion MOSFET has the arrow of its channel's kind"),
}
"""The pin that an arrow is held against, and whether it points towards it (1) or away from it (-1)."""


@pytest.mark.parametrize("kind", ARROWS)
@pytest.mark.parametrize("flip", [False, True])
@pytest.mark.parametrize("mirror", [False, True])
def test_arrows_of_transistors_point_as_physics_says(kind: str, *, flip: bool, mirror: bool) -> None:
    """Held by geometry, not by what the drawing library calls the symbol: it names the two JFETs the wrong way."""
    pin, sign, remark = ARROWS[kind]
    entry = {kind: "X", "at": "0 0", "flip": "yes" if flip else "no", "mirror": "yes" if mirror else "no"}
    drawn = described(entry, *({"port": f"p{at}", "at": f"X.{at}"} for at in _symbols.BODIES[kind].pins))
    tip, tail = _arrowhead(_outline.outline(drawn, "iec", 36.0)[0])
    at = dict(drawn.parts[0].pins)[pin]
    towards = (at[0] * 36 - tail[0]) * (tip[0] - tail[0]) + (-at[1] * 36 - tail[1]) * (tip[1] - tail[1])

    assert towards * sign > 0, remark


TWO_ENDED = {"D": "the triangle of a diode points from its anode", "DZ": "and so does that of a Zener diode",
             "I": "the arrow of a current source points to its second end"}  # fmt: skip


@pytest.mark.parametrize("kind", TWO_ENDED)
def test_arrows_between_two_pins_point_to_the_second(kind: str) -> None:
    drawn = described({kind: "X", "from": "0 0", "to": "0 2"}, {"port": "a", "at": "X.1"}, {"port": "b", "at": "X.2"})
    tip, tail = _arrowhead(_outline.outline(drawn, "iec", 36.0)[0])

    assert tip[1] < tail[1], TWO_ENDED[kind]  # y downwards on the page


@pytest.mark.parametrize(("kind", "sign"), [("LED", 1), ("PD", -1)])
@pytest.mark.parametrize("side", ["above", "below"])
def test_the_arrows_of_light_point_out_of_an_led_and_into_a_photodiode(kind: str, sign: int, side: str) -> None:
    entry = {kind: "X", "from": "0 0", "to": "2 0", "side": side}
    drawn = described(entry, {"port": "a", "at": "X.1"}, {"port": "b", "at": "X.2"})
    heads = _arrowheads(_outline.outline(drawn, "iec", 36.0)[0])
    (diode,) = (head for head in heads if abs(head[0][1]) < 1)
    rays = [head for head in heads if head is not diode]

    assert diode[0][0] > diode[1][0], "the triangle points from the anode to the cathode"
    assert len(rays) == 2
    for tip, tail in rays:
        out = hypot(tip[0] - 36, tip[1]) - hypot(tail[0] - 36, tail[1])

        assert out * sign > 0
        assert (tip[1] > 0) == (side == "above"), "on the side that the symbol leaves free; y downwards on the page"


@pytest.mark.parametrize(("kind", "broken"), [("NMOS", True), ("PMOS", True), ("NMOSD", False), ("PMOSD", False)])
@pytest.mark.parametrize("flip", [False, True])
def test_the_channel_is_broken_where_there_is_none_without_a_voltage(kind: str, *, broken: bool, flip: bool) -> None:
    entry = {kind: "X", "at": "0 0", "flip": "yes" if flip else "no"}
    drawn = described(entry, *({"port": f"p{at}", "at": f"X.{at}"} for at in _symbols.BODIES[kind].pins))
    paths = _outline.outline(drawn, "iec", 36.0)[0]
    runs = [[float(each) for each in re.findall(r"-?[\d.]+", path)] for path in re.findall(r'd="([^"Z]*)"', paths)]
    upright = [max(run[1::2]) - min(run[1::2]) for run in runs if all(abs(x - 21) < 0.5 for x in run[::2])]

    assert len(upright) == (3 if broken else 4)
    assert (max(upright) < 8) == broken


def test_the_plus_of_a_voltage_source_is_at_its_second_end() -> None:
    drawn = described({"V": "X", "from": "0 0", "to": "2 0"}, {"port": "a", "at": "X.1"}, {"port": "b", "at": "X.2"})
    strokes = re.findall(r'd="M (\S+),(\S+) L (\S+),(\S+)"', _outline.outline(drawn, "iec", 36.0)[0])
    level = [(float(x) + float(c)) / 2 for x, y, c, d in strokes if y == d and abs(float(x) - float(c)) < 10]
    upright = [float(x) for x, y, c, d in strokes if x == c]

    assert len(level) == 1 and min(abs(each - level[0]) for each in upright) < 0.1, "a cross is a plus"
    assert level[0] > 36


def _arrowhead(paths: str) -> tuple[tuple[float, float], tuple[float, float]]:
    """The tip of the only triangle among some paths, and the middle of the side opposite to it."""
    (head,) = _arrowheads(paths)
    return head


def _arrowheads(paths: str) -> list[tuple[tuple[float, float], tuple[float, float]]]:
    """The tip of every triangle among some paths, where its two equal sides meet, and the middle of the third."""
    triangles = [re.findall(r"-?[\d.]+", found) for found in re.findall(r'd="(M[^a-z"]*Z)"', paths)]
    return [_head([(float(x), float(y)) for x, y in zip(each[::2], each[1::2], strict=True)])
            for each in triangles if len(each) == 6]  # fmt: skip


def _head(corners: list[tuple[float, float]]) -> tuple[tuple[float, float], tuple[float, float]]:
    def uneven(tip: int) -> float:
        a, b = (hypot(corners[tip][0] - x, corners[tip][1] - y) for x, y in corners[:tip] + corners[tip + 1 :])
        return abs(a - b)

    tip = min(range(3), key=uneven)
    (ax, ay), (bx, by) = corners[:tip] + corners[tip + 1 :]
    return corners[tip], ((ax + bx) / 2, (ay + by) / 2)


def test_an_electrolytic_capacitor_has_two_straight_plates_and_a_plus_at_its_first_end() -> None:
    for start, end in (("0 0", "2 0"), ("2 0", "0 0"), ("0 2", "0 0"), ("0 0", "0 2")):
        drawn = described({"CE": "C", "from": start, "to": end}, {"port": "a", "at": "C.1"}, {"port": "b", "at": "C.2"})
        strokes = re.findall(r'd="M (-?[\d.]+),(-?[\d.]+) L', _outline.outline(drawn, "iec", 36.0)[0])
        x, y = (sum(float(each) for each in axis) / 2 for axis in zip(*strokes[1:3], strict=True))
        near, far = ((x - at[0] * 36) ** 2 + (y + at[1] * 36) ** 2 for _, at in drawn.parts[0].pins)

        assert len(strokes) == 3, "the plates with their leads, and two strokes of the plus"
        assert near < far


def test_the_slider_of_a_potentiometer_is_where_it_is_drawn() -> None:
    from schemdraw import Drawing

    slider = {"port": "a", "at": "X.w"}, {"port": "b", "at": "X.1"}, {"port": "c", "at": "X.2"}
    part = described({"POT": "X", "from": "1 3", "to": "1 1"}, *slider).parts[0]
    tap = Drawing(show=False, canvas="svg").add(_outline._elements(part, "iec")[0]).absanchors["tap"]

    assert dict(part.pins)["w"] == pytest.approx(tuple(tap), abs=2e-3)


@given(st.lists(st.tuples(st.integers(0, 5), st.integers(0, 5), st.integers(0, 5), st.booleans()), max_size=8))
def test_nets_do_not_depend_on_the_order_of_wires(wires: list[tuple[int, int, int, bool]]) -> None:
    lines = [((a, b), (c, b)) if level else ((b, a), (b, c)) for a, b, c, level in wires]

    def groups(order: list[Any]) -> set[frozenset[_nets.Cell]]:
        roots = _nets.joined([], order)
        return {frozenset(place for place in roots if roots[place] == root) for root in roots.values()}

    assert groups(lines) == groups(lines[::-1])


def test_reading_a_circuit_loads_no_drawing_library() -> None:
    code = (
        "import sys; from qbank import circuits; circuits.read('a', {'title': {'zh': 'a', 'en': 'a'}, 'alt': "
        "{'zh': 'a', 'en': 'a'}, 'parts': [{'R': 'R', 'from': '0 0', 'to': '1 0'}, {'port': 'a', 'at': 'R.1'}, "
        "{'ground': 'R.2'}]}); sys.exit('schemdraw' in sys.modules)"
    )

    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
