"""The unit by itself: what an author may ask, and what is said of each answer."""

from __future__ import annotations

from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError
from sample_items import HEAD, item_of

from qbank import answers, marking, units, variants
from qbank.answers.unit import KIND as unit
from qbank.model import READ, UNREADABLE, Rules

PART = """
stem: {zh: 跨导的单位是什么？, en: What is the unit of transconductance?}
parts:
  - id: unit
    marks: 2
    answer: {kind: unit, key: A/V}
    witness: none
    because: a definition
"""


def spec(text: str) -> Any:
    return answers.read(yaml.load("{kind: unit, " + text + "}", Loader=yaml.BaseLoader))


PROBLEMS = [
    ("key: blah", "'blah' is not a unit"),
    ("key: kv", "'kv' is not a unit; did you mean kV?"),
    ("key: ft", "ft is read only with 'extra: yes'"),
    ("key: V, only: [kg, m, s, A]", "the key V itself is not made of kg, m, s, A alone"),
    ("key: S, mistakes: {same: {value: mS, zh: 甲, en: a}}", "the mistake 'same' is the key itself"),
    ("key: S, tolerance: 1%", "Extra inputs are not permitted"),
]


@pytest.mark.parametrize(("text", "message"), PROBLEMS)
def test_what_cannot_be_asked_says_why(text: str, message: str) -> None:
    with pytest.raises(ValidationError) as raised:
        spec(text)

    assert message in str(raised.value)


def test_the_book_says_which_units_alone_are_taken() -> None:
    asked = spec("key: W/A, only: [W, A]")
    key = unit.bind(asked, variants.Scope(1, {}), {})

    assert unit.accepted(asked, key, {}, 0, "en").startswith("W/A; in W, A alone, ")
    assert unit.accepted(asked, key, {}, 0, "zh").startswith("W/A；只用 W、A，")
    steps = unit.mark(asked, unit.read(asked, ["V"], Rules()), key, {}, Rules())
    note, _, details = list(steps.of(0))[-1]
    assert "W, A alone" in unit.reason(asked, note, details, "en")
    assert "W、A" in unit.reason(asked, note, details, "zh")


def test_a_mistake_may_be_the_key_in_another_size_or_another_name() -> None:
    spec("key: mS, unit_convert: no, mistakes: {size: {value: S, zh: 甲, en: a}}")
    spec("key: var, mistakes: {active: {value: W, zh: 甲, en: a}}")


def test_an_item_asks_for_a_unit_and_is_marked() -> None:
    item = item_of(HEAD + PART)
    drawn = variants.make(item, "seed", [0, 1, 2])

    marked = marking.mark(item, drawn, {"unit": ["西门子", "Ω", "不知道"]})["unit"]

    assert marked.credit.tolist() == [1, 0, 0]
    assert marked.waits.tolist() == [False, False, True]


def test_the_paper_says_what_a_wrong_prefix_costs() -> None:
    asked = spec("key: mS, unit_convert: no")
    reading = unit.read(asked, ["S"], Rules())

    assert unit.mark(asked, reading, {}, {}, Rules(unit_prefix=0.25)).credit.tolist() == [0.75]


UNREADABLE_TEXTS = [
    ("S or Ω", 1, "one unit; these are two"), ("3 S", 1, "the unit alone, without a number"),
    ("mhz", 1, "the unit has a letter in the wrong case; did you mean MHz or mHz?"),
    ("blah", 1, "a unit such as V, A/V or kilohm"),
    ("A/(V", 3, "the unit cannot be read"), ("A" * 2000, 1001, "at most 1000 characters"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "column", "expected"), UNREADABLE_TEXTS)
def test_what_cannot_be_read_says_where_and_what_was_expected(text: str, column: int, expected: str) -> None:
    reading = unit.read(spec("key: S"), [text], Rules())

    assert (reading.state[0], reading.stop[0], reading.expected(0, "en")) == (UNREADABLE, column, expected)


SYMBOLS = ["V", "A", "Ω", "S", "F", "H", "W", "J", "N", "Pa", "s", "m", "kg", "Hz", "T", "Wb", "C", "K", "mol", "lx"]


@settings(deadline=None, max_examples=60)
@given(st.lists(st.tuples(st.sampled_from(SYMBOLS), st.sampled_from([-2, -1, 1, 2])), min_size=1, max_size=3))
def test_a_unit_is_right_however_its_factors_are_ordered(factors: list[tuple[str, int]]) -> None:
    """A product is the same in any order, with powers of either sign, and as a quotient."""
    text = "*".join(f"{symbol}^{power}" for symbol, power in factors)
    turned = "·".join(f"{symbol}^({power})" for symbol, power in reversed(factors))
    above = [f"{symbol}^{power}" for symbol, power in factors if power > 0]
    below = [f"/{symbol}^{-power}" for symbol, power in factors if power < 0]
    asked = spec(f"key: '{text}'")
    reading = unit.read(asked, [text, turned, ("·".join(above) or "1") + "".join(below)], Rules())

    assert reading.state.tolist() == [READ] * 3
    assert unit.mark(asked, reading, {}, {}, Rules()).credit.tolist() == [1, 1, 1]


@settings(deadline=None)
@given(st.sampled_from(SYMBOLS), st.sampled_from(SYMBOLS))
def test_only_a_unit_of_the_same_dimension_earns_anything(key: str, other: str) -> None:
    asked = spec(f"key: {key}")
    credit = unit.mark(asked, unit.read(asked, [other], Rules()), {}, {}, Rules()).credit[0]

    assert credit == (units.read(key).dimension == units.read(other).dimension)


@settings(deadline=None)
@given(st.text(max_size=40))
def test_any_text_at_all_gives_a_mark(text: str) -> None:
    asked = spec("key: A/V, mistakes: {m: {value: Ω, zh: 甲, en: a, credit: 0.5}}")

    assert unit.mark(asked, unit.read(asked, [text], Rules()), {}, {}, Rules()).credit[0] in (0, 0.5, 1)
