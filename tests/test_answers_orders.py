"""Matching and ordering: pairs, orders and runs."""

from __future__ import annotations

from itertools import permutations
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from qbank import algebra, waist
from qbank.answers.matching import KIND as matching
from qbank.answers.matching.marks import Spec as MatchingSpec
from qbank.answers.ordering import KIND as ordering
from qbank.answers.ordering.marks import Spec as OrderingSpec
from qbank.answers.ordering.marks import longest_run
from qbank.draws import Chance
from qbank.model import Column, Paragraph, Rules, Text


class Rows:
    """A scope without names."""

    def __init__(self, n: int) -> None:
        self.n = n

    def evaluate(self, expression: algebra.Expression) -> Column:
        return algebra.evaluate(expression, {}, self.n)


def entry(zh: str, **more: str) -> dict[str, str]:
    return {"zh": zh, "en": zh, **more}


def pairs(**fields: Any) -> MatchingSpec:
    left = {"x": entry("x", to="p"), "y": entry("y", to="q"), "z": entry("z", to="p")}
    right = {name: entry(name) for name in "pqr"}
    return matching.spec.model_validate({"kind": "matching", "left": left, "right": right, **fields})


READS = [
    ("1-b, 2-a, 3-c", [1, 0, 2], ""),
    ("1b 2a", [1, 0, 255], "the third left alone"),
    ("2a1b", [1, 0, 255], "in any order"),
    ("b-1；a-2", [1, 0, 255], "from right to left"),
    ("bac", [1, 0, 2], "letters in the order of the left"),
    ("B, A, C", [1, 0, 2], ""),
    ("（1）—（B）", [1, 255, 255], "long dash, full width"),
    ("1→b 1→b", [1, 255, 255], "the same pair twice"),
    ("1=b", [1, 255, 255], ""),
]


@pytest.mark.parametrize(("text", "joined", "remark"), READS)
def test_pairs_are_read_however_they_are_written(text: str, joined: list[int], remark: str) -> None:
    assert matching.read(pairs(), [text], Rules()).columns["letters"].tolist() == [joined], remark


@pytest.mark.parametrize(("text", "stop"), [("1-b, 1-a", 6), ("1-d", 1), ("4-a", 1), ("ab", 3), ("1-2", 1), ("abd", 3)])
def test_what_joins_nothing_says_where(text: str, stop: int) -> None:
    reading = matching.read(pairs(), [text], Rules())

    assert (reading.state[0], reading.stop[0]) == (1, stop)
    assert reading.expected(0, "en") == "pairs such as 1-b, 2-a (1 to 3, a to c)"


def test_every_pair_earns_its_share_whatever_the_shuffle() -> None:
    part, n = pairs(), 30
    arrangement = matching.arranged(part, Rows(n), Chance("seed", "item"), "part", np.arange(n))
    key = matching.bind(part, Rows(n), arrangement)
    first = [f"1-{'abc'[row.tolist().index(0)]}" for row in arrangement["order"]]

    steps = matching.mark(part, matching.read(part, first, Rules()), key, arrangement, Rules())

    assert steps.credit.tolist() == [pytest.approx(1 / 3)] * n
    assert len(set(first)) == 3


def test_the_candidate_reads_which_pairs_were_to_be_written() -> None:
    part, arrangement = pairs(), {"order": np.array([[0, 1, 2]], dtype=np.uint8)}
    key = matching.bind(part, Rows(1), arrangement)
    steps = matching.mark(part, matching.read(part, ["1-a, 2-a, 3-c"], Rules()), key, arrangement, Rules())
    note, _, details = list(steps.of(0))[-1]

    assert matching.reason(part, note, details, "en") == "1 of 3 pairs are right; expected 2-b, 3-a."


def test_a_left_entry_that_goes_nowhere_is_refused() -> None:
    with pytest.raises(ValidationError, match="'x': on the right, 'ppp' is not known"):
        pairs(left={"x": entry("x", to="ppp"), "y": entry("y", to="q")})


# --- orders ------------------------------------------------------------------------------------------------------


def order(*steps: Any, **fields: Any) -> OrderingSpec:
    items = {name: entry(name) for step in steps for name in step}
    return ordering.spec.model_validate({"kind": "ordering", "items": items, "order": list(steps), **fields})


def test_the_letters_of_the_variant_say_the_order() -> None:
    part = order("a", "b", "c", "d")
    arrangement = {"order": np.array([[2, 0, 3, 1]], dtype=np.uint8)}
    key = ordering.bind(part, Rows(1), arrangement)

    assert ordering.show(part, key, arrangement, 0, "en").text == "b d a c"
    assert ordering.interaction(part, arrangement, 0, "en") == waist.Pairing(
        (), tuple((Paragraph((Text(name),)),) for name in "cadb")
    )


def naive(ranks: list[int], sizes: list[int]) -> int:
    """The longest piece of the answer that some right order holds as a piece, by trying all."""
    groups, start = [], 0
    for size in sizes:
        groups.append(list(range(start, start + size)))
        start += size
    right: list[list[int]] = [[]]
    for group in groups:
        right = [[*before, *after] for before in right for after in permutations(group)]
    items: list[int] = []
    for rank in ranks:
        items.append(next(item for item in groups[rank] if item not in items))
    best = 0
    for first in range(len(items)):
        for end in range(first + 1, len(items) + 1):
            piece = items[first:end]
            if any(row[at : at + len(piece)] == piece for row in right for at in range(len(row))):
                best = max(best, len(piece))
    return best


@given(st.lists(st.integers(1, 3), min_size=1, max_size=3), st.randoms())
def test_the_longest_run_is_the_longest_piece_of_any_right_order(sizes: list[int], chance: Any) -> None:
    ranks = [rank for rank, size in enumerate(sizes) for _ in range(size)]
    chance.shuffle(ranks)

    assert longest_run(np.array([ranks]), sizes).tolist() == [naive(ranks, sizes)]


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"order": ["a", "x"]}, "order: the entry 'x' is not known; the known ones are: a, b"),
        ({"order": ["a", ["a", "b"]]}, "'a' appears twice in order:"),
        ({"items": {name: entry(name) for name in "abc"}}, "'c' is missing in order:"),
    ],
)
def test_an_order_that_cannot_be_found_is_refused(fields: Any, message: str) -> None:
    with pytest.raises(ValidationError) as refused:
        order("a", "b", **fields)

    assert [error["msg"] for error in refused.value.errors()] == [f"Value error, {message}"]
