"""Measures against published data, against another way to compute them, and by laws."""

from __future__ import annotations

import math
from collections.abc import Callable

import lsat
import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays
from scipy import stats as scipy

from qbank import statistics
from qbank.model import Floats

TABLES = arrays.arrays(np.int64, st.tuples(st.integers(5, 30), st.integers(3, 6)), elements=st.integers(0, 4))
SEVEN = lsat.answers(lsat.SEVEN).astype(np.float64)


def test_classical_measures_of_lsat_section_7_are_those_that_mirt_prints() -> None:
    """Source: `itemstats(expand.table(LSAT7))` in the reference manual of R's mirt, to the printed digits."""
    totals = SEVEN.sum(axis=1)
    told = statistics.reliable(SEVEN)

    assert SEVEN.mean(axis=0).round(3).tolist() == [0.828, 0.658, 0.772, 0.606, 0.843]
    assert statistics.correlations(SEVEN, np.tile(totals, (5, 1)).T).round(3).tolist() == [
        0.530, 0.600, 0.611, 0.592, 0.461,
    ]  # fmt: skip
    assert statistics.discriminations(SEVEN, totals).round(3).tolist() == [0.246, 0.247, 0.313, 0.223, 0.175]
    assert told.without.round(3).tolist() == [0.396, 0.394, 0.345, 0.415, 0.438]


def test_wilsons_interval_is_scipys() -> None:
    for right, count in ((0, 5), (3, 5), (5, 5), (60, 100)):
        low, high = statistics.facility_interval(np.array(right / count), count)
        expected = scipy.binomtest(right, count).proportion_ci(method="wilson")
        assert (float(low), float(high)) == pytest.approx((expected.low, expected.high), abs=1e-12)


@given(TABLES)
def test_correlations_and_their_intervals_are_scipys(table: np.ndarray) -> None:
    values = table.astype(np.float64)
    first, rest = values[:, 0], values[:, 1:].sum(axis=1)
    assume(np.ptp(first) > 0 and np.ptp(rest) > 0)

    expected = scipy.pearsonr(first, rest)
    found = statistics.discriminations(values[:, :1], first + rest)

    assert found[0] == pytest.approx(expected.statistic, abs=1e-9)
    assume(abs(found[0]) < 0.999)
    ends = statistics.correlation_interval(found, len(first))
    assert [float(end[0]) for end in ends] == pytest.approx(list(expected.confidence_interval()), abs=1e-9)


# --- reliability ---------------------------------------------------------------------------------------------------


def test_the_error_of_alpha_is_the_delta_method_by_numbers() -> None:
    """Independent of the formula: α's gradient by finite differences, and the covariances of normal covariances."""
    covariance = np.cov(SEVEN, rowvar=False)
    k, n = len(covariance), len(SEVEN)

    def alpha(matrix: Floats) -> float:
        return float(k / (k - 1) * (1 - np.trace(matrix) / matrix.sum()))

    slope = np.zeros((k, k))
    for row, column in np.ndindex(k, k):
        step = np.zeros((k, k))
        step[row, column] = 1e-6
        slope[row, column] = (alpha(covariance + step) - alpha(covariance - step)) / 2e-6
    product = slope @ covariance
    spread = float(np.trace(product @ product) + np.trace(product @ slope.T @ covariance))

    assert statistics.reliable(SEVEN).error == pytest.approx(math.sqrt(spread / n), rel=1e-5)


def test_where_items_are_parallel_the_error_of_alpha_is_the_short_formula() -> None:
    """Bonett 2002: 2k(1 - α)² / ((k - 1) n)."""
    rng = np.random.default_rng(5)
    table = rng.normal(size=(200_000, 1)) + rng.normal(size=(200_000, 4))
    told = statistics.reliable(table)

    assert told.alpha == pytest.approx(0.8, abs=0.01)
    assert told.error == pytest.approx(math.sqrt(2 * 4 * (1 - told.alpha) ** 2 / (3 * 200_000)), rel=0.01)


def test_feldts_interval_holds_alpha_as_often_as_it_says() -> None:
    rng = np.random.default_rng(7)
    held = 0
    for _ in range(1000):
        low, high = statistics.reliable(rng.normal(size=(25, 1)) + rng.normal(size=(25, 5))).interval()
        held += low <= 5 / 6 <= high

    assert held / 1000 == pytest.approx(0.95, abs=0.02)


