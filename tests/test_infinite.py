"""Infinite values: what an author may ask, keys that are infinite on some variants, what is carried and printed."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError
from sample_items import HEAD, item_of

from qbank import answers, marking, variants, waist
from qbank.answers.number import KIND as number
from qbank.model import Refused, Rules
from qbank.witnesses import Agreement

ITEM = """
parameters:
  model: {labels: [ideal, real]}
  A: {values: ['100000'], hidden: yes}
derive:
  R: {value: inf if model == 'ideal' else 2M, unit: Ω, symbol: R_i}
  G: {value: 1/R, unit: S}
stem: {zh: '模型为 {{ model }}。', en: 'The model is {{ model }}.'}
parts:
  - id: r
    ask: {zh: 求输入电阻。, en: Find the input resistance.}
    answer: {kind: number, key: R, unit: Ω, tolerance: 1%, infinite: yes}
  - id: g
    ask: {zh: 求其倒数。, en: Find its reciprocal.}
    follows: [r]
    answer: {kind: number, key: G, unit: S, tolerance: 1%}
solution: {zh: '[[derive R]]', en: '[[derive R]]'}
"""


def spec(text: str) -> Any:
    return answers.read(yaml.load("{kind: number, " + text + "}", Loader=yaml.BaseLoader))


def test_a_key_may_be_infinite_on_some_variants() -> None:
    item = item_of(HEAD + ITEM)
    drawn = variants.make(item, "seed", [0, 1])
    ideal = int(np.flatnonzero(np.isinf(drawn.keys["r"]["key"]))[0])
    printed = [number.show(item.part("r").answer, drawn.keys["r"], {}, row, "en").text for row in (ideal, 1 - ideal)]  # type: ignore[arg-type]

    assert printed == ["∞", "2 MΩ"]
    assert variants.printed(drawn, ideal, "en")["R"].text == "∞"
    marked = marking.mark(item, drawn, {"r": printed if ideal == 0 else printed[::-1], "g": ["0 S", "0 S"]})
    assert marked["r"].credit.tolist() == [1, 1]
    assert marked["g"].credit.tolist() == [float(row == ideal) for row in range(2)]


def test_without_the_field_an_infinite_key_says_which_field_cures_it() -> None:
    item = item_of(HEAD + ITEM.replace(", infinite: yes", "").replace("[ideal, real]", "[ideal]"))

    with pytest.raises(Refused) as raised:
        variants.make(item, "seed", [0])
    assert str(raised.value) == (
        "sample: $.parts[0].answer: its only variant cannot be drawn: part 'r': the key is infinite; if this is "
        "intended, write infinite: yes\n"
        "  → correct the answer, or add a line to require: that excludes this"
    )


def test_an_infinite_value_is_carried_on_like_any_other() -> None:
    item = item_of(HEAD + ITEM)
    drawn = variants.make(item, "seed", [0, 1])
    ideal = int(np.flatnonzero(np.isinf(drawn.keys["r"]["key"]))[0])
    rows = np.array([ideal, ideal, 1 - ideal, 1 - ideal])
    marked = marking.mark(item, drawn, {"r": ["2 MΩ", "-∞", "∞", "1 MΩ"], "g": ["0.5 µS", "0", "0", "1 µS"]}, rows)

    assert marked["r"].credit.tolist() == [0, 0, 0, 0]
    assert marked["g"].credit.tolist() == [0, 0.8, 0, 1], "only what is about as large as the key is carried"


PROBLEMS = [
    ("key: 1, range: [0, inf], infinite: yes", "'infinite: yes' cannot be used with a range or a level"),
    ("key: 1, tolerance: 1, unit: dB, level: power, infinite: yes",
     "'infinite: yes' cannot be used with a range or a level"),
]


@pytest.mark.parametrize(("text", "message"), PROBLEMS)
def test_what_cannot_be_asked_says_why(text: str, message: str) -> None:
    with pytest.raises(ValidationError) as raised:
        spec(text)

    assert message in str(raised.value)


def test_an_infinite_key_is_told_to_no_other_system_and_a_finite_one_is() -> None:
    asked = spec("key: R, tolerance: 1%, unit: Ω, infinite: yes")
    columns = {"key": np.array([np.inf, 5]), "low": np.array([np.inf, 4.9]), "high": np.array([np.inf, 5.1])}

    assert number.scoring(asked, columns, {}, 0, Rules()) == waist.Unscored(
        "an infinite value is not a number elsewhere"
    )
    assert isinstance(number.scoring(asked, columns, {}, 1, Rules()), waist.Numbers)


def test_a_witness_agrees_with_infinity_only_if_it_says_so_itself() -> None:
    inf = np.inf
    found = Agreement(np.zeros(4), np.array([inf, -inf, 1e300, 2.0]), 0.01, 0.0)

    assert found.accepts(np.array([inf, inf, inf, 2.01])).tolist() == [True, False, False, True]


SIGNS = st.sampled_from(["", "+", "-", "−", "＋", "－"])
WORDS = st.sampled_from(["∞", "inf", "Infinity", "infty", "oo", "无穷大", "无限大", "无穷"])
IN_WORDS = ["minus infinity", "negative ∞", "负无穷", "负∞"]


@settings(deadline=None)
@given(SIGNS, WORDS, st.sampled_from(["", " ", "\u3000"]), st.sampled_from(["", "V", " mV", "kV"]))
def test_the_sign_decides_and_neither_the_word_nor_the_unit(sign: str, word: str, space: str, unit: str) -> None:
    asked = spec("key: inf, tolerance: 1%, unit: V, infinite: yes")
    key = {name: np.array([np.inf]) for name in ("key", "low", "high")}
    joined = word if not unit or not word.isascii() else f"{word} "
    reading = number.read(asked, [f"{sign}{space}{joined}{unit}"], Rules())

    credit = number.mark(asked, reading, key, {}, Rules()).credit[0]
    assert credit == (0 if sign in ("-", "−", "－") else 1)


@settings(deadline=None)
@given(st.text(alphabet="∞inf oo无穷大0123456789+-/*^(). VΩkM", max_size=12))
def test_any_text_at_all_gives_a_mark_and_its_columns_lie_within_it(text: str) -> None:
    asked = spec("key: inf, tolerance: 1%, unit: V, infinite: yes, form: constant")
    key = {name: np.array([np.inf]) for name in ("key", "low", "high")}
    reading = number.read(asked, [text], Rules())

    assert 0 <= number.mark(asked, reading, key, {}, Rules()).credit[0] <= 1
    assert 0 <= reading.stop[0] <= len(text) + 1
    assert np.isinf(reading.value[0]) <= any(word in text for word in ("∞", "inf", "oo", "无穷"))


@pytest.mark.parametrize("text", IN_WORDS)
def test_a_sign_may_be_a_word(text: str) -> None:
    asked = spec("key: inf, tolerance: 1%, unit: V, infinite: yes")

    assert number.read(asked, [text, f"-{text}"], Rules()).value.tolist()[0] == -np.inf
    assert number.read(asked, [f"-{text}"], Rules()).state.tolist() == [1]
