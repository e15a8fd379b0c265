"""Intervals as answers: how they are written, and what each end with its bracket earns."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from qbank import algebra, answers
from qbank.answers.interval import KIND as interval
from qbank.answers.interval.marks import feasible
from qbank.model import Column, Rules, Steps, take

INFINITE = float("inf")


class Names:
    """One variant with these values."""

    n = 1

    def __init__(self, **values: float) -> None:
        self.columns = {name: Column(np.array([value])) for name, value in values.items()}

    def evaluate(self, expression: algebra.Expression) -> Column:
        return algebra.evaluate(expression, self.columns, 1)


def spec(text: str) -> Any:
    return answers.read(yaml.load("{kind: interval, " + text + "}", Loader=yaml.BaseLoader))


def marked(asked: Any, texts: list[str], **values: float) -> Steps:
    key = interval.bind(asked, Names(**values), {})
    rows = np.zeros(len(texts), dtype=np.int64)
    return interval.mark(asked, interval.read(asked, texts, Rules()), take(key, rows), {}, Rules())


def notes(steps: Steps) -> list[str]:
    return [list(steps.of(row))[-1][0] for row in range(steps.count)]


PLAIN = spec("low: 1, high: 3, brackets: '(]', tolerance: exact, name: x")
WRITTEN = [
    ("(1, 3]", (1, 3), (False, True), ""),
    ("[1,3)", (1, 3), (True, False), ""),
    ("（１，３］", (1, 3), (False, True), "full width"),
    ("(1; 3]", (1, 3), (False, True), ""),
    ("(1 , 3]。", (1, 3), (False, True), ""),
    ("x ∈ (1, 3]", (1, 3), (False, True), ""),
    ("x in (1, 3]", (1, 3), (False, True), ""),
    ("(−∞, 3]", (-INFINITE, 3), (False, True), ""),
    ("(-inf, +inf)", (-INFINITE, INFINITE), (False, False), ""),
    ("(-oo, infinity)", (-INFINITE, INFINITE), (False, False), ""),
    (r"(-\infty, 3]", (-INFINITE, 3), (False, True), "TeX"),
    ("(负无穷大, 正无穷)", (-INFINITE, INFINITE), (False, False), "the words of a number that may be infinite"),
    ("(minus infinity, 3]", (-INFINITE, 3), (False, True), ""),
    ("(-1e-3, 2×10^3]", (-0.001, 2000), (False, True), ""),
    ("(1/3, √2]", (1 / 3, 2**0.5), (False, True), "exact numbers"),
    ("((1), (3)]", (1, 3), (False, True), "brackets inside"),
    ("[2, 2]", (2, 2), (True, True), "a single point"),
]


@pytest.mark.parametrize(("text", "ends", "closed", "remark"), WRITTEN)
def test_an_interval_is_read_in_every_form(
    text: str, ends: tuple[float, float], closed: tuple[bool, bool], remark: str
) -> None:
    asked = spec("low: 1, high: 3, brackets: '(]', tolerance: exact, name: x, form: constant")
    reading = interval.read(asked, [text], Rules())

    assert reading.ends[0].tolist() == pytest.approx(list(ends)), remark
    assert reading.closed[0].tolist() == list(closed)


STOPS = [
    ("1, 3", 1, "an interval begins with ( or ["),
    ("(1, 3", 6, "an interval ends with ) or ]"),
    ("(1)", 3, "an interval has two ends"),
    ("(1, 2, 3)", 7, "an interval has two ends"),
    ("(, 3)", 2, "an interval has two ends"),
    ("(3, 1)", 2, "the left end is the smaller one"),
    ("(inf, 2)", 2, "the left end is the smaller one"),
    ("(--∞, 2)", 4, "a number was expected here"),
    ("(1 V, ∞ A)", 6, "an interval such as (1, 3] or (−∞, 2)"),
    ("(1, 3] 2", 7, "an interval such as (1, 3] or (−∞, 2)"),
    ("(1, b)", 5, "a number was expected here"),
    ("y ∈ (1, 3]", 1, "an interval begins with ( or ["),
    ("( 1, 3", 7, "an interval ends with ) or ]"),
    ("(  3, 1)", 4, "the left end is the smaller one"),
    ("x > 1 and y < 3", 1, "the letter that is asked for"),
]


@pytest.mark.parametrize(("text", "column", "expected"), STOPS)
def test_where_reading_stops_it_says_what_was_expected(text: str, column: int, expected: str) -> None:
    reading = interval.read(PLAIN, [text], Rules())

    assert (int(reading.stop[0]), reading.expected(0, "en")) == (column, expected)


@pytest.mark.parametrize("text", ["(1, 3]", "[1, 3)", "[1, 3]", "(−∞, 3]", "[1, ∞)"])
def test_what_an_interval_was_taken_for_is_told_with_its_brackets(text: str) -> None:
    assert interval.read(PLAIN, [text], Rules()).told(0, "en") == text


CREDITS = [
    ("(1, 3]", 1, "interval.right"),
    ("[1, 3]", 0.5, "interval.brackets"),
    ("(1, 3)", 0.5, "interval.brackets"),
    ("[1, 3)", 0, "interval.brackets"),
    ("(1, 4]", 0.5, "interval.high"),
    ("(0, 3]", 0.5, "interval.low"),
    ("(-inf, 3]", 0.5, "interval.low"),
    ("[1, 4)", 0, "interval.wrong"),
    ("(0, 3)", 0, "interval.wrong"),
]


@pytest.mark.parametrize(("text", "credit", "note"), CREDITS)
def test_each_end_with_its_bracket_is_half(text: str, credit: float, note: str) -> None:
    steps = marked(PLAIN, [text])

    assert (steps.credit.tolist(), notes(steps)) == ([credit], [note])
    whole = marked(spec("low: 1, high: 3, brackets: '(]', tolerance: exact, all: yes"), [text])
    assert whole.credit.tolist() == [float(credit == 1)]


REFUSED = [
    ("low: 1, high: 3, brackets: '><', tolerance: exact", "Input should be '()', '(]', '[)' or '[]'"),
    ("low: -inf, high: 3, brackets: '[]', tolerance: exact",
     "an interval must go from low: up to high:, and be open at"),
    ("low: 1, high: inf, brackets: '(]', tolerance: exact",
     "an interval must go from low: up to high:, and be open at"),
    ("low: inf, high: 3, brackets: '()', tolerance: exact", "an interval must go from low: up to high:"),
    ("low: 1 +, high: 3, brackets: '()', tolerance: exact", "low"),
    ("low: 1, high: 3, brackets: '()', tolerance: last", "the tolerance of an interval must be of the form"),
    ("low: 1, high: 3, brackets: '()', unit: V, tolerance: 0.1 A", "the tolerance is in A, but the key is in V"),
]


@pytest.mark.parametrize(("text", "message"), REFUSED)
def test_what_is_no_interval_is_refused(text: str, message: str) -> None:
    with pytest.raises(ValidationError) as refused:
        spec(text)

    assert message in str(refused.value)


def test_ends_the_wrong_way_round_are_not_drawn() -> None:
    asked = spec("low: a, high: b, brackets: '(]', tolerance: exact")

    assert [feasible(asked, interval.bind(asked, Names(a=a, b=b), {})).tolist() for a, b in
            ((1, 2), (2, 1), (2, 2), (float("nan"), 1))] == [[True], [False], [False], [False]]  # fmt: skip


ends = st.integers(-1000, 1000)


@settings(max_examples=60, deadline=None)
@given(low=ends, width=st.integers(1, 1000), brackets=st.sampled_from(["()", "(]", "[)", "[]"]))
def test_every_way_to_write_the_key_earns_full_marks(low: int, width: int, brackets: str) -> None:
    asked = spec(f"low: a, high: b, brackets: '{brackets}', unit: mV, tolerance: 1%, name: u")
    values = {"a": low / 1000, "b": (low + width) / 1000}
    texts = interval.spellings(asked, interval.bind(asked, Names(**values), {}), {}, 0)

    assert marked(asked, texts, **values).credit.tolist() == [1.0] * len(texts)


@settings(max_examples=60, deadline=None)
@given(text=st.text(max_size=20) | st.text("0123()[],;∞-x∈ inf.", max_size=14))
def test_any_text_is_an_interval_or_stops_at_a_column_of_it(text: str) -> None:
    reading = interval.read(PLAIN, [text], Rules())

    assert 0 <= reading.stop[0] <= len(text) + 1
    if reading.state[0] == 2:
        assert reading.ends[0, 0] <= reading.ends[0, 1]


PRINTED = [
    ("low: 3, high: inf, brackets: '()'", "u_i > 3 V", r"u_{i} > 3\,\mathrm{V}"),
    ("low: 3, high: inf, brackets: '[)'", "u_i ≥ 3 V", r"u_{i} \geq 3\,\mathrm{V}"),
    ("low: -inf, high: -0.5, brackets: '(]'", "u_i ≤ −0.5 V", r"u_{i} \leq -0.5\,\mathrm{V}"),
    ("low: 1, high: 3, brackets: '(]'", "1 V < u_i ≤ 3 V", r"1\,\mathrm{V} < u_{i} \leq 3\,\mathrm{V}"),
]


@pytest.mark.parametrize(("ends", "text", "tex"), PRINTED)
def test_an_inequality_prints_with_its_letter_and_units(ends: str, text: str, tex: str) -> None:
    asked = spec(f"{ends}, inequality: u_i, unit: V, tolerance: 1%")
    shown = interval.show(asked, interval.bind(asked, Names(), {}), {}, 0, "en")

    assert (shown.text, shown.tex) == (text, tex)


def test_the_book_says_how_far_each_end_may_lie_off() -> None:
    asked = spec("low: 1, high: 3, brackets: '()', unit: V, tolerance: {abs: 0.1}")
    key = interval.bind(asked, Names(), {})

    assert [interval.accepted(asked, key, {}, 0, lang) for lang in ("en", "zh")] == [
        "(1, 3) V; left end 0.9 … 1.1; right end 2.9 … 3.1", "(1, 3) V; 左端点 0.9 … 1.1; 右端点 2.9 … 3.1",
    ]  # fmt: skip


LETTERS = [
    ("inequality: u, name: u", "inequality: already gives the letter; remove name:"),
    ("inequality: 2u", "inequality: 2u is not a letter such as u_i"),
    ("inequality: pi", "inequality: pi is not a letter such as u_i"),
]


@pytest.mark.parametrize(("fields", "message"), LETTERS)
def test_a_letter_that_cannot_be_asked_says_why(fields: str, message: str) -> None:
    with pytest.raises(ValidationError) as refused:
        spec(f"low: 1, high: 3, brackets: '()', tolerance: exact, {fields}")

    assert message in str(refused.value)


RELATIONS = {"(": "<", "[": "≤", ")": "<", "]": "≤"}
TURNED = {"<": ">", "≤": "≥"}
BRACKETS = st.sampled_from(["()", "(]", "[)", "[]"])


@settings(deadline=None)
@given(st.integers(-50, 50), st.integers(1, 50), BRACKETS, st.booleans())
def test_an_inequality_earns_what_its_interval_does(low: int, width: int, brackets: str, turned: bool) -> None:
    asked = spec("low: 1, high: 3, brackets: '(]', tolerance: exact, inequality: x")
    first, second = (RELATIONS[each] for each in brackets)
    chain = f"{low} {first} x {second} {low + width}"
    if turned:
        chain = f"{low + width} {TURNED[second]} x {TURNED[first]} {low}"
    steps = marked(asked, [f"{brackets[0]}{low}, {low + width}{brackets[1]}", chain])

    assert notes(steps)[0] == notes(steps)[1]
    assert steps.credit[0] == steps.credit[1]


@settings(deadline=None, max_examples=300)
@given(st.text(alphabet="<>≤≥=|x∞-+12.,;() V且和或大小于等不超过√π/$\\", max_size=20))
def test_any_inequality_at_all_gives_a_mark_and_stops_within_it(text: str) -> None:
    asked = spec("low: 1, high: inf, brackets: '()', tolerance: 1%, inequality: x, unit: V")
    reading = interval.read(asked, [text], Rules())

    assert 0 <= reading.stop[0] <= len(text) + 1
    assert 0 <= marked(asked, [text]).credit[0] <= 1
