"""Sets of values: how they are written, which of them are found, and what an order, a surplus and a near pair do."""

from __future__ import annotations

from itertools import permutations
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from qbank import algebra, waist
from qbank.answers import _pairing
from qbank.answers._readings import Stopped
from qbank.answers.set_ import KIND as set_
from qbank.answers.set_.spec import Spec
from qbank.answers.set_.written import parse
from qbank.model import Array, Column, Rules, Steps, take


class Values:
    """A scope of given columns."""

    def __init__(self, **columns: Any) -> None:
        self.columns = {name: Column(np.asarray(values, dtype=np.float64)) for name, values in columns.items()}
        self.n = len(next(iter(self.columns.values()), np.zeros(1)))

    def evaluate(self, expression: algebra.Expression) -> Column:
        return algebra.evaluate(expression, self.columns, self.n)


def spec(**fields: Any) -> Spec:
    return set_.spec.model_validate({"kind": "set", "tolerance": "1%", **fields})


def marked(part: Spec, texts: list[str], scope: Values | None = None) -> Steps:
    key = set_.bind(part, scope or Values(), {})
    return set_.mark(part, set_.read(part, texts, Rules()), take(key, np.zeros(len(texts), dtype=np.intp)), {}, Rules())


def last(steps: Steps) -> list[str]:
    return [list(steps.of(row))[-1][0] for row in range(steps.count)]


# --- written -----------------------------------------------------------------------------------------------------

WRITTEN = [
    ("2, -3", ["2", "-3"], ""),
    ("2; -3", ["2", "-3"], ""),
    ("2、-3", ["2", "-3"], ""),
    ("2 -3", ["2", "-3"], "a space"),
    ("2\n-3\r\n4", ["2", "-3", "4"], "lines"),
    ("2 和 -3", ["2", "-3"], ""),
    ("2或者-3", ["2", "-3"], ""),
    ("2 以及 -3", ["2", "-3"], ""),
    ("2 and -3", ["2", "-3"], ""),
    ("1, 2, or 3", ["1", "2", "3"], "a comma before the word"),
    ("2 ∨ -3", ["2", "-3"], "as logicians write it"),
    ("{2, -3}", ["2", "-3"], ""),
    ("｛2，-3｝。", ["2", "-3"], "full width"),
    ("[(2), (-3)]", ["(2)", "(-3)"], "brackets inside"),
    ("x1 = 2, x2 = -3", ["2", "-3"], ""),
    ("x₁=2；x₂=-3", ["2", "-3"], "subscripts"),
    ("x_1 = 2, x_{2} = -3", ["2", "-3"], "as TeX writes them"),
    ("x=2 or x=-3", ["2", "-3"], ""),
    ("x = 2, -3", ["2", "-3"], "one name for both"),
    ("x ∈ {2, -3}", ["2", "-3"], ""),
    ("±2", ["+2", "-2"], ""),
    ("+/-2", ["+2", "-2"], "typed"),
    ("0, ±2", ["0", "+2", "-2"], ""),
    ("x_{1,2} = ±2", ["+2", "-2"], ""),
    ("1 ± √2", ["1+√2", "1-√2"], ""),
    ("±2 V", ["+2 V", "-2 V"], ""),
    ("2, -3 V", ["2 V", "-3  V"], "the unit of the last holds for all"),
    ("{2, -3} V", ["2 V", "-3 V"], "one unit behind the bracket"),
    ("2 V, 300 mV", ["2 V", "300 mV"], "each its own"),
    ("2,-3,", ["2", "-3"], "a comma at the end"),
    ("5", ["5"], "a single value"),
]


@pytest.mark.parametrize(("text", "values", "remark"), WRITTEN)
def test_values_are_read_in_every_form(text: str, values: list[str], remark: str) -> None:
    assert [[entry.text for entry in row] for row in parse(text, names=["x"]).rows] == [values], remark


STOPS = [
    ("2,,3", 3, "values such as 2, -3 or x1 = 2, x2 = -3", ""),
    ("2 or", 3, "values such as 2, -3 or x1 = 2, x2 = -3", "nothing after the word"),
    ("{2, 3", 1, "brackets that match", ""),
    ("2, 3}", 5, "brackets that match", ""),
    ("1 ±2", 2, "a comma before ±, or no space on either side of it", "three values or two"),
    ("x1 = 2, x2 = ", 8, "values such as 2, -3 or x1 = 2, x2 = -3", ""),
]


@pytest.mark.parametrize(("text", "column", "expected", "remark"), STOPS)
def test_what_is_not_understood_stops_at_its_place(text: str, column: int, expected: str, remark: str) -> None:
    with pytest.raises(Stopped) as stopped:
        parse(text, names=["x"])

    assert (stopped.value.column, stopped.value.expected.en) == (column, expected), remark


# --- marks -------------------------------------------------------------------------------------------------------

