"""Chance is a pure function of its name, and the same for ever."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from qbank import draws
from qbank.draws import Chance

SEATS = np.array([0, 1, 2, 3, 1_000_000, 2**40])
ONES = 0xFFFFFFFF

KNOWN_ANSWERS = [  # counter, key, words: from kat_vectors of Random123
    ((0, 0, 0, 0), (0, 0), (0x6627E8D5, 0xE169C58D, 0xBC57AC4C, 0x9B00DBD8)),
    ((ONES, ONES, ONES, ONES), (ONES, ONES), (0x408F276D, 0x41C83B0E, 0xA20BC7C6, 0x6D5451FD)),
    (
        (0x243F6A88, 0x85A308D3, 0x13198A2E, 0x03707344),
        (0xA4093822, 0x299F31D0),
        (0xD16CFE09, 0x94FDCCEB, 0x5001E420, 0x24126EA1),
    ),
]

# Every paper ever printed rests on these numbers. They may never change: not one of them, not for any reason.
PINNED_WORDS = [
    [2472213385, 1752345955, 298770750, 2886746713],
    [869208160, 598979372, 1485826968, 350032485],
    [3592584384, 380006926, 899541255, 4262897031],
    [4082895873, 3640410495, 4270437133, 1264151123],
    [2605013622, 1299924674, 533448780, 279808423],
    [1760258442, 3129172056, 2492640797, 787723234],
]
PINNED_BELOW = {
    2: [1, 1, 1, 0, 0, 1],
    24: [15, 23, 23, 2, 6, 14],
    97: [64, 94, 94, 9, 25, 58],
    2**32: [2841429785, 4170546978, 4164139209, 413581128, 1133391810, 2603878969],
}
PINNED_PERMUTATIONS = {
    1: [[0], [0], [0]],
    4: [[1, 0, 3, 2], [0, 1, 2, 3], [3, 1, 0, 2]],
    9: [[4, 5, 3, 0, 8, 1, 2, 7, 6], [1, 0, 6, 2, 4, 3, 5, 7, 8], [7, 0, 4, 8, 2, 3, 6, 1, 5]],
}
PINNED_PICKS = {
    (6, 6): [[5, 2, 4, 3, 0, 1], [3, 2, 4, 5, 1, 0], [3, 4, 5, 0, 1, 2]],
    (256, 5): [[253, 67, 135, 19, 171], [136, 77, 191, 212, 31], [142, 184, 254, 6, 49]],
}
PINNED_BIJECTION = {
    1: [0, 0, 0, 0, 0, 0],
    2: [1, 0, 0, 1, 1, 0],
    5: [2, 1, 3, 0, 1, 2],
    1000: [529, 218, 655, 640, 881, 890],
    2**18: [55481, 95506, 135673, 155745, 174723, 28641],
    2**32: [2457283331, 2074547456, 1343624498, 4274549752, 4062228833, 2093970952],
}


@pytest.mark.parametrize(("counter", "key", "expected"), KNOWN_ANSWERS)
def test_the_generator_gives_the_published_answers(
    counter: tuple[int, int, int, int], key: tuple[int, int], expected: tuple[int, ...]
) -> None:
    first, second, third, fourth = (np.array([word], dtype=np.uint64) for word in counter)

    assert tuple(int(word[0]) for word in draws.philox((first, second, third, fourth), key)) == expected
    assert draws.philox(counter, key) == expected


def test_pinned_draws_never_change() -> None:
    where = ("seed", "opamp.gain")

    assert draws.words(*where, "R1", SEATS, 1).tolist() == PINNED_WORDS
    for size, expected in PINNED_BELOW.items():
        assert draws.below(size, *where, "R1", SEATS).tolist() == expected
    for size, orders in PINNED_PERMUTATIONS.items():
        assert draws.permutations(size, *where, "options", SEATS[:3]).tolist() == orders
    for (size, count), orders in PINNED_PICKS.items():
        assert draws.picks(size, count, *where, "x", SEATS[:3], 1).tolist() == orders
    for size, expected in PINNED_BIJECTION.items():
        assert draws.bijection(size, *where, SEATS).tolist() == expected


@given(seats=st.lists(st.integers(0, 2**40), max_size=20), size=st.integers(1, 2**32), seed=st.text(max_size=5))
def test_a_seat_draws_the_same_alone_and_among_others(seats: list[int], size: int, seed: str) -> None:
    chance = Chance(seed, "item")

    assert chance.below("R1", size, seats).tolist() == [chance.below("R1", size, [s])[0] for s in seats]
    assert chance.bijection(size, seats).tolist() == [chance.bijection(size, [s])[0] for s in seats]
    assert chance.permutations("o", 5, seats).tolist() == [chance.permutations("o", 5, [s])[0].tolist() for s in seats]


@given(size=st.integers(1, 700), turn=st.integers(0, 5), seed=st.text(max_size=5))
def test_every_round_of_seats_gets_each_variant_once(size: int, turn: int, seed: str) -> None:
    seats = np.arange(turn * size, (turn + 1) * size)

    assert sorted(draws.bijection(size, seed, "item", seats).tolist()) == list(range(size))


@given(st.lists(st.integers(1, 2**32), min_size=1, max_size=5), st.integers(0, 2**40))
def test_each_of_several_sizes_has_words_of_its_own(sizes: list[int], seat: int) -> None:
    seats = np.array([seat, 3])

    found = draws.each(sizes, "seed", "item", "name", seats, 1)

    assert found[0].tolist() == draws.below(sizes[0], "seed", "item", "name", seats, 1).tolist()
    for place, size in enumerate(sizes):
        for row, own in enumerate(seats.tolist()):
            words = draws.philox((own & ONES, own >> 32, 1, place // 2), draws._key("seed", "item", "name"))
            whole = words[place % 2 * 2 + 1] << 32 | words[place % 2 * 2]
            assert found[place][row] == whole * size >> 64


def test_a_large_bijection_is_one_to_one_and_new_in_the_next_round() -> None:
    size = 100_003
    values = draws.bijection(size, "seed", "item", np.arange(2 * size))

    assert np.unique(values[:size]).size == np.unique(values[size:]).size == size
    assert (values[:size] == values[size:]).mean() < 1e-3


def test_neighbouring_seats_get_unrelated_variants() -> None:
    values = draws.bijection(2**18, "seed", "item", np.arange(50_000))

    assert abs(np.corrcoef(values[1:], values[:-1])[0, 1]) < 0.02


@given(size=st.integers(1, 60), seat=st.integers(0, 2**40))
def test_a_permutation_holds_every_place_once(size: int, seat: int) -> None:
    assert sorted(draws.permutations(size, "seed", "item", "options", [seat])[0].tolist()) == list(range(size))


def test_draws_are_uniform() -> None:
    counts = np.bincount(draws.below(10, "seed", "item", "R1", np.arange(100_000)), minlength=10)
    orders = draws.permutations(3, "seed", "item", "options", np.arange(60_000)) @ [9, 3, 1]

    assert ((counts - 10_000) ** 2 / 10_000).sum() < 27.9  # chi-squared, 9 degrees of freedom: one in a thousand
    assert ((np.unique(orders, return_counts=True)[1] - 10_000) ** 2 / 10_000).sum() < 20.5  # 5 degrees


DIFFERENT = [
    (("seed", "item", "R1"), ("seed2", "item", "R1"), "another seed"),
    (("seed", "item", "R1"), ("seed", "item2", "R1"), "another item"),
    (("seed", "item", "R1"), ("seed", "item", "R2"), "another parameter"),
    (("a", "b1", "c"), ("a", "b", "1c"), "names do not run together"),
    (("a", "1:b", ""), ("a", "", "1:b"), "nor when they imitate the separator"),
    (("a", "b", "\ud800"), ("a", "b", "?"), "text that is no Unicode draws too"),
]


@pytest.mark.parametrize(("first", "second", "remark"), DIFFERENT)
def test_every_part_of_the_name_matters(first: tuple[str, str, str], second: tuple[str, str, str], remark: str) -> None:
    assert draws.words(*first, SEATS).tolist() != draws.words(*second, SEATS).tolist(), remark


def test_attempts_may_differ_by_seat() -> None:
    chance = Chance("seed", "item")
    mixed = chance.below("R1", 1000, [7, 7, 8], np.array([0, 3, 3]))

    assert mixed.tolist() == [
        chance.below("R1", 1000, [7])[0], chance.below("R1", 1000, [7], 3)[0], chance.below("R1", 1000, [8], 3)[0]
    ]


def test_impossible_requests_are_refused() -> None:
    with pytest.raises(ValueError, match=r"^the size must be in 1\.\.4294967296, not 0$"):
        draws.below(0, "seed", "item", "R1", SEATS)
    with pytest.raises(ValueError, match=r"^the size must be in 1\.\.255, not 256$"):
        draws.permutations(256, "seed", "item", "R1", SEATS)
    with pytest.raises(ValueError, match=r"^seats count from 0; -1 is not a seat$"):
        draws.bijection(5, "seed", "item", [3, -1])


@given(size=st.integers(1, 256), count=st.integers(1, 256), seats=st.lists(st.integers(0, 2**40), max_size=9))
def test_picks_are_different_and_those_of_the_seat_alone(size: int, count: int, seats: list[int]) -> None:
    count = min(count, size)
    drawn = draws.picks(size, count, "seed", "item", "x", seats, 3)

    assert drawn.shape == (len(seats), count)
    for seat, row in zip(seats, drawn.tolist(), strict=True):
        assert len(set(row)) == count and set(row) <= set(range(size))
        assert draws.picks(size, count, "seed", "item", "x", [seat], 3).tolist() == [row]


def test_every_pick_is_as_likely_as_any_other() -> None:
    drawn = draws.picks(4, 2, "seed", "item", "x", np.arange(120_000))
    counts = np.bincount(drawn[:, 0] * 4 + drawn[:, 1], minlength=16).reshape(4, 4)

    assert (np.diag(counts) == 0).all()
    assert np.abs(counts[~np.eye(4, dtype=bool)] - 10_000).max() < 400
