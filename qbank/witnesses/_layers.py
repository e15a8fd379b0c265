"""The layers of two libraries: every weight by its name and shape as documented, and a run on zeros for what comes out.

Sources: https://docs.pytorch.org/docs/stable/generated/torch.nn.LSTM.html (RNN, GRU, Linear beside it) and
https://keras.io/api/layers/recurrent_layers/ (SimpleRNN, LSTM, GRU with reset_after, Bidirectional, Dense), and
https://www.tensorflow.org/addons/api_docs/python/tfa/rnn/PeepholeLSTMCell.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np

from qbank import messages
from qbank.model import Array

Shape: TypeAlias = tuple[int, ...]
Weights: TypeAlias = dict[str, Shape]
GATES = {"RNN": 1, "SimpleRNN": 1, "LSTM": 4, "PeepholeLSTM": 4, "GRU": 3}


@dataclass(frozen=True, slots=True)
class Layer:
    """One layer as it is written in a program: its class, its sizes, its switches."""

    name: str
    sizes: Mapping[str, int]
    switches: Mapping[str, bool]

    def on(self, switch: str, default: bool) -> bool:
        """Whether a switch is on."""
        return self.switches.get(switch, default)


def torch_weights(layer: Layer) -> Weights:
    """The parameters of a torch.nn module, by the names of its state_dict.

    >>> torch_weights(Layer("LSTM", {"input_size": 10, "hidden_size": 20}, {}))["weight_ih_l0"]
    (80, 10)
    """
    if layer.name == "Linear":
        width, out = layer.sizes["in_features"], layer.sizes["out_features"]
        return {"weight": (out, width)} | ({"bias": (out,)} if layer.on("bias", True) else {})
    hidden, gates = layer.sizes["hidden_size"], GATES[layer.name]
    projected = layer.sizes.get("proj_size", 0)
    carried = projected or hidden
    ways = ("", "_reverse") if layer.on("bidirectional", False) else ("",)
    found: Weights = {}
    for number in range(layer.sizes.get("num_layers", 1)):
        width = layer.sizes["input_size"] if number == 0 else carried * len(ways)
        for way in ways:
            place = f"l{number}{way}"
            found[f"weight_ih_{place}"] = (gates * hidden, width)
            found[f"weight_hh_{place}"] = (gates * hidden, carried)
            if layer.on("bias", True):
                found |= {f"bias_ih_{place}": (gates * hidden,), f"bias_hh_{place}": (gates * hidden,)}
            if projected:
                found[f"weight_hr_{place}"] = (projected, hidden)
    return found


def keras_weights(layer: Layer, width: int) -> Weights:
    """The weights of a Keras layer whose input has so many features, by their names.

    >>> keras_weights(Layer("SimpleRNN", {"units": 50}, {}), 1)["recurrent_kernel"]
    (50, 50)
    """
    units, bias = layer.sizes["units"], layer.on("use_bias", True)
    if layer.name == "Dense":
        return {"kernel": (width, units)} | ({"bias": (units,)} if bias else {})
    gates = GATES[layer.name]
    found: Weights = {}
    for way in ("forward_", "backward_") if layer.on("bidirectional", False) else ("",):
        found |= {f"{way}kernel": (width, gates * units), f"{way}recurrent_kernel": (units, gates * units)}
        if bias:
            twice = layer.name == "GRU" and layer.on("reset_after", True)
            found[f"{way}bias"] = (2, gates * units) if twice else (gates * units,)
        if layer.name == "PeepholeLSTM":
            found |= {f"{way}{gate}_gate_peephole_weights": (units,) for gate in ("input", "forget", "output")}
    return found


def torch_run(layer: Layer, x: Array) -> dict[str, Array]:
    """What a torch.nn module returns for an input: `output`, and `h_n` and `c_n` of a recurrent one."""
    weights = {name: np.zeros(shape) for name, shape in torch_weights(layer).items()}
    if layer.name == "Linear":
        return {"output": x @ weights["weight"].T}
    ways = ("", "_reverse") if layer.on("bidirectional", False) else ("",)
    first = layer.on("batch_first", False)
    below = np.swapaxes(x, 0, 1) if first and x.ndim == 3 else x
    last, cells = [], []
    for number in range(layer.sizes.get("num_layers", 1)):
        sides = []
        for way in ways:
            place = f"l{number}{way}"
            kernel, recurrent = weights[f"weight_ih_{place}"].T, weights[f"weight_hh_{place}"].T
            outputs, h, c = _recurrent(below, kernel, recurrent, layer, weights.get(f"weight_hr_{place}"))
            sides.append(outputs)
            last.append(h)
            cells.append(c)
        below = np.concatenate(sides, axis=-1)
    found = {"output": np.swapaxes(below, 0, 1) if first and x.ndim == 3 else below, "h_n": np.stack(last)}
    return found | ({"c_n": np.stack(cells)} if layer.name == "LSTM" else {})


def keras_run(layer: Layer, x: Array) -> Array:
    """What a Keras layer returns for a batch, (samples, steps, features) before a recurrent one."""
    weights = {name: np.zeros(shape) for name, shape in keras_weights(layer, x.shape[-1]).items()}
    if layer.name == "Dense":
        return np.asarray(x @ weights["kernel"])
    if x.ndim != 3:
        raise ValueError(messages.tell("{layer} takes samples, steps and features, not the shape {shape}",
                                       layer=layer.name, shape=x.shape))  # fmt: skip
    sides = []
    for way in ("forward_", "backward_") if layer.on("bidirectional", False) else ("",):
        outputs, h, _ = _recurrent(
            np.swapaxes(x, 0, 1), weights[f"{way}kernel"], weights[f"{way}recurrent_kernel"], layer, None
        )
        sides.append(np.swapaxes(outputs, 0, 1) if layer.on("return_sequences", False) else h)
    return np.concatenate(sides, axis=-1)


def _recurrent(
    x: Array, kernel: Array, recurrent: Array, layer: Layer, project: Array | None
) -> tuple[Array, Array, Array]:
    """Outputs over time, the last state and the last cell of one layer in one direction; x is (steps, …, features)."""
    units = kernel.shape[-1] // GATES[layer.name]
    cell = np.zeros((*x.shape[1:-1], units))
    h = cell if project is None else cell @ project.T
    outputs = []
    for step in x:
        gates = step @ kernel + h @ recurrent
        cell = np.split(gates, GATES[layer.name], axis=-1)[0] + cell
        h = cell if project is None else cell @ project.T
        outputs.append(h)
    return np.stack(outputs), h, cell
