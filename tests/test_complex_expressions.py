"""Complex numbers in authors' expressions: j, what takes them, what is printed and sealed, and an own name j."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from sample_items import HEAD, faults, item_of

from qbank import algebra, variants
from qbank.algebra import ExpressionError, evaluate, read
from qbank.algebra.zeros import settled
from qbank.model import Column, Refused
from qbank.papers import sealed

VALUES: list[tuple[str, Any, str]] = [
    ("abs(3 + 4*j)", 5, "the modulus"), ("arg(1 + j)", np.pi / 4, "the angle in radians"),
    ("angle(-1 + 0*j)", np.pi, ""), ("arg(conj(-1 + 0*j))", np.pi, "there is only one zero"),
    ("re(1/(1 + j))", 0.5, ""), ("im(conj(1 + j))", -1, ""), ("polar(2, pi/2)", 2j, "no 1e-16 beside it"),
    ("exp(j*pi)", -1, "a real number, but for rounding"), ("sqrt(-1 + 0*j)", 1j, "the root of a complex number"),
    ("(1 + j)**2", 2j, ""), ("parallel(j, 1)", 0.5 + 0.5j, "impedances"), ("[1 + j, 2]", [1 + 1j, 2], "a vector"),
    ("[[1, j], [0, 1]] @ [1, j]", [0, 1j], "a product"), ("solve([[1, j], [0, 1]], [1, j])", [2, 1j], "a system"),
    ("det([[j, 1], [1, j]])", -2, ""), ("norm([3, 4*j])", 5, "of the moduli"), ("db20(10*j)", 20, "of the modulus"),
    ("j if 1 > 0 else 2", 1j, "one side alone"), ("min(j*j, 0)", -1, "a complex number that is real"),
    ("(2 + 0*j) > 1", True, "compared as such"), ("j*j == -1", True, "equal"),
]  # fmt: skip


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize(("text", "expected", "remark"), VALUES)
def test_an_expression_has_the_complex_value(text: str, expected: Any, remark: str) -> None:
    expression = read(text)
    found = settled(expression, evaluate(expression, {}), {}, lambda _name, _row: 0)

    np.testing.assert_allclose(found.values[0], expected, rtol=1e-15, atol=0, err_msg=remark)


PROBLEMS = [
    ("floor(j)", "floor takes real arguments only"), ("j > 1", "> takes real arguments only"),
    ("j % 2", "% takes real arguments only"), ("sort([1, j])", "sort takes real arguments only"),
    ("std([1, j], 1)", "std takes real arguments only"), ("gcd(j, 2)", "gcd takes real arguments only"),
    ("t_cdf(j, 2)", "t_cdf takes real arguments only"), ("eig([[1, j], [j, 1]])", "eig takes real arguments only"),
    ("argmax([1, j])", "argmax takes real arguments only"), ("polar(j, 1)", "polar takes real arguments only"),
]  # fmt: skip


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize(("text", "message"), PROBLEMS)
def test_what_takes_real_numbers_alone_says_so(text: str, message: str) -> None:
    with pytest.raises(ExpressionError) as raised:
        evaluate(read(text), {})

    assert str(raised.value) == message


def test_zero_is_zero_behind_complex_numbers() -> None:
    for text in ("im((0.1 + 0.3*j)*(0.1 - 0.3*j))", "re((1 + j)**2)", "abs(0.1 + 0.2 - 0.3 + 0*j)", "re(exp(j*pi/2))"):
        expression = read(text)
        found = settled(expression, evaluate(expression, {}), {}, lambda _name, _row: 0)
        assert found.values.tolist() == [0], text


CIRCUIT = """
parameters:
  R: {values: [30], unit: Ω}
  X: {values: [40], unit: Ω}
derive:
  Z: {value: R + j*X, shown: 3, unit: Ω}
  A: 1/Z
stem: {zh: '$Z = {{ Z }}$', en: '$Z = {{ Z }}$'}
parts:
  - id: size
    ask: {zh: 模, en: size}
    answer: {kind: number, key: abs(Z), unit: Ω, tolerance: 1%}
  - id: admittance
    ask: {zh: 导纳, en: admittance}
    answer: {kind: complex, key: {re: re(A), im: im(A)}, unit: S, tolerance: 1%}
"""


def test_a_derived_complex_number_is_printed_and_sealed() -> None:
    item = item_of(HEAD + CIRCUIT)
    drawn = variants.make(item, "seed", [0])

    assert variants.printed(drawn, 0, "en")["Z"].text == "(30 + 40j) Ω"
    assert variants.printed(drawn, 0, "en")["A"].text == "0.012 − 0.016j"
    assert drawn.keys["size"]["key"].tolist() == [50]
    assert drawn.keys["admittance"]["key"].tolist() == [[0.012, -0.016]]
    flat = sealed._flat(drawn)
    assert np.array_equal(sealed._deep(item, flat, {}).columns["Z"].values, drawn.columns["Z"].values)


def test_a_key_that_has_to_be_real_says_so() -> None:
    item = item_of(HEAD + CIRCUIT.replace("key: abs(Z)", "key: Z"))

    with pytest.raises(Refused) as raised:
        variants.make(item, "seed", [0])
    assert raised.value.at == ("parts", 0, "answer")
    assert "Z is complex; take re(…), im(…), abs(…) or arg(…) of it" in str(raised.value)


OWN = """
parameters:
  j: {values: [7]}
derive: {k: j + 1}
stem: {zh: '{{ j }}', en: '{{ j }}'}
parts:
  - id: x
    answer: {kind: number, key: k, tolerance: 1%}
"""


def test_a_name_of_the_item_goes_before_the_imaginary_unit() -> None:
    assert variants.make(item_of(HEAD + OWN), "seed", [0]).keys["x"]["key"].tolist() == [8]
    letters = OWN.replace("k: j + 1", "k: 1").replace("  j: {values", "  k0: {values").replace("{{ j }}", "{{ k0 }}")
    answer = "kind: formula, over: {i: real, j: real}, key: i + j + k0"
    formula = letters.replace("kind: number, key: k, tolerance: 1%", answer)
    assert algebra.names(item_of(HEAD + formula).parts[0].facts.keys[0].expression) == {"i", "j", "k0"}


def test_an_item_without_that_name_has_no_name_j() -> None:
    item = item_of(HEAD + CIRCUIT)

    assert algebra.names(item.derive["Z"].value) == {"R", "X"}
    (fault,) = faults(HEAD + CIRCUIT.replace("R + j*X", "R + k*X"))
    assert "'k' is not defined; this item has R, X, Z, A" in fault


def test_a_column_of_a_loop_goes_before_the_imaginary_unit() -> None:
    assert evaluate(read("j + 1"), {"j": Column(np.array([1.0, 2.0]))}).values.tolist() == [2, 3]
