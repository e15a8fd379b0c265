"""A recurrent cell of ONNX Runtime, an implementation independent of qbank: RNN, LSTM, GRU, in one direction or two.

    witness:
      onnx: lstm                  # rnn, lstm, gru, or bidirectional with cell: rnn, lstm or gru
      solve: c                    # h, c, a gate (i f g o; r z n); forward, backward or both of a bidirectional one
      x: [x1, x2]                 # the inputs, step by step; `at: 1` asks after the first step, else after the last
      h: h0
      W: {i: wi, f: wf, g: wg, o: wo}
      U: {i: ui, f: uf, g: ug, o: uo}
      b: {i: bi, f: bf, g: bg, o: bo}
      within: 1e-5

A gate is not an output of the cell: it is read off by holding the others at their ends, where they let it through.
ONNX Runtime computes with 32 bits. Source: the operators RNN, LSTM and GRU of https://onnx.ai/onnx/operators/.
"""

# ruff: noqa: ARG001 (every witness takes the same arguments)

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Any, ClassVar, Literal

import numpy as np
from pydantic import Field, field_validator, model_validator

from qbank import algebra, messages
from qbank.algebra import Expression
from qbank.circuits import Circuit
from qbank.figures import Spec as Figure
from qbank.model import Array, Column, Floats
from qbank.witnesses import Missing
from qbank.witnesses._cells import GATES, Cell, Direction, Weights, weights

OPERATOR = {"rnn": "RNN", "lstm": "LSTM", "gru": "GRU"}
ORDER: Mapping[str, tuple[str, ...]] = {"rnn": ("h",), "lstm": ("i", "o", "f", "g"), "gru": ("z", "r", "n")}
"""The gates in the order in which ONNX stacks them; the peepholes of an LSTM likewise, without g."""
SHUT, OPEN = -1e3, 1e3
"""Arguments at which a gate is 0 and 1, and a candidate -1 and 1."""


class Spec(Direction):
    """A witness that runs a cell. `reset: before` applies a GRU's reset gate to the state before the product.

    `update: renews` says that a GRU's z weighs the new state: h' = (1 - z) h + z n.
    """

    tag: ClassVar[Literal["onnx"]] = "onnx"
    floor: ClassVar[float] = 2e-6
    onnx: Literal["rnn", "lstm", "gru", "bidirectional"]
    cell: Cell | None = None
    solve: str
    x: tuple[Expression, ...] = Field(min_length=1)
    backward: Direction | None = None
    reset: Literal["after", "before"] = "after"
    update: Literal["keeps", "renews"] = "keeps"
    activation: Literal["tanh", "relu"] = "tanh"
    at: int | None = Field(default=None, ge=1)
    within: float = Field(gt=0, le=0.1)
    seats: int | None = Field(default=None, ge=1)

    @property
    def expressions(self) -> tuple[Expression, ...]:
        """Every formula the author wrote; none may be the key's."""
        return (*self.x, *self.formulas, *(self.backward.formulas if self.backward else ()))

    @property
    def names(self) -> frozenset[str]:
        """The item's names that it uses."""
        return frozenset(name for each in self.expressions for name in algebra.names(each))

    @field_validator("x", mode="before")
    @classmethod
    def _steps(cls, value: Any) -> Any:
        return [algebra.read(str(each)) for each in (value if isinstance(value, list | tuple) else [value])]

    @field_validator("h", "c", mode="before")
    @classmethod
    def _state(cls, value: Any) -> Any:
        return algebra.read(str(value))

    @model_validator(mode="after")
    def _sound(self) -> Spec:
        if (self.onnx == "bidirectional") != (self.backward is not None and self.cell is not None):
            raise ValueError(messages.tell(
                "cell: and backward: are needed for a bidirectional network, and allowed for no other"
            ))  # fmt: skip
        asked = ("forward", "backward", "both") if self.backward else ("h", *GATES[self.onnx])
        asked += ("c",) if self.onnx == "lstm" else ()
        if self.solve not in asked:
            names = messages.listed(dict.fromkeys(asked))
            raise ValueError(messages.tell("solve: {name!r} is not one of {names}", name=self.solve, names=names))
        if self.at is not None and self.at > len(self.x):
            raise ValueError(messages.tell_many(len(self.x), "at: is {place}, but there is only {count} step",
                                                "at: is {place}, but there are only {count} steps", place=self.at))
        return self


def witness(
    spec: Spec, figures: Mapping[str, Figure], library: Mapping[str, Circuit], columns: Mapping[str, Column]
) -> Floats:
    """What the cell says on every variant, (n,) for a cell of numbers, else (n, k). Raises ValueError, Missing."""
    n = max((len(column) for column in columns.values()), default=1)

    def value(expression: Expression) -> Array:
        return algebra.evaluate(expression, columns, n).values

    cell = spec.cell or spec.onnx
    steps = [np.asarray(value(each), np.float64).reshape(n, -1) for each in spec.x]
    forward, scalar = weights(spec, cell, value)
    network = _Network(cell, spec.reset, spec.activation)
    at = spec.at or len(steps)
    if spec.backward is not None:
        both = network.run(steps, [forward, weights(spec.backward, cell, value)[0]])[0][:, at - 1]
        chosen = {"forward": both[:, 0], "backward": both[:, 1], "both": both.reshape(n, -1)}[spec.solve]
        return chosen[:, 0] if scalar and spec.solve != "both" else chosen
    if cell == "gru" and spec.update == "renews":
        forward = forward.turned("z")
    before = forward
    if at > 1:
        _, h, c = network.run(steps[: at - 1], [forward])
        before = forward.at(h[:, 0], c[:, 0])
    found = network.asked(spec.solve, steps[at - 1 : at], before)
    if spec.solve == "z" and spec.update == "renews":
        found = 1 - found
    return found[:, 0] if scalar else found


