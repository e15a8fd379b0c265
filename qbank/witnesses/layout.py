"""Counts and shapes by the documented layout: every weight of every layer is laid out, and counted one by one.

    witness:
      layout: torch               # or keras
      layers:
        - {layer: LSTM, input_size: d, hidden_size: h, num_layers: "2", bidirectional: yes}
      input: [N, T, d]            # the batch that is run through; not needed for `parameters`
      solve: parameters           # output, h_n, c_n, or a weight's name (weight_ih_l0): its shape
      within: 0

Keras layers take their number of features from `input` or from the layer before: `{layer: SimpleRNN, units: h}`.
"""

# ruff: noqa: ARG001 (every witness takes the same arguments)

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any, ClassVar, Literal

import numpy as np
from pydantic import Field, field_validator

from qbank import algebra, messages
from qbank.algebra import Expression
from qbank.circuits import Circuit
from qbank.figures import Spec as Figure
from qbank.model import Column, Floats
from qbank.records import Record, truth
from qbank.registry import unknown
from qbank.witnesses import _layers
from qbank.witnesses._layers import Layer

SIZES: Mapping[str, Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]]] = {
    "torch": dict.fromkeys(("RNN", "LSTM", "GRU"), (("input_size", "hidden_size"), ("num_layers", "proj_size")))
    | {"Linear": (("in_features", "out_features"), ())},
    "keras": dict.fromkeys(("SimpleRNN", "LSTM", "PeepholeLSTM", "GRU", "Dense"), (("units",), ())),
}
"""The sizes that the layers of a library need, and those that they may have."""
SWITCHES = {
    "torch": ("bias", "batch_first", "bidirectional"),
    "keras": ("use_bias", "return_sequences", "reset_after", "bidirectional"),
}
LARGEST = 1 << 24
"""The most numbers that a layer or a batch may hold here."""
DEEPEST = 100


class Spec(Record):
    """A witness that lays out the layers of a program and counts; `axis` picks one size of a shape, from 0 or -1."""

    tag: ClassVar[Literal["layout"]] = "layout"
    layout: Literal["torch", "keras"]
    layers: tuple[Mapping[str, Any], ...] = Field(min_length=1)
    input: tuple[Expression, ...] = ()
    solve: str
    axis: int | None = None
    within: float = Field(ge=0, le=0.1)
    seats: int | None = Field(default=None, ge=1)

    @property
    def expressions(self) -> tuple[Expression, ...]:
        """The sizes of the layers, then those of the input."""
        sizes = (each for layer in self.layers for each in layer.values() if isinstance(each, Expression))
        return (*sizes, *self.input)

    @property
    def names(self) -> frozenset[str]:
        """The item's names that it uses."""
        return frozenset(name for each in self.expressions for name in algebra.names(each))

    @field_validator("input", mode="before")
    @classmethod
    def _batch(cls, value: Any) -> Any:
        return [algebra.read(str(each)) for each in (value if isinstance(value, list | tuple) else [value])]

    @field_validator("layers", mode="before")
    @classmethod
    def _read(cls, value: Any, info: Any) -> Any:
        library = info.data.get("layout", "torch")
        return [_layer(dict(each), library) for each in value]


def _layer(given: dict[str, Any], library: str) -> dict[str, Any]:
    name = str(given.pop("layer", ""))
    if name not in SIZES[library]:
        raise ValueError(messages.tell("the layer {unknown}", unknown=unknown(name, SIZES[library])))
    needed, possible = SIZES[library][name]
    for size in needed:
        if size not in given:
            raise ValueError(messages.tell("{layer} needs {size}:", layer=name, size=size))
    found: dict[str, Any] = {"layer": name}
    for key, value in given.items():
        if key in (*needed, *possible):
            found[key] = algebra.read(str(value))
        elif key in SWITCHES[library]:
            found[key] = truth(value)
        else:
            raise ValueError(f"{name}: {unknown(key, (*needed, *possible, *SWITCHES[library]))}")
    return found


def witness(
    spec: Spec, figures: Mapping[str, Figure], library: Mapping[str, Circuit], columns: Mapping[str, Column]
) -> Floats:
    """The count (n,) or the shape (n, rank) on every variant. Raises ValueError."""
    n = max((len(column) for column in columns.values()), default=1)
    sizes = np.stack([_sizes(each, columns, n) for each in spec.expressions], axis=1)
    distinct, inverse = np.unique(sizes, axis=0, return_inverse=True)
    found = np.array([_counted(spec, [int(size) for size in row]) for row in distinct], dtype=np.float64)
    return np.asarray(found[inverse.reshape(-1)])


def _sizes(expression: Expression, columns: Mapping[str, Column], n: int) -> Floats:
    values = algebra.evaluate(expression, columns, n).values.astype(np.float64)
    if values.ndim > 1 or (values != np.round(values)).any() or (values < 0).any():
        raise ValueError(messages.tell("{formula} is not a size, which is a whole number from 0", formula=expression))
    return values


def _counted(spec: Spec, sizes: list[int]) -> Any:
    """The count or shape for one set of sizes."""
    waiting = iter(sizes)
    layers = [
        Layer(
            str(layer["layer"]),
            {key: next(waiting) for key, value in layer.items() if isinstance(value, Expression)},
            {key: value for key, value in layer.items() if isinstance(value, bool)},
        )
        for layer in spec.layers
    ]
    shape = tuple(waiting)
    if math.prod(shape) > LARGEST or max(layer.sizes.get("num_layers", 1) for layer in layers) > DEEPEST:
        raise ValueError(messages.tell("at most {numbers:,} numbers and {layers} layers can be laid out",
                                       numbers=LARGEST, layers=DEEPEST))  # fmt: skip
    x = np.zeros(shape or (1, 1, 1))
    if spec.solve != "parameters" and not shape and spec.solve in ("output", "h_n", "c_n"):
        raise ValueError(messages.tell("{name} needs input:, the batch that is run through", name=spec.solve))
    shapes: dict[str, tuple[int, ...]] = {}
    count = 0
    for layer in layers:
        if spec.layout == "torch":
            weights, results = _small(_layers.torch_weights(layer)), {}
            if shape:
                results = _layers.torch_run(layer, x)
                x = results["output"]
        else:
            if not shape:
                raise ValueError(messages.tell("Keras layers need input:, whose last size is the number of features"))
            weights = _small(_layers.keras_weights(layer, x.shape[-1]))
            x = _layers.keras_run(layer, x)
            results = {"output": x}
        count += sum(np.zeros(each).size for each in weights.values())
        shapes |= weights | {name: result.shape for name, result in results.items()}
    if spec.solve == "parameters":
        return count
    if spec.solve not in shapes:
        raise ValueError(f"solve: {unknown(spec.solve, ('parameters', *shapes))}")
    shape = shapes[spec.solve]
    if spec.axis is None:
        return shape
    if not -len(shape) <= spec.axis < len(shape):
        raise ValueError(messages.tell("axis: is {axis}, but {name} has the shape {shape}",
                                       axis=spec.axis, name=spec.solve, shape=shape))  # fmt: skip
    return shape[spec.axis]


def _small(weights: _layers.Weights) -> _layers.Weights:
    """The weights. Raises ValueError for more of them than are laid out here."""
    if sum(math.prod(shape) for shape in weights.values()) > LARGEST:
        raise ValueError(messages.tell("a layer can have at most {most:,} weights here", most=LARGEST))
    return weights
