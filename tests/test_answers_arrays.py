"""Shapes, vectors and matrices."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from pydantic import ValidationError

from qbank import algebra, waist
from qbank.answers._readings import Stopped
from qbank.answers.shape import KIND as shape
from qbank.answers.shape.marks import feasible as shape_feasible
from qbank.answers.shape.written import parse as parse_shape
from qbank.answers.vector import KIND as vector
from qbank.answers.vector.marks import feasible as vector_feasible
from qbank.answers.vector.marks import value as vector_value
from qbank.answers.vector.spec import Spec as VectorSpec
from qbank.answers.vector.written import parse
from qbank.model import Array, Column, Rules, Steps


class Values:
    """A scope of given columns."""

    def __init__(self, **columns: Any) -> None:
        self.columns = {name: Column(np.asarray(values, dtype=np.float64)) for name, values in columns.items()}
        self.n = len(next(iter(self.columns.values())))

    def evaluate(self, expression: algebra.Expression) -> Column:
        return algebra.evaluate(expression, self.columns, self.n)


def spec(**fields: Any) -> VectorSpec:
    return vector.spec.model_validate({"kind": "vector", "tolerance": "1%", **fields})


def marked(part: VectorSpec, texts: list[str], scope: Values, rules: Rules | None = None) -> Steps:
    rules = rules or Rules()
    return vector.mark(part, vector.read(part, texts, rules), vector.bind(part, scope, {}), {}, rules)


def last(steps: Steps) -> list[str]:
    return [list(steps.of(row))[-1][0] for row in range(steps.count)]


# --- shapes ------------------------------------------------------------------------------------------------------

SHAPES = [
    ("torch.Size([8, 5, 16])", [8, 5, 16], "as PyTorch prints it"),
    ("tf.TensorShape([8, 5])", [8, 5], ""),
    ("形状为（8，5）", [8, 5], "full width"),
    ("8 * 5", [8, 5], ""),
    ("8X5", [8, 5], "the capital letter"),
    ("((8, 5))", [8, 5], ""),
    ("[8 5]", [8, 5], ""),
    ("8、5", [8, 5], ""),
    ("8, 5,", [8, 5], "a comma at the end, as in Python"),
    ("(8, 5).", [8, 5], ""),
    ("()", [], "a scalar"),
    ("16", [16], ""),
]


@pytest.mark.parametrize(("text", "sizes", "remark"), SHAPES)
def test_a_shape_is_read_however_it_is_written(text: str, sizes: list[int], remark: str) -> None:
    assert parse_shape(text) == sizes, remark


NO_SHAPES = [
    ("8,5×16", 4, "one kind of separator", ""),
    ("(8, 5]", 1, "brackets that match", ""),
    ("8.5", 2, "a shape such as (8, 5, 16) or 8×5×16", "a size is whole"),
    ("-8", 1, "a shape such as (8, 5, 16) or 8×5×16", ""),
    ("(N, T)", 2, "a shape such as (8, 5, 16) or 8×5×16", "sizes are numbers"),
    ("1" * 16, 1, "a shape such as (8, 5, 16) or 8×5×16", "larger than any array"),
]


@pytest.mark.parametrize(("text", "stop", "wanted", "remark"), NO_SHAPES)
def test_what_is_no_shape_says_where_and_why(text: str, stop: int, wanted: str, remark: str) -> None:
    with pytest.raises(Stopped) as stopped:
        parse_shape(text)

    assert (stopped.value.column, stopped.value.expected.en) == (stop, wanted), remark


def test_a_variant_without_a_whole_shape_is_not_drawn() -> None:
    part = shape.spec.model_validate({"kind": "shape", "key": ["T", "h / 2"]})
    key = shape.bind(part, Values(T=[4, 4, -1], h=[8, 7, 8]), {})

    assert shape_feasible(part, key).tolist() == [True, False, False]


# --- how vectors are written -------------------------------------------------------------------------------------

GRIDS = [
    ("(0.46, -0.20)", [["0.46", "-0.20"]], ""),
    ("0.46 −0.20", [["0.46", "-0.20"]], "a real minus sign"),
    ("[0.46; -0.20]", [["0.46"], ["-0.20"]], ""),
    ("[[1, 2], [3, 4]]", [["1", "2"], ["3", "4"]], ""),
    ("((1,2),(3,4))", [["1", "2"], ["3", "4"]], ""),
    ("[[1 2]\n [3 4]]", [["1", "2"], ["3", "4"]], "as NumPy prints it"),
    ("[1,2],[3,4]", [["1", "2"], ["3", "4"]], "without the outer brackets"),
    ("[1 2; 3 4]ᵀ", [["1", "3"], ["2", "4"]], ""),
    ("((-10), (5))", [["-10", "5"]], "brackets around each number"),
    ("1.23 × 10⁻⁵ 2", [["1.23 * 10^(-5)", "2"]], "spaces inside a number"),
    ("4.7 kΩ 3 kΩ", [["4.7 kΩ", "3 kΩ"]], ""),
    ("(1, 2) mA", [["1 mA", "2 mA"]], "one unit for all"),
    ("1, 2 mA", [["1 mA", "2  mA"]], "the last one's unit"),
    ("1, " + "(" * 20 + "2" + ")" * 20, [["1", "(" * 20 + "2" + ")" * 20]], "in an entry too"),
    ("1, 2 V, 3 V", [["1", "2 V", "3 V"]], "a unit of the last alone is shared, and this is not"),
    ("2*  3 4", [["2*  3", "4"]], "two spaces after an operator"),
    ("1   2", [["1", "2"]], "several spaces"),
    ("(" * 20 + "1" + ")" * 20, [["1"]], "as deep as brackets may be"),
    ("tensor([1., 2.])", [["1.", "2."]], ""),
    ("h = (1, 2)", [["1", "2"]], "the part's own name"),
]


@pytest.mark.parametrize(
    ("text", "key", "credit"),
    [("v = (1, 2)", "v", 1.0), ("v = (1, 2)", "v + 0", 0.0), ("u = (1, 2)", "v", 0.0)],
)
def test_a_key_that_is_a_name_may_stand_before_the_answer(text: str, key: str, credit: float) -> None:
    assert marked(spec(key=key, size=2), [text], Values(v=[[1, 2]])).credit.tolist() == [credit]


@pytest.mark.parametrize(
    ("size", "zh", "en"), [("2", "2 个分量", "2 components"), (["1", "2"], "1×2 的矩阵", "a 1×2 matrix")]
)
def test_where_another_shape_cannot_be_read_the_shape_is_told(size: Any, zh: str, en: str) -> None:
    reading = vector.read(spec(key="v", size=size, shape="unreadable"), ["1, 2, 3"], Rules())

    assert (reading.expected(0, "zh"), reading.expected(0, "en"), reading.stop[0]) == (zh, en, 8)


@pytest.mark.parametrize(("text", "rows", "remark"), GRIDS)
def test_a_vector_is_read_however_it_is_written(text: str, rows: list[list[str]], remark: str) -> None:
    found = [[entry.text for entry in row] for row in parse(text, name="h").rows]

    assert found in (rows, [[entry] for entry in rows[0]]), remark


NO_GRIDS = [
    ("[[1, 2], [3]]", 11, "rows of one length", ""),
    ("(1, 2", 1, "brackets that match", ""),
    ("(1, 2]", 6, "brackets that match", ""),
    ("[]", 2, "a vector or matrix such as (0.46, -0.20) or [1 2; 3 4]", ""),
    ("\n\n1,,2", 5, "a vector or matrix such as (0.46, -0.20) or [1 2; 3 4]", "lines before it count"),
    ("1,,2", 3, "a vector or matrix such as (0.46, -0.20) or [1 2; 3 4]", ""),
    ("(" * 30 + "1" + ")" * 30, 21, "a vector or matrix such as (0.46, -0.20) or [1 2; 3 4]", "nested too deep"),
]


@pytest.mark.parametrize(("text", "stop", "wanted", "remark"), NO_GRIDS)
def test_what_is_no_vector_says_where_and_why(text: str, stop: int, wanted: str, remark: str) -> None:
    with pytest.raises(Stopped) as stopped:
        parse(text)

    assert (stopped.value.column, stopped.value.expected.en) == (stop, wanted), remark


COMMAS = [
    ("0,46; -0,20", [["0,46", "-0,20"]], ""),
    ("(0,46 -0,20)", [["0,46", "-0,20"]], ""),
    ("(0.46, -0.20)", [["0.46", "-0.20"]], "a comma with a space after it parts"),
    ("[[0,1; 2], [3; 4]]", [["0,1", "2"], ["3", "4"]], ""),
    ("0,1; 2\n3; 4", [["0,1", "2"], ["3", "4"]], "a row a line, whose entries semicolons part"),
    ("[0,1;2;\r\n3;4]", [["0,1", "2"], ["3", "4"]], ""),
    ("(0,1; 2)\n(3; 4)", [["0,1", "2"], ["3", "4"]], ""),
    ("0,1\n2,5", [["0,1", "2,5"]], "a column"),
]


@pytest.mark.parametrize(("text", "rows", "remark"), COMMAS)
def test_a_paper_with_decimal_commas_parts_entries_otherwise(text: str, rows: list[list[str]], remark: str) -> None:
    assert [[entry.text for entry in row] for row in parse(text, decimal_comma=True).rows] == rows, remark


def test_an_unreadable_entry_says_its_own_place() -> None:
    reading = vector.read(spec(key="x"), ["(0.46, 1.2.3)"], Rules())

    assert (reading.state[0], reading.stop[0]) == (1, 11)
    assert reading.expected(0, "en") == "the number should have ended here"


# --- marking -----------------------------------------------------------------------------------------------------


def test_a_wrong_small_component_is_not_hidden_by_a_large_one() -> None:
    steps = marked(spec(key="x"), ["(1000, 0.002)"], Values(x=[[1000, 0.001]]))

    assert (last(steps), steps.credit[0]) == (["vector.component"], 0.5)
    note, _, details = next(steps.of(0))
    assert vector.reason(spec(key="x"), note, details, "en") == (
        "1 of 2 components are right, not 2; expected (1000, 0.001000)."
    )


@pytest.mark.parametrize(
    ("text", "credit", "note", "remark"),
    [
        ("20 µA, 2 mA", 1.0, "vector.right", ""),
        ("0.02, 2", 0.8, "unit.missing", "once, not for every component"),
        ("0.02 mA, 3", 0.4, "unit.missing", "half of it, and a unit is missing"),
        ("0.02 mV, 2 mV", 0.0, "unit.dimension", ""),
        ("0.02 foo, 2 foo", 0.8, "unit.unknown", ""),
    ],
)
def test_units_cost_once_for_the_whole_vector(text: str, credit: float, note: str, remark: str) -> None:
    steps = marked(spec(key=["IB", "IC"], unit="mA"), [text], Values(IB=[20e-6], IC=[2e-3]))

    assert (last(steps), steps.credit.tolist()) == ([note], [pytest.approx(credit)]), remark


def test_the_ends_of_a_range_are_those_of_the_own_variant() -> None:
    part = spec(key="x", tolerance={"range": ["a", "a + 1"]})
    steps = marked(part, ["1, 2", "3, 4", "1, 2"], Values(a=[1, 3, 5], x=[[1, 2], [3, 4], [5, 6]]))

    assert steps.credit.tolist() == [1, 1, 0]


def test_a_mistake_earns_what_it_says_or_what_its_right_components_earn() -> None:
    mistakes = {"swapped": {"value": ["a", "0", "b"], "zh": "错", "en": "wrong", "credit": "0.1"}}
    steps = marked(spec(key=["a", "b", "0"], mistakes=mistakes), ["1, 0, 2"], Values(a=[1], b=[2]))

    assert (last(steps), steps.credit[0]) == (["vector.mistake.swapped"], pytest.approx(1 / 3))


def test_a_variant_on_which_a_mistake_is_right_is_not_drawn() -> None:
    mistakes = {"sign": {"value": "-x", "zh": "错", "en": "wrong"}}
    part = spec(key="x", mistakes=mistakes)

    assert vector_feasible(part, vector.bind(part, Values(x=[[1, 2], [0, 0]]), {})).tolist() == [True, False]


def test_a_variant_whose_key_nobody_could_write_is_not_drawn() -> None:
    part = spec(key="x")

    assert vector_feasible(part, vector.bind(part, Values(x=[[1, 0], [1, 1e-120], [1, np.inf]]), {})).tolist() == [
        True, False, False]  # fmt: skip


def test_a_column_and_a_row_are_one_vector_and_a_matrix_has_its_shape() -> None:
    W = [[1, 2, 3], [4, 5, 6]]
    texts = ["[1 2 3; 4 5 6]", "[1 4; 2 5; 3 6]", "[1 4; 2 5; 3 6]^T", "1 2 3 4 5 6"]
    scope = Values(W=[W] * 4)

    assert last(marked(spec(key="W"), texts, scope)) == [
        "vector.right", "vector.shape", "vector.right", "vector.shape"]  # fmt: skip


def test_a_known_size_is_a_grid_of_blanks_unless_that_gives_the_shape_away() -> None:
    asked = [
        vector.interaction(spec(key="x", **fields), {}, 0, "en")
        for fields in ({"size": "3"}, {"size": ["2", "3"]}, {"size": "3", "grid": "no"}, {})
    ]

    assert asked == [waist.EntryGrid(1, 3), waist.EntryGrid(2, 3), *[waist.TextEntry(width=12.0)] * 2]


@pytest.mark.parametrize(
    ("fields", "columns", "message"),
    [
        ({"key": "x"}, {"x": [1.0]},
         "the key must be a vector or a matrix of at most 400 components, but x has the shape ()"),
        ({"key": "x", "size": "3"}, {"x": [[1.0, 2.0]]}, "size: is [3], but x has the shape [2]"),
    ],
)
def test_a_key_of_another_shape_is_refused(fields: Any, columns: Any, message: str) -> None:
    part = spec(**fields)

    with pytest.raises(ValueError) as refused:
        vector.bind(part, Values(**columns), {})

    assert str(refused.value) == message


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"tolerance": "last"}, "'last' is only for numbers; write the tolerance of a vector as 1%, 0.005 or dp 2"),
        ({"size": "0"}, "'0' is not a size; write 3 for a vector, [2, 3] for a matrix"),
        ({"size": ["2", "0"]}, "['2', '0'] is not a size; write 3 for a vector, [2, 3] for a matrix"),
        ({"size": ["2", "3", "4"]}, "['2', '3', '4'] is not a size; write 3 for a vector, [2, 3] for a matrix"),
        ({"size": "two"}, "'two' is not a size; write 3 for a vector, [2, 3] for a matrix"),
        ({"shape": "unreadable"}, "'shape: unreadable' needs size:, 3 for a vector, [2, 3] for a matrix"),
    ],
)
def test_a_vector_that_cannot_be_marked_is_refused(fields: Any, message: str) -> None:
    with pytest.raises(ValidationError) as refused:
        spec(key="x", **fields)

    assert [error["msg"] for error in refused.value.errors()] == [f"Value error, {message}"]


def test_the_candidates_own_values_can_be_carried() -> None:
    part = spec(key="x", size="2")
    reading = vector.read(part, ["3, 4", "", "1, 2, 3"], Rules())

    values: Array = vector_value(part, reading, (2,))

    assert values.shape == (3, 2)
    assert values[0].tolist() == [3, 4]
    assert np.isnan(values[1:]).all()


@given(st.lists(st.floats(-1e6, 1e6).map(lambda x: float(f"{x:.6g}")), min_size=1, max_size=5))
def test_the_printed_key_earns_full_marks(values: list[float]) -> None:
    part, scope = spec(key="x", tolerance="0.5%"), Values(x=[values])
    key = vector.bind(part, scope, {})
    assume(vector_feasible(part, key)[0])

    printed = vector.show(part, key, {}, 0, "en").text

    assert marked(part, [printed], scope).credit.tolist() == [1.0]


def test_a_decimal_comma_that_makes_no_vector_costs_nobody_else_anything() -> None:
    steps = marked(spec(key="x"), ["1,2; 3; 4,5,6", "3; 4"], Values(x=[[1, 2], [3, 4]]))

    assert steps.credit.tolist() == [0, 1]
