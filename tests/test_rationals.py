"""Where an expression of short decimals is exactly zero, against Python's own fractions."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from qbank import algebra
from qbank.algebra.rationals import Rationals, Unknown, decimals, exact, vanishing
from qbank.algebra.terms import terms_of
from qbank.algebra.zeros import _adding_up
from qbank.model import Array, Column

SHORT = st.integers(-999, 999).map(lambda n: n / 100)
FORMS = ["a*b - c", "a + b - c", "a/c - b/c", "a*(b + c) - a*b - a*c", "-a + b*2 - 0.5", "a**2 - b**2", "(a - b)/4"]
VALUES = {
    "W": np.array([[[0.1, 0.2], [0.3, -0.3]]]), "x": np.array([[0.5, -0.25]]), "b": np.array([[0.0, -0.225]]),
    "R": np.array([4700.0]), "C": np.array([4.7e-6]), "angle": np.array([np.pi / 3]),
}  # fmt: skip


def leaf(name: str) -> Rationals:
    return decimals(VALUES[name])


@given(st.sampled_from(FORMS), st.lists(st.tuples(SHORT, SHORT, SHORT.filter(bool)), min_size=1, max_size=9))
def test_it_is_what_fractions_say(form: str, rows: list[tuple[float, float, float]]) -> None:
    columns: dict[str, Array] = dict(zip("abc", np.array(rows).T, strict=True))
    expression = algebra.read(form)

    found = exact(expression, lambda name: decimals(columns[name]))
    zero = vanishing(expression, lambda name: decimals(columns[name]))

    assert zero is not None
    under = np.broadcast_to(found.under, found.over.shape)
    for place, row in enumerate(rows):
        a, b, c = (Fraction(str(value)) for value in row)
        truth = eval(form.replace("0.5", "Fraction(1, 2)"), {"a": a, "b": b, "c": c, "Fraction": Fraction})  # noqa: S307
        assert Fraction(int(found.over[place]), int(under[place])) / Fraction(10) ** found.places == truth
        assert bool(zero[place]) == (truth == 0)


@pytest.mark.parametrize(
    ("text", "expected", "remark"),
    [
        ("W @ x", [[True, False]], "each entry by itself: 0.05 - 0.05 is zero"),
        ("tanh(W @ x + b)", [[True, True]], "tanh is zero where its argument is"),
        ("[R - 4700, R - 4701]", [[True, False]], "a list"),
        ("R*C - 0.02209", [True], "4700 times 4.7 millionths"),
        ("R - 4.7k", [True], ""),
        ("exp(R) - 1", None, "no fraction"),
        ("angle - 1", None, "more decimals than were written"),
        ("R**4 * R**4", None, "no room"),
        ("R / (C - 4.7u)", None, "division by zero"),
        ("W + x", None, "shapes that do not fit"),
    ],
)
def test_what_is_known_and_what_is_not(text: str, expected: list[object] | None, remark: str) -> None:
    found = vanishing(algebra.read(text), leaf)

    assert (found if found is None else found.tolist()) == expected, remark


SUMS = ["a*b + c", "-a - b/c", "a**3/(b + c) + sqrt(a*b)", "-(a + b)*-c", "2*a - -b", "parallel(a, b + c)",
        "(-a)**2 + b", "c - (-a)**3"]
CANCELLING = ["a - b", "a + -b", "(a - b)*c", "exp(a) - 1", "log(a)", "a % b", "a @ b", "a**0.5 - b", "(-a)**2 - b",
              "(-a)**3 + b"]


@given(
    st.sampled_from(SUMS),
    st.lists(st.tuples(*[st.floats(1e-9, 1e9)] * 3), min_size=1, max_size=5),
)
def test_a_sum_of_one_sign_is_never_small_beside_its_terms(form: str, rows: list[tuple[float, ...]]) -> None:
    expression = algebra.read(form)
    columns = {name: Column(values) for name, values in zip("abc", np.array(rows).T, strict=True)}

    assert _adding_up(expression) == algebra.names(expression)
    values = algebra.evaluate(expression, columns).values
    assert (terms_of(expression, columns, values) < 1e3 * np.abs(values)).all()


@pytest.mark.parametrize("form", CANCELLING)
def test_where_terms_may_cancel_they_are_looked_at(form: str) -> None:
    assert _adding_up(algebra.read(form)) is None


@pytest.mark.parametrize("value", [0.1 + 0.2, 1e16, float("nan"), float("inf"), 1e-13])
def test_what_is_no_short_decimal_is_unknown(value: float) -> None:
    with pytest.raises(Unknown):
        decimals(np.array([value]))
