"""Inside an expression, too, the numbers of an item are decimals: comparisons, steps, divisors and roots."""

from __future__ import annotations

import math
from collections.abc import Callable
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray
from sample_items import HEAD, item_of

from qbank import algebra, variants
from qbank.algebra.rationals import Rationals
from qbank.model import Array, Column
from qbank.numerals import rounding

SHORT = st.integers(-999, 999).map(lambda n: n / 100)
FORMS = (
    "a + b == c", "a*b >= c", "a - b < c - a", "100*a % 1 == 0", "a % c", "(a + b) // c", "floor(10*a)", "ceil(a/c)",
    "round(a*b)", "round(a/2, 1)", "a*b in [c, a, 0.06]", "1 if a*b == c else 2", "max(a - b, c)", "sign(a*b - c)",
    "a*b != c and a + b <= 2*c", "floor(a*b*10)/10 - c",
)  # fmt: skip


def valued(text: str, **columns: Array) -> list[Any]:
    """The values of an expression over columns of decimals."""
    def exact(name: str, rows: NDArray[np.int64]) -> Rationals:
        return algebra.decimals(columns[name][rows])

    count = max((len(values) for values in columns.values()), default=1)
    given_ = {name: Column(values) for name, values in columns.items()}
    found: list[Any] = algebra.valued(
        algebra.read(text), given_, count, lambda name, row: columns[name][row], exact
    ).values.tolist()
    return found


def fraction(text: str, **values: Fraction) -> Any:
    """The value that Python's fractions give."""
    functions = {
        "floor": math.floor, "ceil": math.ceil, "round": round, "max": max, "sign": lambda x: (x > 0) - (x < 0),
    }  # fmt: skip
    return eval(text.replace("0.06", "Fraction(6, 100)"), {"Fraction": Fraction, **functions, **values})  # noqa: S307


@given(st.sampled_from(FORMS), st.lists(st.tuples(SHORT, SHORT, SHORT.filter(bool)), min_size=1, max_size=9))
def test_an_expression_has_the_value_that_fractions_give(form: str, rows: list[tuple[float, float, float]]) -> None:
    found = valued(form, **dict(zip("abc", np.array(rows).T, strict=True)))

    for value, row in zip(found, rows, strict=True):
        truth = fraction(form, **{name: Fraction(str(each)) for name, each in zip("abc", row, strict=True)})
        assert value == pytest.approx(float(truth), rel=1e-12, abs=1e-12)


ROWS: list[tuple[str, Any, str]] = [
    ("0.1 + 0.2 == 0.3", True, ""),
    ("0.1*3 <= 0.3", True, ""),
    ("0.1*3 > 0.3", False, ""),
    ("floor(100*0.29)", 29, "28.999999999999996 in doubles"),
    ("floor(100*0.29) - 29", 0, "and nothing of it is left"),
    ("ceil(0.07*100)", 7, "7.000000000000001"),
    ("7.3 % 0.1", 0, ""),
    ("1 // 0.1", 10, "9 in Python"),
    ("round(2.675, 2)", 2.68, "a half goes to the even neighbour"),
    ("round(0.29*50)", 14, "14.499999999999998"),
    ("sqrt(0.1*3 - 0.3)", 0, "7e-9"),
    ("ln(0.1*3 - 0.3)", -math.inf, "-37"),
    ("1/(0.1*3 - 0.3)", math.inf, "2e16"),
    ("std([0.1, 0.1, 0.1], 1) > 0", False, "1.7e-17"),
    ("var([0.7, 0.7, 0.7], 0) == 0", True, "1.2e-32"),
    ("cov([0.1, 0.1, 0.1], [0.1, 0.2, 0.3], 0) == 0", True, "1e-18"),
    ("1/std([0.1, 0.1, 0.1], 1)", math.inf, "5.9e16"),
    ("std([0.1, 0.2, 0.3], 1) == 0.1", True, ""),
    ("atan2(-0, -1)", math.pi, "there is only one zero"),
    ("atan2(0*(-1), -1)", math.pi, ""),
    ("atan2(0, 0*(-1))", 0, ""),
    ("1/cos(pi/2)", math.inf, "1.6e16"),
    ("tan(pi/2)", math.inf, "1.6e16"),
    ("sign(0.1*3 - 0.3)", 0, ""),
    ("asin(0.1*3/0.3)", math.pi / 2, "NaN"),
    ("factorial(0.07*100)", 5040, ""),
    ("1/sum([0.1, 0.2, -0.3])", math.inf, "within a function, too"),
    ("1/dot([0.1, 0.2], [0.2, -0.1])", math.inf, ""),
    ("[0.1*3, 1] == [0.3, 1]", [True, True], "entry by entry"),
    ("'whole' if 100*0.29 % 1 == 0 else 'broken'", 0, "labels, too"),
    ("sqrt(2)*sqrt(2) == 2", True, "not a fraction: with 50 digits"),
    ("floor(sqrt(2)**2)", 2, ""),
    ("sqrt(1e-45) > 0", True, "small is not zero"),
    ("1 - tanh(18)**2 > 0", True, ""),
    ("exp(-100) == 0", False, ""),
    ("1/(1e15 + 1 - 1e15)", 1, ""),
    ("floor(1 - exp(-30))", 0, "9e-14 below one is below one"),
    ("0.1 + 0.2 == 0.3 + 1e-15", False, "what is written is meant"),
    ("0.1/0.3 == 0.3/0.9", True, "quotients that cancel, however their parts are moved"),
    ("sign(0.1/0.3 - 0.3/0.9)", 0, ""),
    ("10000.29 - 10000 == 0.29", True, "beside its terms"),
    ("10000.29 % 1 == 0.29", True, ""),
    ("1/(1e8 + 0.3 - 1e8 - 0.3)", math.inf, "-3.4e8"),
    ("ln(1.001*1.001 - 1 - 0.002 - 0.000001)", -math.inf, "NaN"),
    ("[0.1, 0.2] @ [0.2, -0.1] == 0", True, "a product of vectors"),
    ("sign(sum([-0.6, 0.2, 0.4]))", 0, "a sum with fifty digits has a rest as well"),
    ("0.1*3 in [0.3, 1]", True, ""),
    ("0.1*3 not in [0.3, 1]", False, ""),
    ("floor(100*([0.1, 0.29, 0.57][1:] @ [1, 0]))", 29, "a slice"),
    ("round([0.15, 0.25, 0.35], 1)", [0.2, 0.2, 0.4], "entry by entry"),
    ("17 % 5", 2, ""),
    ("2**40 % 7", 2, ""),
    ("7**20 % 13", math.nan, "the product has lost its last digits"),
]


