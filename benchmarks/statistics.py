"""The statistics of a large exam: everything of `qbank stats`, of columns of marks, against numpy's correlations."""

from __future__ import annotations

import numpy as np

from benchmarks.measure import Row, best
from qbank import statistics
from qbank.model import Floats

CANDIDATES, ITEMS, OPTIONS, DRAWN = 10_000, 40, 4, 3


def rows() -> list[Row]:
    """10,000 candidates and 40 items: 20 choices of four options, 20 with three drawn values each."""
    rng = np.random.default_rng(1)
    ability = rng.normal(size=(CANDIDATES, 1))
    slope, intercept = rng.uniform(0.5, 2, ITEMS), rng.normal(0, 1, ITEMS)
    right = rng.random((CANDIDATES, ITEMS)) < 1 / (1 + np.exp(-(ability * slope + intercept)))
    table, groups = right.astype(np.float64), np.arange(CANDIDATES) % 4
    picked = np.where(right[:, :20], 0, rng.integers(1, OPTIONS, (CANDIDATES, 20)))
    chosen = picked[:, :, None] == np.arange(OPTIONS)
    drawn = 10 ** rng.uniform(3, 5, (CANDIDATES, 20, DRAWN))
    totals = table.sum(axis=1)

    def everything() -> None:
        statistics.facility_interval(table.mean(axis=0), CANDIDATES)
        statistics.discriminations(table, totals)
        statistics.reliable(table).interval()
        for place in range(20):
            statistics.picked(chosen[:, place], np.ones((CANDIDATES, OPTIONS), dtype=bool), totals - table[:, place])
        statistics.differences(table, groups, tests=ITEMS)
        _drawn(table, totals, drawn)
        assert statistics.two_parameter(right) is not None

    seconds, peer = best(everything, lambda: np.corrcoef(np.column_stack([table, totals]).T), 3)
    what = f"statistics of {CANDIDATES:,} × {ITEMS}, with drawn values and 2PL"
    return [Row(what, seconds, "s", "np.corrcoef", peer / seconds, "≤ 2 s")]


def _drawn(table: Floats, totals: Floats, drawn: Floats) -> None:
    found = [
        statistics.effect(table[:, 20 + place], totals - table[:, 20 + place], drawn[:, place, name])
        for place in range(20) for name in range(DRAWN)
    ]  # fmt: skip
    told = [each for each in found if each is not None]
    statistics.together(np.array([each.chance for each in told]))
    for each in told:
        each.detectable(len(told))
