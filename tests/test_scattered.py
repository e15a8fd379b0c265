"""Variants of more combinations than are counted: seats never meet, whatever the batch; what is too few is refused."""

from __future__ import annotations

import gc
import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sample_items import HEAD, item_of

from qbank import domains, variants
from qbank.bank.item import Item
from qbank.draws import Chance
from qbank.model import Array, Refused
from qbank.variants import _combinations, _kept
from qbank.variants._scattered import BLOCK

ASK = "\nparts: [{id: x, ask: {zh: 求 x, en: Find x}, answer: {kind: number, key: x, tolerance: 1%}}]\n"
TWO = "{x: {integers: [1, 700]}, y: {integers: [1, 700]}}"
WIDE = "{x: {integers: [1, 900]}, y: {integers: [1, 900]}, z: {integers: [1, 900]}}"


def scattered(parameters: str, require: str = "") -> Item:
    lines = f'require: ["{require}"]\n' if require else ""
    return item_of(f"{HEAD}parameters: {parameters}\n{lines}{ASK}")


def rows(item: Item, seed: str, seats: Array) -> Array:
    """(n, k) all values of the parameters of each seat."""
    drawn = variants.make(item, seed, seats)
    return np.concatenate([drawn.columns[name].values.reshape(len(seats), -1) for name in item.parameters], axis=1)


@pytest.mark.parametrize(
    ("parameters", "require", "least"),
    [
        (TWO, "", 90_000),
        (TWO, "x < y", 40_000),
        (TWO, "x + y < 300", 8_000),
        ("{m: {matrix: [2, 2], from: -2, to: 2, step: 0.1}, x: {value: 1}}", "m[0, 0] != m[1, 1]", 400_000),
    ],
    ids=["all feasible", "half", "few", "a matrix"],
)
def test_seats_never_have_the_same_combination(parameters: str, require: str, least: int) -> None:
    item = scattered(parameters, require)
    space = variants.space(item)
    assert space.scattered is not None
    apart = space.scattered.apart

    assert apart >= least
    seats = np.arange(min(apart, 40_000))
    for first in (0, apart - len(seats), 7 * apart):
        found = rows(item, "seed", seats + first)
        assert len(np.unique(found, axis=0)) == len(seats)


def test_beyond_thirty_two_bits_seats_differ_in_the_first_number() -> None:
    matrices = "{W: {matrix: [2, 2], from: -1, to: 1, step: 0.1}, U: {matrix: [2, 2], from: -1, to: 1, step: 0.1}}"
    item = scattered(matrices[:-1] + ", x: {integers: [1, 2]}}")
    space = variants.space(item)

    assert [len(number) for number in space.numbered.numbers] == [8, 1]
    assert space.numbered.size == 21**7 * 2, "the ninth digit has room where the eighth had none"
    first = np.delete(rows(item, "seed", np.arange(50_000)), 7, axis=1)
    assert len(np.unique(first, axis=0)) == 50_000


