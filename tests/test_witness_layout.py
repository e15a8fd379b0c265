"""Weights counted one by one against what PyTorch and Keras print, and shapes against what they return."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pytest

from qbank.model import Column, Floats
from qbank.witnesses import read
from qbank.witnesses.layout import Spec, witness

SIZES = {"d": 10.0, "h": 20.0, "L": 2.0, "N": 5.0, "T": 7.0, "one": 1.0}


def counted(spec: Mapping[str, Any]) -> Floats:
    columns = {name: Column(np.array([size])) for name, size in SIZES.items()}
    return witness(Spec.model_validate({"within": "0", **spec}), {}, {}, columns)


def torch(layer: str, **more: str) -> dict[str, Any]:
    return {"layout": "torch", "layers": [{"layer": layer, "input_size": "d", "hidden_size": "h", **more}]}


def keras(*layers: dict[str, str], batch: list[str]) -> dict[str, Any]:
    return {"layout": "keras", "layers": list(layers), "input": batch}


KNOWN: list[tuple[str, dict[str, Any], str, list[float]]] = [
    ("nn.RNN(10, 20)", torch("RNN"), "parameters", [640]),
    ("nn.LSTM(10, 20)", torch("LSTM"), "parameters", [2560]),
    ("nn.GRU(10, 20)", torch("GRU"), "parameters", [1920]),
    ("nn.RNN(10, 20, bias=False)", torch("RNN", bias="no"), "parameters", [600]),
    ("nn.LSTM(10, 20, 2, bidirectional=True)", torch("LSTM", num_layers="L", bidirectional="yes"), "parameters",
     [2 * 2560 + 2 * 4 * 20 * (40 + 20 + 2)]),
    ("nn.LSTM(10, 20, proj_size=3)", torch("LSTM", proj_size="3"), "parameters", [800 + 240 + 160 + 60]),
    ("nn.Linear(10, 20)", {"layout": "torch", "layers": [{"layer": "Linear", "in_features": "d",
                                                            "out_features": "h"}]}, "parameters", [220]),
    ("weight_ih_l0 of nn.LSTM(10, 20)", torch("LSTM"), "weight_ih_l0", [80, 10]),
    ("weight_hh_l1 of nn.GRU(10, 20, 2)", torch("GRU", num_layers="2"), "weight_hh_l1", [60, 20]),
    ("output of nn.RNN(…)(T, N, d)", {**torch("RNN", num_layers="L"), "input": ["T", "N", "d"]}, "output", [7, 5, 20]),
    ("output, batch_first", {**torch("RNN", batch_first="yes"), "input": ["N", "T", "d"]}, "output", [5, 7, 20]),
    ("output, bidirectional", {**torch("GRU", bidirectional="yes"), "input": ["T", "N", "d"]}, "output", [7, 5, 40]),
    ("h_n is not batch first", {**torch("RNN", batch_first="yes", num_layers="L"), "input": ["N", "T", "d"]}, "h_n",
     [2, 5, 20]),
    ("h_n, bidirectional", {**torch("GRU", num_layers="L", bidirectional="yes"), "input": ["T", "N", "d"]}, "h_n",
     [4, 5, 20]),
    ("h_n and c_n differ with proj_size: h_n", {**torch("LSTM", proj_size="3"), "input": ["T", "N", "d"]}, "h_n",
     [1, 5, 3]),
    ("h_n and c_n differ with proj_size: c_n", {**torch("LSTM", proj_size="3"), "input": ["T", "N", "d"]}, "c_n",
     [1, 5, 20]),
    ("one size of a shape", {**torch("GRU", bidirectional="yes"), "input": ["T", "N", "d"], "axis": "-1"}, "output",
     [40]),
    ("a sequence without a batch", {**torch("RNN"), "input": ["T", "d"]}, "output", [7, 20]),
    ("SimpleRNN(50) and Dense(1) on one feature",
     keras({"layer": "SimpleRNN", "units": "50"}, {"layer": "Dense", "units": "1"}, batch=["N", "T", "one"]),
     "parameters", [2651]),
    ("keras LSTM(20)", keras({"layer": "LSTM", "units": "h"}, batch=["N", "T", "d"]), "parameters", [2480]),
    ("keras GRU(20), reset_after", keras({"layer": "GRU", "units": "h"}, batch=["N", "T", "d"]), "parameters", [1920]),
    ("keras GRU(20), reset before", keras({"layer": "GRU", "units": "h", "reset_after": "no"}, batch=["N", "T", "d"]),
     "parameters", [1860]),
    ("PeepholeLSTM(20)", keras({"layer": "PeepholeLSTM", "units": "h"}, batch=["N", "T", "d"]), "parameters", [2540]),
    ("SimpleRNN without a bias", keras({"layer": "SimpleRNN", "units": "h", "use_bias": "no"}, batch=["N", "T", "d"]),
     "parameters", [600]),
    ("the last output", keras({"layer": "LSTM", "units": "h"}, batch=["N", "T", "d"]), "output", [5, 20]),
    ("all outputs", keras({"layer": "LSTM", "units": "h", "return_sequences": "yes"}, batch=["N", "T", "d"]), "output",
     [5, 7, 20]),
    ("Bidirectional(LSTM(20))", keras({"layer": "LSTM", "units": "h", "bidirectional": "yes"}, batch=["N", "T", "d"]),
     "output", [5, 40]),
]  # fmt: skip


@pytest.mark.parametrize(("what", "spec", "solve", "value"), KNOWN, ids=[row[0] for row in KNOWN])
def test_what_the_libraries_say_is_counted(what: str, spec: dict[str, Any], solve: str, value: list[float]) -> None:
    assert counted({**spec, "solve": solve}).ravel().tolist() == value, what


WRONG: list[tuple[dict[str, Any], str, str]] = [
    (torch("LTSM"), "parameters", "the layer 'LTSM' is not known; did you mean 'LSTM'?"),
    ({"layout": "keras", "layers": [{"layer": "Linear", "units": "h"}]}, "parameters",
     "the layer 'Linear' is not known"),
    ({"layout": "torch", "layers": [{"layer": "RNN", "input_size": "d"}]}, "parameters", "RNN needs hidden_size:"),
    (torch("RNN", layers="2"), "parameters", "RNN: 'layers' is not known; did you mean 'num_layers'?"),
    (torch("RNN"), "output", "output needs input:, the batch that is run through"),
    ({**torch("RNN"), "axis": "2"}, "weight_ih_l0", "axis: is 2, but weight_ih_l0 has the shape (20, 10)"),
    (torch("RNN"), "weights", "solve: 'weights' is not known; did you mean 'weight_ih_l0'?"),
    (torch("RNN", num_layers="L/4"), "parameters", "L/4 is not a size, which is a whole number from 0"),
    (torch("RNN", num_layers="1M"), "parameters", "at most 16,777,216 numbers and 100 layers can be laid out"),
    ({"layout": "torch", "layers": [{"layer": "RNN", "input_size": "1", "hidden_size": "1M"}]}, "parameters",
     "a layer can have at most 16,777,216 weights here"),
    ({**torch("RNN"), "input": ["1M", "1M", "d"]}, "output", "at most 16,777,216 numbers and 100 layers can be "),
    ({"layout": "keras", "layers": [{"layer": "Dense", "units": "h"}]}, "parameters",
     "Keras layers need input:, whose last size is the number of features"),
    (keras({"layer": "LSTM", "units": "h"}, batch=["N", "d"]), "output",
     "LSTM takes samples, steps and features, not the shape (5, 10)"),
]  # fmt: skip


@pytest.mark.parametrize(("spec", "solve", "message"), WRONG, ids=[row[2][:40] for row in WRONG])
def test_layers_that_cannot_be_laid_out_say_why(spec: dict[str, Any], solve: str, message: str) -> None:
    with pytest.raises(ValueError) as refused:
        read({**spec, "solve": solve, "within": "0"})
        counted({**spec, "solve": solve})

    assert message in str(refused.value)
