"""A number is read as it was written, one by one and in columns alike."""

from __future__ import annotations

import math

import numpy as np
import polars as pl
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from written_answers import NOT_NUMBERS, NUMBERS, Refused, Written

from qbank import numerals, units
from qbank.model import BLANK, READ, UNREADABLE
from qbank.numerals import rounding, writing
from qbank.numerals.columns import FEW

NAME = "A_u"
FILLING = [f"{number} V" for number in range(FEW)]
"""So many texts that columns are worth setting up."""


@pytest.mark.parametrize("row", NUMBERS, ids=lambda row: row.text)
def test_a_number_is_read_with_its_figures_and_unit(row: Written) -> None:
    number = numerals.one(row.text, prefix=True, name=NAME)

    assert (number.state, number.value, (number.low, number.high), number.unit) == (
        READ, row.value, row.figures, row.unit
    ), row.remark  # fmt: skip


@pytest.mark.parametrize("row", NOT_NUMBERS, ids=lambda row: row.text[:24])
def test_what_is_no_number_says_where_and_why(row: Refused) -> None:
    number = numerals.one(row.text, prefix=True, name=NAME)

    assert (number.state, number.stop, number.expected) == (UNREADABLE, row.column, row.reason), row.remark


@pytest.mark.parametrize("text", ["", " ", "\n\t", "\u3000", "\u200b", "\ufeff \u2060"])
def test_nothing_given_is_blank(text: str) -> None:
    assert numerals.one(text).state == BLANK
    assert numerals.read([text], prefix=True).state.tolist() == [BLANK]


@pytest.mark.parametrize(
    ("comma", "text", "value"),
    [
        ("ask", "1,5", 1.5), ("ask", "1,234", None), ("ask", "1,234,567", 1234567),
        ("decimal", "1,5", 1.5), ("decimal", "1,234", 1.234), ("decimal", "1,234,567", 1234567),
        ("thousands", "1,5", None), ("thousands", "1,234", 1234), ("thousands", "1,234.5", 1234.5),
    ],
)  # fmt: skip
def test_the_comma_follows_the_papers_policy(comma: numerals.Comma, text: str, value: float | None) -> None:
    number = numerals.one(text, comma=comma)
    column = numerals.read([text], comma=comma, prefix=False)

    assert (number.value if number.state == READ else None) == value
    assert (column.value[0] if column.state[0] == READ else None) == value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("000000123456789.5", 123456789.5),  # 15 digits before the point
        ("0000001234567890.5", 1234567890.5),  # 16, as many as are read at once
        ("00000012345678901.5", 12345678901.5),
        ("1234567890.000000", 1234567890),
        ("1234567890.0000005", 1234567890.0000005),
    ],
)
def test_a_long_number_keeps_its_last_digit(text: str, value: float) -> None:
    column = numerals.read([text, f"-{text}"], prefix=False)

    assert column.value.tolist() == [value, -value]


def test_an_ambiguous_comma_shows_both_numbers() -> None:
    assert numerals.one("1,234").hint == "1.234 / 1234"


def test_a_prefix_inside_a_number_needs_a_part_that_takes_one() -> None:
    assert numerals.one("4k7", prefix=False).expected == "prefix"


def test_more_figures_than_a_double_holds_are_marked() -> None:
    clipped = [numerals.one(text).clipped for text in ("2652.00000000000000001", "2652.00000000000000000", "0.1")]

    assert clipped == [True, False, False]


PIECES = ["1", "2", "0", "00", "7.", ".5", "-", "−", "+", ",", ".", " ", "e", "E", "e3", "k", "m", "V", "mV", "Ω", "µ",
          "%", "/", "*", "π", "(", ")", "^", "x10", "10", "3,5", "999999999999999", "。", "=", "12345678901234567",
          "eV", "pi", "sin", "倍", "_", "=A_u", "A_u=", "1e99", "1e-99", "\t", "K", "R"]  # fmt: skip
texts = st.one_of(
    st.lists(st.sampled_from(PIECES), max_size=7).map("".join),
    st.text(max_size=12),
    st.floats(allow_nan=False, allow_infinity=False).map(repr),
    st.decimals(-10000, 10000, places=4).map(str),
)


