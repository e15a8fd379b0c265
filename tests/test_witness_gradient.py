"""Finite differences against derivatives that are known."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from qbank.model import Column, Floats
from qbank.witnesses import read
from qbank.witnesses.gradient import Spec, witness


def slope(spec: Mapping[str, Any], **columns: Any) -> Floats:
    arrays = {name: Column(np.atleast_1d(np.asarray(value, np.float64))) for name, value in columns.items()}
    return witness(Spec.model_validate({"within": "1e-7", **spec}), {}, {}, arrays)


SOFTMAX = {"gradient": "ln(sum(exp(z))) - sum(t*z)", "with respect to": "z"}
KNOWN: list[tuple[str, dict[str, Any], dict[str, Any], Any]] = [
    ("a power", {"gradient": "x**3", "with respect to": "x"}, {"x": [2.0, -1.0, 0.0]}, [12.0, 3.0, 0.0]),
    ("tanh", {"gradient": "tanh(x)", "with respect to": "x"}, {"x": 0.5}, 1 - np.tanh(0.5) ** 2),
    ("a very small place", {"gradient": "1/x", "with respect to": "x"}, {"x": 1e-9}, -1e18),
    ("what rounding left of nothing", {"gradient": "x + 1", "with respect to": "x"}, {"x": 0.1 + 0.2 - 0.3}, 1.0),
    ("values on the way move too", {"gradient": "h*h", "with respect to": "w", "given": {"g": "w*x", "h": "g + 1"}},
     {"w": 2.0, "x": 3.0}, 2 * 7 * 3.0),
    ("softmax with cross-entropy", SOFTMAX, {"z": [[1.0, 2.0, 3.0]], "t": [[0.0, 0.0, 1.0]]},
     [np.exp([1.0, 2, 3]) / np.exp([1.0, 2, 3]).sum() - [0, 0, 1]]),
    ("a matrix", {"gradient": "sum(W @ x)", "with respect to": "W"}, {"W": [[[1.0, 2], [3, 4]]], "x": [[5.0, 6.0]]},
     [[[5.0, 6.0], [5.0, 6.0]]]),
    ("a loop, differentiated through all its turns", {"with respect to": "w", "gradient": {
        "simulation": "loop", "over": {"t": ["0", "4"]}, "start": {"h": "1"}, "step": {"h": "w*h"}, "of": "h"}},
     {"w": 0.9}, 4 * 0.9**3),
    ("at a place that is found first", {"gradient": "IDSS*(1 - u/UP)**2", "with respect to": "u",
                                        "at": {"simulation": "root", "over": {"v": ["UP", "0"]}, "of": "v + 1"}},
     {"IDSS": 8e-3, "UP": -4.0}, 2 * 8e-3 / 4 * (1 - 1 / 4)),
]  # fmt: skip


@pytest.mark.parametrize(("what", "spec", "columns", "value"), KNOWN, ids=[row[0] for row in KNOWN])
def test_what_is_known_is_found(what: str, spec: dict[str, Any], columns: dict[str, Any], value: Any) -> None:
    found = slope(spec, **columns)

    assert found == pytest.approx(np.asarray(value).reshape(found.shape), rel=1e-10, abs=1e-12), what


@given(coefficients=st.lists(st.floats(-5, 5), min_size=4, max_size=4), x=st.integers(-30, 30).map(lambda k: k / 10))
def test_a_cubic_is_differentiated_exactly(coefficients: list[float], x: float) -> None:
    a, b, c, d = coefficients
    found = slope({"gradient": "a + b*x + c*x**2 + d*x**3", "with respect to": "x"}, x=x, a=a, b=b, c=c, d=d)

    assert found == pytest.approx([b + 2 * c * x + 3 * d * x * x], rel=1e-9, abs=1e-9)


UNANSWERED: list[tuple[dict[str, Any], str]] = [
    ({"gradient": "y*y", "with respect to": "x"}, "the quantity does not depend on x"),
    ({"gradient": "h*h", "with respect to": "x", "given": {"h": "y"}}, "the quantity does not depend on x"),
    ({"gradient": "v*v", "with respect to": "v"}, "with respect to: 'v' is not known; the known ones are: x, y"),
    ({"gradient": "[x, y]", "with respect to": "x"}, "the quantity must be one number, not an array of shape (2,)"),
]


@pytest.mark.parametrize(("spec", "message"), UNANSWERED, ids=[row[1] for row in UNANSWERED])
def test_a_question_without_an_answer_says_why(spec: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError) as refused:
        slope(spec, x=1.0, y=2.0)

    assert str(refused.value) == message


def test_a_gradient_says_of_what_and_with_respect_to_what() -> None:
    with pytest.raises(ValueError, match="with respect to: this field is missing"):
        read({"gradient": "x*x", "within": "1e-6"})