@given(TABLES)
def test_alpha_without_an_item_is_the_alpha_of_the_others(table: np.ndarray) -> None:
    values = table.astype(np.float64)
    told = statistics.reliable(values)
    assume(np.isfinite(told.alpha))

    for place in range(values.shape[1]):
        others = statistics.reliable(np.delete(values, place, axis=1)).alpha
        assert told.without[place] == pytest.approx(others, abs=1e-9, nan_ok=True)


@given(TABLES)
def test_the_error_of_measurement_is_that_of_the_totals(table: np.ndarray) -> None:
    values = table.astype(np.float64)
    told = statistics.reliable(values)
    assume(np.isfinite(told.alpha) and told.alpha > 0)

    assert told.measurement == pytest.approx(values.sum(axis=1).std(ddof=1) * math.sqrt(1 - told.alpha))


# --- laws ----------------------------------------------------------------------------------------------------------


@given(TABLES, st.integers(0, 99))
def test_the_order_of_the_candidates_changes_nothing(table: np.ndarray, seed: int) -> None:
    values = table.astype(np.float64)
    order = np.random.default_rng(seed).permutation(len(values))
    groups = np.arange(len(values)) % 2

    def told(rows: Floats, group: np.ndarray) -> list[float]:
        totals, whole = rows.sum(axis=1), statistics.reliable(rows)
        picked = statistics.picked(rows > 1, np.ones(rows.shape, dtype=bool), totals)
        forms = statistics.differences(rows, group)
        return [
            *statistics.discriminations(rows, totals), whole.alpha, whole.error, *whole.without, *picked.lower,
            *picked.upper, *picked.rest, *picked.correlation, *([] if forms is None else forms.chance),
        ]  # fmt: skip

    assert told(values[order], groups[order]) == pytest.approx(told(values, groups), abs=1e-6, nan_ok=True)


@given(TABLES, st.integers(1, 5))
def test_an_item_that_everyone_got_alike_moves_no_other(table: np.ndarray, marks: int) -> None:
    values = table.astype(np.float64)
    more = np.concatenate([values, np.full((len(values), 1), float(marks))], axis=1)

    before, after = (statistics.discriminations(rows, rows.sum(axis=1)) for rows in (values, more))

    assert after[:-1] == pytest.approx(before, abs=1e-9, nan_ok=True)
    assert math.isnan(after[-1])
    k = values.shape[1]
    ratio = (k + 1) / k * (k - 1) / k
    assert statistics.reliable(more).alpha == pytest.approx(
        statistics.reliable(values).alpha * ratio, abs=1e-9, nan_ok=True
    )


@given(TABLES, st.floats(0.1, 10))
def test_what_the_marks_are_counted_in_changes_no_measure(table: np.ndarray, unit: float) -> None:
    values = table.astype(np.float64)
    one, other = statistics.reliable(values), statistics.reliable(values * unit)

    assert other.alpha == pytest.approx(one.alpha, abs=1e-6, nan_ok=True)
    assert other.error == pytest.approx(one.error, abs=1e-6, nan_ok=True)


# --- options -------------------------------------------------------------------------------------------------------


def test_options_are_counted_in_the_outer_groups_and_equal_marks_stay_together() -> None:
    rest = np.array([1, 1, 2, 3, 4, 5, 6, 7, 8, 8], dtype=float)
    chosen = np.array([[1, 0], [1, 0], [0, 1], [0, 1], [1, 0], [0, 1], [0, 1], [0, 1], [0, 1], [0, 0]], dtype=bool)
    shown = np.ones((10, 2), dtype=bool)
    shown[0, 1] = False

    told = statistics.picked(chosen, shown, rest)

    lower, upper = statistics.outer(rest)
    assert (lower.sum(), upper.sum()) == (3, 3)
    assert told.chosen.tolist() == [3, 6]
    assert told.shown.tolist() == [10, 9]
    assert told.lower.tolist() == pytest.approx([2 / 3, 1 / 2])
    assert told.upper.tolist() == pytest.approx([0, 2 / 3])
    assert told.rest.tolist() == pytest.approx([2, 31 / 6])
    assert told.correlation[0] == pytest.approx(scipy.pointbiserialr(chosen[:, 0], rest).statistic)