@settings(max_examples=300, deadline=None)
@given(st.lists(texts, max_size=30), st.sampled_from(["ask", "decimal", "thousands"]), st.booleans())
@example(["\u20095", "•5", "≓5", "—5", "–5", "5,", ",5", "100", "100.", "1200", "0,234", "1234,567", "10"], "ask", True)
@example(["5,", ",5", "5,0", "5/3", "5(V)", "5=", r"5\,V", "5×10³ V", "5‰", "5%", "5kV", "5.5.5"], "decimal", True)
@example(["0.99999999999999999999", "1e-5V", "-0", "+.5", "1.", "inf", "1_0", "9007199254740993"], "ask", True)
def test_columns_agree_with_the_grammar(written: list[str], comma: numerals.Comma, prefix: bool) -> None:
    """A batch is read as its texts are, one by one, whichever way each of them goes."""
    columns = numerals.read([*written, *FILLING], comma=comma, prefix=prefix, name=NAME)

    for row, text in enumerate(written):
        number = numerals.one(text, comma=comma, prefix=prefix, name=NAME)
        value = float(columns.value[row])
        assert (
            columns.state[row], columns.low[row], columns.high[row], columns.decimals[row],
            columns.tails[columns.unit[row]], columns.form[row], columns.clipped[row], columns.stop[row],
            numerals.CODES[columns.expected[row]],
        ) == (
            number.state, number.low, number.high, number.decimals,
            number.unit, number.form, number.clipped, number.stop,
            number.expected,
        ), text  # fmt: skip
        assert value == number.value or (math.isnan(value) and math.isnan(number.value)), text


COMMAS = [
    "123,456", "12,345", "1,234", "0,123", "1234,567", "123,45", "000,123", "-123,456", "1234567,5", ",5", "5,",
    "1.234,5", "1 234,5", "1,234.5", "123,456 V", " 5 V", " -5 V", " 123,456", "5 mV", "5 mA", "5 kV", "5 kA", "5 V",
    "5 A", " 5", "7 V", "2.50 (V)", "2.50 ( V)",
    "123456789012345678", "12345678901234567.8", "0.00000000000000012345678",
]  # fmt: skip


@pytest.mark.parametrize("comma", ["ask", "decimal", "thousands"])
def test_commas_spaces_and_units_are_read_alike_in_columns(comma: numerals.Comma) -> None:
    columns = numerals.read([*COMMAS, *FILLING], comma=comma, prefix=False)

    for row, text in enumerate(COMMAS):
        number = numerals.one(text, comma=comma)
        assert (columns.state[row], columns.tails[columns.unit[row]], columns.low[row], columns.high[row]) == (
            number.state, number.unit, number.low, number.high), text  # fmt: skip
        assert columns.value[row] == pytest.approx(number.value, rel=0, abs=0, nan_ok=True), text


@pytest.mark.parametrize(
    ("text", "asked", "decimal", "thousands"),
    [("123,456", None, 123.456, 123456), ("1234,567", 1234.567, 1234.567, None), ("0,123", 0.123, 0.123, None),
     ("123,45", 123.45, 123.45, None), ("1.234,5", 1234.5, 1234.5, None), ("1,234.5", 1234.5, 1234.5, 1234.5)],
)  # fmt: skip
def test_a_comma_is_read_as_the_paper_says(
    text: str, asked: float | None, decimal: float | None, thousands: float | None
) -> None:
    numbers = [numerals.one(text, comma="ask"), numerals.one(text, comma="decimal"),
               numerals.one(text, comma="thousands")]  # fmt: skip

    assert [one.value if one.state == READ else None for one in numbers] == [asked, decimal, thousands]


def test_the_table_is_read_alike_in_columns() -> None:
    rows = [row.text for row in NUMBERS] + [row.text for row in NOT_NUMBERS] + [f"5 V{' ' * 1000}"]
    columns = numerals.read([*rows, *FILLING], prefix=True, name=NAME)

    for index, text in enumerate(rows):
        assert columns.state[index] == numerals.one(text, prefix=True, name=NAME).state, text
    assert columns.value[: len(NUMBERS)].tolist() == [row.value for row in NUMBERS]