@pytest.mark.parametrize(("text", "expected", "remark"), ROWS)
def test_no_last_bit_decides(text: str, expected: Any, remark: str) -> None:
    np.testing.assert_equal(valued(text), [expected], err_msg=remark)


def test_a_row_without_a_value_changes_no_other() -> None:
    x, d = np.array([0.29, 0.29]), np.array([1.0, 0.0])

    assert valued("floor(100*x/d)", x=x, d=d) == [29, math.inf]
    assert valued("floor(100*x/d) if d > 0 else 0", x=x, d=d) == [29, 0]


@pytest.mark.parametrize("rows", [2, 3])
def test_a_vector_over_a_number_is_stepped_row_by_row(rows: int) -> None:
    a, c = np.array([0.1, 0.2, 0.6])[:rows], np.array([1.0, 2.0, 3.0])[:rows]

    assert valued("floor([a, 2*a]/c*10)", a=a, c=c) == [[1, 2], [1, 2], [2, 4]][:rows]
    assert valued("round([a, 3.5*a]/c, 1)", a=a, c=c) == [[0.1, 0.4], [0.1, 0.4], [0.2, 0.7]][:rows]


def test_many_rows_are_decided_as_few_are() -> None:
    a, b = (each.ravel() for each in np.meshgrid(np.arange(1, 301) / 100, np.arange(1, 301) / 10))

    found = valued("round(a*b, 2) == a*b", a=a, b=b)

    assert found == [round(100 * x) * round(10 * y) % 10 == 0 for x, y in zip(a.tolist(), b.tolist(), strict=True)]


CHOSEN = [
    ("case: {labels: [a, b]}", "k: 0.29 if case == 'a' else 0.57", [29, 57], "by a label"),
    ("i: {integers: [0, 2]}", "k: '[0.29, 0.57, 0.58][i]'", [29, 57, 58], "by a place"),
    ("v: {grid: [30 km/h, 120 km/h, 30 km/h]}", "k: v*3.6/100", [30, 60, 90, 120], "in a unit of no power of ten"),
    ("t: {grid: [0, 90°, 30°]}", "{p: {value: pi/2 - t, shown: 3, unit: °}, k: sin(p)}", [0, 50, 86, 100], "shown"),
    ("case: {labels: [a, b]}", "{other: {value: '0', labels: [a, b]}, k: 0.29 if case == other else 0.57}", [29, 57],
     "by two labels"),
    ("i: {integers: [0, 1]}", "k: '[[0.3, 0.4], [0.29, 0.57]][1, i]'", [29, 57], "by a place in a row that is written"),
    ("x: {values: [0.29, 0.57]}", "{w: '[x, 2*x]/x*x', k: 'w[0]'}", [29, 57], "a vector over a number"),
]


@pytest.mark.parametrize(("parameter", "derived", "keys", "remark"), CHOSEN)
def test_what_is_chosen_or_written_in_a_unit_is_a_decimal_too(
    parameter: str, derived: str, keys: list[int], remark: str
) -> None:
    rules = derived if derived.startswith("{") else f"{{{derived}}}"
    item = item_of(HEAD + f"""
parameters:
  {parameter}
derive: {rules[:-1]}, n: floor(100*k)}}
stem: {{zh: 求 $n$, en: Find $n$}}
parts:
  - {{id: n, marks: 1, answer: {{kind: number, key: n, tolerance: exact}}, witness: none, because: it is counted}}
""")
    drawn = variants.make(item, "seed", range(30))

    assert sorted(set(drawn.keys["n"]["key"].tolist())) == keys, remark


