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