def test_repeated_texts_are_read_once_and_stand_in_their_places() -> None:
    series = pl.Series(["1.5", "2 V", "junk", None, "4,7"] * 60_000)
    columns = numerals.read(series, prefix=True)

    assert len(columns) == 300_000
    assert columns.state[:5].tolist() == [READ, READ, UNREADABLE, BLANK, READ]
    assert columns.value[-5:-3].tolist() == [1.5, 2.0] and columns.value[-1] == 4.7
    assert columns.tails[columns.unit[1]] == "V"


def test_half_a_character_is_no_number() -> None:
    columns = numerals.read(["\ud800", "5\ud800", "5"], prefix=True)

    assert columns.state.tolist() == [UNREADABLE, UNREADABLE, READ]


@settings(deadline=None)
@given(st.text(max_size=60))
@example("🈡")  # a traditional character in a square
def test_any_text_at_all_is_read_or_refused_with_a_place(text: str) -> None:
    number = numerals.one(text, prefix=True)

    assert number.state in (BLANK, READ, UNREADABLE)
    assert number.state != UNREADABLE or 1 <= number.stop <= len(text) + 1
    assert number.expected in numerals.REASONS
    assert numerals.normalise(numerals.normalise(text)) == numerals.normalise(text)


PRINTED = [
    (4700, "Ω", None, "4.7 kΩ", r"4.7\,\mathrm{k\Omega}"),
    (1e-5, "F", None, "10 µF", r"10\,\mathrm{\mu F}"),
    (0.026, "V", None, "26 mV", r"26\,\mathrm{mV}"),
    (500, "kΩ", None, "0.5 kΩ", r"0.5\,\mathrm{k\Omega}"),
    (-10, "", None, "−10", "-10"),
    (0.000123, "", None, "1.23 × 10⁻⁴", r"1.23\times10^{-4}"),
    (0.1 + 0.2, "", None, "0.3", "0.3"),
    (999.96, "V", 3, "1.00 kV", r"1.00\,\mathrm{kV}"),
    (2.675, "", 3, "2.68", "2.68"),
    (1048576, "", None, "1048576", "1048576"),
    (0.5, "%", None, "50%", r"50\%"),
    (20, "dB", None, "20 dB", r"20\,\mathrm{dB}"),
    (0, "V", None, "0 V", r"0\,\mathrm{V}"),
    (-0.0, "", None, "0", "0"),
    (4700, "s", None, "4700 s", r"4700\,\mathrm{s}"),
    (298.15, "°C", None, "25 °C", r"25\,^{\circ}\mathrm{C}"),
    (0, "", 2, "0.0", "0.0"),
    (math.inf, "V", None, "∞", r"\infty"),
    (-math.inf, "", None, "−∞", r"-\infty"),
]


@pytest.mark.parametrize(("value", "unit", "figures", "text", "tex"), PRINTED)
def test_a_value_prints_as_an_instructor_writes_it(
    value: float, unit: str, figures: int | None, text: str, tex: str
) -> None:
    printed = numerals.write(value, unit, figures)

    assert (printed.text, printed.tex) == (text, tex)


def test_arrays_print_with_one_number_of_decimals() -> None:
    vector = numerals.write_array([0.46, -0.2])
    matrix = numerals.write_array([[1.0, 2.5], [3.0, 4.0]])

    assert (vector.text, vector.tex) == ("(0.46, −0.20)", r"\begin{bmatrix}0.46\\-0.20\end{bmatrix}")
    assert matrix.tex == r"\begin{bmatrix}1.0&2.5\\3.0&4.0\end{bmatrix}"


def test_what_vanishes_has_no_sign_and_a_power_of_ten_has_brackets() -> None:
    assert numerals.write(-0.0001, decimals=2).text == "0.00"
    assert numerals.write_complex(complex(1, 1e-7)).text == "1 + (1 × 10⁻⁷)j"
    assert [each.text for each in map(numerals.write_complex, (1 - 2j, 1 + 2j))] == ["1 − 2j", "1 + 2j"]
    assert [each.tex for each in map(numerals.write_complex, (1 - 2j, 1 + 2j))] == [
        r"1 - 2\,\mathrm{j}", r"1 + 2\,\mathrm{j}"
    ]  # fmt: skip
    assert [each.text for each in numerals.write_entries([1e-9, 2.0])] == ["1 × 10⁻⁹", "2"]


