"""Brute force against values that are known: waveforms averaged, ranges tried out, loops run."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from qbank.model import Column, Floats
from qbank.witnesses import read
from qbank.witnesses.simulation import Spec, witness

SINE = {"over": {"t": ["0", "1"]}, "given": {"u": "U*sin(2*pi*t)", "i": "u/R"}}


def simulated(spec: Mapping[str, Any], **columns: Any) -> Floats:
    arrays = {name: Column(np.atleast_1d(np.asarray(value, np.float64))) for name, value in columns.items()}
    return witness(Spec.model_validate({"within": "1e-6", **spec}), {}, {}, arrays)


KNOWN: list[tuple[str, dict[str, Any], dict[str, Any], Any, float]] = [
    ("the mean of a rectified sine", {"simulation": "mean", "of": "abs(u)", **SINE}, {"U": 1, "R": 1}, 2 / np.pi, 1e-6),
    ("the rms of a sine", {"simulation": "rms", "of": "u", **SINE}, {"U": 3, "R": 1}, 3 / np.sqrt(2), 1e-12),
    ("the power in a resistor", {"simulation": "mean", "of": "u*i", **SINE}, {"U": 12, "R": 8}, 9.0, 1e-12),
    ("an area", {"simulation": "integral", "of": "x*x", "over": {"x": ["a", "b"]}}, {"a": 1, "b": 4}, 21.0, 1e-6),
    ("an area over a rectangle", {"simulation": "integral", "of": "x*y", "over": {"x": ["0", "2"], "y": ["0", "3"]}},
     {}, 9.0, 1e-6),
    ("an area backwards is negative", {"simulation": "integral", "of": "1", "over": {"x": ["3", "1"]}}, {}
     , -2.0, 1e-12),
    ("a largest value at an end", {"simulation": "max", "of": "x*x", "over": {"x": ["-3", "2"]}}, {}, 9.0, 0.0),
    ("a largest value at a corner", {"simulation": "max", "of": "x - y", "over": {"x": ["0", "2"], "y": ["1", "5"]}},
     {}, 1.0, 0.0),
    ("a smallest value inside", {"simulation": "min", "of": "(x - p)**2 + 1", "over": {"x": ["0", "5"]}}, {"p": 1.2345},
     1.0, 1e-12),
    ("where it lies", {"simulation": "argmin", "of": "(x - p)**2", "over": {"x": ["0", "5"]}}, {"p": 1.2345},
     1.2345, 1e-6),
    ("a square root", {"simulation": "root", "of": "x*x - a", "over": {"x": ["0", "10"]}}, {"a": 2}, np.sqrt(2), 1e-14),
    ("a root where it falls", {"simulation": "root", "of": "a - x*x*x", "over": {"x": ["0", "10"]}}, {"a": 27}
     , 3.0, 1e-14),
    ("no root between the ends", {"simulation": "root", "of": "x*x + 1", "over": {"x": ["-1", "1"]}}, {}, np.nan, 0.0),
    ("no root at a pole", {"simulation": "root", "of": "1/(x - 1)", "over": {"x": ["0", "3"]}}, {}, np.nan, 0.0),
    ("the first power below 1/k", {"simulation": "first", "of": "r**n < 1/k", "over": {"n": ["0", "1000"]}},
     {"r": [0.5, 0.9], "k": [1000, 100]}, [10, 44], 0.0),
    ("none holds", {"simulation": "first", "of": "n > 9", "over": {"n": ["0", "5"]}}, {}, np.nan, 0.0),
    ("windows that fit", {"simulation": "count", "of": "start + w < n", "over": {"start": ["0", "n - 1"]}},
     {"n": [10, 10], "w": [3, 10]}, [7, 0], 0.0),
    ("batches, the last one short", {"simulation": "count", "of": "k % B == 0", "over": {"k": ["0", "N - 1"]}},
     {"N": [100, 96], "B": [32, 32]}, [4, 3], 0.0),
    ("a sum", {"simulation": "sum", "of": "k*k", "over": {"k": ["1", "n"]}}, {"n": [3, 10]}, [14, 385], 0.0),
    ("an empty sum", {"simulation": "sum", "of": "k", "over": {"k": ["1", "0"]}}, {}, 0.0, 0.0),
    ("a factorial", {"simulation": "product", "of": "k", "over": {"k": ["1", "n"]}}, {"n": [1, 5]}, [1, 120], 0.0),
    ("steps until a gradient is gone", {"simulation": "loop", "over": {"n": ["0", "1000"]}, "start": {"g": "1"},
     "step": {"g": "g*r"}, "until": "g < 1/k", "of": "n"}, {"r": [0.5, 0.9], "k": [1000, 100]}, [10, 44], 0.0),
    ("a loop that never gets there", {"simulation": "loop", "over": {"n": ["0", "9"]}, "start": {"g": "1"},
     "step": {"g": "g*2"}, "until": "g < 0", "of": "n"}, {}, np.nan, 0.0),
    ("states that go on together: Fibonacci", {"simulation": "loop", "over": {"n": ["0", "10"]},
     "start": {"a": "0", "b": "1"}, "step": {"a": "b", "b": "a + b"}, "of": "a"}, {}, 55.0, 0.0),
    ("a vector of states", {"simulation": "loop", "over": {"n": ["0", "3"]}, "start": {"h": "[1, 0]"},
     "step": {"h": "[h[1], h[0]]"}, "of": "h"}, {}, [[0.0, 1.0]], 0.0),
    ("the efficiency of class B at full swing", {"simulation": "value", "of": "used/taken", "given": {
        "used": {"simulation": "mean", "of": "u*i", **SINE}, "taken": {"simulation": "mean", "of": "U*abs(i)", **SINE},
    }}, {"U": 12, "R": 8}, np.pi / 4, 1e-6),
    ("the amplitude of the largest dissipation", {"simulation": "argmax", "over": {"U": ["0", "V"]}, "points": "65",
     "of": {"simulation": "mean", "of": "(V*abs(i) - u*i)/2", **SINE}}, {"V": 12, "R": 8}, 24 / np.pi, 1e-4),
]  # fmt: skip


@pytest.mark.parametrize(("what", "spec", "columns", "value", "within"), KNOWN, ids=[row[0] for row in KNOWN])
def test_what_is_known_is_found(
    what: str, spec: dict[str, Any], columns: dict[str, Any], value: Any, within: float
) -> None:
    found = simulated(spec, **columns)

    assert found == pytest.approx(np.atleast_1d(value), rel=within, abs=1e-12, nan_ok=True), what


@given(amplitude=st.lists(st.floats(0.1, 100), min_size=1, max_size=5), turns=st.integers(1, 3))
def test_a_batch_says_what_its_variants_say_one_by_one(amplitude: list[float], turns: int) -> None:
    spec = {"simulation": "max", "over": {"t": ["0", str(turns)]}, "of": "U*sin(2*pi*t)", "points": "41"}

    together = simulated(spec, U=amplitude)

    assert together.tolist() == [float(simulated(spec, U=each)[0]) for each in amplitude]


def test_many_variants_are_taken_in_batches_of_rows() -> None:
    values = np.linspace(1, 2, 300)

    assert simulated({"simulation": "mean", "of": "U*t", "over": {"t": ["0", "2"]}}, U=values) == pytest.approx(values)


WRONG: list[tuple[dict[str, Any], str]] = [
    ({"simulation": "mean", "of": "u"}, "mean needs a variable or more: over: {t: [0, 1]}"),
    ({"simulation": "root", "of": "x", "over": {"x": ["0", "1"], "y": ["0", "1"]}},
     "root needs one variable: over: {t: [0, 1]}"),
    ({"simulation": "value", "of": "a*b"},
     "simulation: value needs a simulation in given: and no over:; a formula alone proves nothing"),
    ({"simulation": "loop", "of": "n", "over": {"n": ["0", "5"]}},
     "start: and step: must name the same states, and only for a loop"),
    ({"simulation": "loop", "of": "n", "over": {"n": ["0", "5"]}, "start": {"a": "1"}, "step": {"b": "1"}},
     "start: and step: must name the same states, and only for a loop"),
    ({"simulation": "sum", "of": "n", "over": {"n": ["0", "5"]}, "until": "n > 3"},
     "until: is allowed in a loop only"),
    ({"simulation": "value", "of": "a", "given": {"a": {"simulation": "mean", "of": {"simulation": "rms", "of": "t"}}}},
     "given.a.of: rms needs a variable or more: over: {t: [0, 1]}"),
    ({"simulation": "guess", "of": "n"}, "simulation: 'guess' is not known; the known ones are: argmax, "),
    ({"simulation": "mean", "of": "sinn(t)", "over": {"t": ["0", "1"]}},
     "the function 'sinn' is not known; did you mean 'sin'?"),
    ({"simulation": "mean", "of": "__import__('os')", "over": {"t": ["0", "1"]}}, "of: "),
]  # fmt: skip


@pytest.mark.parametrize(("spec", "message"), WRONG, ids=[row[1][:40] for row in WRONG])
def test_a_simulation_that_makes_no_sense_is_refused_when_it_is_read(spec: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError) as refused:
        read({**spec, "within": "1e-6"})

    assert message in str(refused.value)


UNANSWERED: list[tuple[dict[str, Any], str]] = [
    ({"simulation": "mean", "of": "U2*t", "over": {"t": ["0", "1"]}}, "the name 'U2' is not known; did you mean 'U'?"),
    ({"simulation": "mean", "of": "t", "over": {"t": ["0", "1/(U - 1)"]}},
     "over: the ends of t must be finite numbers on every variant"),
    ({"simulation": "max", "of": "[t, t]", "over": {"t": ["0", "1"]}},
     "max needs one number, not an array of shape (2,)"),
    ({"simulation": "count", "of": "k + 1", "over": {"k": ["0", "5"]}}, "count needs a condition such as g < 1/k"),
    ({"simulation": "sum", "of": "k", "over": {"k": ["0", "1M"]}},
     "sum goes over at most 100,000 numbers, not 1,000,001"),
    ({"simulation": "loop", "of": "n", "over": {"n": ["0", "1M"]}, "start": {"a": "0"}, "step": {"a": "a + 1"}},
     "the loop does not end within 100,000 turns"),
]  # fmt: skip


@pytest.mark.parametrize(("spec", "message"), UNANSWERED, ids=[row[1][:40] for row in UNANSWERED])
def test_a_question_without_an_answer_says_why(
    spec: dict[str, Any], message: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    from qbank.witnesses import _sampling

    if "turns" in message:
        monkeypatch.setattr(_sampling, "TURNS", 50)
        message = message.replace("100,000", "50")

    with pytest.raises(ValueError) as refused:
        simulated(spec, U=1)

    assert str(refused.value) == message


def test_how_near_it_must_be_is_always_written() -> None:
    with pytest.raises(ValidationError, match="within"):
        Spec.model_validate({"simulation": "mean", "of": "t", "over": {"t": ["0", "1"]}})
