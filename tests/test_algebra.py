"""Expressions are read with Python's precedence, evaluated by column, and printed as they were written."""

from __future__ import annotations

import ast
import math
import subprocess
import sys
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import BaseModel, ValidationError

from qbank import algebra, maths
from qbank.algebra import ExpressionError, evaluate, latex, read
from qbank.algebra.tree import Binary, Compare, Conditional, Logic, Name, Node, Number, Unary
from qbank.algebra.undefined import undefined
from qbank.model import Column

ROWS = 5
W = np.arange(ROWS * 6, dtype=float).reshape(ROWS, 2, 3) / 7 - 2
X = np.linspace(-1, 1, ROWS * 3).reshape(ROWS, 3)
COLUMNS = {
    "a": Column(np.array([1.0, 2.0, 3.0, 4.0, 5.0])),
    "b": Column(np.array([2.0, -1.0, 0.5, 4.0, 1e3])),
    "zero": Column(np.zeros(ROWS)),
    "k": Column(np.array([0.0, 1.0, 2.0, 1.0, 0.0])),
    "β": Column(np.array([50.0, 60.0, 80.0, 100.0, 120.0])),
    "x": Column(X),
    "y": Column(X[::-1].copy()),
    "W": Column(W),
    "S": Column(W @ W.swapaxes(1, 2) + np.eye(2)),
    "case": Column(np.array([0, 1, 2, 1, 0]), ("active", "sat", "cut")),
    "other": Column(np.array([0, 0, 1, 1, 1]), ("cut", "sat")),
    "on": Column(np.array([True, False, True, False, True])),
}
A, B, K = (COLUMNS[name].values for name in ("a", "b", "k"))


def values(text: str) -> list[Any]:
    """The values of an expression over the columns of this file."""
    found: list[Any] = evaluate(read(text), COLUMNS).values.tolist()
    return found


