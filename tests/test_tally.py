"""Figures that add up: a class counted in parts gives the figures of the whole, to the last bit."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from qbank import statistics
from qbank.model import Floats, Marks
from qbank.statistics import Joint, Moments, Spread, quantiles, ranked

THIRDS = st.integers(-6, 60).map(lambda count: count / 3)
ROWS = st.lists(st.tuples(THIRDS, THIRDS, st.booleans()), min_size=1, max_size=30)
CUTS = st.lists(st.integers(0, 30), max_size=4)


def parts(rows: list[tuple[float, float, bool]], cuts: list[int]) -> list[list[tuple[float, float, bool]]]:
    """The rows in parts, some of them perhaps empty."""
    edges = [0, *sorted(min(cut, len(rows)) for cut in cuts), len(rows)]
    return [rows[start:stop] for start, stop in itertools.pairwise(edges)]


def columns(rows: list[tuple[float, float, bool]]) -> tuple[Floats, Floats, np.ndarray[tuple[int], np.dtype[np.bool_]]]:
    first, second = np.array([row[0] for row in rows], float), np.array([row[1] for row in rows], float)
    return first, second, np.array([row[2] for row in rows], dtype=bool)


def joint(rows: list[tuple[float, float, bool]]) -> Joint:
    marks, totals, took = columns(rows)
    return Joint.of(ranked(Marks.of(marks)), ranked(Marks.of(totals)), [took])


@given(ROWS, CUTS)
def test_spreads_and_joints_of_parts_are_those_of_the_whole(
    rows: list[tuple[float, float, bool]], cuts: list[int]
) -> None:
    split = parts(rows, cuts)
    whole, added = Spread.of(Marks.of(columns(rows)[0])), Spread.together([
        Spread.of(Marks.of(columns(own)[0])) for own in split
    ])  # fmt: skip
    one, both = joint(rows), Joint.together([joint(own) for own in split])

    assert (added.mean, added.counts.tolist(), added.marks.texts()) == (
        whole.mean, whole.counts.tolist(), whole.marks.texts())  # fmt: skip
    assert statistics.summary(added).quartiles == statistics.summary(whole).quartiles
    for own in ("marks", "totals", "layers"):
        np.testing.assert_array_equal(getattr(both, own), getattr(one, own))
    np.testing.assert_equal(statistics.joint_discrimination(both), statistics.joint_discrimination(one))


@given(ROWS)
def test_joints_measure_as_the_columns_do(rows: list[tuple[float, float, bool]]) -> None:
    marks, totals, took = columns(rows)
    found = joint(rows)

    assert len(found) == len(rows)
    assert found.mean() == pytest.approx(marks.mean())
    assert found.layers[1].sum() == took.sum()
    assert statistics.joint_discrimination(found) == pytest.approx(
        statistics.discrimination(marks, totals), abs=1e-9, nan_ok=True)
    low, high = statistics.outer(totals - marks)
    of_pairs = statistics.outer(found.totals - found.marks, found.counts)
    assert [int(found.counts[own].sum()) for own in of_pairs] == [low.sum(), high.sum()]


@given(ROWS, st.lists(st.floats(0, 1), min_size=1, max_size=3))
def test_quantiles_are_those_of_numpy(rows: list[tuple[float, float, bool]], shares: list[float]) -> None:
    values = columns(rows)[0]
    spread = Spread.of(Marks.of(values))

    np.testing.assert_allclose(quantiles(values, np.array(shares)), np.quantile(values, shares), atol=1e-12)
    np.testing.assert_allclose(
        quantiles(spread.marks.floats, np.array(shares), spread.counts), np.quantile(values, shares), atol=1e-12)


@given(ROWS, CUTS)
def test_moments_of_parts_are_exact(rows: list[tuple[float, float, bool]], cuts: list[int]) -> None:
    def of(own: list[tuple[float, float, bool]]) -> Moments:
        return Moments.of([Marks.of(each) for each in columns(own)[:2]], len(own))

    whole, added = of(rows), Moments.together([of(own) for own in parts(rows, cuts)])

    assert added.count == whole.count == len(rows)
    if len(rows) > 1:
        np.testing.assert_array_equal(added.covariance(), whole.covariance())
        np.testing.assert_allclose(whole.covariance(), np.cov(np.stack(columns(rows)[:2])), atol=1e-9)


def test_moments_of_huge_marks_are_exact_where_floats_are_not() -> None:
    huge = Marks(np.array([2**60 + 1, 2**60 + 3, 2**60 + 5]), 1)

    assert Moments.of([huge, huge], 3).covariance().tolist() == [[4.0, 4.0], [4.0, 4.0]]
