"""A residual that must vanish at the key: right keys are confirmed, wrong ones are not."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from qbank.model import Column, Floats
from qbank.witnesses import read
from qbank.witnesses.residual import Spec, witness

SYSTEM = {"residual": "A @ x - b", "in": "x"}
EIGEN = {"residual": ["A @ v - lam*v", "norm(v) - 1"], "in": "v"}
A = [[[2.0, 1.0], [1.0, 3.0]]]
LAMBDA = (5 + 5**0.5) / 2
V = [[1 / np.sqrt(1 + (LAMBDA - 2) ** 2), (LAMBDA - 2) / np.sqrt(1 + (LAMBDA - 2) ** 2)]]


def says(spec: Mapping[str, Any], **columns: Any) -> Floats:
    arrays = {name: Column(np.atleast_1d(np.asarray(value, np.float64))) for name, value in columns.items()}
    return witness(Spec.model_validate({"within": "1e-9", **spec}), {}, {}, arrays)


RIGHT: list[tuple[str, dict[str, Any], dict[str, Any], str]] = [
    ("a system", SYSTEM, {"A": A, "x": [[1.0, 2.0]], "b": [[4.0, 7.0]]}, "x"),
    ("a matrix", {"residual": "A @ X - B", "in": "X"}, {"A": A, "X": [[[1.0, 0], [0, 1]]], "B": A}, "X"),
    ("an eigenvector of length 1", EIGEN, {"A": A, "lam": LAMBDA, "v": V}, "v"),
    ("an eigenvalue", {"residual": "det([[2 - lam, 1], [1, 3 - lam]])", "in": "lam"}, {"lam": LAMBDA}, "lam"),
    ("an equation", {"residual": "x**2 - 2", "in": "x"}, {"x": 2**0.5}, "x"),
    ("currents in milliamperes", {"residual": "U - R*I", "in": "I"}, {"U": 5.0, "R": 1e6, "I": 5e-6}, "I"),
    ("a root that is 0", {"residual": "x*(x - 3)", "in": "x"}, {"x": 0.0}, "x"),
    ("rows in volts and in amperes", {"residual": ["1k*x[0] - 5", "x[1] - 3u*x[0]"], "in": "x"},
     {"x": [[5e-3, 15e-9]]}, "x"),
    ("a recurrence", {"residual": "a[1:] - 2*a[:4] - 1", "in": "a"}, {"a": [[1.0, 3, 7, 15, 31]]}, ""),
]  # fmt: skip


@pytest.mark.parametrize(("what", "spec", "columns", "name"), [row for row in RIGHT if row[3]])
def test_a_right_key_stays(what: str, spec: dict[str, Any], columns: dict[str, Any], name: str) -> None:
    key = np.atleast_1d(np.asarray(columns[name]))

    assert says(spec, **columns) == pytest.approx(key, rel=1e-12, abs=1e-14), what


@pytest.mark.parametrize(("what", "spec", "columns", "name"), [row for row in RIGHT if row[3]])
def test_a_wrong_key_does_not_stay(what: str, spec: dict[str, Any], columns: dict[str, Any], name: str) -> None:
    wrong = np.atleast_1d(np.asarray(columns[name])) * 1.01 + 1e-9

    assert not np.allclose(says(spec, **{**columns, name: wrong}), wrong, rtol=1e-6, atol=0), what


THREE = st.lists(st.integers(-9, 9), min_size=3, max_size=3)


@given(x=THREE, wrong=THREE)
def test_from_any_key_a_linear_residual_leads_to_the_right_one(x: list[int], wrong: list[int]) -> None:
    matrix = np.array([[[4.0, 1, 0], [1, 5, 2], [0, 2, 6]]])

    found = says(SYSTEM, A=matrix, b=matrix @ np.array(x, float), x=[[float(each) for each in wrong]])

    assert found == pytest.approx(np.array([x], float), abs=1e-8)


def test_what_is_asked_may_be_a_part_of_it() -> None:
    assert says({**SYSTEM, "of": "x[1]"}, A=A, x=[[1.0, 2.0]], b=[[4.0, 7.0]]).tolist() == pytest.approx([2.0])


FREE = (
    "the residual does not determine {}: it also vanishes elsewhere, or does not change; "
    "list what else must vanish, such as norm(v) - 1"
)
UNANSWERED: list[tuple[dict[str, Any], dict[str, Any], str]] = [
    ({"residual": "A @ v - lam*v", "in": "v"}, {"A": A, "lam": LAMBDA, "v": V}, FREE.format("v")),
    ({"residual": "a[1:] - 2*a[:4] - 1", "in": "a"}, {"a": [[1.0, 3, 7, 15, 31]]}, FREE.format("a")),
    ({"residual": "0*x", "in": "x"}, {"x": 3.0}, FREE.format("x")),
    ({"residual": "y - 1", "in": "x"}, {"x": 3.0, "y": 1.0}, "the residual does not depend on x"),
    ({"residual": "z - 1", "in": "z"}, {"x": 3.0}, "the name 'z' is not known; the known ones are: x"),
    ({"residual": "ln(x)", "in": "x"}, {"x": -1.0}, "the residual has no value at the key or close to it"),
]


@pytest.mark.parametrize(("spec", "columns", "message"), UNANSWERED)
def test_what_proves_nothing_says_so(spec: dict[str, Any], columns: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError) as raised:
        says(spec, **columns)

    assert str(raised.value) == message


def test_it_is_a_witness_by_its_key() -> None:
    spec = read({"residual": "A @ x - b", "in": "x", "within": "1e-9"})

    assert (spec.tag, spec.names) == ("residual", {"A", "b"})