VALUES: list[tuple[str, Any, str]] = [
    ("-b/a", -B / A, "a fraction"),
    ("a - b - 1", A - B - 1, "from the left"),
    ("-a**2", -(A**2), "a power binds tighter than a sign"),
    ("2**-a", 2.0**-A, "but takes one on its right"),
    ("2**3**2", np.full(ROWS, 512.0), "and goes from the right"),
    ("7 % 3 + 7 // 2 - -7 // 2", np.full(ROWS, 8.0), "as Python divides"),
    ("4.7k*2.2n + 26m - 10u + 1M", np.full(ROWS, 4.7e3 * 2.2e-9 + 26e-3 - 10e-6 + 1e6), "SI suffixes"),
    ("3µ + 3μ + 3p/3f", np.full(ROWS, 3e-6 + 3e-6 + 1000), "both micro signs"),
    ("1e3 + .5 + 2.", np.full(ROWS, 1002.5), "as in Python"),
    ("β + pi - π", COLUMNS["β"].values, "Greek letters; π is a constant"),
    ("1 < a <= 3 != 2", (A > 1) & (A <= 3) & (A != 3) | (A == 2) | (A == 3), "a chain: 3 != 2 is true"),
    ("not a < 3 or b > 3 and a > 4", ~(A < 3) | ((B > 3) & (A > 4)), "not, and, or"),
    ("a if b > 0 else -a", np.where(B > 0, A, -A), "if else"),
    ("1/zero if zero != 0 else 5", np.full(ROWS, 5.0), "the side not chosen may be infinite"),
    ("1 if a < 2 else 2 if a < 4 else 3", [1, 2, 2, 3, 3], "else if"),
    ("yes if on else no", COLUMNS["on"].values, "truths"),
    ("on + (a > 2)", [1, 0, 2, 1, 2], "a truth counts one"),
    ("case == 'sat'", [False, True, False, True, False], "a label"),
    ("'sat' != case", [True, False, True, False, True], "on either side"),
    ("case == other", [False, False, False, True, False], "two columns of labels, each with its own codes"),
    ("case in ['sat', 'cut'] and a not in [2, 3]", [False, False, False, True, False], "in a list"),
    ("x[0] + x[-1]", X[:, 0] + X[:, -1], "components, also from the end"),
    ("W[1, 2]", W[:, 1, 2], "of a matrix"),
    ("W[1]", W[:, 1], "its row"),
    ("W[:, 0]", W[:, :, 0], "its column"),
    ("x[1:] * x[:-1]", X[:, 1:] * X[:, :-1], "slices"),
    ("x[k]", X[np.arange(ROWS), K.astype(int)], "an index that varies"),
    ("W[k - k, k]", W[np.arange(ROWS), 0, K.astype(int)], "and another"),
    ("[a, 2, b]", np.stack([A, np.full(ROWS, 2.0), B], axis=1), "a vector"),
    ("[[a, b], [0, 1]]@[1, 2]", np.stack([A + 2 * B, np.full(ROWS, 2.0)], axis=1), "a matrix"),
    ("W@x", np.einsum("nij,nj->ni", W, X), "a product per variant"),
    ("x@y", np.einsum("ni,ni->n", X, X[::-1]), "of vectors a scalar"),
    ("x@W.T", np.einsum("nij,nj->ni", W, X), "a row on the left"),
    ("W@T(W)", W @ W.swapaxes(1, 2), "matrices"),
    ("a*x + x/a", A[:, None] * X + X / A[:, None], "a scalar goes with every component"),
    ("2*W - a", 2 * W - A[:, None, None], "of a matrix too"),
    ("x > 0 if on else x < 0", np.where([[r] for r in COLUMNS["on"].values], X > 0, X < 0), "truths by component"),
    ("sum(x) + sum(a, b, 1)", X.sum(1) + A + B + 1, "reductions of one vector, or of several scalars"),
    ("mean(W) + mean(a, b)", W.mean((1, 2)) + (A + B) / 2, "mean"),
    ("min(a, b, 3) + max(x)", np.minimum(np.minimum(A, B), 3) + X.max(1), "min and max"),
    ("norm(x)", np.sqrt((X**2).sum(1)), "norm"),
    ("outer(x, y)", X[:, :, None] * X[::-1][:, None, :], "outer product"),
    ("clip(a, 2, b)", np.minimum(np.maximum(A, 2), B), "clip"),
    ("log(a) + ln(a) + lg(a) + log10(a) + log2(a) + log(a, 2)",
     2 * np.log(A) + 2 * np.log10(A) + 2 * np.log2(A), "logarithms: log is natural"),
    ("round(2.5) + round(b/7, 2)", 2 + np.round(B / 7, 2), "a half goes to the even"),
    ("det(S) + argmax(x) + var(x)", np.linalg.det(COLUMNS["S"].values) + 2 + X.var(1), "of matrices and vectors"),
    ("diag(x)@eye(3)", np.eye(3) * X[:, None, :], "diag, eye"),
    ("all(x > -2) and any(x >= 1)", [False, False, False, False, True], "all, any"),
    ("atan2(a, b) + sqrt(abs(b))", np.arctan2(A, B) + np.sqrt(np.abs(B)), "of two arguments"),
    ("parallel(a, a, a)*3", A, "a function of a subject"),
    ("sigmoid(W@x)", 1 / (1 + np.exp(-np.einsum("nij,nj->ni", W, X))), "on a vector"),
]


@pytest.mark.parametrize(("text", "expected", "remark"), VALUES)
def test_an_expression_has_the_value_that_numpy_gives(text: str, expected: Any, remark: str) -> None:
    found = evaluate(read(text), COLUMNS)

    np.testing.assert_allclose(found.values, expected, rtol=1e-12, err_msg=remark)
    assert found.values.shape == np.shape(expected)


@pytest.mark.parametrize(("text", "expected", "remark"), VALUES)
def test_a_batch_is_evaluated_as_its_rows_are(text: str, expected: Any, remark: str) -> None:
    whole = evaluate(read(text), COLUMNS)
    rows = [
        evaluate(read(text), {name: column.take(np.array([row])) for name, column in COLUMNS.items()})
        for row in range(ROWS)
    ]

    assert np.shape(expected)[0] == ROWS
    np.testing.assert_allclose(np.concatenate([row.values for row in rows]), whole.values, rtol=1e-13, err_msg=remark)