THREE = spec(key="[1, 2, 3]")
MARKS = [
    ("1, 2, 3", 1, "set.right", ""),
    ("3 1 2", 1, "set.right", "in any order"),
    ("1.005, 1.99, 3.03", 1, "set.right", "each by its own tolerance"),
    ("1, 2", 2 / 3, "set.part", "one is missing"),
    ("1, 2, 5", 2 / 3, "set.part", "one is wrong"),
    ("1, 1, 2", 2 / 3, "set.part", "twice counts once"),
    ("1, 2, 3, 5", 2 / 3, "set.surplus", "one too many"),
    ("1, 2, 3, 3", 2 / 3, "set.surplus", "the same again is too many"),
    ("1, 2, 3, 4, 5, 6, 7", 0, "set.surplus", "never below zero"),
    ("1, 7, 8, 9, 10", 0, "set.part", "one right, two too many"),
    ("-1, -2, -3", 0, "set.sign", ""),
    ("7, 8, 9", 0, "set.wrong", ""),
    ("1 m, 2 m, 3 m", 0, "unit.dimension", "the values have no unit"),
]


@pytest.mark.parametrize(("text", "credit", "note", "remark"), MARKS)
def test_every_value_counts_once_and_a_surplus_costs_one(text: str, credit: float, note: str, remark: str) -> None:
    steps = marked(THREE, [text])

    assert last(steps) == [note], remark
    assert steps.credit[0] == pytest.approx(credit), remark


@pytest.mark.parametrize(("text", "credit"), [("3, 2, 1", 1), ("1, 2", 0), ("1, 2, 3, 4", 0), ("1, 2, 4", 0)])
def test_all_or_nothing_takes_no_surplus(text: str, credit: float) -> None:
    assert marked(spec(key="[1, 2, 3]", credit="all"), [text]).credit.tolist() == [credit]


WAITS = [
    ({"key": "[1.5, 2.5]"}, "1,5; 2,5", "two-readings.waits", "decimal commas"),
    ({"key": "[1.5, 2.5]"}, "2,5, 1,5", "two-readings.waits", ""),
    ({"key": "[1000, 2000]"}, "2.000, 1.000", "two-readings.waits", "points that set off thousands"),
    ({"key": "[1000, 2000]"}, "1,000; 2,000", "two-readings.waits", "and commas"),
    ({"key": "[pi/6, pi/3]", "unit": "rad"}, "30, 60", "two-readings.waits", "degrees"),
    ({"key": "[5, 7]", "unit": "V"}, "5 V（上正）, 7 V", "unit.gloss.waits", ""),
    ({"key": "[5, 7]", "unit": "V"}, "1 blah, 2 blah", "unit.unknown.waits", ""),
    ({"key": "[1.5, 2.5]"}, "1,5; 2,7", "set.wrong", "wrong by both readings does not wait"),
    ({"key": "[1000, 2000]"}, "3.000, 1.000", "set.wrong", ""),
]


@pytest.mark.parametrize(("fields", "text", "note", "remark"), WAITS)
def test_what_is_right_by_a_second_reading_waits(fields: dict[str, Any], text: str, note: str, remark: str) -> None:
    steps = marked(spec(**fields), [text])

    assert last(steps) == [note], remark
    assert steps.credit[0] == 0


def test_a_mistake_may_have_another_number_of_values_and_is_found_in_any_order() -> None:
    said = {"zh": "甲", "en": "a"}
    part = spec(key="[p, q]", mistakes={
        "doubled": {"value": ["2*p", "2*q"], "credit": "0.25", **said}, "zero": {"value": ["0", "p", "7"], **said},
        "never": {"value": ["9", "9.5"], "when": "p > 100", **said},
    })  # fmt: skip
    steps = marked(part, ["-6, 4", "7, 2, 0", "9, 9.5"], Values(p=[2.0], q=[-3.0]))

    assert last(steps) == ["set.mistake.doubled", "set.mistake.zero", "set.wrong"]
    assert steps.credit.tolist() == [0.25, 0, 0]


def test_near_values_are_given_to_keys_so_that_most_are_right() -> None:
    """Bands of one part never overlap on a drawn variant; a key that follows from a candidate's own value may."""
    steps = marked(spec(key="[10, 11]", tolerance="10%"), ["10.5, 9.2", "10.5, 11.9", "10.5, 10.6", "9.2, 9.3", "10.5"])

    assert steps.credit.tolist() == [1, 1, 1, 0.5, 0.5]


FEASIBLE = [
    ([2, -3], "exact", True, ""),
    ([2, 2], "exact", False, "a double root"),
    ([1, 1.015], "1%", False, "one answer is right for both"),
    ([1, 1.03], "1%", True, ""),
    ([0, 1], "1%", True, ""),
    ([1, np.inf], "1%", False, ""),
    ([1, np.nan], "1%", False, ""),
    ([2, 2**0.5], "exact", False, "no decimal and no fraction is the root of 2"),
    ([0.5, 1 / 3], "exact", True, "a fraction may be written"),
]


