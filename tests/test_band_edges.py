"""Where a band has no width, or its ends are met: keys of zero, exact values beside a range, the factor of 1000."""

from __future__ import annotations

import numpy as np
import pytest
from test_marking_own import item, notes

from qbank import algebra
from qbank.answers._bands import band
from qbank.answers._tolerance import Tolerance, only_exact
from qbank.units import Unit

ZERO = np.array([0.0])


@pytest.mark.parametrize("tolerance", [Tolerance(sf=3), Tolerance(exact=True), Tolerance(rel=0.01)])
def test_around_a_key_of_zero_a_relative_band_is_zero_itself(tolerance: Tolerance) -> None:
    """No share and no figure of zero is anything: not even the smallest number is near it."""
    low, high = band(tolerance, ZERO, Unit())

    assert (low[0], high[0]) == (0.0, 0.0)


def test_a_key_of_zero_in_another_unit_is_where_that_unit_has_its_zero() -> None:
    """0 °C with three figures is 273.15 K and nothing beside it."""
    low, high = band(Tolerance(sf=3), np.array([273.15]), Unit(offset=273.15))

    assert (low[0], high[0]) == (273.15, 273.15)


@pytest.mark.parametrize(("join", "expected"), [("either", (1.0, 3.0)), ("both", (2.0, 2.0))])
def test_exact_joins_a_range_as_the_narrowest_of_bands(join: str, expected: tuple[float, float]) -> None:
    ends = algebra.read("1"), algebra.read("3")
    tolerance = Tolerance(exact=True, range=ends, join=join)
    low, high = band(tolerance, np.array([2.0]), Unit(), ends=(np.array([1.0]), np.array([3.0])))

    assert (low[0], high[0]) == pytest.approx(expected, rel=1e-8)
    assert only_exact(tolerance) == (join == "both")


TWICE = item(
    "p: a, q: 2*p",
    "id: p, answer: {kind: number, key: p, tolerance: exact}",
    "id: q, follows: [p], answer: {kind: number, key: q, tolerance: exact}",
)
FACTOR = [
    ("1000", "2000", True, "a thousand times the key: the last that is carried"),
    ("1001", "2002", False, "more"),
    ("0.001", "0.002", True, "a thousandth: the last"),
    ("0.000999", "0.001998", False, "less"),
    ("-1000", "-2000", True, "the sign does not matter"),
    ("-1001", "-2002", False, "nor does it help"),
]


@pytest.mark.parametrize(("p", "q", "carried", "remark"), FACTOR)
def test_a_value_within_a_factor_of_a_thousand_is_carried(p: str, q: str, carried: bool, remark: str) -> None:
    told = notes(TWICE, p=p, q=q)["q"]

    assert (told == ["carried.p", "number.right"]) == carried, remark


@pytest.mark.parametrize(("value", "same"), [(0.3, True), (0.3000000000000003, True), (0.300000000000001, False)])
def test_an_exact_key_is_itself_but_for_the_last_bits(value: float, same: bool) -> None:
    """0.1 + 0.2 is 0.30000000000000004 as a double, and 0.3 as a decimal."""
    low, high = band(Tolerance(exact=True), np.array([0.1 + 0.2]), Unit())

    assert (low[0] <= value <= high[0]) == same


