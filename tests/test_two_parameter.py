"""The two-parameter model against published estimates, its own likelihood by another way, and known parameters."""

from __future__ import annotations

import lsat
import numpy as np
import pytest
from numpy.typing import NDArray
from scipy import integrate

from qbank import statistics
from qbank.model import Floats
from qbank.statistics import TwoParameter, _two_parameter

LTM = {
    "slope": (0.8254, 0.7229, 0.8905, 0.6886, 0.6575),
    "slope_error": (0.2581, 0.1867, 0.2326, 0.1852, 0.2100),
    "difficulty": (-3.3597, -1.3696, -0.2799, -1.8659, -3.1236),
    "difficulty_error": (0.8669, 0.3073, 0.0997, 0.4341, 0.8700),
}
"""Section 6 by R's ltm (Rizopoulos 2006, Journal of Statistical Software 17(5)), 21 nodes, a gradient of 0.024 left."""
MIRT = {
    "slope": (0.988, 1.081, 1.707, 0.765, 0.736),
    "slope_low": (0.639, 0.755, 1.086, 0.500, 0.437), "slope_high": (1.336, 1.407, 2.329, 1.030, 1.034),
    "intercept": (1.856, 0.808, 1.805, 0.486, 1.854),
    "intercept_low": (1.599, 0.629, 1.395, 0.339, 1.630), "intercept_high": (2.112, 0.987, 2.215, 0.633, 2.079),
}  # fmt: skip
"""Section 7 by R's mirt (Chalmers 2012, Journal of Statistical Software 48(6)), 61 nodes, tolerance 1e-5."""


@pytest.fixture(scope="module")
def six() -> TwoParameter:
    return fitted(lsat.answers(lsat.SIX))


def fitted(right: NDArray[np.bool_]) -> TwoParameter:
    found = statistics.two_parameter(right)
    assert found is not None
    return found


def likelihood(right: NDArray[np.bool_], slope: Floats, intercept: Floats) -> float:
    """By adaptive integration over the abilities: no node of ours."""
    patterns, counts = np.unique(right, axis=0, return_counts=True)

    def density(theta: float, pattern: NDArray[np.bool_]) -> float:
        chance = 1 / (1 + np.exp(-(slope * theta + intercept)))
        return float(np.prod(np.where(pattern, chance, 1 - chance)) * np.exp(-theta * theta / 2) / np.sqrt(2 * np.pi))

    shares = [integrate.quad(density, -9, 9, args=(each,), epsabs=1e-13)[0] for each in patterns]
    return float(counts @ np.log(shares))


@pytest.mark.parametrize(("name", "digits"), [
    ("slope", 1e-3), ("slope_error", 2.5e-4), ("difficulty", 2.5e-3), ("difficulty_error", 1.3e-3)])
def test_section_6_has_the_published_estimates(six: TwoParameter, name: str, digits: float) -> None:
    """To three decimals of a slope: ltm stopped before its maximum, as the next test shows."""
    assert getattr(six, name) == pytest.approx(np.array(LTM[name]), abs=digits)


def test_section_6_has_the_published_likelihood_and_ours_is_not_below_it(six: TwoParameter) -> None:
    right = lsat.answers(lsat.SIX)
    theirs = likelihood(right, np.array(LTM["slope"]), -np.array(LTM["slope"]) * np.array(LTM["difficulty"]))

    assert round(six.likelihood, 3) == -2466.653
    assert likelihood(right, six.slope, six.intercept) == pytest.approx(six.likelihood, abs=1e-6)
    assert theirs <= six.likelihood


def test_section_7_has_the_published_estimates_to_their_printed_digits() -> None:
    """The last printed digit may differ by one, for both programs stop within a tolerance."""
    seven = fitted(lsat.answers(lsat.SEVEN))

    assert round(seven.likelihood, 3) == -2658.805
    assert seven.slope == pytest.approx(np.array(MIRT["slope"]), abs=1.1e-3)
    assert seven.intercept == pytest.approx(np.array(MIRT["intercept"]), abs=1.1e-3)

def test_section_7_has_the_published_information() -> None:
    """Its condition number at the estimates that mirt prints with it; the errors by mirt's rougher SEM method.

    A change of the third decimal of a slope moves the condition number by 0.025.
    """
    right = lsat.answers(lsat.SEVEN)
    seven = fitted(right)
    patterns, counts = np.unique(right, axis=0, return_counts=True)
    model = _two_parameter._Model(patterns.astype(np.float64), counts.astype(np.float64))

    printed = np.array([0.988, 1.081, 1.706, 0.765, 0.736, 1.856, 0.808, 1.804, 0.486, 1.855])

    assert np.linalg.cond(model.information(printed)) == pytest.approx(30.23088, abs=0.025)
    for name in ("slope", "intercept"):
        half = (np.array(MIRT[f"{name}_high"]) - np.array(MIRT[f"{name}_low"])) / 2 / 1.959964
        assert getattr(seven, f"{name}_error") == pytest.approx(half, rel=0.03)


def test_known_parameters_are_found_within_their_errors() -> None:
    rng = np.random.default_rng(11)
    slope, intercept = rng.uniform(0.5, 2, 20), rng.normal(0, 1, 20)
    ability = rng.normal(size=3000)
    right = rng.random((3000, 20)) < 1 / (1 + np.exp(-(ability[:, None] * slope + intercept)))

    told = fitted(right)

    off = np.concatenate([(told.slope - slope) / told.slope_error, (told.intercept - intercept) / told.intercept_error])
    assert np.abs(off).max() < 3.5
    assert 0.6 < np.sqrt(np.mean(off**2)) < 1.4
    assert np.corrcoef(told.ability, ability)[0, 1] > 0.85


def test_the_order_of_candidates_and_parts_changes_nothing(six: TwoParameter) -> None:
    right = lsat.answers(lsat.SIX)
    rows, columns = np.random.default_rng(1).permutation(1000), [3, 1, 4, 0, 2]

    other = fitted(right[rows][:, columns])

    assert other.slope == pytest.approx(six.slope[columns], abs=1e-4)
    assert other.ability == pytest.approx(six.ability[rows], abs=1e-3)


def test_parts_that_are_separated_have_no_estimate() -> None:
    """Whoever knows the first knows them all: the likelihood grows without end."""
    step = np.arange(300)[:, None] >= np.array([60, 120, 180, 240])

    assert statistics.two_parameter(step) is None


def test_a_part_that_everyone_got_right_is_refused() -> None:
    with pytest.raises(ValueError, match=r"^a part that everyone answered alike has no slope$"):
        statistics.two_parameter(np.ones((300, 4), dtype=bool))
