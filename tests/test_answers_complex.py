"""Complex numbers as answers: how they are written, and what each part earns."""

from __future__ import annotations

import cmath
import math
from typing import Any

import numpy as np
import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from qbank import algebra, answers, units
from qbank.answers._readings import Stopped
from qbank.answers.complex_ import KIND as complex_
from qbank.answers.complex_.written import parse
from qbank.model import Column, Rules, Steps, take
from qbank.units import Unit

PURE = units.Asked(Unit(), prefixes=False)


class Names:
    """One variant with these values."""

    n = 1

    def __init__(self, **values: float) -> None:
        self.columns = {name: Column(np.array([value])) for name, value in values.items()}

    def evaluate(self, expression: algebra.Expression) -> Column:
        return algebra.evaluate(expression, self.columns, 1)


def spec(text: str) -> Any:
    return answers.read(yaml.load("{kind: complex, " + text + "}", Loader=yaml.BaseLoader))


def marked(asked: Any, texts: list[str], **values: float) -> Steps:
    key = complex_.bind(asked, Names(**values), {})
    rows = np.zeros(len(texts), dtype=np.int64)
    return complex_.mark(asked, complex_.read(asked, texts, Rules()), take(key, rows), {}, Rules())


def notes(steps: Steps) -> list[str]:
    return [list(steps.of(row))[-1][0] for row in range(steps.count)]


WRITTEN = [
    ("3+4j", 3 + 4j, ""),
    ("3+4i", 3 + 4j, ""),
    ("3+j4", 3 + 4j, ""),
    ("3 − 4j", 3 - 4j, ""),
    ("4j+3", 3 + 4j, ""),
    ("(3+4j)", 3 + 4j, ""),
    ("３＋４ｊ", 3 + 4j, "full width"),
    ("5∠90°", 5j, ""),
    ("5∠90", 5j, "degrees"),
    ("5∠-90deg", -5j, ""),
    ("5∠(π/2)rad", 5j, ""),
    ("5e^(jπ/2)", 5j, ""),
    ("5e^{j0}", 5, ""),
    ("5exp(-jπ/2)", -5j, ""),
    ("j", 1j, ""),
    ("-j", -1j, ""),
    ("7", 7, "a real number is a complex one"),
    ("1/j", -1j, ""),
    ("(1+j)^2", 2j, ""),
    ("√2∠45°", 1 + 1j, ""),
    ("1.5e3j", 1500j, ""),
]


@pytest.mark.parametrize(("text", "value", "remark"), WRITTEN)
def test_a_complex_number_is_read_in_every_form(text: str, value: complex, remark: str) -> None:
    assert parse(text, PURE).value == pytest.approx(value), remark


STOPS = [
    ("3+", 3, "a complex number such as 3+4j, 5∠36.9° or 5e^(j0.64)"),
    ("3+4x", 4, "what is x? this question has no letters"),
    ("∠30°", 1, "a complex number such as 3+4j, 5∠36.9° or 5e^(j0.64)"),
    ("5∠", 3, "a complex number such as 3+4j, 5∠36.9° or 5e^(j0.64)"),
    ("1/0", 1, "a number that is not too large"),
    ("３＋４ｘ", 4, "what is x? this question has no letters"),
]


@pytest.mark.parametrize(("text", "column", "expected"), STOPS)
def test_where_reading_stops_it_says_what_was_expected(text: str, column: int, expected: str) -> None:
    with pytest.raises(Stopped) as stopped:
        parse(text, PURE)

    assert (stopped.value.column, stopped.value.expected.en) == (column, expected)


def test_a_unit_may_stand_after_the_number() -> None:
    ohm = units.Asked(units.read("Ω"), prefixes=False)

    assert [parse(text, ohm).value for text in ("3+4jΩ", "(3+4j) Ω", "0.003+0.004j kΩ")] == pytest.approx([3 + 4j] * 3)


def test_the_real_and_the_imaginary_part_each_have_their_tolerance() -> None:
    """A small part is not hidden by a large one."""
    asked = spec("key: {re: 100, im: 0.1}, tolerance: 1%")

    steps = marked(asked, ["100+0.1j", "100+0.2j", "99+0.1j", "100"])

    assert notes(steps) == ["complex.right", "complex.part", "complex.right", "complex.part"]
    assert steps.credit.tolist() == [1, 0.5, 1, 0.5]


def test_by_modulus_it_is_the_distance_that_counts() -> None:
    asked = spec("key: {re: 100, im: 0.1}, tolerance: 1%, by: modulus")

    assert notes(marked(asked, ["100+0.9j", "101.1+0.1j"])) == ["complex.right", "complex.wrong"]


def test_a_part_that_is_zero_has_the_tolerance_of_the_modulus() -> None:
    asked = spec("key: {re: 2, im: 0}, tolerance: 5%")

    assert notes(marked(asked, ["2", "2+0j", "2+0.1j", "2+0.11j"])) == [
        "complex.right", "complex.right", "complex.right", "complex.part"
    ]  # fmt: skip
    assert notes(marked(spec("key: {re: 2, im: 0}, tolerance: exact"), ["2∠360°", "2+0.001j"])) == [
        "complex.right", "complex.part"
    ]  # fmt: skip


