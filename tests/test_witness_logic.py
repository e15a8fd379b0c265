"""Truth values follow the drawn gates from input to output, by whatever wires there are."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import product
from typing import Any

import numpy as np
import pytest

from qbank import circuits, figures, witnesses
from qbank.circuits import Circuit, CircuitError, _gates, _outline
from qbank.model import Column

BOTH = {"zh": "门", "en": "gates"}


def described(*parts: dict[str, Any]) -> Circuit:
    return circuits.read("test", {"title": BOTH, "alt": BOTH, "parts": list(parts)})


def gate(kind: str, inputs: int) -> Circuit:
    """One gate with a port at each pin."""
    ports = [{"port": f"A_{n + 1}", "at": f"G.{n + 1}"} for n in range(inputs)]
    entry = {kind: "G", "at": "0 0"} | ({} if inputs == 1 else {"inputs": str(inputs)})
    return described(entry, *ports, {"port": "Y", "at": "G.out"})


def table(circuit: Circuit, over: tuple[str, ...], solve: str = "Y") -> list[int]:
    spec = witnesses.read({"logic": "main", "solve": solve, "over": list(over)})
    shown = {"main": figures.read({"circuit": "test"})}
    return [int(value) for value in witnesses.witness(spec, shown, {"test": circuit}, {})[0]]


TRUTHS: dict[str, Callable[[tuple[int, ...]], object]] = {
    "AND": all, "OR": any, "NAND": lambda row: not all(row), "NOR": lambda row: not any(row),
    "XOR": lambda row: sum(row) % 2, "XNOR": lambda row: sum(row) % 2 == 0, "NOT": lambda row: not row[0],
    "BUF": lambda row: row[0],
}  # fmt: skip


@pytest.mark.parametrize("kind", TRUTHS)
def test_a_gate_has_the_truth_table_of_its_name(kind: str) -> None:
    low, high = _gates.GATES[kind].inputs
    for inputs in {low, min(high, 3)}:
        rows = product((0, 1), repeat=inputs)
        names = tuple(f"A_{n + 1}" for n in range(inputs))

        assert table(gate(kind, inputs), names) == [int(bool(TRUTHS[kind](row))) for row in rows]


@pytest.mark.parametrize("kind", TRUTHS)
@pytest.mark.parametrize("style", ["iec", "ansi"])
def test_a_gate_is_drawn_in_both_styles_with_its_ring_at_the_output(kind: str, style: Any) -> None:
    drawing = circuits.draw(gate(kind, _gates.GATES[kind].inputs[0]), style)
    ports = _gates.GATES[kind].inputs[0] + 1
    shown = [inline.text for label in drawing.labels for inline in label.inlines if hasattr(inline, "text")]

    assert drawing.svg.count('fill="#fff"') == ports + _gates.GATES[kind].negated
    assert shown == ([_gates.GATES[kind].symbol] if style == "iec" else [])
    assert list(circuits.faults(drawing)) == []


HALF_ADDER = (
    {"XOR": "G_1", "at": "3 3"}, {"AND": "G_2", "at": "3 1"}, {"port": "A", "at": "0.5 3.25", "to": "G_1.1"},
    {"port": "B", "at": "0.5 2.75", "to": "G_1.2"}, {"wire": ["1.2 3.25", "1.2 1.25", "G_2.1"]},
    {"wire": ["1.6 2.75", "1.6 0.75", "G_2.2"]}, {"port": "S", "at": "G_1.out"}, {"port": "C", "at": "G_2.out"},
)  # fmt: skip


def test_gates_are_followed_along_their_wires() -> None:
    assert table(described(*HALF_ADDER), ("A", "B"), "S") == [0, 1, 1, 0]
    assert table(described(*HALF_ADDER), ("B", "A"), "C") == [0, 0, 0, 1]


def test_a_row_of_the_table_comes_from_the_variant() -> None:
    spec = witnesses.read({"logic": "main", "solve": "S", "given": {"A": "a", "B": "1"}})
    columns = {"a": Column(np.array([0, 1, 1]))}
    shown = {"main": figures.read({"circuit": "test"})}

    assert witnesses.witness(spec, shown, {"test": described(*HALF_ADDER)}, columns).tolist() == [1, 0, 0]
    with pytest.raises(ValueError, match="a is not 0 or 1 on every variant"):
        witnesses.witness(spec, shown, {"test": described(*HALF_ADDER)}, {"a": Column(np.array([2]))})


LATCH = (
    {"NOR": "G_1", "at": "2 3"}, {"NOR": "G_2", "at": "2 1"}, {"port": "R", "at": "G_1.1"},
    {"port": "S", "at": "G_2.2"},
    {"wire": ["G_1.out", "3.2 3", "3.2 2.2", "0.8 1.8", "0.8 1.25", "G_2.1"]},
    {"wire": ["G_2.out", "3.2 1", "3.2 1.6", "0.8 2.3", "0.8 2.75", "G_1.2"]}, {"port": "Q", "at": "G_1.out"},
)  # fmt: skip
WRONG = [
    (LATCH, ("R", "S"), "Q", "the gates G_1, G_2 feed back on each other"),
    (HALF_ADDER, ("A",), "S", "nothing drives the input G_1.2; name its port in given: or over:"),
    (HALF_ADDER, ("A", "D"), "S", "the input 'D' is not known"),
    (HALF_ADDER, ("A", "B"), "Y", "solve: 'Y' is not known"),
    ((*HALF_ADDER[:6], {"wire": ["G_1.out", "G_2.out"]}, {"port": "S", "at": "G_1.out"}), ("A", "B"), "S",
     "the outputs of G_1 and G_2 are connected"),
]  # fmt: skip


@pytest.mark.parametrize(("parts", "over", "solve", "message"), WRONG, ids=[row[3][:30] for row in WRONG])
def test_what_has_no_truth_value_says_why(
    parts: tuple[dict[str, Any], ...], over: tuple[str, ...], solve: str, message: str
) -> None:
    with pytest.raises(ValueError, match=re.escape(message)):
        table(described(*parts), over, solve)


REFUSED = [
    ({"NOT": "G", "at": "0 0", "inputs": "2"}, ("parts", 0, "inputs"), "a gate NOT has 1 input, not '2'"),
    ({"AND": "G", "at": "0 0", "inputs": "9"}, ("parts", 0, "inputs"), "a gate AND has 2 to 8 inputs, not '9'"),
    ({"sum": "S", "at": "0 0", "signs": {"in": "*"}}, ("parts", 0, "signs", "in"), "'*' is neither + nor -"),
    ({"sum": "S", "at": "0 0", "signs": {"left": "+"}}, ("parts", 0, "signs"), "the input 'left' is not known"),
    ({"flow": ["0 0"]}, ("parts", 0), "a flow is a list of at least two points"),
]  # fmt: skip


@pytest.mark.parametrize(("entry", "path", "message"), REFUSED, ids=[row[2][:30] for row in REFUSED])
def test_what_is_no_gate_is_refused_with_its_place(entry: dict[str, Any], path: tuple[Any, ...], message: str) -> None:
    with pytest.raises(CircuitError, match=re.escape(message)) as refused:
        described(entry)

    assert refused.value.path == path


def test_a_flow_ends_in_an_arrow_at_the_block_that_it_reaches() -> None:
    loop = described(
        {"sum": "S", "at": "2 3", "signs": {"in": "+", "down": "-"}}, {"block": "G", "at": "4.5 3"},
        {"port": "R", "at": "0.5 3"}, {"port": "Y", "at": "7 3"}, {"flow": ["R", "S.in"]}, {"flow": ["S.out", "G.in"]},
        {"wire": ["G.out", "Y"]}, {"flow": ["6 3", "6 1", "2 1", "S.down"]},
    )  # fmt: skip
    paths = _outline.outline(loop, "iec", 36.0)[0]
    tips = [[float(each) for each in re.findall(r"-?[\d.]+", path)] for path in re.findall(r'd="(M[^a-z"]*Z)"', paths)]

    assert loop.nets["S.out"] == loop.nets["G.in"] != loop.nets["S.in"]
    assert loop.nets["G.out"] == loop.nets["S.down"] == "Y"
    for x, y in ((2 - _gates.RING, 3), (3.5, 3), (2, 3 - _gates.RING)):
        assert any(abs(tip[0] - 36 * x) < 2.5 and abs(tip[1] + 36 * y) < 2.5 for head in tips
                   for tip in zip(head[::2], head[1::2], strict=True))  # fmt: skip