@pytest.mark.parametrize(("values", "tolerance", "drawn", "remark"), FEASIBLE)
def test_a_variant_is_drawn_where_its_values_can_be_told_apart(
    values: list[float], tolerance: str, drawn: bool, remark: str
) -> None:
    part = spec(key="v", tolerance=tolerance)

    assert set_.possible(part, set_.bind(part, Values(v=[values]), {}), 1).tolist() == [drawn], remark


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        ([2, 2], "two values of the key are equal, or so close that one answer is right for both"),
        ([1, np.inf], "a value of the key is not a finite number"),
        ([2, 2**0.5], "a value of the key cannot be written as the tolerance requires"),
    ],
)
def test_why_no_variant_can_be_drawn_is_told(values: list[float], reason: str) -> None:
    part = spec(key="v", tolerance="exact")

    assert set_.impossible is not None
    assert set_.impossible(part, set_.bind(part, Values(v=[values]), {})) == reason


def test_a_mistake_of_which_one_value_is_not_finite_does_not_exist() -> None:
    part = spec(key="v", mistakes={"m": {"value": "w", "zh": "甲", "en": "a"}})
    key = set_.bind(part, Values(v=[[2, -3]] * 3, w=[[1, np.inf], [np.nan, 1], [1, 5]]), {})

    assert key["applies.m"].tolist() == [False, False, True]


def test_a_variant_whose_mistake_is_right_is_not_drawn() -> None:
    part = spec(key="v", mistakes={"m": {"value": "w", "zh": "甲", "en": "a"}})
    key = set_.bind(part, Values(v=[[2, -3], [2, -3]], w=[[-3, 2], [2, 3]]), {})

    assert set_.possible(part, key, 2).tolist() == [False, True]


REFUSED = [
    ({"key": "[1]", "tolerance": "last"},
     "the tolerance of a set must be of the form 1%, 0.05, exact, sf 3 or dp 2, which holds for each value"),
    ({"key": "[1, 2]", "tolerance": {"range": ["1", "2"]}}, "the tolerance of a set must be of the form"),
    ({"key": "[1, 2]", "tolerance": "0.1 A", "unit": "V"}, "the tolerance is in A, but the key is in V"),
    ({"key": "[1, 2]", "unit": "ft"}, "ft is read only with 'extra: yes'"),
    ({"key": "[1, 2]", "unit": "°C"},
     "a relative tolerance has no meaning for a temperature in °C; write an absolute one, such as 0.5 K"),
    ({"key": "[1, 2]", "unit": "blah"}, "blah"),
]  # fmt: skip


@pytest.mark.parametrize(("fields", "message"), REFUSED)
def test_a_set_that_makes_no_sense_is_refused(fields: dict[str, Any], message: str) -> None:
    with pytest.raises(ValidationError) as refused:
        spec(**fields)

    assert message in str(refused.value)


SHAPES = [
    ("a", "the key of a set must be a list of 1 to 50 values, but a has the shape ()"),
    ("W", "the key of a set must be a list of 1 to 50 values, but W has the shape (1, 2)"),
]


@pytest.mark.parametrize(("key", "message"), SHAPES)
def test_a_key_is_a_list(key: str, message: str) -> None:
    with pytest.raises(ValueError) as refused:
        set_.bind(spec(key=key), Values(a=[1.0], W=[[[1.0, 2.0]]]), {})

    assert str(refused.value) == message


def test_the_book_prints_values_as_numbers_print_and_other_systems_are_told_that_any_order_will_do() -> None:
    part = spec(key="v", unit="ms", tolerance="0.5%")
    key = set_.bind(part, Values(v=[[0.0123456, -0.002]]), {})

    printed = set_.show(part, key, {}, 0, "en")
    told = set_.scoring(part, key, {}, 0, Rules())

    assert (printed.text, printed.tex) == ("{12.3, −2} ms", r"\{12.3,\,-2\}\,\mathrm{ms}")
    assert isinstance(told, waist.Cells)
    assert told.any_order and not told.shown


# --- laws --------------------------------------------------------------------------------------------------------

ANY = st.integers(-9, 9).map(str) | st.sampled_from(["0.5", "1.005", "2.02", "1/3"])


@given(values=st.lists(ANY, min_size=1, max_size=6), data=st.data())
def test_the_order_never_changes_a_mark(values: list[str], data: st.DataObject) -> None:
    other = data.draw(st.permutations(values))

    steps = marked(THREE, [", ".join(values), "; ".join(other), f"{{{' '.join(other)}}}"])

    assert steps.credit.tolist() == [steps.credit[0]] * 3
    assert last(steps) == [last(steps)[0]] * 3


@given(values=st.lists(st.integers(-3, 6).map(str), min_size=3, max_size=6), more=st.integers(-9, 9))
def test_a_value_beyond_the_number_asked_never_raises_a_mark(values: list[str], more: int) -> None:
    fewer, all_ = marked(THREE, [", ".join(values), ", ".join([*values, str(more)])]).credit

    assert all_ <= fewer


@given(right=st.lists(st.lists(st.booleans(), min_size=3, max_size=3), min_size=1, max_size=5))
def test_the_assignment_is_the_best_of_all(right: list[list[bool]]) -> None:
    grid: Array = np.array(right)
    found = _pairing.found(grid, np.zeros(len(right), dtype=np.int64), 1)
    slots = [*range(len(right)), *[-1] * 3]
    best = max(sum(one >= 0 and right[one][key] for key, one in enumerate(way)) for way in permutations(slots, 3))

    assert found.sum() == best
