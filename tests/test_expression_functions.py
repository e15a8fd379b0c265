"""Functions of matrices, samples, whole numbers and distributions: published values, other libraries, laws."""

from __future__ import annotations

import contextlib
import importlib
import math
import statistics
from collections.abc import Callable
from importlib.util import find_spec
from typing import Any

import mpmath
import numpy as np
import pytest
import sympy
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from qbank import algebra, maths, witnesses
from qbank.algebra import ExpressionError, evaluate, read
from qbank.algebra.functions import known
from qbank.algebra.precise import precisely
from qbank.algebra.table import FUNCTIONS
from qbank.algebra.zeros import settled
from qbank.checks import _dimensional
from qbank.model import Array, Column


def value(text: str, **columns: Any) -> Any:
    """The value of an expression on its one variant."""
    given_columns = {name: Column(np.asarray(each, dtype=float)[None]) for name, each in columns.items()}
    return evaluate(read(text), given_columns).values[0].tolist()


VALUES: list[tuple[str, Any, str]] = [
    ("det([[1, 2, 3], [4, 5, 6], [7, 8, 10]])", -3, "whole, not −3.0000000000000004"),
    ("det([[1, 2, 3], [4, 5, 6], [7, 8, 9]])", 0, "singular: exactly zero"),
    ("det([[0.5]])", 0.5, ""),
    ("inv([[2, 1], [1, 1]])", [[1, -1], [-1, 2]], ""),
    ("inv([[3, 1], [1, 2]])[0, 0]", 0.4, "the quotient 2/5, to the last digit"),
    ("inv([[1, 2], [2, 4]])", [[math.nan] * 2] * 2, "singular: no value"),
    ("inv([[1, 2], [2, 4.0000000000001]])[0, 0]", math.nan, "nearly singular: no digit of it could be trusted"),
    ("solve([[2, 1], [1, 3]], [1, 2])", [0.2, 0.6], "a vector"),
    ("solve([[2, 1], [1, 3]], [[1, 0], [0, 1]])", [[0.6, -0.2], [-0.2, 0.4]], "a matrix"),
    ("solve([[1, 1], [1, 1]], [1, 2])", [math.nan] * 2, "no solution"),
    ("eig([[2, 1], [1, 2]])", [1, 3], "symmetric, from the smallest"),
    ("eig([[4, 1], [2, 3]])", [2, 5], "not symmetric"),
    ("eig([[0, 1], [-1, 0]])", [math.nan] * 2, "a rotation has no real eigenvalue"),
    ("eig([[1, 1], [0, 1]])", [1, 1], "a double one"),
    ("trace([[1, 2], [3, 4]])", 5, ""),
    ("sort([3, -1, 2])", [-1, 2, 3], ""),
    ("cumsum([1, 2, 3])", [1, 3, 6], ""),
    ("median([3, 1, 2])", 2, "odd"),
    ("median([4, 1, 3, 2])", 2.5, "even: the mean of the two in the middle"),
    ("quantile([15, 20, 35, 40, 50], 0.4)", 29, "the worked example of Wikipedia, Percentile, with C = 1"),
    ("quantile([3, 6, 7, 8, 8, 10, 13, 15, 16, 20], 0.25)", 7.25, "R: quantile(x, 0.25)"),
    ("quantile([1, 2], 1.5)", math.nan, "no share"),
    ("quantile([1, 2], 1)", 2, "the largest"),
    ("var([2, 4, 4, 4, 5, 5, 7, 9])", 4, "of all there are"),
    ("std([2, 4, 4, 4, 5, 5, 7, 9], 0)", 2, "the worked example of Wikipedia, Standard deviation"),
    ("var([2, 4, 4, 4, 5, 5, 7, 9], 1)", 32 / 7, "of a sample"),
    ("std([1, 1, 1], 1)", 0, "constant"),
    ("cov([1, 2, 3], [1, 3, 2], 1)", 0.5, ""),
    ("corr([1, 2, 3], [2, 4, 6])", 1, "on a line"),
    ("corr([1, 2, 3], [1, 1, 1])", math.nan, "constant: no correlation"),
    ("corr([0.1, 0.1, 0.1], [1, 2, 3])", math.nan, "constant, whatever rounding leaves of it"),
    ("choose(5, 2)", 10, "the textbook's name of binomial"),
    ("binomial(56, 28)", 7648690600760440, "exact up to 2^53"),
    ("choose(5, 7)", 0, "more than there are"),
    ("factorial(22)", 1124000727777607680000.0, "exact as a float"),
    ("gcd(12, 18)", 6, ""), ("gcd(-12, 18)", 6, "of the sizes"), ("gcd([12, 18, 27])", 3, "of a vector"),
    ("gcd(1.5, 3)", math.nan, "not whole"), ("lcm(4, 6, 10)", 60, "of several"), ("lcm([4, 6])", 12, "of a vector"),
    ("mod(-7, 3)", 2, "as % does: never below zero"), ("-7 // 2", -4, "the floor of the quotient"),
    ("bit_and(6, 3)", 2, ""), ("bit_or(6, 3)", 7, ""), ("bit_xor(6, 3)", 5, ""), ("bit_not(5, 4)", 10, "four bits"),
    ("bit_not(5, 2)", math.nan, "5 has three bits"), ("shift_left(3, 4)", 48, ""), ("shift_right(13, 2)", 3, ""),
    ("bit_and(-1, 3)", math.nan, "no bits of what is below zero"), ("bit_or(0.5, 3)", math.nan, "or not whole"),
    ("digits(2023, 16, 4)", [0, 7, 14, 7], "0x07E7"), ("digits(16, 2, 4)", [math.nan] * 4, "too many digits"),
    ("from_digits([0, 7, 14, 7], 16)", 2023, ""), ("from_digits([1, 2], 2)", math.nan, "2 is not a binary digit"),
    ("sum(digits(12345, 10, 5))", 15, "the sum of the digits"),
    ("normal_cdf(1.96)", 0.9750021048517795, ""), ("normal_cdf(110, 100, 15)", 0.7475074624530771, "of other numbers"),
    ("normal_quantile(0.975)", 1.959963984540054, ""), ("normal_quantile(0)", -math.inf, "the end"),
    ("normal_quantile(1.5)", math.nan, "no share"), ("normal_cdf(1, 0, -1)", math.nan, "no deviation"),
    ("t_cdf(2, -1)", math.nan, "no degree of freedom"), ("chi2_cdf(-1, 3)", 0, "below zero there is nothing"),
]  # fmt: skip


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize(("text", "expected", "remark"), VALUES)
def test_a_function_has_the_value_worked_by_hand(text: str, expected: Any, remark: str) -> None:
    np.testing.assert_allclose(value(text), expected, rtol=1e-15, atol=0, err_msg=remark)


