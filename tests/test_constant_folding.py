"""Numbers that are computed of numbers alone print as one; the rest of a formula stays as its author wrote it."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from qbank.algebra import evaluate, plain, read
from qbank.algebra.constants import folded
from qbank.model import Column

FOLDED = [
    ("2*4*x*y", "8*x*y", ""),
    ("3*4*x**(4 - 1)", "12*x^3", "a derivative"),
    ("3*x**1 + 0", "3*x", ""),
    ("x*2*a*3", "6*x*a", "the letters keep their order"),
    ("1*x/1", "x", ""),
    ("-1*x", "-x", ""),
    ("2*(-3)*x", "-6*x", ""),
    ("x - (-3)", "x + 3", "no sign after a sign"),
    ("x + 2 - 5 + y", "x - 3 + y", ""),
    ("2 - 5 + x", "-3 + x", ""),
    ("6*x/4", "3*x/2", ""),
    ("6/3*x", "2*x", ""),
    ("2/3*x", "2/3*x", "what is not exact stays"),
    ("x*3", "x*3", "one number stays where it is"),
    ("0.5*4*x", "2*x", ""),
    ("0.5*3*x", "1.5*x", ""),
    ("1/x", "1/x", ""),
    ("2*3/x", "6/x", ""),
    ("2*x/2/y", "x/y", ""),
    ("2*x/1", "2*x", ""),
    ("1*x/2", "x/2", ""),
    ("1000000000000000000001*1000000000000000000001*x", "1.000000000000000000001e+21*1.000000000000000000001e+21*x",
     "no number has more than 40 digits"),
    ("0*x + 5", "5", ""),
    ("0*ln(x) + 5", "0*ln(x) + 5", "ln(x) has no value below 0"),
    ("x/0", "x/0", ""),
    ("2**3*x", "8*x", ""),
    ("x**0", "1", ""),
    ("sqrt(2*8)*x", "sqrt(16)*x", "functions are not computed"),
    ("2*(x + 1)*3", "6*(x + 1)", "a product stays a product"),
    ("2*3*x == 4*5", "6*x = 20", "both sides of an equation"),
]


@pytest.mark.parametrize(("text", "said", "remark"), FOLDED)
def test_numbers_are_folded_and_nothing_else(text: str, said: str, remark: str) -> None:
    assert plain(folded(read(text).root)) == said, remark


LEAVES = st.sampled_from(["x", "y", "2", "3", "0.5", "1", "0", "12"])
TREES = st.recursive(LEAVES, lambda inner: st.one_of(
    st.tuples(inner, st.sampled_from(["+", "-", "*", "/"]), inner).map(lambda each: f"({''.join(each)})"),
    inner.map(lambda each: f"(-{each})"), inner.map(lambda each: f"({each})**2"),
), max_leaves=9)  # fmt: skip


@given(TREES)
def test_a_folded_formula_has_the_values_that_it_had(text: str) -> None:
    columns = {"x": Column(np.array([1.7, -0.3])), "y": Column(np.array([0.9, 5.0]))}
    before = read(text)
    after = read(plain(folded(before.root)).replace("^", "**"))

    with np.errstate(all="ignore"):
        was, now = (np.broadcast_to(evaluate(each, columns, 2).values, 2) for each in (before, after))

    finite = np.isfinite(was)
    assert now[finite] == pytest.approx(was[finite], rel=1e-9, abs=1e-9)
