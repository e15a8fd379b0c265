"""ONNX Runtime's cells, and the gates read off them, against the cells written out."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from typing import Any

import numpy as np
import pytest

from qbank.model import Column, Floats
from qbank.witnesses import Missing, onnx, read
from qbank.witnesses.onnx import Spec, witness

RANDOM = np.random.default_rng(7)
N = 6


def drawn(names: str) -> dict[str, Floats]:
    return {name: RANDOM.uniform(-1, 1, N) for name in names.split()}


def asked(spec: Mapping[str, Any], columns: Mapping[str, Any]) -> Floats:
    arrays = {name: Column(np.asarray(values, np.float64)) for name, values in columns.items()}
    return witness(Spec.model_validate({"within": "1e-5", **spec}), {}, {}, arrays)


def sigma(x: Floats) -> Floats:
    return np.asarray(1 / (1 + np.exp(-x)))


LSTM = drawn("x h c wi ui bi wf uf bf wg ug bg wo uo bo pi po pf")
GATES = {name: {gate: name.lower() + gate for gate in "ifgo"} for name in "WU"} | {"b": {g: "b" + g for g in "ifgo"}}
PEEPHOLES = {"p": {"i": "p_i", "f": "pf", "o": "po"}}


def lstm(v: Mapping[str, Floats], *, peepholes: bool) -> dict[str, Floats]:
    p = {gate: v["p" + gate] if peepholes else 0.0 for gate in "ifo"}
    i = sigma(v["wi"] * v["x"] + v["ui"] * v["h"] + v["bi"] + p["i"] * v["c"])
    f = sigma(v["wf"] * v["x"] + v["uf"] * v["h"] + v["bf"] + p["f"] * v["c"])
    g = np.tanh(v["wg"] * v["x"] + v["ug"] * v["h"] + v["bg"])
    c = f * v["c"] + i * g
    o = sigma(v["wo"] * v["x"] + v["uo"] * v["h"] + v["bo"] + p["o"] * c)
    return {"i": i, "f": f, "g": g, "o": o, "c": c, "h": o * np.tanh(c)}


@pytest.mark.parametrize("peepholes", [False, True], ids=["plain", "peepholes"])
@pytest.mark.parametrize("what", ["i", "f", "g", "o", "c", "h"])
def test_an_lstm_and_its_gates(what: str, peepholes: bool) -> None:
    spec = {"onnx": "lstm", "solve": what, "x": "x", "h": "h", "c": "c", **GATES, **(PEEPHOLES if peepholes else {})}

    found = asked(spec, {**LSTM, "p_i": LSTM["pi"]})

    assert found == pytest.approx(lstm(LSTM, peepholes=peepholes)[what], abs=1e-6)


GRU = drawn("x h wr ur br wz uz bz wn un bn dn")


@pytest.mark.parametrize("reset", ["after", "before"])
@pytest.mark.parametrize("update", ["keeps", "renews"])
@pytest.mark.parametrize("what", ["r", "z", "n", "h"])
def test_a_gru_in_both_conventions_of_its_gates(what: str, update: str, reset: str) -> None:
    v = GRU
    r, z = (sigma(v["w" + gate] * v["x"] + v["u" + gate] * v["h"] + v["b" + gate]) for gate in "rz")
    inner = r * (v["un"] * v["h"] + v["dn"]) if reset == "after" else v["un"] * (r * v["h"]) + v["dn"]
    n = np.tanh(v["wn"] * v["x"] + v["bn"] + inner)
    h = (1 - z) * n + z * v["h"] if update == "keeps" else z * n + (1 - z) * v["h"]
    gates = {name: {gate: name.lower() + gate for gate in "rzn"} for name in ("W", "U", "b")}

    found = asked({"onnx": "gru", "solve": what, "x": "x", "h": "h", **gates, "d": {"n": "dn"},
                   "reset": reset, "update": update}, v)  # fmt: skip

    assert found == pytest.approx({"r": r, "z": z, "n": n, "h": h}[what], abs=2e-6)


def matrices() -> dict[str, Floats]:
    shapes = {"W": (2, 3), "U": (2, 2), "b": (2,), "V": (2, 3), "Q": (2, 2), "x1": (3,), "x2": (3,), "h": (2,)}
    return {name: RANDOM.uniform(-1, 1, (N, *shape)) for name, shape in shapes.items()}


def product(matrix: Floats, vector: Floats) -> Floats:
    return np.asarray(np.einsum("nij,nj->ni", matrix, vector))


@pytest.mark.parametrize("at", [1, 2])
@pytest.mark.parametrize("activation", ["tanh", "relu"])
def test_a_network_of_vectors_step_by_step(activation: str, at: int) -> None:
    v = matrices()
    f = np.tanh if activation == "tanh" else lambda a: np.maximum(a, 0)
    h1 = f(product(v["W"], v["x1"]) + product(v["U"], v["h"]) + v["b"])
    h2 = f(product(v["W"], v["x2"]) + product(v["U"], h1) + v["b"])

    found = asked({"onnx": "rnn", "solve": "h", "x": ["x1", "x2"], "at": str(at), "h": "h", "W": "W", "U": "U",
                   "b": "b", "activation": activation}, v)  # fmt: skip

    assert found == pytest.approx([h1, h2][at - 1], abs=1e-6)


def test_both_directions_meet_at_a_step() -> None:
    v = matrices()
    forward = np.tanh(product(v["W"], v["x1"]))
    last = np.tanh(product(v["V"], v["x2"]))
    backward = np.tanh(product(v["V"], v["x1"]) + product(v["Q"], last))
    spec = {"onnx": "bidirectional", "cell": "rnn", "x": ["x1", "x2"], "at": "1", "W": "W", "U": "U",
            "backward": {"W": "V", "U": "Q"}}  # fmt: skip

    assert asked({**spec, "solve": "forward"}, v) == pytest.approx(forward, abs=1e-6)
    assert asked({**spec, "solve": "backward"}, v) == pytest.approx(backward, abs=1e-6)
    assert asked({**spec, "solve": "both"}, v) == pytest.approx(np.concatenate([forward, backward], axis=1), abs=1e-6)


def test_stacked_weights_are_taken_apart_in_the_order_of_pytorch() -> None:
    v = {"W": RANDOM.uniform(-1, 1, (N, 8, 3)), "U": RANDOM.uniform(-1, 1, (N, 8, 2)),
         "b": RANDOM.uniform(-1, 1, (N, 8)), "x": RANDOM.uniform(-1, 1, (N, 3))}  # fmt: skip
    i, f, g, o = np.split(product(v["W"], v["x"]) + v["b"], 4, axis=1)

    found = asked({"onnx": "lstm", "solve": "h", "x": "x", "W": "W", "U": "U", "b": "b"}, v)

    assert found == pytest.approx(sigma(o) * np.tanh(sigma(i) * np.tanh(g)), abs=1e-6), f"f = {f} meets c = 0"


def test_a_gate_of_a_later_step_begins_from_the_state_before_it() -> None:
    two = asked({"onnx": "lstm", "solve": "f", "x": ["x", "h"], "h": "h", "c": "c", **GATES}, LSTM)
    state = lstm(LSTM, peepholes=False)
    later = lstm({**LSTM, "x": LSTM["h"], "h": state["h"], "c": state["c"]}, peepholes=False)

    assert two == pytest.approx(later["f"], abs=1e-6)


WRONG: list[tuple[dict[str, Any], str]] = [
    ({"onnx": "lstm", "solve": "z"}, "solve: 'z' is not one of h, i, f, g, o, c"),
    ({"onnx": "gru", "solve": "c"}, "solve: 'c' is not one of h, r, z, n"),
    ({"onnx": "rnn", "solve": "h", "at": "2"}, "at: is 2, but there is only 1 step"),
    ({"onnx": "bidirectional", "solve": "both"},
     "cell: and backward: are needed for a bidirectional network, and allowed for no other"),
]


@pytest.mark.parametrize(("spec", "message"), WRONG, ids=[row[1] for row in WRONG])
def test_a_cell_that_cannot_be_asked_is_refused_when_it_is_read(spec: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError) as refused:
        read({"x": "x", "W": "w", "U": "u", "within": "1e-5", **spec})

    assert message in str(refused.value)


def test_a_gate_that_a_cell_has_not_is_named() -> None:
    with pytest.raises(ValueError, match="W: the gate 'k' is not known; the known ones are: f, g, i, o"):
        asked({"onnx": "lstm", "solve": "h", "x": "x", **GATES, "W": {"k": "wi"}}, LSTM)
    with pytest.raises(ValueError, match="W needs the gate 'f'"):
        asked({"onnx": "lstm", "solve": "h", "x": "x", **GATES, "W": {"i": "wi"}}, LSTM)


def test_without_onnxruntime_the_witness_is_missing_and_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "onnxruntime", None)
    onnx._session.cache_clear()

    with pytest.raises(Missing, match="onnxruntime is not installed") as missing:
        asked({"onnx": "rnn", "solve": "h", "x": "x", "W": "wi", "U": "ui"}, LSTM)

    assert missing.value.remedy == "pip install 'qbank[check]'"
