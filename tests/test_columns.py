"""A column marks each answer as it would alone: whatever stands beside it, in whatever order, however often."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qbank import algebra, answers, numerals
from qbank.distinct import FEW, SAMPLES, distinct, once, repeated
from qbank.model import Array, Column, Rules, take

Told = tuple[Any, ...]


class Nothing:
    """One variant without names."""

    n = 1

    def evaluate(self, expression: algebra.Expression) -> Column:
        return algebra.evaluate(expression, {}, 1)

    def whole(self, expression: algebra.Expression) -> bool:
        return float(self.evaluate(expression).values[0]).is_integer()


def marked(written: dict[str, Any], texts: Sequence[str], rules: Rules) -> list[Told]:
    """All that a column of answers says: state, place and reason of a stop, credit, notes and their details."""
    kind, spec = answers.kind_of(written["kind"]), answers.read(written)
    reading = once(texts, lambda each: kind.read(spec, each, rules))
    key = take(kind.bind(spec, Nothing(), {}), np.zeros(len(texts), dtype=np.intp))
    steps = kind.mark(spec, reading, key, {}, rules)
    return [
        (int(reading.state[row]), int(reading.stop[row]), reading.expected(row, "zh"), reading.expected(row, "en"),
         repr([(note, scale, [(name, _plain(value)) for name, value in details.items()])
               for note, scale, details in steps.of(row)]), float(steps.credit[row]), bool(steps.waits[row]))
        for row in range(len(texts))
    ]  # fmt: skip


def _plain(value: Array) -> str:
    return repr(np.asarray(value).tolist())


DIGITS = st.one_of(
    st.sampled_from(["0", "00", "007", "5", "10", "100", "4.70", "1.", ".5", ".", "1,5", "1,234", "0,500", "1234,567",
                     "1,2,3", "1.234,5", "12 345", "9" * 15, "9" * 16, "0." + "0" * 14 + "1", "123456789.123456789"]),
    st.decimals(-10**6, 10**6, places=3).map(str), st.integers(0, 10**17).map(str),
)  # fmt: skip
SIGNS = st.sampled_from(["", "", "", "-", "+", "−", "–", "- ", " ", "  ", "--", "≈", "x = "])
TAILS = st.sampled_from([
    "", "", "", " V", "V", "mV", " kΩ", " k\u2126", "µV", " μV", "k", "M", " A", " 伏", "千伏", "e3", "E-12", "e25",
    " e3", "×10³", " × 10⁻³ V", "*10^-3", "x10^2 V", "·10²V", " ", "\u200b", "\u200b.", ".", " V.", "。", "%", "°", "½",
    "²", "①", "０", "٠", "⓪", "/2", "*2", "^2", "e", "π", "k7", " m2", "V = 3", "\x00", "V\x00", "左右", "V 左右", "?",
    "\n", "\\,V", "\ud800", "*V", "V 3", "e3e3", "=", "j", " something rather long",
])  # fmt: skip
NUMBERS = st.builds("{}{}{}".format, SIGNS, DIGITS, TAILS)
ENTRIES = st.sampled_from(["1", "2", "-3", "4.5", "−2", "+1", "0.25", "1e3", "2.", ".5", "1,5", "e", "-", "3 V", "1/2"])
BETWEEN = st.sampled_from([", ", ",", " ", "  ", " , ", ";", "; ", "\n", "，", "、", ",,", " and ", "\r\n", "\t"])
FRAMES = st.sampled_from([
    ("", ""), ("(", ")"), ("[", "]"), ("{", "}"), ("( ", " )"), (" [", "]"), ("(", "]"), ("", ")"), ("((", "))"),
    ("[", "]ᵀ"), ("(", ") V"), ("x = (", ")"), ("", "."), ("（", "）"), ("\n", "\n"), ("(", ")\x00"), ("(", ")."),
])  # fmt: skip


@st.composite
def vectors(draw: st.DrawFn) -> str:
    """Numbers with one sign between them, or with another now and then, in a frame."""
    opening, closing = draw(FRAMES)
    usual = draw(BETWEEN)
    numbers = draw(st.lists(ENTRIES, min_size=1, max_size=5))
    signs = [draw(BETWEEN) if draw(st.integers(0, 5)) == 0 else usual for _ in numbers[1:]] + [""]
    return opening + "".join(number + sign for number, sign in zip(numbers, signs, strict=True)) + closing


PARTS: dict[str, list[dict[str, Any]]] = {
    "number": [
        {"kind": "number", "key": "5", "unit": "V", "tolerance": "1%"},
        {"kind": "number", "key": "1234", "tolerance": "exact", "name": "x"},
        {"kind": "number", "key": "-10", "tolerance": "5%",
         "mistakes": {"sign": {"value": "10", "zh": "符号", "en": "sign", "credit": "0.25"}}},
        {"kind": "number", "key": "inf", "unit": "V", "tolerance": "1%", "infinite": "yes"},
        {"kind": "number", "key": "4.7", "tolerance": "1%", "figures": "2", "form": "decimal"},
    ],
    "vector": [
        {"kind": "vector", "key": "[1, 2]", "tolerance": "2%"},
        {"kind": "vector", "key": "[1, 2, -3]", "tolerance": "exact", "unit": "V", "name": "x"},
        {"kind": "vector", "key": "[[1, 2], [-3, 4.5]]", "tolerance": "1%"},
        {"kind": "vector", "key": "[1.5, 2]", "tolerance": "1%", "size": "2", "shape": "unreadable"},
    ],
}  # fmt: skip
BESIDE = {"number": [f"{place / 7:.6f}" for place in range(numerals.FEW)],
          "vector": [f"({place}, {place / 7:.4f})" for place in range(numerals.FEW)]}  # fmt: skip
"""Answers that make the column so long that it is read as one."""


@pytest.mark.parametrize("kind", list(PARTS))
@settings(max_examples=120, deadline=None)
@given(data=st.data())
def test_a_column_marks_each_answer_as_it_would_alone(kind: str, data: st.DataObject) -> None:
    part = data.draw(st.sampled_from(PARTS[kind]))
    texts = data.draw(st.lists(NUMBERS if kind == "number" else vectors(), min_size=1, max_size=12, unique=True))
    rules = Rules(comma=data.draw(st.sampled_from(["ask", "decimal", "thousands"])))
    column = data.draw(st.permutations([*texts, *BESIDE[kind]]))

    together = dict(zip(column, marked(part, column, rules), strict=True))
    few = dict(zip(texts, marked(part, texts, rules), strict=True))

    for text in texts:
        assert together[text] == few[text] == marked(part, [text], rules)[0], text


@pytest.mark.parametrize("comma", ["ask", "decimal", "thousands"])
@settings(max_examples=150, deadline=None)
@given(texts=st.lists(NUMBERS | st.text(max_size=12), min_size=1, max_size=40))
def test_numbers_in_columns_are_those_of_the_grammar(comma: numerals.Comma, texts: list[str]) -> None:
    column = [*texts, *BESIDE["number"]]

    found = numerals.read(column, comma=comma, prefix=True)

    for row, text in enumerate(texts):
        exact = numerals.one(text.encode("utf-8", "replace").decode(), comma=comma, prefix=True)
        assert found.tails[found.unit[row]] == exact.unit, text
        assert numerals.CODES[found.expected[row]] == exact.expected, text
        assert (repr(found.value[row].item()), found.other[row]) == (repr(exact.value), exact.other), text
        for name in ("state", "low", "high", "decimals", "form", "clipped", "stop"):
            assert getattr(found, name)[row] == getattr(exact, name), (text, name)


def test_a_column_with_the_repeats_of_a_class_marks_as_one_without() -> None:
    part = PARTS["number"][0]
    texts = [["5 V", "5", "4", "5 A", "about five", ""][place % 6] for place in range(FEW + 7)]

    many = marked(part, texts, Rules())

    alone = {text: marked(part, [text], Rules())[0] for text in set(texts)}
    assert many == [alone[text] for text in texts]


@pytest.mark.parametrize(("copies", "expected"), [(1, False), (2, True), (50, True)])
def test_repeats_are_looked_for_by_a_sample(copies: int, expected: bool) -> None:
    texts = [f"{place}" for place in range(100_000 // copies)] * copies

    assert repeated(texts) is expected
    assert repeated(sorted(texts)) is expected


def test_a_sample_never_decides_what_a_text_is_read_as() -> None:
    texts = [f"{place}" for place in range(2 * FEW)] + ["7"] * SAMPLES
    unique, codes = distinct(texts)

    assert not repeated(texts)
    assert [unique[code] for code in codes.tolist()] == texts
    assert once(texts, lambda each: numerals.read(each, prefix=False)).value.tolist() == [float(text) for text in texts]