def test_names_that_follow_from_each_other_are_computed_once() -> None:
    steps = "".join(f"  x{n}: x{n - 1} - (x{n - 1}**2 - a)/(2*x{n - 1})\n" for n in range(1, 13))
    item = item_of(HEAD + f"""
parameters:
  a: {{grid: [1, 9, 0.5]}}
derive:
  x0: a
{steps}  n: x12 - x11
stem: {{zh: 求 $n$, en: Find $n$}}
parts:
  - {{id: n, marks: 1, answer: {{kind: number, key: n, tolerance: 0.01}}, witness: none, because: it converges}}
""")

    assert variants.make(item, "seed", range(9)).keys["n"]["key"].tolist() == pytest.approx([0] * 9, abs=1e-12)


def test_what_an_item_requires_is_required_of_decimals() -> None:
    item = item_of(HEAD + """
parameters:
  x: {grid: [0.01, 1, 0.01]}
require:
  - 100*x % 7 == 0
derive:
  n: floor(100*x)
stem: {zh: "$x = {{ x }}$", en: "$x = {{ x }}$"}
parts:
  - {id: n, marks: 1, answer: {kind: number, key: n, tolerance: exact}, witness: none, because: it is counted}
""")
    drawn = variants.make(item, "seed", range(14))

    found = sorted(zip(drawn.columns["x"].values.tolist(), drawn.keys["n"]["key"].tolist(), strict=True))

    assert found == [(number / 100, number) for number in range(7, 100, 7)]


@given(st.integers(0, 9999), st.integers(0, 9999), st.integers(0, 2))
def test_a_difference_of_decimals_is_rounded_as_on_paper(first: int, second: int, places: int) -> None:
    exact = Decimal(first - second) / 1000

    found = rounding.rounded(np.array([first / 1000 - second / 1000]), decimals=places)

    assert found[0] == float(exact.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP))


BESIDE = [
    ("x: {grid: [18, 30, 1]}", "t: tanh(x)", "1 - t**2", lambda x: math.cosh(x)**-2, "t is 1.0 on every row"),
    ("x: {grid: [18, 30, 1]}", "{t: tanh(x), n: 1 - t**2}", "3*n", lambda x: 3 * math.cosh(x)**-2, "one step further"),
    ("x: {grid: [18, 30, 1]}", "{a: x, t: tanh(a)}", "1 - t", lambda x: 2 / (math.exp(2*x) + 1), "one step before"),
    ("x: {integers: [13, 30]}", "y: 1 + 10**(-x)", "y - 1", lambda x: 10.0**-x, "from x = 16 on y is 1.0"),
    ("{x: {integers: [15, 30]}, k: {values: [1, 2]}}", "y: k + 10**(-x)", "y - k", lambda x: 10.0**-x, "of two names"),
    ("x: {values: FEW}", "t: x", "x*sqrt(2)*sqrt(2) - 2*x", lambda x: 0*x, "a rest of 4e-6 beside terms of 1e10"),
    ("x: {values: FEW}", "t: x**2", "t*sin(pi)", lambda x: 0*x, ""),
    ("x: {values: FEW}", "t: (x + 0.1)**2", "t - x**2 - 0.2*x - 0.01", lambda x: 0*x, "-32256.01 in doubles"),
    ("x: {values: [-0.3, -0.6]}", "n: 3", "x**n - x*x*x", lambda x: 0*x, "a power whose exponent must stay whole"),
    ("x: {integers: [1, 6000]}", "t: x", "x*sin(pi)", lambda x: 0*x, "as many rows as there are"),
]  # fmt: skip
FEW = ", ".join([*map(str, range(1, 400)), "1.3e7", "3.1e7", "1.3e10", "3.1e10"])
"""Many small values and a few that are larger by far."""


@pytest.mark.parametrize(("parameters", "derived", "key", "truth", "remark"), BESIDE)
def test_what_is_left_of_a_difference_does_not_depend_on_the_other_variants(
    parameters: str, derived: str, key: str, truth: Callable[[float], float], remark: str
) -> None:
    given_, rules = (text if text.startswith("{") else f"{{{text}}}" for text in (parameters, derived))
    item = item_of(HEAD + f"""
parameters: {given_.replace("FEW", f"[{FEW}]")}
derive: {rules}
stem: {{zh: 求 $n$, en: Find $n$}}
parts:
  - {{id: n, marks: 1, answer: {{kind: number, key: {key}, tolerance: 1%}}, witness: none, because: it is a law}}
""")
    drawn = variants.make(item, "seed", range(6000 if "6000" in parameters else 410))

    values = drawn.columns["x"].values.tolist()

    assert drawn.keys["n"]["key"].tolist() == pytest.approx(list(map(truth, values)), rel=1e-9, abs=0), remark