ENDS = [
    ("key: 2, tolerance: sf 3", "1.995 2 2.0049", "1.9949 2.005", "the near half rounds to the key, the far one away"),
    ("key: -2, tolerance: sf 3", "-1.995 -2 -2.0049", "-1.9949 -2.005 2", "so below zero"),
    ("key: 0.5, tolerance: sf 1", "0.45 0.549", "0.449 0.55", "a key below 1"),
    ("key: 10, tolerance: sf 2", "9.51 10.49", "9.5 10.5", "half a unit of the 0 in 10, on both sides"),
    ("key: 9.96, tolerance: sf 2", "9.51 10.49", "9.5 10.5", "rounded, the key is 10"),
    ("key: 2k, unit: kΩ, tolerance: sf 3", "1.995kΩ 2004.9Ω", "1994.9Ω 2005Ω", "the figures are those of any unit"),
    ("key: 293.15, unit: °C, tolerance: sf 2", "19.5°C 20.49°C", "19.4°C 20.5°C", "and of a unit with an offset"),
    ("key: 253.15, unit: °C, tolerance: sf 2", "-19.5°C -20.49°C", "-19.4°C -20.5°C", "below its zero"),
    ("key: 4.7, unit: Ω, tolerance: 1%", "4R7 4R7Ω 4.7R", "4k7 4R8", "R for the point, with the unit behind it"),
    ("key: 1, tolerance: exact, form: constant", "2^0 2^1/2", "2^1/1 3^1/1", "another grouping of one value is none"),
    ("key: 2, tolerance: dp 1", "1.95 2.05", "1.949 2.051", "half a decimal, both ends among them"),
    ("key: 2k, unit: kΩ, tolerance: dp 1", "1.95kΩ 2050Ω", "1949Ω 2051Ω", "decimals of the part's unit"),
    ("key: 2k, unit: kΩ, tolerance: 0.1", "1.9kΩ 2100Ω", "1899Ω 2101Ω", "a distance in the part's unit"),
    ("key: 2k, unit: kΩ, tolerance: 100 Ω", "1.9kΩ 2100Ω", "1899Ω 2101Ω", "a distance in its own"),
    ("key: '2.50', tolerance: last", "2.495 2.505", "2.4949 2.5051", "half a unit of the last figure written"),
    ("key: 0, unit: dB, level: amplitude, also: ratio, tolerance: exact", "0dB 1", "2", "a ratio of one is no level"),
    ("key: 20, unit: dB, level: amplitude, also: ratio, tolerance: 1", "20dB 10 9倍", "8.9 100", "19 to 21 dB"),
    ("key: 20, unit: dB, level: power, also: ratio, tolerance: 1", "20dB 100", "10 79", "ten times the logarithm"),
    ("key: 10, tolerance: 1% or 0.5", "9.5 10.5", "9.49 10.51", "the wider"),
    ("key: 10, tolerance: 5% or 0.2", "9.5 10.5", "9.49 10.51", "the wider, in the other order"),
    ("key: 10, tolerance: 1% and 0.5", "9.9 10.1", "9.89 10.11", "the narrower"),
    ("key: 10, tolerance: 5% and 0.2", "9.8 10.2", "9.79 10.21", "the narrower, in the other order"),
    ("key: 10, tolerance: 1% + 0.1", "9.8 10.2", "9.79 10.21", "both together"),
    ("key: 10, tolerance: {rel: 0.01, abs: 0.1, dp: 1, join: sum}", "9.75 10.25", "9.74 10.26", "all three together"),
    ("key: 1/3, tolerance: exact", "1/3 2/6", "0.333 0.33333333333333333", "no decimal is a third"),
    ("key: 1/3, tolerance: exact and 1%", "1/3", "0.3333 0.333333333333333", "nor where a share is joined to it"),
    ("key: 1/3, tolerance: exact or 1%", "1/3 0.333", "0.329", "one of the two is enough"),
    ("key: 0.1, tolerance: exact", "0.1 1/10 0.10", "0.1000000000001 0.10000000000000001", "as decimals"),
]  # fmt: skip


@pytest.mark.parametrize(("answer", "right", "wrong", "remark"), ENDS)
def test_a_tolerance_ends_where_it_says(answer: str, right: str, wrong: str, remark: str) -> None:
    asked = item("p: a", f"id: p, answer: {{kind: number, {answer}}}")

    for written in right.split():
        assert notes(asked, p=written)["p"] == ["number.right"], (written, remark)
    for written in wrong.split():
        assert "number.right" not in notes(asked, p=written)["p"], (written, remark)


@pytest.mark.parametrize(("zeros", "note"), [(999, "number.right"), (1000, "unreadable")])
def test_a_thousand_characters_are_read_and_no_more(zeros: int, note: str) -> None:
    asked = item("p: a", "id: p, answer: {kind: number, key: 5, tolerance: exact}")

    assert notes(asked, p="0" * zeros + "5")["p"] == [note]


LIMITS = item("p: a", "id: p, answer: {kind: formula, key: x, over: {x: real}}")


@pytest.mark.parametrize(
    ("written", "note", "remark"),
    [
        ("x*9e99/9e99", "formula.right", "the largest number that is read"),
        ("x*1e100/1e100", "unreadable", "beyond it"),
        ("x" + " " * 998 + "+0", "unreadable", "1,001 characters"),
        ("x" + " " * 997 + "+0", "formula.right", "1,000"),
    ],
    ids=["9e99", "1e100", "1001", "1000"],
)
def test_a_formula_is_read_up_to_its_limits(written: str, note: str, remark: str) -> None:
    assert notes(LIMITS, p=written)["p"] == [note], remark