@pytest.mark.parametrize("value", [2.5, 2.0**54])
def test_only_whole_numbers_have_digits_in_another_base(value: float) -> None:
    with pytest.raises(ValueError, match="it is not a whole number below 2\\^53"):
        numerals.digits(value, 16)


def test_what_is_not_finite_is_not_printed() -> None:
    with pytest.raises(ValueError, match=r"^nan cannot be printed: it is not a finite number$"):
        numerals.write(math.nan)


@settings(deadline=None)
@given(st.floats(1e-12, 1e12), st.booleans(), st.sampled_from(["", "V", "kΩ", "µF", "Hz", "m/s"]))
def test_what_is_printed_is_read_back(size: float, negative: bool, unit: str) -> None:
    value = -size if negative else size
    number = numerals.one(numerals.write(value, unit).text)

    assert number.state == READ
    assert math.isclose(number.value * units.read(number.unit).factor, value, rel_tol=2e-11)


@pytest.mark.parametrize("unit", [unit for unit in writing._SPAN if unit not in ("Vpp", "Vp", "Vrms")])
def test_every_prefix_of_a_unit_is_read_back_and_so_is_what_is_beyond_them(unit: str) -> None:
    assert numerals.write(1.5 * units.read(unit).factor, unit).text == f"1.5 {unit}", "a few of it need no prefix"
    for power in range(-20, 20):
        value = 1.5 * 10.0**power
        number = numerals.one(numerals.write(value, unit).text)
        assert math.isclose(number.value * units.read(number.unit).factor, value, rel_tol=1e-12), power


def test_a_value_is_rounded_as_it_prints_in_its_unit() -> None:
    angle, hot, resistor = math.radians(63.434949), np.array([295.664]), np.array([4733.0])

    assert np.degrees(rounding.rounded_in("°", np.array([angle]), figures=3)) == pytest.approx([63.4])
    assert rounding.rounded_in("°C", hot, decimals=1) == pytest.approx([295.65])
    assert rounding.rounded_in("kΩ", resistor, decimals=1).tolist() == [4700]


WRITTEN = [
    (82944, "", "82944", "a whole number that four figures would cut"),
    (2**53 - 1, "", "9007199254740991", "the last whole number that a float is sure of"),
    (2**53 * 4, "", "3.6028797019 × 10¹⁶", "beyond it, a power of ten"),
    (-1234567, "", "−1234567", "with its sign"),
    (0.5, "", "0.5", "no whole number"),
    (1e24, "", "1 × 10²⁴", "never 24 digits"),
    (1.602e-19, "C", "1.602 × 10⁻¹⁹ C", "far below the smallest prefix of the unit"),
    (2e-17, "C", "0.02 fC", "just below the smallest prefix"),
    (4e9, "V", "4000 MV", "above the largest prefix, and short"),
    (4e13, "V", "4 × 10¹³ V", "far above the largest prefix"),
    (123456789, "Ω", "123.456789 MΩ", "a whole number with a unit takes its prefix"),
    (2e11, "dB", "2 × 10¹¹ dB", "a unit without prefixes"),
    (0, "C", "0 C", "nothing"),
]
"""A value in SI, its unit, what is printed, and what is odd."""


@pytest.mark.parametrize(("value", "unit", "expected", "remark"), WRITTEN, ids=[row[3] for row in WRITTEN])
def test_a_value_prints_with_a_prefix_that_fits_and_no_more_digits_than_it_has(
    value: float, unit: str, expected: str, remark: str
) -> None:
    assert numerals.write(float(value), unit).text == expected, remark


def test_a_matrix_of_complex_numbers_is_set_row_by_row() -> None:
    rows = [numerals.write_complex(each).tex for each in ([[1 + 0j, 2j, 3 + 0j]], [[1j], [2j], [3j]])]

    assert [each.count("&") for each in rows] == [2, 0]
    assert [each.count(r"\\") for each in rows] == [0, 2]
