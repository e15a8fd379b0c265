"""How fine the answer book prints keys, and mistakes beside them."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from qbank import answers
from qbank.answers import _bands, _fineness
from qbank.answers.number import KIND as number
from qbank.answers.vector import KIND as vector

NUMBERS: list[tuple[dict[str, str], float, str, str]] = [
    ({"tolerance": "dp 4"}, 0.5, "0.5000", "decimals that are asked are printed"),
    ({"tolerance": "0.0005"}, 0.123456, "0.1235", "a small distance asks for more figures"),
    ({"tolerance": "0.01"}, 12.0, "12", "a short number stays short"),
    ({"tolerance": "0.005 V", "unit": "V"}, 1.23456, "1.235 V", "in the part's own unit"),
    ({"tolerance": "1%"}, 12.3456, "12.3", "three figures are enough for a percentage"),
]
VECTORS: list[tuple[str, list[float], str]] = [
    ("dp 4", [0.09003, 0.2447], "(0.0900, 0.2447)"),
    ("0.0005", [0.09003, 0.2447, 1.0], "(0.0900, 0.2447, 1.0000)"),
    ("1%", [-5.0, 2.5], "(−5.0, 2.5)"),
]


@pytest.mark.parametrize(("fields", "value", "printed", "remark"), NUMBERS)
def test_a_number_is_printed_as_fine_as_it_is_asked(
    fields: dict[str, str], value: float, printed: str, remark: str
) -> None:
    spec: Any = answers.read({"kind": "number", "key": "x", **fields})
    low, high = _bands.band(spec.tolerance, np.array([value]), spec.asked_unit, spec.last)
    key = {"key": np.array([value]), "low": low, "high": high}

    assert number.show(spec, key, {}, 0, "zh").text == printed, remark


@pytest.mark.parametrize(("tolerance", "values", "printed"), VECTORS)
def test_a_vector_is_printed_as_fine_as_it_is_asked(tolerance: str, values: list[float], printed: str) -> None:
    spec: Any = answers.read({"kind": "vector", "key": "x", "tolerance": tolerance})
    columns = np.array([values])
    low, high = _bands.band(spec.tolerance, columns, spec.asked_unit)

    assert vector.show(spec, {"key": columns, "low": low, "high": high}, {}, 0, "zh").text == printed


def test_mistakes_are_printed_like_the_key_and_apart_from_what_is_right() -> None:
    spec: Any = answers.read({
        "kind": "number", "key": "x", "unit": "V", "tolerance": "0.01%",
        "mistakes": {"twice": {"value": "2*x", "zh": "重复", "en": "twice"},
                     "near": {"value": "x", "zh": "相近", "en": "near"}},
    })  # fmt: skip
    key = {
        "key": np.array([12.0]), "low": np.array([11.9988]), "high": np.array([12.0012]),
        "mistake.twice": np.array([24.0]), "applies.twice": np.array([True]),
        "mistake.near": np.array([12.0123]), "applies.near": np.array([True]),
    }  # fmt: skip

    assert [one.printed for one in number.foreseen(spec, key, {}, 0, "en")] == ["24 V", "12.01 V"]


def test_a_count_that_is_a_mistake_is_printed_with_all_its_figures() -> None:
    spec: Any = answers.read({
        "kind": "number", "key": "x", "tolerance": "exact",
        "mistakes": {"bias": {"value": "x - 145", "zh": "漏掉偏置", "en": "no bias"}},
    })  # fmt: skip
    key = {
        "key": np.array([19068.0]), "low": np.array([19068.0]), "high": np.array([19068.0]),
        "mistake.bias": np.array([18923.0]), "applies.bias": np.array([True]),
    }  # fmt: skip

    assert [one.printed for one in number.foreseen(spec, key, {}, 0, "en")] == ["18923"]


@pytest.mark.parametrize(
    ("low", "high", "printed"),
    [
        (-0.50251, -0.49749, "−0.50251 … −0.49749"),
        (99.5, 100.5, "99.5 … 100.5"),
        (90, 100, "90 … 100"),  # zeros after the point go, those before it stay
        (99000, 101000, "99000 … 101000"),
        (-10, 0, "−10 … 0"),
        (4, 4, "4"),
    ],
)
def test_the_ends_of_what_is_right_are_printed_without_zeros_that_tell_nothing(
    low: float, high: float, printed: str
) -> None:
    assert _fineness.between(low, high) == printed


@pytest.mark.parametrize(
    ("tolerance", "places"),
    [("dp 4", 4), ("0.005", 3), ("5", 0), ("50", None), ("1e-12", 12), ("1e-13", None), ("1%", None),
     ("1% or 1", None)],
)  # fmt: skip
def test_a_distance_asks_for_decimals_as_far_as_a_double_has_them(tolerance: str, places: int | None) -> None:
    spec: Any = answers.read({"kind": "number", "key": "x", "tolerance": tolerance})

    assert _fineness.places(spec.tolerance, spec.asked_unit) == places
