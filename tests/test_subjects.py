"""The functions that subjects lend to expressions, each held against another way to its value."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from qbank import algebra, registry
from qbank.model import Array
from qbank.subjects import electronics, networks

OHMS = st.floats(1.0, 1e7)
RANDOM = np.random.default_rng(7)
N, D, K = 4, 3, 2


def drawn(*shape: int) -> Array:
    """Some column of values of this shape."""
    return RANDOM.normal(size=(N, *shape))


def column(*values: float) -> Array:
    """A column of scalars."""
    return np.array(values)


# --- electronics --------------------------------------------------------------------------------------------------

VALUES = [
    (electronics.parallel, [[1e3], [2e3], [2e3]], 500.0, "three at once"),
    (electronics.parallel, [[1e3], [0.0]], 0.0, "a short circuit wins"),
    (electronics.db20, [[-10.0]], 20.0, "of the magnitude"),
    (electronics.db10, [[100.0]], 20.0, "a ratio of powers"),
    (electronics.clamp, [[15.0], [-12.0], [12.0]], 12.0, "at the supply"),
    (electronics.clamp, [[-15.0], [-12.0], [12.0]], -12.0, "at the other"),
    (electronics.jfet_self, [[8e-3], [-4.0], [1e3]], 2e-3, "I_DSS/4 at U_P/2"),
    (electronics.jfet_self, [[8e-3], [-4.0], [0.0]], 8e-3, "no resistor: I_DSS"),
    (electronics.jfet_self, [[8e-3], [-4.0], [1e3], [-5.0]], 0.0, "pinched off"),
    (electronics.emos_bias, [[1e-3], [2.0], [5.0], [2e3]], 1e-3, "U_GS = 3 V"),
    (electronics.emos_bias, [[1e-3], [2.0], [1.0], [2e3]], 0.0, "below the threshold"),
    (electronics.standard_above, [[4.7e3]], 4.7e3, "itself a value"),
    (electronics.standard_above, [[4701.0]], 5.6e3, "the next one"),
    (electronics.standard_above, [[8.3]], 10.0, "the next decade"),
    (electronics.standard_above, [[3 * 1.1e3]], 3.3e3, "3300.0000000000005 is 3.3 k"),
    (networks.sigmoid, [[-1000.0]], 0.0, "without a warning"),
    (networks.relu, [[-1.0]], 0.0, ""),
    (networks.tanh, [[0.5]], math.tanh(0.5), ""),
    (networks.rnn_step, [[1.0], [0.5], [2.0], [1.0], [0.1]], math.tanh(2.6), "one unit, all scalars"),
    (networks.mse, [[[1.0, 2.0]], [[0.0, 4.0]]], 2.5, "over the components"),
    (networks.mse, [[3.0], [1.0]], 4.0, "of scalars"),
    (networks.cross_entropy, [[[0.5, 0.5, 0.0]], [[1.0, 0.0, 0.0]]], math.log(2), "0 ln 0 is 0"),
    (networks.spectral_radius, [[[[0.0, -2.0], [2.0, 0.0]]]], 2.0, "of a rotation"),
    (networks.spectral_radius, [[[[np.nan, 1.0], [0.0, 1.0]]]], np.nan, "what is not finite stays so"),
    (networks.largest_singular_value, [[[[3.0, 0.0, 0.0], [0.0, 4.0, 0.0]]]], 4.0, "not square"),
]


@pytest.mark.filterwarnings("ignore:divide by zero", "ignore:invalid value")
@pytest.mark.parametrize(("function", "arguments", "expected", "remark"), VALUES)
def test_a_function_has_the_value_worked_by_hand(
    function: Any, arguments: list[Any], expected: float, remark: str
) -> None:
    found = function(*map(np.array, arguments))

    assert found.shape == (1,)
    np.testing.assert_allclose(found, [expected], rtol=1e-12, err_msg=remark)


@given(OHMS, OHMS, OHMS)
def test_resistances_in_parallel_are_conductances_added(a: float, b: float, c: float) -> None:
    found = electronics.parallel(column(a), column(b), column(c))[0]

    assert 1 / found == pytest.approx(1 / a + 1 / b + 1 / c, rel=1e-12)


@given(st.floats(1e-4, 1e-1), st.floats(-10, -0.5), st.floats(0, 1e5), st.floats(-12, 12))
def test_the_current_of_a_jfet_solves_both_of_its_equations(IDSS: float, UP: float, RS: float, UG: float) -> None:
    current = electronics.jfet_self(column(IDSS), column(UP), column(RS), column(UG))[0]
    voltage = UG - current * RS

    assert current == pytest.approx(IDSS * max(1 - voltage / UP, 0) ** 2, rel=1e-6, abs=1e-12)


@given(st.floats(1e-4, 1e-1), st.floats(0.5, 5), st.floats(0, 15), st.floats(0, 1e5))
def test_the_current_of_a_mosfet_solves_both_of_its_equations(factor: float, UT: float, UG: float, RS: float) -> None:
    current = electronics.emos_bias(column(factor), column(UT), column(UG), column(RS))[0]
    voltage = UG - current * RS

    assert current == pytest.approx(factor * max(voltage - UT, 0) ** 2, rel=1e-6, abs=1e-12)


@given(st.floats(1e-12, 1e9))
def test_the_standard_value_above_is_the_nearest_one(value: float) -> None:
    found = electronics.standard_above(column(value))[0]

    assert value * (1 - 1e-11) <= found <= value * 1.25


# --- networks: against loops over gates and units, one variant at a time -----------------------------------------


def s(z: float) -> float:
    """The logistic function."""
    return 1 / (1 + math.exp(-z))


def affine(row: int, unit: int, weights: Array, inputs: Array) -> float:
    """One component of a matrix product, by a sum."""
    return sum(float(weights[row, unit, j]) * float(inputs[row, j]) for j in range(inputs.shape[1]))


def test_an_rnn_step_is_its_formula() -> None:
    x, h, W, U, b = drawn(D), drawn(K), drawn(K, D), drawn(K, K), drawn(K)
    found = networks.rnn_step(x, h, W, U, b)

    for n in range(N):
        for k in range(K):
            assert found[n, k] == pytest.approx(math.tanh(affine(n, k, W, x) + affine(n, k, U, h) + b[n, k]))


def test_an_lstm_step_stacks_its_gates_as_i_f_g_o() -> None:
    x, h, c, W, U, b = drawn(D), drawn(K), drawn(K), drawn(4 * K, D), drawn(4 * K, K), drawn(4 * K)
    cells, outputs = networks.lstm_c(x, h, c, W, U, b), networks.lstm_h(x, h, c, W, U, b)

    for n in range(N):
        for k in range(K):
            i, f, g, o = (affine(n, q, W, x) + affine(n, q, U, h) + b[n, q] for q in range(k, 4 * K, K))
            cell = s(f) * c[n, k] + s(i) * math.tanh(g)
            assert cells[n, k] == pytest.approx(cell)
            assert outputs[n, k] == pytest.approx(s(o) * math.tanh(cell))


def test_a_gru_step_keeps_the_old_state_by_z() -> None:
    x, h, W, U, b, d = drawn(D), drawn(K), drawn(3 * K, D), drawn(3 * K, K), drawn(3 * K), drawn(3 * K)
    after, before = networks.gru_after(x, h, W, U, b, d), networks.gru_before(x, h, W, U, b)

    for n in range(N):
        inputs = [affine(n, q, W, x) + b[n, q] for q in range(3 * K)]
        states = [affine(n, q, U, h) for q in range(3 * K)]
        reset = np.array([[s(inputs[k] + states[k]) for k in range(K)]] * N)
        for k in range(K):
            r, z = (s(inputs[q] + states[q] + d[n, q]) for q in (k, K + k))
            inner = math.tanh(inputs[2 * K + k] + r * (states[2 * K + k] + d[n, 2 * K + k]))
            assert after[n, k] == pytest.approx((1 - z) * inner + z * h[n, k])
            z = s(inputs[K + k] + states[K + k])
            inner = math.tanh(inputs[2 * K + k] + affine(n, 2 * K + k, U, reset * h))
            assert before[n, k] == pytest.approx((1 - z) * inner + z * h[n, k])


def test_softmax_sums_to_one_and_moves_with_nothing() -> None:
    x = drawn(K) * 500

    np.testing.assert_allclose(networks.softmax(x).sum(axis=1), 1)
    np.testing.assert_allclose(networks.softmax(x), networks.softmax(x + 1000), rtol=1e-9)


WRONG = [
    (networks.lstm_c, [(D,), (K,), (K,), (3 * K, D), (3 * K, K), (3 * K,)],
     "a state of size 2 needs 4 gates stacked to 8 rows, not 6"),
    (networks.rnn_step, [(D,), (K,), (K, D), (K, K), (3,)], "the shapes (2,) and (3,) do not fit a sum"),
    (networks.rnn_step, [(D,), (K,), (K, K), (K, K), (K,)], "the shapes (2, 2) and (3,) do not fit a matrix product"),
    (networks.gru_after, [(), (K,), (K, K), (K, K), (K,), (K,)], "x must be a vector, not of the shape ()"),
    (networks.spectral_radius, [(2, 3)], "needs a square matrix, not the shape (2, 3)"),
    (electronics.parallel, [(2,), (3,)], "the shapes (2,) and (3,) do not fit"),
]


@pytest.mark.parametrize(("function", "shapes", "message"), WRONG)
def test_shapes_that_do_not_fit_are_named(function: Any, shapes: list[tuple[int, ...]], message: str) -> None:
    with pytest.raises(ValueError) as raised:
        function(*(drawn(*shape) for shape in shapes))

    assert str(raised.value) == message


def test_every_public_function_is_callable_in_expressions_and_says_what_it_is() -> None:
    for subject in registry.tags("subjects"):
        room = registry.load("subjects", subject)
        public = [f for n, f in vars(room).items() if callable(f) and getattr(f, "__module__", "") == room.__name__]
        for function in public:
            if not function.__name__.startswith("_"):
                known = algebra.known()[function.__name__]
                if known is not function:  # the table's own takes complex numbers as well, and is the same on the reals
                    reals = np.linspace(-30, 30, 61)
                    assert np.allclose(known(reals), function(reals), rtol=1e-15, atol=0)
                assert function.__doc__


def test_a_column_is_computed_as_its_rows_are() -> None:
    x, h, c, W, U, b = drawn(D), drawn(K), drawn(K), drawn(4 * K, D), drawn(4 * K, K), drawn(4 * K)
    whole = networks.lstm_h(x, h, c, W, U, b)

    for n in range(N):
        row = networks.lstm_h(*(array[n : n + 1] for array in (x, h, c, W, U, b)))
        np.testing.assert_allclose(row[0], whole[n], rtol=1e-13)