def test_marks_that_differ_by_the_rounding_of_floats_are_equal() -> None:
    rest = np.array([0.1 + 0.2, 0.3, 0.3, 0.3, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0])

    assert statistics.outer(rest)[0].tolist() == [True] * 4 + [False] * 6


def test_nobody_is_in_an_outer_group_where_all_marks_are_equal() -> None:
    lower, upper = statistics.outer(np.ones(8))

    assert not lower.any()
    assert not upper.any()


# --- forms and power -------------------------------------------------------------------------------------------------


@given(arrays.arrays(np.float64, (24, 2), elements=st.integers(0, 9).map(float)), st.integers(2, 4))
def test_forms_are_compared_as_scipy_does(values: Floats, count: int) -> None:
    groups = np.arange(24) % count
    told = statistics.differences(values, groups)
    assert told is not None
    for column in range(2):
        own = [values[groups == group, column] for group in range(count)]
        if np.isnan(told.statistic[column]) or max(np.ptp(group) for group in own) == 0:
            continue
        expected = scipy.f_oneway(*own)
        assert told.statistic[column] == pytest.approx(expected.statistic)
        # means that are equal but for rounding give SciPy a statistic below zero, which has no chance
        assert told.chance[column] == pytest.approx(expected.pvalue if expected.statistic > 0 else 1)


def test_a_form_that_is_harder_by_what_would_be_found_is_found_four_times_in_five() -> None:
    """Two groups of 60, the difference that `detectable` names, 2000 times."""
    rng, groups = np.random.default_rng(3), np.arange(120) % 2
    noise = rng.normal(size=(120, 2000))
    size = statistics.differences(noise, groups)
    assert size is not None
    told = statistics.differences(noise + groups[:, None] * float(np.median(size.detectable)), groups)
    assert told is not None

    assert (size.chance < 0.05).mean() == pytest.approx(0.05, abs=0.015)
    assert (told.chance < 0.05).mean() == pytest.approx(0.8, abs=0.03)


@pytest.mark.parametrize(("first", "count", "effect"), [(1, 128, 0.25), (2, 156, 0.25), (3, 72, 0.40), (1, 786, 0.10)],
                         ids=["2 × 64", "3 × 52", "4 × 18", "2 × 393"])  # fmt: skip
def test_the_power_of_f_tests_is_that_of_cohens_tables(first: int, count: int, effect: float) -> None:
    """Cohen 1988, table 8.4.4, error 0.05, power 0.80."""
    second = count - first - 1
    assert math.sqrt(statistics.noncentrality(first, second) / count) == pytest.approx(effect, abs=0.005)


def test_small_groups_are_not_compared() -> None:
    assert statistics.differences(np.arange(12.0)[:, None], np.array([0] * 8 + [1] * 4)) is None


# --- drawn values --------------------------------------------------------------------------------------------------


def simulated(seed: int, slope: float) -> tuple[Floats, Floats, Floats]:
    """Scores, marks in the rest and drawn resistances; the larger, the harder by `slope` from end to end."""
    rng = np.random.default_rng(seed)
    drawn = 10 ** rng.uniform(3, 5, 200)
    rest = rng.normal(60, 12, 200)
    chance = 0.6 + (rest - 60) / 80 - slope * (np.log10(drawn) - 4) / 2
    return (rng.random(200) < chance).astype(np.float64), rest, drawn


def test_the_partial_f_is_the_t_of_ordinary_least_squares_squared() -> None:
    score, rest, drawn = simulated(1, 0.3)
    told = statistics.effect(score, rest, drawn)
    assert told is not None

    design = np.stack([np.ones(200), rest, np.log10(drawn)], axis=1)
    inverse = np.linalg.inv(design.T @ design)
    slopes = inverse @ design.T @ score
    variance = ((score - design @ slopes) ** 2).sum() / 197
    t = slopes[2] / math.sqrt(variance * inverse[2, 2])
    assert told.statistic == pytest.approx(t**2)
    assert told.chance == pytest.approx(2 * scipy.t.sf(abs(t), 197))
    assert told.difference == pytest.approx(abs(slopes[2]) * float(np.ptp(np.log10(drawn))))
    assert float(told.easiest) < float(told.hardest)