class _Network:
    """One kind of cell, run and asked for what is inside it."""

    def __init__(self, cell: str, reset: str, activation: str) -> None:
        self.cell, self.reset, self.activation = cell, reset, activation

    def run(self, steps: Sequence[Floats], ways: Sequence[Weights]) -> tuple[Floats, Floats, Floats]:
        """Outputs (n, steps, ways, k), last states h and c (n, ways, k); the second way runs backward."""
        order = ORDER[self.cell]
        session = _session(self.cell, ways[0].units, len(ways), self.reset, self.activation)
        fed = {
            "X": np.stack(steps, axis=1)[:, :, None, :],
            "W": np.stack([np.concatenate([way.W[gate] for gate in order], axis=1) for way in ways], axis=1),
            "R": np.stack([np.concatenate([way.U[gate] for gate in order], axis=1) for way in ways], axis=1),
            "B": np.stack(
                [np.concatenate([part[gate] for part in (way.b, way.d) for gate in order], axis=1) for way in ways], 1
            ),
            "h": np.stack([way.h[:, None, :] for way in ways], axis=1),
        }
        if self.cell == "lstm":
            fed["c"] = np.stack([way.c[:, None, :] for way in ways], axis=1)
            fed["P"] = np.stack([np.concatenate([way.p[gate] for gate in order[:3]], axis=1) for way in ways], axis=1)
        single = {name: values.astype(np.float32) for name, values in fed.items()}
        rows = [session.run(None, {name: values[row] for name, values in single.items()})
                for row in range(len(steps[0]))]  # fmt: skip
        outputs, h, *c = (np.stack([row[place] for row in rows]).astype(np.float64) for place in range(len(rows[0])))
        return outputs[:, :, :, 0], h[:, :, 0], (c[0] if c else h * 0)[:, :, 0]

    def asked(self, what: str, step: Sequence[Floats], state: Weights) -> Floats:
        """The state, or a gate, in the one step that is given, (n, k)."""
        if what in ("h", "c") or self.cell == "rnn":
            _, h, c = self.run(step, [state])
            return c[:, 0] if what == "c" else h[:, 0]
        return self._lstm(what, step, state) if self.cell == "lstm" else self._gru(what, step, state)

    def _lstm(self, gate: str, step: Sequence[Floats], state: Weights) -> Floats:
        zero, one = np.zeros_like(state.c), np.ones_like(state.c)
        new = self.run(step, [state])[2][:, 0]
        for each, seen in (("i", state.c), ("f", state.c), ("o", new)):
            state = state.shifted(each, state.p[each] * seen)
        match gate:
            case "i":  # c' = i · 1
                return self.run(step, [state.fixed("g", OPEN).at(state.h, zero)])[2][:, 0]
            case "f":  # c' = f · 1
                return self.run(step, [state.fixed("i", SHUT).at(state.h, one)])[2][:, 0]
            case "g":  # c' = 1 · g
                return self.run(step, [state.fixed("i", OPEN).at(state.h, zero)])[2][:, 0]
            case _:  # h' = o tanh(large)
                whole = state.fixed("i", SHUT).fixed("f", OPEN).at(state.h, OPEN * one)
                return self.run(step, [whole])[1][:, 0]

    def _gru(self, gate: str, step: Sequence[Floats], state: Weights) -> Floats:
        match gate:
            case "n":  # h' = n
                return self.run(step, [state.fixed("z", SHUT)])[1][:, 0]
            case "z":  # h' = (1 - z) n + z h, where n is 1 or -1, away from h
                far = np.where(state.h > 0, -1.0, 1.0)
                new = self.run(step, [state.fixed("n", far * OPEN)])[1][:, 0]
                return np.asarray((new - far) / (state.h - far))
            case _:  # h' = tanh(r · 1), with the reset gate after the product
                after = _Network(self.cell, "after", self.activation)
                probe = state.fixed("z", SHUT).fixed("n", 0.0)
                probe = replace(probe, d={**probe.d, "n": np.ones_like(state.h)})
                return np.asarray(np.arctanh(after.run(step, [probe])[1][:, 0]))


@lru_cache(maxsize=32)
def _session(cell: str, units: int, ways: int, reset: str, activation: str) -> Any:
    try:
        import onnxruntime
        from onnx import TensorProto, helper
    except ModuleNotFoundError as error:
        raise Missing(messages.tell("{program} is not installed",
                                    program=error.name), "pip install 'qbank[check]'") from None  # fmt: skip
    inputs = ["X", "W", "R", "B", "", "h", *(["c", "P"] if cell == "lstm" else [])]
    outputs = ["Y", "Y_h", *(["Y_c"] if cell == "lstm" else [])]
    attributes: dict[str, Any] = {"hidden_size": units, "direction": "bidirectional" if ways == 2 else "forward"}
    if cell == "gru":
        attributes["linear_before_reset"] = int(reset == "after")
    if cell == "rnn":
        attributes["activations"] = [activation.capitalize()] * ways
    graph = helper.make_graph(
        [helper.make_node(OPERATOR[cell], inputs, outputs, **attributes)], "cell",
        *([helper.make_tensor_value_info(name, TensorProto.FLOAT, None) for name in names if name]
          for names in (inputs, outputs)),
    )  # fmt: skip
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 14)], ir_version=8)
    options = onnxruntime.SessionOptions()
    options.log_severity_level, options.intra_op_num_threads = 3, 1
    return onnxruntime.InferenceSession(model.SerializeToString(), options, providers=["CPUExecutionProvider"])