@settings(deadline=None, max_examples=25)
@given(st.lists(st.integers(0, 3000), min_size=1, max_size=40), st.sampled_from(["x < y < z", "x + y + z < 700", ""]))
def test_a_seat_gets_the_same_whatever_the_batch_and_its_order(seats: list[int], require: str) -> None:
    item = scattered(WIDE, require)
    together = rows(item, "seed", np.array(seats))

    alone = rows(item, "seed", np.array([seats[-1]]))
    assert together[-1].tolist() == alone[0].tolist()
    everybody = np.unique(np.array(seats) // BLOCK)[:, None] * BLOCK + np.arange(BLOCK)
    whole = dict(zip(everybody.ravel().tolist(), rows(item, "seed", everybody.ravel()).tolist(), strict=True))
    assert together.tolist() == [whole[seat] for seat in seats]


def test_every_feasible_combination_is_as_likely_as_another() -> None:
    drawn = rows(scattered(TWO, "x < y"), "seed", np.arange(40_000))

    cells, _, _ = np.histogram2d(drawn[:, 0], drawn[:, 1], bins=[range(1, 702, 100)] * 2)
    above = cells[np.triu_indices(7, 1)]
    assert above.sum() > 30_000
    assert np.abs(above / above.mean() - 1).max() < 0.15
    assert not cells[np.tril_indices(7, -1)].any()


def test_what_an_item_requires_and_its_keys_hold_on_every_row() -> None:
    item = scattered(WIDE, "x < y < z")
    drawn = variants.make(item, "seed", np.arange(5000))

    assert (drawn.columns["x"].values < drawn.columns["y"].values).all()
    assert (drawn.columns["y"].values < drawn.columns["z"].values).all()
    assert drawn.keys["x"]["key"].tolist() == drawn.columns["x"].values.tolist()


def test_a_block_with_too_few_variants_for_its_seats_says_how_many_there_are() -> None:
    item = scattered(WIDE, "x == 1 and y <= 300")
    drawn = variants.make(item, "seed", [0])
    assert drawn.columns["x"].values.tolist() == [1]

    with pytest.raises(Refused) as refused:
        variants.make(item, "seed", [0, 31])

    assert str(refused.value) == (
        "sample: $.require[0]: 32,000 attempts of seats 0 to 31 give 9 variants, too few for seat 31: "
        "on all, 'x == 1 and y <= 300' is not met\n  → loosen this line of require:, or widen a parameter's domain"
    )


def test_no_seats_have_no_rows() -> None:
    drawn = variants.make(scattered(WIDE, "x < y"), "seed", np.arange(0))

    assert len(drawn) == 0
    assert {len(column) for column in drawn.columns.values()} == {0}


def test_a_seat_counts_from_zero() -> None:
    for item in (scattered(WIDE), scattered("{x: {integers: [1, 9]}}")):
        with pytest.raises(ValueError, match="seats count from 0; -1 is not a seat"):
            variants.make(item, "seed", [3, -1])
        for _ in range(2):
            with pytest.raises(ValueError, match="seats count from 0; -1 is not a seat"):
                variants.one(item, "seed", -1)


def test_one_seat_is_drawn_where_its_neighbours_cannot_be() -> None:
    item = scattered(WIDE, "x == 1 and y <= 300")

    drawn = [variants.one(item, "seed", 0).columns["y"].values.tolist() for _ in range(2)]

    assert drawn == [variants.make(item, "seed", [0]).columns["y"].values.tolist()] * 2


def test_a_small_matrix_is_counted_and_all_its_values_are_given_before_one_comes_again() -> None:
    item = scattered("{m: {matrix: [2, 2], values: [1, 2, 3]}, x: {value: 1}}", "m[0, 0] <= m[0, 1]")
    space = variants.space(item)

    assert space.feasible is not None
    assert len(space.feasible) == 54
    assert len(np.unique(rows(item, "seed", np.arange(54)), axis=0)) == 54


def test_samples_and_picks_have_streams_of_their_own() -> None:
    """Other parameters move no sample."""
    own = "x: {sample: uniform, from: 0, to: 9, decimals: 1, size: 3}, p: {choose: 5, of: 90}"
    asked = ASK.replace("key: x", 'key: "x[0]"')
    alone, beside = (item_of(f"{HEAD}parameters: {{{text}}}\n{asked}")
                     for text in (own, f"a: {{integers: [1, 9]}}, {own}"))  # fmt: skip

    one, other = (variants.make(item, "seed", np.arange(100)) for item in (alone, beside))

    for name in "xp":
        assert one.columns[name].values.tolist() == other.columns[name].values.tolist()
    assert len(np.unique(one.columns["x"].values, axis=0)) > 90


@given(st.lists(st.integers(1, 3000), min_size=1, max_size=6), st.integers(0, 99))
def test_digits_say_all_values_of_a_number_once(sizes: list[int], offset: int) -> None:
    tables = {f"x{place}": domains.table(domains.read({"integers": [str(0), str(size - 1)]}))
              for place, size in enumerate(sizes)}  # fmt: skip
    combinations = _combinations.of(tables)

    assert all(math.prod(digit.size for digit in number) <= 2**32 for number in combinations.numbers)
    index = np.unique(np.linspace(0, combinations.size - 1, 50).astype(np.int64) // (offset + 1))
    columns = combinations.drawn(Chance("a", "b"), index, np.arange(len(index)), np.zeros(len(index), dtype=np.int64))
    again = np.zeros(len(index), dtype=np.int64)
    for digit in combinations.numbers[0]:
        again = again * digit.size + columns[digit.name].values.astype(np.int64)
    assert again.tolist() == index.tolist()
    assert list(columns) == list(tables)


def test_what_was_counted_is_kept_as_long_as_the_item_and_no_longer() -> None:
    item = scattered("{x: {integers: [1, 9]}}")
    identity = id(item)
    first = variants.space(item)
    other = item.model_copy(update={"require": scattered("{x: {integers: [1, 9]}}", "x < 3").require})

    assert variants.space(item).feasible is first.feasible
    assert variants.space(other).feasible.tolist() == [0, 1]  # type: ignore[union-attr]
    del first, item
    gc.collect()
    assert identity not in _kept._KEPT