def test_words_are_compared_with_ability_held_equal() -> None:
    rng = np.random.default_rng(2)
    rest, words = rng.normal(60, 12, 300), np.array(["npn", "pnp", "fet"])[np.arange(300) % 3]
    score = np.clip((rest - 60) / 40 + 0.6 - 0.3 * (words == "pnp") + rng.normal(0, 0.2, 300), 0, 1)

    told = statistics.effect(score, rest, words)

    assert told is not None
    assert (told.hardest, told.freedom) == ("pnp", (2, 296))
    assert told.chance < 1e-6
    assert told.difference == pytest.approx(0.3, abs=0.08)


@pytest.mark.parametrize("slope", [0.0, 1.0], ids=["nothing", "the difference told"])
def test_drawn_values_are_found_as_often_as_is_told(slope: float) -> None:
    found = []
    for seed in range(400):
        _, rest, drawn = simulated(seed, 0.0)
        score = (rest - 60) / 80 + np.random.default_rng(1000 + seed).normal(0, 0.4, 200)
        told = statistics.effect(score, rest, drawn)
        assert told is not None
        size = slope * told.detectable(1) / float(np.ptp(np.log10(drawn)))
        again = statistics.effect(score - size * np.log10(drawn), rest, drawn)
        assert again is not None
        found.append(again.chance < 0.05)

    assert np.mean(found) == pytest.approx(0.8 if slope else 0.05, abs=0.06 if slope else 0.03)


@pytest.mark.parametrize(("values", "remark"), [
    (np.full(40, 3.0), "one value"), (np.array(["a"] * 38 + ["b"] * 2), "a word that two candidates had"),
    (np.array([f"w{n}" for n in range(40)]), "a word for each"), (np.ones((40, 2)), "a vector"),
    (np.where(np.arange(40) == 3, np.inf, np.arange(40.0)), "an infinite value"),
])  # fmt: skip
def test_there_is_no_effect_of(values: np.ndarray, remark: str) -> None:
    score = (np.arange(40) % 2).astype(np.float64)

    assert statistics.effect(score, np.arange(40.0), values) is None, remark


# --- trends and many tests -------------------------------------------------------------------------------------------


def test_a_trend_is_that_of_a_published_table() -> None:
    """Alcohol and malformations: Agresti 2002, table 3.7 and section 3.4.5, with the scores there: z² = 6.570."""
    absent, present = np.array([17066, 14464, 788, 126, 37]), np.array([48, 38, 5, 1, 1])
    counts = absent + present

    told = statistics.trend([0, 0.5, 1.5, 4.0, 7.0], (present / counts).tolist(), counts.tolist())

    assert told is not None
    assert told.statistic**2 == pytest.approx(6.570, abs=0.001)
    assert told.chance == pytest.approx(scipy.chi2.sf(told.statistic**2, 1))


@pytest.mark.parametrize(("times", "shares"), [((2024, 2024), (0.3, 0.6)), ((2023, 2024), (1, 1)), ((2023,), (0.5,))])
def test_there_is_no_trend_without_time_or_marks(times: tuple[float, ...], shares: tuple[float, ...]) -> None:
    assert statistics.trend(times, shares, [50] * len(times)) is None


@given(st.lists(st.floats(0, 1), min_size=1, max_size=12))
def test_adjusted_p_values_are_holms(chances: list[float]) -> None:
    """Rejecting by them is Holm's procedure, step by step."""
    adjusted = statistics.together(np.array(chances))
    for error in (0.01, 0.05, 0.3):
        rejected = set()
        for step, place in enumerate(np.argsort(chances, kind="stable")):
            if chances[place] * (len(chances) - step) > error:
                break
            rejected.add(int(place))
        assert set(np.flatnonzero(adjusted <= error)) == rejected


def test_what_was_not_tested_counts_for_no_test() -> None:
    assert statistics.together(np.array([0.03, math.nan])).tolist() == pytest.approx([0.03, math.nan], nan_ok=True)


@pytest.mark.parametrize("what", [
    lambda: statistics.reliable(np.zeros((0, 4))).alpha,
    lambda: statistics.reliable(np.ones((9, 1))).alpha,
    lambda: statistics.discriminations(np.zeros((0, 1)), np.zeros(0))[0],
    lambda: statistics.facility_interval(np.array(math.nan), 0)[0],
    lambda: statistics.correlation_interval(np.array(0.5), 3)[0],
])  # fmt: skip
def test_too_few_candidates_give_no_number_and_no_warning(what: Callable[[], float]) -> None:
    assert math.isnan(what())