def test_labels_are_derived() -> None:
    found = evaluate(read("'sat' if a > 3 else 'cut' if b < 0 else case"), COLUMNS)

    assert [found.labels[code] for code in found.values] == ["active", "cut", "cut", "sat", "sat"]


def test_what_is_not_finite_stays_so_without_a_warning() -> None:
    assert str(values("a/zero + (0*b)*sqrt(-1) + lg(-1)")[0]) == "nan"
    assert values("1/zero") == [math.inf] * ROWS
    assert str(values("x[a]")[-1]) == "nan"  # an index beyond the end, on this variant alone


def test_the_columns_are_left_as_they_were() -> None:
    before = {name: column.values.copy() for name, column in COLUMNS.items()}
    for text, _, _ in VALUES:
        values(text)
    values("-a*b + a - +a*2")

    assert all((COLUMNS[name].values == before[name]).all() for name in before)


def test_a_constant_fills_as_many_rows_as_asked() -> None:
    assert evaluate(read("2*3"), {}).values.tolist() == [6.0]
    assert evaluate(read("[1, 2]"), {}, 3).values.shape == (3, 2)


UNREADABLE = [
    ("", 0, "a value is missing at the end"),
    ("a +", 3, "a value is missing at the end"),
    ("a b", 2, "an operator is missing before 'b'"),
    ("2x", 0, "'2x' is neither a number nor a name; a product needs *"),
    ("4k7", 0, "'4k7' is neither a number nor a name; a product needs *"),
    ("(a + 1", 6, "')', which belongs to '(', is missing at the end"),
    ("a = 1", 2, "'=' has no meaning in an expression; write =="),
    ("β^2", 1, "'^' has no meaning in an expression; write **"),
    ("a − b", 2, "'−' has no meaning in an expression; write -"),
    ("paralel(a, b)", 0, "the function 'paralel' is not known; did you mean 'parallel'?"),
    ("1 + sqrt()", 4, "sqrt takes 1 argument, not 0"),
    ("atan2(1)", 0, "atan2 takes 2 arguments, not 1"),
    ("parallel()", 0, "parallel takes at least 1 argument, not 0"),
    ("a.real", 1, "only T (transposed) is allowed after a point, not 'real'"),
    ("lambda: 1", 6, "an operator is missing before ':'"),
    ("None", 0, "'None' cannot be a name"),
    ("a if b", 6, "'else', which belongs to 'if', is missing at the end"),
    ("1 + not a", 4, "'not' needs parentheses here: (not …)"),
    ("'sat' + 1", 0, "the label 'sat' is not a number; compare it with ==, != or in"),
    ("sqrt('a')", 5, "the label 'a' is not a number; compare it with ==, != or in"),
    ("a in 3", 5, "'in' must be followed by a list, as in [a, b]"),
    ("'a", 0, "a label is not closed; it cannot contain a quote, a backslash or a new line"),
    ("a**100", 3, "an exponent must be at most 99"),
    ("a**(9**9)", 5, "an exponent must be at most 99"),
    ("a**0.5**-7", 6, "an exponent must be at most 99"),
    ("1e999", 0, "'1e999' has too many digits or too large an exponent"),
    ("x[a:]", 2, "the ends of a slice must be written as integers"),
    ("[]", 0, "a list needs at least one entry"),
    ("(" * 70 + "1", 60, "an expression may be nested at most 60 deep"),
    ("a" * 2001, 2000, "an expression may have at most 2000 characters, not 2001"),
]


@pytest.mark.parametrize(("text", "offset", "message"), UNREADABLE)
def test_what_cannot_be_read_says_why_and_where(text: str, offset: int, message: str) -> None:
    with pytest.raises(ExpressionError) as raised:
        read(text)

    assert (str(raised.value), raised.value.offset) == (message, offset)