TABLES: list[tuple[str, float, str]] = [  # as printed in the tables at the end of textbooks of statistics
    ("normal_cdf(1.28)", 0.8997, "Φ(1.28)"), ("normal_quantile(0.95)", 1.6449, "z_{0.95}"),
    ("t_quantile(0.975, 10)", 2.2281, "t_{0.975}(10)"), ("t_quantile(0.95, 1)", 6.3138, "t_{0.95}(1)"),
    ("t_quantile(0.995, 30)", 2.7500, "t_{0.995}(30)"), ("chi2_quantile(0.95, 3)", 7.8147, "χ²_{0.95}(3)"),
    ("chi2_quantile(0.025, 20)", 9.5908, "χ²_{0.025}(20)"), ("chi2_quantile(0.99, 1)", 6.6349, "χ²_{0.99}(1)"),
    ("f_quantile(0.95, 5, 10)", 3.3258, "F_{0.95}(5, 10)"), ("f_quantile(0.99, 1, 20)", 8.0960, "F_{0.99}(1, 20)"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected", "remark"), TABLES)
def test_a_quantile_is_that_of_the_printed_tables(text: str, expected: float, remark: str) -> None:
    assert round(value(text), 4) == expected, remark


def _beta(a: float, b: float, x: float) -> float:
    return float(mpmath.betainc(a, b, 0, x, regularized=True))


def _student(x: float, a: float) -> float:
    tail = _beta(a / 2, 0.5, a / (a + x**2)) / 2
    return tail if x < 0 else 1 - tail


ELSEWHERE: list[tuple[str, Callable[..., float]]] = [
    ("normal_cdf(x - 2)", lambda x, *_: float(mpmath.ncdf(x - 2))),
    ("t_cdf(x - 2, a)", lambda x, a, _: _student(x - 2, a)),
    ("chi2_cdf(x, a)", lambda x, a, _: float(mpmath.gammainc(a / 2, 0, x / 2, regularized=True))),
    ("f_cdf(x, a, b)", lambda x, a, b: _beta(a / 2, b / 2, a * x / (a * x + b))),
]


@pytest.mark.parametrize(("text", "other"), ELSEWHERE)
def test_a_distribution_is_that_of_another_library(text: str, other: Callable[..., float]) -> None:
    for x in (0.1, 0.7, 1.9, 2.0, 3.3, 8.0):
        for a in (1.0, 2.0, 7.0, 30.0):
            for b in (3.0, 12.0):
                assert math.isclose(value(text, x=x, a=a, b=b), other(x, a, b), rel_tol=1e-12), (x, a, b)


INVERSES = [
    ("normal_cdf(normal_quantile(p, a, b), a, b)", ""), ("t_cdf(t_quantile(p, a), a)", ""),
    ("chi2_cdf(chi2_quantile(p, a), a)", ""), ("f_cdf(f_quantile(p, a, b), a, b)", ""),
]  # fmt: skip


@pytest.mark.parametrize(("text", "remark"), INVERSES)
@given(p=st.floats(0.001, 0.999), a=st.integers(1, 60), b=st.integers(1, 60))
def test_a_share_lies_below_its_quantile(text: str, remark: str, p: float, a: int, b: int) -> None:
    assert math.isclose(value(text, p=p, a=a, b=b), p, rel_tol=1e-9), remark


WHOLE = st.integers(-9, 9)
MATRICES = st.integers(1, 5).flatmap(
    lambda size: st.lists(st.lists(WHOLE, min_size=size, max_size=size), min_size=size, max_size=size)
)


@given(rows=MATRICES)
def test_matrices_of_whole_numbers_are_those_of_sympy(rows: list[list[int]]) -> None:
    matrix = sympy.Matrix(rows)

    assert value("det(A)", A=rows) == int(matrix.det())
    assert value("trace(A)", A=rows) == int(matrix.trace())
    if matrix.det() and np.linalg.cond(np.array(rows, dtype=float)) < 1e9:
        assert value("inv(A)", A=rows) == [[float(each) for each in row] for row in matrix.inv().tolist()]


@given(rows=MATRICES, seed=st.integers(0, 99))
def test_a_matrix_times_its_inverse_is_the_unit_matrix(rows: list[list[int]], seed: int) -> None:
    given_matrix = np.array(rows) + np.random.default_rng(seed).normal(size=(len(rows),) * 2)
    if np.linalg.cond(given_matrix) < 1e6:
        right = np.arange(1.0, len(rows) + 1)

        np.testing.assert_allclose(value("inv(A) @ A", A=given_matrix), np.eye(len(rows)), atol=1e-8)
        np.testing.assert_allclose(value("A @ solve(A, b)", A=given_matrix, b=right), right, rtol=1e-7)
        np.testing.assert_allclose(
            value("det(A) * det(inv(A))", A=given_matrix), 1, rtol=1e-8
        )  # fmt: skip


@given(rows=MATRICES)
def test_the_eigenvalues_of_a_symmetric_matrix_have_its_trace_and_determinant(rows: list[list[int]]) -> None:
    symmetric = np.array(rows) + np.array(rows).T
    found = np.array(value("eig(A)", A=symmetric))

    assert (np.diff(found) >= 0).all()
    np.testing.assert_allclose(found.sum(), np.trace(symmetric), atol=1e-9)
    np.testing.assert_allclose(found.prod(), np.linalg.det(symmetric), rtol=1e-7, atol=1e-5)


SAMPLES = st.lists(st.integers(-999, 999).map(lambda each: each / 10), min_size=2, max_size=20)


@given(x=SAMPLES)
def test_samples_are_summed_up_as_by_the_standard_library(x: list[float]) -> None:
    assert math.isclose(value("mean(x)", x=x), statistics.mean(x), abs_tol=1e-12)
    assert value("median(x)", x=x) == pytest.approx(statistics.median(x), abs=1e-12)
    assert value("std(x, 1)", x=x) == pytest.approx(statistics.stdev(x), abs=1e-12)
    assert value("std(x, 0)", x=x) == pytest.approx(statistics.pstdev(x), abs=1e-12)
    quarters = [value(f"quantile(x, {share})", x=x) for share in (0.25, 0.5, 0.75)]
    assert quarters == pytest.approx(statistics.quantiles(x, n=4, method="inclusive"), abs=1e-12)


@given(x=SAMPLES, seed=st.integers(0, 99))
def test_a_correlation_is_that_of_the_standard_library(x: list[float], seed: int) -> None:
    y = np.random.default_rng(seed).normal(size=len(x))
    if len(set(x)) > 1:
        assert value("corr(x, y)", x=x, y=y) == pytest.approx(statistics.correlation(x, y.tolist()), abs=1e-9)
        assert value("cov(x, y, 1)", x=x, y=y) == pytest.approx(statistics.covariance(x, y.tolist()), abs=1e-9)


@given(x=st.lists(st.integers(0, 10**6), min_size=2, max_size=6))
def test_divisors_are_those_of_the_standard_library(x: list[int]) -> None:
    assert value("gcd(x)", x=x) == math.gcd(*x)
    if math.lcm(*x) <= 2**53:
        assert value("lcm(x)", x=x) == math.lcm(*x)


@given(number=st.integers(0, 2**40), base=st.integers(2, 36), other=st.integers(0, 2**40))
def test_digits_and_bits_are_those_of_python(number: int, base: int, other: int) -> None:
    count = 41
    assert value(f"from_digits(digits(n, {base}, {count}), {base})", n=number) == number
    assert "".join(f"{int(each)}" for each in value(f"digits(n, 2, {count})", n=number)) == f"{number:041b}"
    for name, expected in (("and", number & other), ("or", number | other), ("xor", number ^ other)):
        assert value(f"bit_{name}(n, k)", n=number, k=other) == expected


@given(n=st.integers(0, 56), k=st.integers(-1, 57))
def test_binomials_are_those_of_the_standard_library(n: int, k: int) -> None:
    assert value("choose(n, k)", n=n, k=k) == (math.comb(n, k) if k >= 0 else 0)


PRECISE = [
    ("mean([0.1, 0.2, -0.3])", 0, "a sum that vanishes"), ("det([[0.1, 0.2], [0.3, 0.6]])", 0, "singular"),
    ("cov([0.1, 0.2, 0.3], [0.1, -0.2, 0.1], 1)", 0, "no covariance"),
    ("corr([0.1, 0.2, 0.3], [0.1, -0.2, 0.1])", 0, "no correlation"), ("var([0.1, 0.1, 0.1])", 0, "constant"),
    ("(inv([[0.1, 0.2], [0.3, 0.7]]) @ [1, 0.2])[0] - 66", 0, "an inverse"),
    ("solve([[0.1, 0.2], [0.3, 0.7]], [0.3, 1])[0] - 1", 0, "a solution"),
    ("median([0.1, 0.2]) - 0.15", 0, "a median"), ("quantile([0.1, 0.2], 0.3) - 0.13", 0, "a quantile"),
    ("trace([[0.1, 0], [0, 0.2]]) - 0.3", 0, "a trace"), ("cumsum([0.1, 0.2, -0.3])[2]", 0, "a running sum"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected", "remark"), PRECISE)
def test_zero_is_zero_for_samples_and_matrices_too(text: str, expected: float, remark: str) -> None:
    expression = read(text)
    found = settled(expression, evaluate(expression, {}), {}, lambda _name, _row: 0)

    assert found.values.tolist() == [expected], remark


PROBLEMS = [
    ("std([1, 2])", "std takes 2 arguments, not 1; write std(x, ddof)"),
    ("std([1, 2], 2)", "std: ddof must be 1 for a sample or 0 for a population"),
    ("mod(1)", "mod takes 2 arguments, not 1"),
    ("inv([1, 2])", "inv: needs a square matrix, not the shape (2,)"),
    ("solve([[1, 2], [3, 4]], [1, 2, 3])", "solve: the shapes (2, 2) and (3,) do not fit A x = b"),
    ("corr([1, 2], [1, 2, 3])", "corr: needs two vectors of the same length, not the shapes (2,) and (3,)"),
    ("median(3)", "median: needs a vector, not the shape ()"),
    ("quantile([1, 2], [0, 1])", "quantile: the share must be a number, not of the shape (2,)"),
    ("gcd(12)", "gcd: needs a vector, or several numbers"),
    ("digits(5, 1, 3)", "digits: the base must be one whole number from 2 to 36, the same on every variant"),
    ("digits(5, 2, 99)", "digits: the count must be one whole number from 1 to 64, the same on every variant"),
    ("inverse([[1]])", "the function 'inverse' is not known; write inv(A)"),
    ("percentile([1], 5)", "the function 'percentile' is not known; write quantile(x, p) with p from 0 to 1"),
    ("nCr(5, 2)", "the function 'nCr' is not known; write choose(n, k)"),
]


@pytest.mark.parametrize(("text", "message"), PROBLEMS)
def test_a_call_that_cannot_be_says_why(text: str, message: str) -> None:
    with pytest.raises(ExpressionError) as raised:
        evaluate(read(text), {})

    assert str(raised.value) == message


def test_a_singular_matrix_on_one_variant_leaves_the_others() -> None:
    columns = {"A": Column(np.array([[[1.0, 2.0], [2.0, 4.0]], [[1.0, 0.0], [0.0, 2.0]]]))}
    found: Array = evaluate(read("inv(A)"), columns).values

    assert np.isnan(found[0]).all()
    assert found[1].tolist() == [[1, 0], [0, 0.5]]


@settings(max_examples=20)
@given(x=st.lists(SAMPLES.filter(lambda each: len(each) >= 3).map(lambda each: each[:3]), min_size=2, max_size=5))
def test_a_batch_is_computed_as_its_rows_are(x: list[list[float]]) -> None:
    columns = {"x": Column(np.array(x)), "p": Column(np.linspace(0, 1, len(x)))}
    for text in ("quantile(x, p)", "std(x, 1)", "outer(x, x) @ x", "sort(x)", "det(outer(x, x))", "gcd(floor(abs(x)))"):
        whole = evaluate(read(text), columns).values
        rows = [
            evaluate(read(text), {name: column.take(np.array([row])) for name, column in columns.items()}).values
            for row in range(len(x))
        ]
        np.testing.assert_allclose(np.concatenate(rows), whole, rtol=1e-12, atol=1e-9)


PRINTED = [
    ("inv(A) @ b", "A^{-1} b", ""), ("solve(A, b)", "A^{-1} b", ""), ("inv(A + B)", "(A + B)^{-1}", ""),
    ("2*det(A)", r"2 \det\left(A\right)", ""), ("trace(A)", r"\operatorname{tr}\left(A\right)", ""),
    ("choose(n, k)*p**k", r"\binom{n}{k} p^{k}", ""), ("factorial(n - 1)", "(n - 1)!", ""),
    ("mean(x)", r"\bar{x}", ""), ("mean(x*y)", r"\overline{x y}", "of what is computed"),
    ("mean(a, b)", r"\mathrm{mean}\left(a,\, b\right)", "of several numbers"), ("median(x)", r"\tilde{x}", ""),
    ("std(x, 1)/sqrt(n)", r"\frac{s_{x}}{\sqrt{n}}", "of a sample"), ("std(x, 0)", r"\sigma_{x}", "of all there are"),
    ("std(x - y, 1)", r"s\left(x - y\right)", "of what is computed"), ("var(x, 1)**2", "(s_{x}^{2})^{2}", ""),
    ("corr(x, y)", r"r_{x,\, y}", ""), ("quantile(x, 0.25)", r"Q_{0.25}\left(x\right)", ""),
    ("t_quantile(0.975, n - 1)", r"t_{0.975}\left(n - 1\right)", ""),
    ("chi2_quantile(p, n)", r"\chi^{2}_{p}\left(n\right)", ""),
    ("f_quantile(p, m, n)", r"F_{p}\left(m,\, n\right)", ""),
    ("t_cdf(a, n)", r"P\left(t\left(n\right) \le a\right)", ""),
    ("normal_cdf(a, m, s)", r"\Phi\left(\frac{a - m}{s}\right)", "standardised"),
    ("normal_quantile(p, m, s)", r"m + s \Phi^{-1}\left(p\right)", ""),
    ("mod(a, b)", r"a \;\mathrm{mod}\; b", ""), ("gcd(a, b)", r"\gcd\left(a,\, b\right)", ""),
    ("bit_and(a, b) + 1", r"(a \wedge b) + 1", ""), ("digits(n, 2, 8)", r"\left(n\right)_{2}", ""),
    ("conj(z)", r"\overline{z}", ""), ("arg(z)", r"\arg\left(z\right)", ""), ("polar(r, a)", r"r \angle a", ""),
]


@pytest.mark.parametrize(("text", "tex", "remark"), PRINTED)
def test_a_call_prints_as_textbooks_write_it(text: str, tex: str, remark: str) -> None:
    assert algebra.latex(read(text), {}) == tex, remark
    maths.parse(tex)


def test_a_sample_keeps_its_letter_where_numbers_are_put_in() -> None:
    tex = algebra.latex(read("mean(x)/a + std(x, 1)"), {}, {"x": r"\begin{bmatrix}1\\2\end{bmatrix}", "a": "4"})

    assert tex == r"\frac{\bar{x}}{4} + s_{x}"


UNITS = {"x": "V", "y": "A", "A": "Ω", "n": "", "m": "V"}
DIMENSIONS = [
    ("std(x, 1)", "a quantity in V", "as the sample"),
    ("var(x, 1)", "a quantity in V^2", ""),
    ("median(x) + m", "a quantity in V", ""),
    ("cov(x, y, 1)", "a quantity in W", "the product"),
    ("corr(x, y)", "a pure number", ""), ("inv(A)", "a quantity in S", ""),
    ("inv(A) @ x", "a quantity in A", "Ohm's law of matrices"),
    ("solve(A, x)", "a quantity in A", "the same"), ("eig(A)", "a quantity in Ω", ""),
    ("normal_cdf(x, m, m)", "a pure number", ""), ("normal_quantile(0.9, m, m)", "a quantity in V", ""),
    ("t_quantile(0.975, n - 1)*std(x, 1)/sqrt(n)", "a quantity in V", "half an interval of confidence"),
    ("abs(m + j*m)", "a quantity in V", "the imaginary unit is a pure number"), ("arg(m + j*m)", "a pure number", ""),
    ("mean(x) + mean(y)", "it adds a quantity in V and a quantity in A", "a mean of each"),
    ("normal_cdf(x, n, m)", "normal_cdf is given a quantity in V and a pure number", "a mean without its unit"),
    ("choose(x, 2)", "binomial takes a pure number, not a quantity in V", "ways of volts"),
    ("t_quantile(m, n)", "t_quantile takes a pure number, not a quantity in V", ""),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected", "remark"), DIMENSIONS)
def test_a_function_has_the_dimension_of_what_it_computes(text: str, expected: str, remark: str) -> None:
    names: dict[str, _dimensional.Dimensional] = {name: _dimensional.declared(unit) for name, unit in UNITS.items()}
    try:
        found = _dimensional.spoken(_dimensional.of(read(text).root, names))
    except _dimensional.Mismatch as mismatch:
        found = str(mismatch)

    assert found == expected, remark


WITNESSED = [
    ("mean(x)", "{simulation: value, of: t/9, given: {t: {simulation: sum, of: 'x[k]', over: {k: [0, 8]}}}}"),
    ("std(x, 1)", ("{simulation: value, of: sqrt((q - t**2/9)/8), given: {t: {simulation: sum, of: 'x[k]', "
                   "over: {k: [0, 8]}}, q: {simulation: sum, of: 'x[k]**2', over: {k: [0, 8]}}}}")),
    ("normal_cdf(z)", "{simulation: integral, of: exp(-t**2/2)/sqrt(2*pi), over: {t: [-10, z]}}"),
    ("chi2_cdf(z, 2)", "{simulation: integral, of: exp(-t/2)/2, over: {t: [0, z]}}"),
]  # fmt: skip


@pytest.mark.parametrize(("key", "witness"), WITNESSED)
def test_a_key_of_statistics_has_a_witness_that_sums_or_integrates(key: str, witness: str) -> None:
    rng = np.random.default_rng(7)
    columns = {"x": Column(rng.normal(20, 2, (5, 9))), "z": Column(rng.uniform(0.5, 2, 5))}
    spec = witnesses.read({**yaml.safe_load(witness), "within": 1e-6})

    says = witnesses.witness(spec, {}, {}, columns)
    np.testing.assert_allclose(says, evaluate(read(key), columns).values, rtol=1e-6)


def test_a_function_whose_library_is_missing_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    functions = importlib.import_module("qbank.algebra.functions")
    monkeypatch.setattr(functions, "find_spec", lambda name: None if name == "scipy" else find_spec(name))
    functions._needed.cache_clear()
    try:
        with pytest.raises(ExpressionError) as raised:
            read("2*t_quantile(0.975, n - 1)")
        plain = read("sqrt(2)*parallel(a, b)")
    finally:
        functions._needed.cache_clear()

    assert str(raised.value) == (
        "t_quantile needs scipy, which is not installed; run python -m pip install 'qbank[statistics]'"
    )
    assert raised.value.offset == 2
    assert plain is not None


WIDE = (-7.3, -2.5, -1.2, 1.2, 2.5, 7.3)
NARROW = (-0.9, -0.4, 0.2, 0.7)
LAWS: list[tuple[str, str, tuple[float, ...], str]] = [
    ("acot(x)", "atan2(1, x)", WIDE + NARROW, "between 0 and π, as arccot is taught"),
    ("asec(x)", "atan2(sqrt(x**2 - 1), sign(x))", WIDE, ""),
    ("acsc(x)", "sign(x)*atan2(1, sqrt(x**2 - 1))", WIDE, ""),
    ("acoth(x)", "ln((x + 1)/(x - 1))/2", WIDE, ""),
    ("asech(x)", "ln((1 + sqrt(1 - x**2))/x)", (0.2, 0.7, 1.0), ""),
    ("acsch(x)", "ln(1/x + sqrt(1/x**2 + 1))", WIDE + NARROW, ""),
    ("cot(x)", "cos(x)/sin(x)", WIDE, ""),
    ("sec(x)", "1/cos(x)", WIDE, ""),
    ("csc(x)", "1/sin(x)", WIDE, ""),
    ("coth(x)", "(exp(x) + exp(-x))/(exp(x) - exp(-x))", WIDE, ""),
    ("sech(x)", "2/(exp(x) + exp(-x))", WIDE, ""),
    ("csch(x)", "2/(exp(x) - exp(-x))", WIDE, ""),
    ("sigmoid(x)", "(1 + tanh(x/2))/2", WIDE, ""),
    ("lg(x**2)", "2*ln(abs(x))/ln(10)", WIDE, ""),
    ("log10(x**2)", "lg(x**2)", WIDE, ""),
    ("log2(x**2)", "lg(x**2)/lg(2)", WIDE, ""),
    ("log(x**2, 3)", "ln(x**2)/ln(3)", WIDE, ""),
    ("db10(x)", "10*lg(abs(x))", WIDE, "a ratio of powers"),
    ("db20(x)", "20*lg(abs(x))", WIDE, "a ratio of amplitudes"),
    ("relu(x)", "(x + abs(x))/2", WIDE, ""),
    ("clip(x, -1, 2)", "max(-1, min(x, 2))", WIDE, ""),
    ("min(x, 1)", "(x + 1 - abs(x - 1))/2", WIDE, ""),
    ("max(x, 1)", "(x + 1 + abs(x - 1))/2", WIDE, ""),
    ("ceil(x)", "-floor(-x)", WIDE, ""),
    ("x // 2", "floor(x/2)", WIDE, ""),
    ("x % 2", "x - 2*floor(x/2)", WIDE, ""),
    ("parallel(x**2, 3)", "3*x**2/(x**2 + 3)", WIDE, ""),
]


@pytest.mark.parametrize(("text", "other", "points", "remark"), LAWS)
def test_a_law_of_mathematics_holds_in_doubles_in_many_digits_and_in_symbols(
    text: str, other: str, points: tuple[float, ...], remark: str
) -> None:
    doubles = [evaluate(read(each), {"x": Column(np.array(points))}).values.tolist() for each in (text, other)]
    digits = [[float(precisely(read(each), lambda _, x=x: x).item()) for x in points]  # type: ignore[misc]
              for each in (text, other)]  # fmt: skip
    symbols = [[complex(algebra.sympy(read(each)).subs("x", sympy.Rational(str(x))).evalf(30)) for x in points]
               for each in (text, other)]  # fmt: skip

    assert doubles[0] == pytest.approx(doubles[1], rel=1e-12), remark
    assert digits[0] == pytest.approx(digits[1], rel=1e-14), remark
    assert doubles[0] == pytest.approx(digits[0], rel=1e-12), remark
    assert symbols[0] == pytest.approx(digits[0], rel=1e-14), remark


@pytest.mark.parametrize("count", [2, 3, 5, 6, 7, 8, 10, 11, 12, 13])
def test_many_digits_step_where_a_rest_of_a_whole_number_or_a_half_is_left(count: int) -> None:
    told = {text: float(precisely(read(text), lambda _: count).item()) for text in (
        "floor(sqrt(n)**2)", "ceil(sqrt(n)**2)", "sqrt(n)**2 // 1", "sqrt(n)**2 % 1", "round(sqrt(n)**2/2)",
        "round(n - sqrt(n)**2/2)", "floor(ln(exp(n)))", "min([sqrt(n), n])", "max([sqrt(n), n])",
    )}  # fmt: skip

    assert list(told.values()) == [
        count, count, count, 0, round(count / 2), round(count / 2), count, pytest.approx(count**0.5), count
    ]  # fmt: skip


def test_every_function_takes_as_many_arguments_as_it_says() -> None:
    for name, row in FUNCTIONS.items():
        for count in {row.least, row.most or 3}:
            with np.errstate(invalid="ignore"):
                assert np.asarray(row.columns(*[np.array([0.75])] * count)).shape == (1,), name
            with contextlib.suppress(ValueError):  # no factorial of a fraction
                row.exactly(mpmath.mp, [mpmath.mpf("0.75")] * count)


def test_what_a_room_keeps_to_itself_is_no_function_of_an_expression() -> None:
    assert [name for name in known() if name.startswith("_")] == []