LITERALS = [
    ("3∠90°", 3j, "exactly, whatever cos 90° is in doubles"),
    ("-5∠180°", 5, ""),
    ("5e^(jπ/2)", 5j, ""),
    ("sqrt(-4)", 2j, "the principal root"),
    ("√-4", None, "a root takes the next number or name"),
    ("-j10", -10j, ""),
    ("3+J4", 3 + 4j, "I and J, too, where the unit holds no joule"),
    ("1+2J", 1 + 2j, ""),
    ("I2", 2j, ""),
    ("7.07×10⁻⁴∠45°", 7.07e-4 * cmath.exp(1j * math.pi / 4), "an angle binds less tightly than a power"),
    ("10∠0°/5∠30°", 2 * cmath.exp(-1j * math.pi / 6), "and more tightly than a stroke"),
    ("2∠1 rad", 2 * cmath.exp(1j), ""),
    ("5∠j", None, "an angle is a real number"),
    ("e^(iπ)", -1, ""),
    ("(1+j)^2", 2j, "exactly"),
    ("conj(3+4i)", 3 - 4j, ""),
    ("ln(-1)", 1j * math.pi, ""),
]


@pytest.mark.parametrize(("text", "value", "remark"), LITERALS)
def test_a_complex_number_is_read_to_the_last_digit(text: str, value: complex | None, remark: str) -> None:
    if value is None:
        with pytest.raises(Stopped):
            parse(text, PURE)
        return

    found = parse(text, PURE).value

    assert abs(found - value) <= 1e-15 * abs(value), remark
    assert [part == 0 for part in (found.real, found.imag)] == [
        part == 0 for part in (complex(value).real, complex(value).imag)
    ], remark


def test_a_word_in_the_place_of_the_unit_costs_as_a_missing_unit_or_waits() -> None:
    asked = spec("key: {re: 3, im: 4}, unit: Ω, tolerance: 1%")

    found = marked(asked, ["3+4j blah", "3+9j blah", "7+9j blah", "3+4jx", "3+4j Ω"])

    assert notes(found) == ["unit.unknown", "unit.unknown.waits", "unit.unknown.waits", "unreadable", "complex.right"]
    assert found.credit.tolist() == [0.8, 0, 0, 0, 1]


def test_an_angle_in_the_other_unit_waits_where_it_would_be_right() -> None:
    asked = spec("key: {modulus: 5, angle: 2.5}, tolerance: 1%")

    found = marked(asked, ["5∠2.5", "5∠2.5 rad", "5∠143.24", "5∠3"])

    assert notes(found) == ["two-readings.waits", "complex.right", "complex.right", "complex.wrong"]
    assert found.credit.tolist()[0] == 0


REFUSED = [
    ("key: {re: 1}, tolerance: 1%",
     "write a complex number as one expression, as re: and im:, or as modulus: and angle: (in radians)"),
    ("key: {re: 1, im: 2, angle: 3}, tolerance: 1%",
     "write a complex number as one expression, as re: and im:, or as modulus: and angle:"),
    ("key: {re: 1, im: 2}, tolerance: exact, by: modulus",
     "by: modulus needs a distance as tolerance: 1%, 0.05 or dp 2"),
    ("key: {re: 1, im: 2}, unit: dB, tolerance: 1%", "a complex number cannot have the unit dB; write a linear unit"),
    ("key: {re: 1, im: 2}, unit: V, tolerance: 0.1 A", "the tolerance is in A, but the key is in V"),
]


@pytest.mark.parametrize(("text", "message"), REFUSED)
def test_what_makes_no_sense_is_refused(text: str, message: str) -> None:
    with pytest.raises(ValidationError) as refused:
        spec(text)

    assert message in str(refused.value)


parts = st.floats(-1e6, 1e6).filter(lambda x: abs(x) > 1e-3)


@settings(max_examples=60, deadline=None)
@given(real=parts, imaginary=parts)
def test_every_way_to_write_the_key_earns_full_marks(real: float, imaginary: float) -> None:
    for polar in ("yes", "no"):
        asked = spec(f"key: {{re: a, im: b}}, unit: kΩ, tolerance: 1%, polar: {polar}")
        key = complex_.bind(asked, Names(a=real, b=imaginary), {})
        texts = complex_.spellings(asked, key, {}, 0)

        assert marked(asked, texts, a=real, b=imaginary).credit.tolist() == [1.0] * len(texts)


def test_the_angle_of_a_key_is_in_radians() -> None:
    asked = spec("key: {modulus: 2, angle: pi/2}, tolerance: 0.01")

    assert notes(marked(asked, ["2j", f"2∠{math.degrees(math.pi / 2)}°"])) == ["complex.right", "complex.right"]


@pytest.mark.parametrize(
    ("fields", "printed"), [("", "3.00 + 4.00j"), (", polar: no", "3.00 + 4.00j"), (", polar: yes", "5.00∠53.1°")]
)
def test_a_key_is_printed_with_its_parts_unless_the_author_wants_it_polar(fields: str, printed: str) -> None:
    asked = spec(f"key: {{re: a, im: b}}, tolerance: 1%{fields}")

    assert complex_.show(asked, complex_.bind(asked, Names(a=3, b=4), {}), {}, 0, "en").text == printed
