"""What numbers earn, as the table of written numbers says; and two laws over the whole table."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from test_answers_number import bound, last, marked, spec_of
from written_numbers import ROWS, WAITS, Row

from qbank import model, units


def test_the_table_is_long_and_says_nothing_twice() -> None:
    said = [(row.part, row.text) for row in ROWS]

    assert len(said) >= 150
    assert len(said) == len(set(said))


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row.part} {row.text}"[:70])
def test_a_number_earns_what_the_table_says(row: Row) -> None:
    spec = spec_of(row.part)
    steps = marked(spec, [row.text], bound(spec))
    note = last(steps)

    assert note == row.note, row.remark
    assert steps.credit[0] == pytest.approx(0.0 if row.credit == WAITS else row.credit), row.remark
    assert (note.endswith(model.WAITS) or note == "unreadable") == (row.credit == WAITS)


# The laws: spelling never changes a mark, a wider tolerance never lowers one; answers that wait stand apart.

UNITS = ("V", "mV", "kΩ", "µF", "m/s^2", "N m", "Hz", "rad/s", "°", "%", "")
SPELT = {
    "V": ("V", "volts", "伏", "伏特", "Ｖ", "Wb/s", "J/C", "AΩ"), "mV": ("mV", "millivolts", "毫伏", "mV 左右"),
    "kΩ": ("kΩ", "k\u2126", "kohm", "kilohms", "千欧", "V/mA", "KΩ"), "µF": ("µF", "μF", "uF", "微法", "microfarads"),
    "m/s^2": ("m/s^2", "m/s2", "m/s²", "m·s⁻²", "米/秒²", "m/s/s"), "N m": ("N m", "N·m", "Nm", "牛米", "J"),
    "Hz": ("Hz", "赫兹", "1/s", "s⁻¹", "hertz"), "rad/s": ("rad/s", "弧度/秒", "1/s", "弧度每秒"),
    "°": ("°", "度", "deg", "degrees"), "%": ("%", "％", "percent"), "": ("", "倍"),
}  # fmt: skip
"""Ways to write each unit: all of one size."""
WIDE = str.maketrans("0123456789-.", "０１２３４５６７８９－．")
SPELLINGS: tuple[Callable[[str, str], str], ...] = (
    lambda digits, unit: f"{digits} {unit}",
    lambda digits, unit: f"{digits}{unit}",
    lambda digits, unit: f"  {digits}\u2009{unit} ",
    lambda digits, unit: f"{digits.replace('-', '−')} {unit}",
    lambda digits, unit: f"{digits.translate(WIDE)} {unit}",
    lambda digits, unit: f"\ufeff{digits[0]}\u200b{digits[1:]} {unit}\u200e",
    lambda digits, unit: f"（{digits}）{unit}",
    lambda digits, unit: f"≈ {digits} {unit}。",
    lambda digits, unit: f"{digits.replace('.', ',')} {unit}",
    lambda digits, unit: f"{digits}e0 {unit}",
    lambda digits, unit: f"{digits}×10⁰ {unit}",
)


@st.composite
def answers(draw: st.DrawFn) -> tuple[str, str, str]:
    """A part, an answer to it near the key or far from it, and the same answer in another spelling.

    No number has exactly three decimals: a comma before three digits is another matter.
    """
    unit = draw(st.sampled_from(UNITS))
    key = draw(st.decimals(-900, 900, places=2).filter(lambda value: abs(value) >= 1))
    given = draw(st.sampled_from((key, key * 10, -key, key * 2, key + Decimal("0.01"), key / 10)))
    digits = f"{given.quantize(Decimal('0.01')):f}"
    factor = units.read(unit).factor
    tolerance = draw(st.sampled_from(("1%", "5%", "0.1", "sf 3")))
    part = f"key: {float(key) * factor!r}, unit: '{unit}', tolerance: {tolerance}"
    one, other = draw(st.sampled_from(SPELT[unit])), draw(st.sampled_from(SPELT[unit]))
    return part, f"{digits} {one}", draw(st.sampled_from(SPELLINGS))(digits, other)


@given(answers())
@settings(max_examples=400)
def test_spelling_never_changes_a_mark(case: tuple[str, str, str]) -> None:
    part, one, other = case
    spec = spec_of(part)
    steps = marked(spec, [one, other], bound(spec))
    assume(not steps.waits.any())

    assert steps.credit[0] == pytest.approx(steps.credit[1]), (part, one, other)


WIDER = (("0.1%", "1%"), ("1%", "5%"), ("0.01", "0.5"), ("exact", "1%"), ("1% and 0.1", "1%"), ("1%", "1% or 0.1"),
         ("1% or sf 3", "1% + 0.3 + sf 3"), ("dp 2", "dp 1"), ("exact", "exact or sf 2"),
         ("sf 3", "sf 3 or 3%"))  # fmt: skip
KEYS = ("5", "-10", "0.785", "4700", "2/3", "0", "1e-9")


@given(st.sampled_from(WIDER), st.sampled_from(ROWS), st.sampled_from(KEYS))
@settings(max_examples=600)
def test_a_wider_tolerance_never_lowers_a_mark(tolerances: tuple[str, str], row: Row, key: str) -> None:
    unit = re.search(r"unit: ('?[^,']+'?)", row.part)
    assume(unit is None or ("°C" not in unit[1] and "ft" not in unit[1]))
    texts = [row.text, key, f"{key} {unit[1]}" if unit else f"{key}0"]
    credits = []
    for tolerance in tolerances:
        spec = spec_of(f"key: {key}, tolerance: {tolerance}" + (f", unit: {unit[1]}" if unit else ""))
        steps = marked(spec, texts, bound(spec))
        credits.append(np.where(steps.waits, np.nan, steps.credit))
    apart = np.isnan(credits).any(axis=0)

    assert (credits[0] <= credits[1] + 1e-12)[~apart].all(), (tolerances, key, texts, credits)