UNFIT = [
    ("a + Rf", 4, "the name 'Rf' is not known; the known ones are: S, W, a, b, case, k, on, other, x, y, zero, β"),
    ("x if on else [a, b]", 2, "the shapes (3,) and (2,) do not fit 'if'"),
    ("x + [a, b]", 2, "the shapes (3,) and (2,) do not fit '+'"),
    ("W*x", 1, "the shapes (2, 3) and (3,) do not fit '*'"),
    ("W@[a, b]", 1, "the shapes (2, 3) and (2,) do not fit a matrix product"),
    ("a@x", 1, "the shapes () and (3,) do not fit a matrix product"),
    ("x[3]", 2, "'x' has the shape (3,), so the index 3 is out of range"),
    ("x[0, 0]", 1, "too many indices: 'x' has the shape (3,)"),
    ("a[0]", 1, "too many indices: 'a' has the shape ()"),
    ("x[5:]", 2, "'x' has nothing in this slice"),
    ("case + 1", 0, "'case' is a label; write numbers under values:"),
    ("case == 'satt'", 8, "the label 'satt' is not known; did you mean 'sat'?"),
    ("case == 1", 5, "'case' and this cannot be compared: one of them is a label"),
    ("case < other", 5, "labels have no order, so '<' is not allowed"),
    ("1 if a else 2", 5, "'a' is not a condition; compare it with something"),
    ("'a' if on else 2", 4, "one side of 'if' is a label and the other is a number"),
    ("parallel(x, [a, b])", 0, "parallel: the shapes (3,) and (2,) do not fit"),
    ("softmax(a)", 0, "softmax: needs a vector"),
    ("[a, x]", 0, "the entries of a list must have one shape, not () and (3,)"),
    ("a.T", 2, "T: needs a matrix, not the shape ()"),
    ("outer(x, 2)", 0, "outer: needs two vectors, not the shapes (3,) and ()"),
    ("outer(2, x)", 0, "outer: needs two vectors, not the shapes () and (3,)"),
    ("det(W)", 0, "det: needs a square matrix, not the shape (2, 3)"),
    ("eye(65)", 0, "eye: needs one integer from 1 to 64"),
    ("eye(0)", 0, "eye: needs one integer from 1 to 64"),
    ("eye(2.5)", 0, "eye: needs one integer from 1 to 64"),
    ("eye(a)", 0, "eye: needs one integer from 1 to 64"),
    ("eye(x)", 0, "eye: needs one integer from 1 to 64"),
    ("binomial(3 + j, 2)", 0, "binomial takes real arguments only"),
]


@pytest.mark.parametrize(("text", "offset", "message"), UNFIT)
def test_what_does_not_fit_says_why_and_where(text: str, offset: int, message: str) -> None:
    with pytest.raises(ExpressionError) as raised:
        values(text)

    assert (str(raised.value), raised.value.offset) == (message, offset)


def test_what_cannot_be_computed_is_a_problem_of_its_own_and_no_lack_of_a_value() -> None:
    assert undefined(read("sqrt(unknown) + 1"), {}, {}) is None
    assert undefined(read("sqrt(a - 9) + unknown"), {"a": Column(np.array([4.0]))}, {}) is not None


def test_names_functions_and_the_text_are_kept() -> None:
    expression = read(" parallel(R1, x[k]) + pi*β ")

    assert algebra.names(expression) == {"R1", "x", "k", "β"}
    assert algebra.functions(expression) == {"parallel"}
    assert str(expression) == " parallel(R1, x[k]) + pi*β "
    assert expression == read(" parallel(R1, x[k]) + pi*β ")
    assert hash(expression) == hash(read(" parallel(R1, x[k]) + pi*β "))


# --- laws ---------------------------------------------------------------------------------------------------------

NAMES = st.sampled_from(["a", "b", "zero", "β"])
LEAVES = NAMES | st.sampled_from(["1", "2.5", "4.7k", "26m", "pi", "W", "x", "x[0]", "case", "'sat'", "[1, 2]", "yes"])


