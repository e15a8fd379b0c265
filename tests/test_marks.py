"""Marks are fractions to the last print, for one candidate as for a million."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from qbank.model import Marks, printed_marks, total_marks

SHARES = st.fractions(min_value=-1, max_value=1, max_denominator=120)
WORTHS = st.fractions(min_value=0, max_value=100, max_denominator=60)

PRINTED = [
    ([2.0, 0.8], "1/10", "2.8", "14 × 0.2 is 2.8000000000000003 in floats"),
    ([0.1, 0.1, 0.1], "0", "0.3", "a sum that floats miss"),
    ([1 / 3, 1 / 3, 1 / 3], "0", "1", "three thirds"),
    ([0.8 * 0.7], "0", "0.56", "a product of two shares"),
    ([2 / 3 - 1 / 2], "0", "0.1667", "four places where the decimals never end"),
    ([0.1 + 0.2 + 0.2], "1", "1", "a half that floats miss goes up"),
    ([-0.25], "1/2", "0", "halves go up below zero as well"),
    ([59.5], "1", "60", "the pass mark"),
    ([0.3], "1/3", "0.3333", "a step of a third"),
]
"""Credits of parts that are worth one mark, the paper's step, what is printed, and what is odd."""


@pytest.mark.parametrize(("credits", "step", "expected", "remark"), PRINTED, ids=[row[3] for row in PRINTED])
def test_a_total_prints_without_a_binary_tail(credits: list[float], step: str, expected: str, remark: str) -> None:
    parts = [Marks.of(np.array([credit])) for credit in credits]
    whole = total_marks(parts, 1).rounded(Fraction(step))

    assert whole.texts() == [expected], remark
    assert whole.decimals().tolist() == [float(expected)]


def test_tenths_print_as_tenths_for_every_total_of_a_paper() -> None:
    every = Marks.of(np.arange(0, 1001) / 10 * 1.0).rounded(Fraction(1, 10))

    assert [str(value) for value in every.decimals().tolist()] == [f"{each // 10}.{each % 10}" for each in range(1001)]


@given(st.lists(st.tuples(SHARES, WORTHS), min_size=1, max_size=40))
def test_a_total_is_the_sum_of_the_fractions_that_were_meant(parts: list[tuple[Fraction, Fraction]]) -> None:
    columns = [Marks.of(np.array([float(share)])).times(worth) for share, worth in parts]
    expected = sum((share * worth for share, worth in parts), start=Fraction(0))

    assert total_marks(columns, 1)[0] == expected


@given(st.lists(SHARES, min_size=1, max_size=8), st.sampled_from(["1/2", "1", "1/4", "1/10", "1/3"]))
def test_a_column_is_rounded_as_its_rows_are(shares: list[Fraction], step: str) -> None:
    size = Fraction(step)
    rounded = Marks.of(np.array([float(share) for share in shares])).rounded(size)

    assert [rounded[row] for row in range(len(shares))] == [
        (share / size + Fraction(1, 2)).__floor__() * size for share in shares
    ]


def test_what_does_not_fit_in_64_bits_is_counted_all_the_same() -> None:
    primes = [999_983, 999_979, 999_961, 999_959]
    columns = [Marks.of(np.array([1 / prime])) for prime in primes]

    assert total_marks(columns, 1)[0] == sum((Fraction(1, prime) for prime in primes), start=Fraction(0))
    assert total_marks(columns, 1).floats[0] == pytest.approx(4e-6, rel=1e-4)
    assert printed_marks(total_marks(columns, 1)[0]) == "0"
