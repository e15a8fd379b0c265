"""Statistics against their definitions, small cases that are known, and laws."""

from __future__ import annotations

import math
import statistics as textbook

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from qbank import statistics
from qbank.model import Floats, Marks, Steps
from qbank.statistics import Spread

MARKS = st.lists(st.integers(0, 20).map(float), min_size=3, max_size=12)


def column(*values: float) -> Floats:
    return np.array(values, dtype=np.float64)


def spread(*values: float) -> Spread:
    return Spread.of(Marks.of(column(*values)))


@given(MARKS)
def test_a_summary_is_what_the_textbook_says(totals: list[float]) -> None:
    told = statistics.summary(spread(*totals))

    assert told.count == len(totals)
    assert told.mean == pytest.approx(textbook.mean(totals))
    assert told.deviation == pytest.approx(textbook.stdev(totals))
    assert told.quartiles[1] == pytest.approx(textbook.median(totals))
    assert (told.lowest, told.highest) == (min(totals), max(totals))
    assert list(told.quartiles) == pytest.approx(textbook.quantiles(totals, n=4, method="inclusive"))


def test_one_candidate_has_no_deviation_and_none_no_summary() -> None:
    assert math.isnan(statistics.summary(spread(70)).deviation)
    with pytest.raises(ValueError, match=r"^nobody sat the exam: there is nothing to summarise$"):
        statistics.summary(spread())


@pytest.mark.parametrize(
    ("marks", "worth", "expected"),
    [((2, 1), 2, 0.75), ((0, 0), 2, 0.0), ((3, 3), 3, 1.0), ((), 2, math.nan), ((0, 0), 0, math.nan)],
    ids=["some", "hard", "easy", "nobody", "worth nothing"],
)
def test_facility_is_the_mean_share_that_was_earned(marks: tuple[float, ...], worth: float, expected: float) -> None:
    assert statistics.facility(column(*marks), worth) == pytest.approx(expected, nan_ok=True)


@given(MARKS, st.data())
def test_discrimination_is_the_correlation_with_the_rest(marks: list[float], data: st.DataObject) -> None:
    rest = data.draw(st.lists(st.integers(0, 80).map(float), min_size=len(marks), max_size=len(marks)))
    assume(len(set(marks)) > 1)
    assume(len(set(rest)) > 1)

    told = statistics.discrimination(column(*marks), column(*marks) + column(*rest))

    assert told == pytest.approx(textbook.correlation(marks, rest), abs=1e-9)


@pytest.mark.parametrize(
    ("marks", "totals", "remark"),
    [
        ((1, 1, 1), (3, 4, 5), "an item that all got alike"),
        ((0, 1, 2), (5, 6, 7), "nothing but the item"),
        ((0, 1), (3, 5), "two candidates"),
    ],
)
def test_what_does_not_vary_does_not_discriminate(
    marks: tuple[float, ...], totals: tuple[float, ...], remark: str
) -> None:
    assert math.isnan(statistics.discrimination(column(*marks), column(*totals))), remark


def test_reliability_is_cronbachs_alpha() -> None:
    """Worked by hand: variances 1, 1, 4 and 9 give 3/2 (1 - 6/16), and so on."""
    items = {"1": column(1, 2, 3), "2": column(1, 2, 3), "3": column(2, 4, 6)}

    assert statistics.reliability(items) == pytest.approx(3 / 2 * (1 - (1 + 1 + 4) / 16))


@pytest.mark.parametrize(
    ("items", "remark"),
    [
        ({"1": column(1, 2, 3)}, "one item"),
        ({"1": column(1, 2), "2": column(2, 1)}, "two candidates"),
        ({"1": column(1, 2, 3), "2": column(3, 2, 1)}, "nobody differs in total"),
        ({"1": column(0.1, 0.3, 0.2), "2": column(0.2, 0, 0.1)}, "nobody differs, but for the last bit"),
    ],
)
def test_there_is_no_reliability_of(items: dict[str, Floats], remark: str) -> None:
    assert math.isnan(statistics.reliability(items)), remark


@given(MARKS, st.integers(2, 5))
def test_items_that_agree_wholly_are_wholly_reliable(marks: list[float], count: int) -> None:
    assume(len(set(marks)) > 1)

    assert statistics.reliability({str(n): column(*marks) for n in range(count)}) == pytest.approx(1)


@given(st.lists(st.floats(-5, 105), max_size=40), st.integers(1, 20))
def test_a_histogram_counts_everyone_once(totals: list[float], bars: int) -> None:
    """Also those below zero, where wrong answers cost marks."""
    counts, edges = statistics.histogram(spread(*totals), 100.0, bars)

    assert counts.sum() == len(totals)
    assert (len(counts), len(edges)) == (bars, bars + 1)
    assert (edges[0], edges[-1]) == (0, 100)


def test_notes_are_counted_where_they_took_something_off() -> None:
    rows = np.array([True, True, False, True])
    steps = (
        Steps(4)
        .where(~rows, "number.right", 1.0)
        .where(rows, "number.sign", 0.0)
        .where(np.array([True, False, False, False]), "number.figures", 0.8)
        .where(np.array([False, True, True, False]), "carried.IE", 1.0)
        .where(np.array([False, True, True, False]), "carried.credit", 0.5)
    )

    present = np.array([True, True, True, False])
    found = {(each.note, each.which): each.count for each in statistics.lost(steps, present)}

    assert found == {("number.sign", ()): 2, ("number.figures", ()): 1}


def test_notes_are_told_apart_by_names_and_never_by_values() -> None:
    rows = np.array([True, True, True, True])
    picked, given = np.array(["cut", "sat", "cut", "cut"]), np.array([1.0, 2.0, 3.0, 4.0])
    steps = Steps(4).where(rows, "choice.wrong", 0.0, options=picked, given=given)

    assert list(statistics.lost(steps, rows, ("options",))) == [
        statistics.Lost("choice.wrong", ("cut",), 3, 0), statistics.Lost("choice.wrong", ("sat",), 1, 1),
    ]  # fmt: skip
    assert [each.count for each in statistics.lost(steps, rows)] == [4]