def _grown(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    operators = st.sampled_from(
        ["+", "-", "*", "/", "//", "%", "**", "@", "<", "<=", "==", "!=", "in", "not in", "and", "or"]
    )
    functions = st.sampled_from(["sqrt", "parallel", "abs", "log", "exp", "max", "db20", "norm", "T", "tanh", "floor"])
    return st.one_of(
        st.tuples(inner, operators, inner).map(" ".join),
        inner.map("-{}".format), inner.map("not {}".format), inner.map("({})".format),
        st.tuples(inner, inner, inner).map(lambda three: "{} if {} else {}".format(*three)),
        st.tuples(functions, inner).map(lambda two: "{}({})".format(*two)),
        st.tuples(inner, inner).map(lambda two: "parallel({}, {})".format(*two)),
    )


TEXTS = st.recursive(LEAVES, _grown, max_leaves=8)


@given(st.text(max_size=30) | TEXTS | st.text("ab19.k()[]+-*/<=!' ,:ifelsnotr", max_size=25))
@settings(max_examples=300)
def test_any_text_is_an_expression_or_an_expression_error(text: str) -> None:
    try:
        expression = read(text)
    except ExpressionError as error:
        assert 0 <= error.offset <= len(text)
        return
    assert str(expression) == text
    try:
        assert len(evaluate(expression, COLUMNS)) == ROWS
    except ExpressionError as error:
        assert 0 <= error.offset <= len(text)


SCALARS = st.recursive(
    st.sampled_from(["a", "b", "β", "1", "2.5", "4.7k", "26m", "pi"]),
    lambda inner: st.one_of(
        st.tuples(inner, st.sampled_from(["+", "-", "*", "/"]), inner).map("({0[0]} {0[1]} {0[2]})".format),
        st.tuples(st.sampled_from(["-", "parallel(3, ", "abs(", "exp(-abs(", "sqrt(1 + abs("]), inner).map(
            lambda two: two[0] + two[1] + ")" * two[0].count("(")
        ),
        st.tuples(inner, inner, inner).map(lambda three: "({} if {} > 1.0307 else {})".format(*three)),
    ),
    max_leaves=5,
)


@given(SCALARS)
@settings(max_examples=60, deadline=None)
def test_the_symbolic_form_has_the_same_value(text: str) -> None:
    point = {"a": 1.5, "b": -0.25, "β": 80.0}
    found = evaluate(read(text), {name: Column(np.array([value])) for name, value in point.items()}).values[0]
    try:
        form = algebra.sympy(read(text))
    except ExpressionError as error:  # 1/exp(-4700)
        assert str(error) == "this is not a finite number"
        return
    exact = form.subs({name: algebra.sympy(read(str(value))) for name, value in point.items()}).evalf(30)

    if math.isfinite(found) and exact.is_finite:
        scale = max(1.0, abs(found))
        assert abs(complex(exact) - found) <= 1e-6 * scale


@given(TEXTS)
@settings(max_examples=200)
def test_what_is_printed_is_in_the_subset(text: str) -> None:
    try:
        expression = read(text)
    except ExpressionError:
        return

    maths.parse(latex(expression, {"a": "R_1", "b": r"\dot{U}_o"}))
    maths.parse(latex(expression, {}, dict.fromkeys(algebra.names(expression), r"-4.7 \times 10^{3}")))


PLAIN = st.recursive(
    st.sampled_from(["a", "b", "c", "1", "2.5"]),
    lambda inner: st.one_of(
        st.tuples(inner, st.sampled_from("+ - * / // % ** @ < <= == and or".split()), inner).map(" ".join),  # noqa: SIM905
        inner.map("-{}".format), inner.map("not {}".format), inner.map("({})".format),
        st.tuples(inner, inner, inner).map(lambda three: "{} if {} else {}".format(*three)),
    ),
    max_leaves=10,
)


@given(PLAIN)
@settings(max_examples=300)
def test_precedence_is_that_of_python(text: str) -> None:
    try:
        expected = ast.parse(text, mode="eval").body
    except SyntaxError:  # `1 + not a` is none in Python either
        with pytest.raises(ExpressionError):
            read(text)
        return
    try:
        root = read(text).root
    except ExpressionError as error:
        assert str(error) == "an exponent must be at most 99"
        return

    assert ours(root) == python(expected)


def ours(node: Node) -> Any:
    """Our tree as nested tuples."""
    match node:
        case Name(name=name):
            return name
        case Number(text=text):
            return float(text)
        case Unary(operator=operator, operand=operand):
            return operator, ours(operand)
        case Binary(operator=operator, left=left, right=right):
            return operator, ours(left), ours(right)
        case Compare(operands=operands, operators=operators):
            return "compare", *map(ours, operands), *operators
        case Logic(operator=operator, left=left, right=right):
            return operator, ours(left), ours(right)
        case Conditional(test=test, yes=yes, no=no):
            return "if", ours(test), ours(yes), ours(no)
        case _:
            raise AssertionError(node)


SIGNS: dict[type[ast.AST], str] = {
    ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/", ast.FloorDiv: "//", ast.Mod: "%", ast.Pow: "**",
    ast.MatMult: "@", ast.Lt: "<", ast.LtE: "<=", ast.Eq: "==", ast.And: "and", ast.Or: "or", ast.USub: "-",
    ast.Not: "not",
}


def python(node: ast.expr) -> Any:
    """Python's tree as the same nested tuples; `a and b and c` groups from the left."""
    match node:
        case ast.Name(id=name):
            return name
        case ast.Constant(value=value):
            return float(str(value))
        case ast.UnaryOp(op=op, operand=operand):
            return SIGNS[type(op)], python(operand)
        case ast.BinOp(left=left, op=op, right=right):
            return SIGNS[type(op)], python(left), python(right)
        case ast.Compare(left=left, ops=ops, comparators=others):
            return "compare", *map(python, [left, *others]), *(SIGNS[type(op)] for op in ops)
        case ast.BoolOp(op=op, values=parts):
            found = python(parts[0])
            for part in parts[1:]:
                found = SIGNS[type(op)], found, python(part)
            return found
        case ast.IfExp(test=test, body=yes, orelse=no):
            return "if", python(test), python(yes), python(no)
        case _:
            raise AssertionError(node)


# --- printing -----------------------------------------------------------------------------------------------------

SYMBOLS = {"Rf": "R_f", "R1": "R_1", "RC": "R_C", "RL": "R_L", "rbe": "r_{be}", "RE": "R_E"}
GIVEN = {"Rf": "100", "R1": "10", "RC": "2", "RL": "-3", "rbe": "1", "RE": "0.5", "beta": "100", "x[0]": "7"}
PRINTED = [
    ("-Rf/R1", r"-\frac{R_f}{R_1}", r"-\frac{100}{10}", "the minus stands before the fraction"),
    ("1 + Rf/R1", r"1 + \frac{R_f}{R_1}", r"1 + \frac{100}{10}", ""),
    ("R1*Rf", r"R_1 R_f", r"10 \times 100", "× between numbers alone"),
    ("R1*(1 + Rf)", r"R_1 (1 + R_f)", r"10 \times (1 + 100)", "also before parentheses of numbers"),
    ("2*pi*R1*4.7k", r"2 \pi R_1 \times 4700", r"2 \pi \times 10 \times 4700", ""),
    ("RC - RL", "R_C - R_L", "2 - (-3)", "a sign never follows a sign"),
    ("RC*RL", "R_C R_L", r"2 \times (-3)", ""),
    ("RL**2", "R_L^{2}", "(-3)^{2}", "a negative number is a power in parentheses"),
    ("RC - (RL - R1)", "R_C - (R_L - R_1)", "2 - (-3 - 10)", "the author's parentheses, where they matter"),
    ("((RC) + (RL*R1))", "R_C + R_L R_1", r"2 + (-3) \times 10", "and only there"),
    (
        "-beta*parallel(RC, RL)/(rbe + (1 + beta)*RE)",
        r"-\frac{\beta (R_C \parallel R_L)}{r_{be} + (1 + \beta) R_E}",
        r"-\frac{100 \times (2 \parallel (-3))}{1 + (1 + 100) \times 0.5}",
        "a name that is a Greek letter prints as one",
    ),
    ("sqrt(R1/Rf)", r"\sqrt{\frac{R_1}{R_f}}", r"\sqrt{\frac{10}{100}}", ""),
    ("2.2n", r"2.2 \times 10^{-9}", r"2.2 \times 10^{-9}", "long numbers take a power of ten"),
    ("20*lg(abs(Rf))", r"20 \lg\left(\left|R_f\right|\right)", r"20 \lg\left(\left|100\right|\right)", ""),
    ("log10(R1)", r"\log_{10}\left(R_1\right)", r"\log_{10}\left(10\right)", ""),
    ("x[0] + W[0, 1]", "x_{1} + W_{1, 2}", "7 + W_{1, 2}", "components count from one; one may have its value"),
    (
        "R1 if RC > 2 else Rf",
        r"\begin{cases} R_1 & R_C > 2 \\ R_f & R_C \le 2 \end{cases}",
        r"\begin{cases} 10 & 2 > 2 \\ 100 & 2 \le 2 \end{cases}",
        "cases in no language",
    ),
    ("[[1, 2], [3, 4]]@x", r"\begin{bmatrix} 1 & 2 \\ 3 & 4 \end{bmatrix} x", None, "a matrix"),
    ("W.T@h", r"W^{\mathrm{T}} h", None, "transposed"),
    ("U_BE + gain", r"U_{\mathrm{BE}} + \mathrm{gain}", None, "names without a symbol"),
    ("1/2*3/4", r"\frac{\frac{1}{2} \times 3}{4}", None, "a number before a fraction is no mixed number"),
    ("exp(-t/tau)", r"\mathrm{e}^{-\frac{t}{\tau}}", None, ""),
    (
        "1 if a > 0 and (b > 0 or a > 1) else 2",
        r"\begin{cases} 1 & a > 0 \land (b > 0 \lor a > 1) \\ 2 & \lnot (a > 0 \land (b > 0 \lor a > 1)) \end{cases}",
        None, "an alternative within a conjunction stays one",
    ),
    ("x in [1, 2]", r"x \in \{1,\, 2\}", None, "a list of values"),
    ("x == [1, 2]", r"x = \begin{bmatrix} 1 \\ 2 \end{bmatrix}", None, ""),
]


@pytest.mark.parametrize(("text", "symbolic", "numeric", "remark"), PRINTED)
def test_a_formula_prints_as_it_was_written(text: str, symbolic: str, numeric: str | None, remark: str) -> None:
    assert latex(read(text), SYMBOLS) == symbolic, remark
    if numeric is not None:
        assert latex(read(text), SYMBOLS, GIVEN) == numeric, remark


@pytest.mark.parametrize(
    ("text", "symbol", "printed", "remark"),
    [
        ("D*R", "1 + AF", "(1 + AF) R", "a sum is a factor in parentheses"),
        ("R*D", "1+AF", "R (1+AF)", ""),
        ("R - D", "1 + AF", "R - (1 + AF)", ""),
        ("R + D", "1 + AF", "R + 1 + AF", "and only where they matter"),
        ("R/D", "1 + AF", r"\frac{R}{1 + AF}", ""),
        ("D**2", "1 + AF", "(1 + AF)^{2}", ""),
        ("D*R", "-V_{CC}", "(-V_{CC}) R", ""),
        ("R - D", "-V_{CC}", "R - (-V_{CC})", "a sign never follows a sign"),
        ("D*R", "R_f/R_1", "(R_f/R_1) R", "what follows is not below the stroke"),
        ("D**2", "R_f/R_1", "(R_f/R_1)^{2}", ""),
        ("D*R", "u_+", "u_+ R", "the sign of a subscript"),
        ("D*R", "U_{T-}", "U_{T-} R", ""),
        ("D*R", "(1 + AF)", "(1 + AF) R", "its own parentheses"),
        ("D*R", "|1 + AF|", "|1 + AF| R", "bars hold together too"),
        ("D*R", r"\frac{1 + A}{F}", r"\frac{1 + A}{F} R", ""),
    ],
)
def test_a_symbol_that_is_a_sum_or_a_quotient_is_held_together(
    text: str, symbol: str, printed: str, remark: str
) -> None:
    assert latex(read(text), {"D": symbol}) == printed, remark


# --- SymPy --------------------------------------------------------------------------------------------------------

SYMBOLIC = [
    ("-Rf/R1", "-Rf/R1"),
    ("0.1*3", "3/10"),
    ("parallel(R, R)", "R/2"),
    ("sqrt(4)*x**2", "2*x**2"),
    ("lg(1000)", "3"),
    ("a if x > 0 else b", "Piecewise((a, x > 0), (b, True))"),
    ("1 < x <= 2", "(x <= 2) & (x > 1)"),
]


@pytest.mark.parametrize(("text", "expected"), SYMBOLIC)
def test_an_expression_has_a_symbolic_form(text: str, expected: str) -> None:
    assert str(algebra.sympy(read(text)).simplify()) == expected


TOWERS = [
    ("((9**99)**99)**99", "this is not a finite number"),
    ("x + floor(exp(exp(exp(9))))", "this is not a finite number"),
    ("2**floor(exp(50))", "this is not a finite number"),
    ("2**-floor(exp(50))", "a power is too large to be exact"),
    ("x/(2**floor(exp(9)*-9))", "a power is too large to be exact"),
    ("lg(0)", "this is not a finite number"),
    ("0**-1", "this is not a finite number"),
]


@pytest.mark.parametrize(("text", "message"), TOWERS)
def test_no_number_grows_for_ever(text: str, message: str) -> None:
    with pytest.raises(ExpressionError) as raised:
        algebra.sympy(read(text))

    assert str(raised.value) == message


def test_numbers_need_no_sympy() -> None:
    script = (
        "import sys; from qbank import algebra, domains; algebra.evaluate(algebra.read('parallel(1, 2)'), {}); "
        "assert 'sympy' not in sys.modules"
    )

    subprocess.run([sys.executable, "-c", script], check=True)


FORMLESS = [
    ("1 + norm(x)", 4, "norm has no symbolic form"),
    ("x[0]", 1, "labels, lists and indices have no symbolic form"),
    ("1 + (a > 2)", 7, "this is a condition, but must be a number"),
    ("a > 1 and 2", 10, "this is a number, but must be a condition"),
]


@pytest.mark.parametrize(("text", "offset", "message"), FORMLESS)
def test_what_has_no_symbolic_form_says_so(text: str, offset: int, message: str) -> None:
    with pytest.raises(ExpressionError) as raised:
        algebra.sympy(read(text))

    assert (str(raised.value), raised.value.offset) == (message, offset)


# --- fields -------------------------------------------------------------------------------------------------------


class Keyed(BaseModel):
    """A record with an expression."""

    key: algebra.Formula
    when: algebra.Condition = read("True")


FIELDS = [("Rf/R1", "Rf/R1"), (3, "3"), (0.5, "0.5"), (True, "True"), (1e-7, "1e-07"), (read("a"), "a")]


@pytest.mark.parametrize(("given_value", "text"), FIELDS)
def test_a_field_reads_what_yaml_may_hold(given_value: Any, text: str) -> None:
    record = Keyed(key=given_value)

    assert str(record.key) == text
    assert record.model_dump() == {"key": text, "when": "True"}
    assert Keyed.model_json_schema()["properties"]["key"]["type"] == ["string", "number"]


def test_a_wrong_field_says_what_is_wrong() -> None:
    with pytest.raises(ValidationError) as raised:
        Keyed.model_validate({"key": "sqr(2)", "when": ["a"]})

    assert [error["msg"] for error in raised.value.errors()] == [
        "Value error, the function 'sqr' is not known; did you mean 'sqrt'?",
        "Value error, needs an expression such as Rf/R1, not a value of type list",
    ]
