"""Chance, as a pure function of its name: seed, item, what is drawn, seat and attempt.

The generator is Philox4x32-10 (Salmon, Moraes, Dror & Shaw, "Parallel random numbers: as easy as 1, 2, 3", SC11):
its key is blake2b(seed, item, name), its counter is (seat, attempt, block). So a million seats are one pass, one item
moves no other item's draws, and no version of Python or NumPy matters.

>>> import numpy as np
>>> below(6, "seed", "opamp.gain", "R1", np.arange(5)).tolist()
[3, 5, 5, 0, 5]
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

import numpy as np
from numpy.typing import ArrayLike, NDArray

from qbank import messages
from qbank.model import Array

LARGEST = 2**32
"""The largest size of anything drawn from."""

BLOCK = 1 << 14  # rows worked on at once: the working arrays stay in the second-level cache
ROUNDS = 10
LOW = 0xFFFFFFFF
HALF = 32
MULTIPLIERS = 0xD2511F53, 0xCD9E8D57
WEYL = 0x9E3779B9, 0xBB67AE85  # what each of the two key words gains in every round
MIX = np.uint32(0x85EBCA6B), np.uint32(0xC2B2AE35)  # the finaliser of MurmurHash3
SHIFT = np.uint32(16)


@dataclass(frozen=True, slots=True)
class Chance:
    """The chance of one item in one exam: every draw has a name and needs nothing else."""

    seed: str
    item: str

    def below(self, name: str, size: int, seats: ArrayLike, attempt: ArrayLike = 0) -> NDArray[np.int64]:
        """(n,) uniform integers in 0..size-1, one for each seat."""
        return below(size, self.seed, self.item, name, seats, attempt)

    def each(
        self, name: str, sizes: Sequence[int], seats: ArrayLike, attempt: ArrayLike = 0
    ) -> list[NDArray[np.int64]]:
        """For every size (n,) uniform integers below it, one for each seat."""
        return each(sizes, self.seed, self.item, name, seats, attempt)

    def several(
        self, name: str, size: int, count: int, seats: ArrayLike, attempt: ArrayLike = 0
    ) -> NDArray[np.int64]:
        """(n, count) uniform integers in 0..size-1, so many for each seat."""
        return several(size, count, self.seed, self.item, name, seats, attempt)

    def picks(
        self, name: str, size: int, count: int, seats: ArrayLike, attempt: ArrayLike = 0
    ) -> NDArray[np.int64]:
        """(n, count) different integers of 0..size-1 for each seat, in the order of the draw."""
        return picks(size, count, self.seed, self.item, name, seats, attempt)

    def permutations(self, name: str, size: int, seats: ArrayLike) -> NDArray[np.uint8]:
        """(n, size) an order of 0..size-1 for each seat."""
        return permutations(size, self.seed, self.item, name, seats)

    def bijection(self, size: int, seats: ArrayLike) -> NDArray[np.int64]:
        """(n,) integers in 0..size-1, all different among the first `size` seats."""
        return bijection(size, self.seed, self.item, seats)


def words(seed: str, item: str, name: str, seats: ArrayLike, attempt: ArrayLike = 0) -> NDArray[np.uint32]:
    """(n, 4) random words, one block of the generator for each seat. Raises ValueError for a negative seat."""
    return _words(_key(seed, item, name), _ordinals(seats), attempt, block=0)


def below(
    size: int, seed: str, item: str, name: str, seats: ArrayLike, attempt: ArrayLike = 0
) -> NDArray[np.int64]:
    """(n,) integers in 0..size-1, one for each seat: the high part of (64 random bits) * size.

    No integer is likelier than another by more than 2^-32 of its probability. Raises ValueError for a size outside
    1..2^32.
    """
    return each((size,), seed, item, name, seats, attempt)[0]


def each(
    sizes: Sequence[int], seed: str, item: str, name: str, seats: ArrayLike, attempt: ArrayLike = 0
) -> list[NDArray[np.int64]]:
    """For every size (n,) integers below it, one for each seat, as of `below`; two sizes share a block."""
    key, ordinals = _key(seed, item, name), _ordinals(seats)
    found: list[NDArray[np.int64]] = []
    for place, size in enumerate(sizes):
        _sized(size, LARGEST)
        if place % 2 == 0:
            drawn = _words(key, ordinals, attempt, block=place // 2).astype(np.uint64)
        low, high = drawn[:, place % 2 * 2], drawn[:, place % 2 * 2 + 1]
        factor = np.uint64(size)
        found.append(((high * factor + (low * factor >> HALF)) >> HALF).astype(np.int64))
    return found


def several(
    size: int, count: int, seed: str, item: str, name: str, seats: ArrayLike, attempt: ArrayLike = 0
) -> NDArray[np.int64]:
    """(n, count) integers in 0..size-1: the high part of (32 random bits) * size, four from a block of the generator.

    No integer is likelier than another by more than size / 2^32. Raises ValueError for a size outside 1..2^18.
    """
    _sized(size, 1 << 18)
    key, ordinals = _key(seed, item, name), _ordinals(seats)
    drawn = np.empty((len(ordinals), count), dtype=np.int64)
    for start in range(0, count, 4):
        words_drawn = _words(key, ordinals, attempt, block=start // 4)[:, : count - start].astype(np.uint64)
        drawn[:, start : start + 4] = words_drawn * np.uint64(size) >> HALF
    return drawn


def picks(
    size: int, count: int, seed: str, item: str, name: str, seats: ArrayLike, attempt: ArrayLike = 0
) -> NDArray[np.int64]:
    """(n, count) integers of 0..size-1, no two alike in a row: the first steps of the shuffle of Fisher and Yates.

    Raises ValueError for a size outside 1..256, or a count above it.
    """
    _sized(size, 256)
    _sized(count, size)
    key, ordinals = _key(seed, item, name), _ordinals(seats)
    attempts = np.broadcast_to(np.asarray(attempt), ordinals.shape)
    drawn = np.empty((len(ordinals), count), dtype=np.int64)
    for part in _blocks(len(ordinals)):
        rows = np.arange(len(ordinals[part]))
        order = np.tile(np.arange(size, dtype=np.uint8), (len(rows), 1))
        for step in range(count):
            if step % 4 == 0:
                words_drawn = _words(key, ordinals[part], attempts[part], block=step // 4).astype(np.uint64)
            chosen = step + (words_drawn[:, step % 4] * np.uint64(size - step) >> HALF).astype(np.intp)
            drawn[part, step] = order[rows, chosen]
            order[rows, chosen] = order[:, step]
    return drawn


def permutations(size: int, seed: str, item: str, name: str, seats: ArrayLike) -> NDArray[np.uint8]:
    """(n, size) an order of 0..size-1 for each seat, by the shuffle of Fisher and Yates. Sizes 1..255."""
    _sized(size, 255)
    key, ordinals = _key(seed, item, name), _ordinals(seats)
    rows = np.arange(len(ordinals))
    order = np.tile(np.arange(size, dtype=np.uint8), (len(ordinals), 1))
    for step, last in enumerate(range(size - 1, 0, -1)):
        if step % 4 == 0:
            drawn = _words(key, ordinals, 0, block=step // 4).astype(np.uint64)
        chosen = (drawn[:, step % 4] * np.uint64(last + 1) >> HALF).astype(np.intp)
        swapped = order[rows, chosen]
        order[rows, chosen] = order[:, last]
        order[:, last] = swapped
    return order


def bijection(size: int, seed: str, item: str, seats: ArrayLike) -> NDArray[np.int64]:
    """(n,) integers in 0..size-1, all different among the first `size` seats, among the next `size`, and so on.

    A keyed Feistel network of four rounds on pairs (left < a, right < b) with a * b just above the size; a result
    outside the size goes through again (cycle walking), which keeps it one to one. Raises ValueError for a size
    outside 1..2^32. Source: Black & Rogaway, "Ciphers with arbitrary finite domains", CT-RSA 2002.
    """
    _sized(size, LARGEST)
    key, ordinals = _key(seed, item, "(variant)"), _ordinals(seats)
    if len(ordinals) == 1:  # Python's own numbers are the faster ones
        turned, place = divmod(int(ordinals[0]), size)
        once = _walked_once(place, size, philox((turned & LOW, turned >> HALF, 0, 0), key))
        return np.array([once], dtype=np.int64)
    values = np.empty(len(ordinals), dtype=np.int64)
    for part in _blocks(len(ordinals)):
        turns, index = np.divmod(ordinals[part], np.uint64(size))
        if turns.size and (turns == turns[0]).all():
            turns = turns[:1]
        values[part] = _walked(index, size, _words(key, turns, 0, block=0))
    return values


def _walked(index: NDArray[np.uint64], size: int, keys: NDArray[np.uint32]) -> NDArray[np.uint64]:
    """The index after the network, again and again where it falls outside the size; keys (1, 4) or (n, 4)."""
    left_size, right_size = _sides(size)
    values = _feistel(index, left_size, right_size, keys)
    outside = np.flatnonzero(values >= size)
    while outside.size:
        values[outside] = _feistel(values[outside], left_size, right_size, keys if len(keys) == 1 else keys[outside])
        outside = outside[values[outside] >= size]
    return values


def _walked_once(index: int, size: int, keys: tuple[int, int, int, int]) -> int:
    """The same of one index, in Python's own numbers."""
    left_size, right_size = _sides(size)
    first, second = int(MIX[0]), int(MIX[1])
    while True:
        left, right = divmod(index, right_size)
        for turn, key in enumerate(keys):
            half, other, room = (right, left, right_size) if turn % 2 else (left, right, left_size)
            mixed = (other ^ key) * first & LOW
            mixed = (mixed ^ mixed >> 16) * second & LOW
            half = (half + ((mixed >> 16) * room >> 16)) % room
            left, right = (left, half) if turn % 2 else (half, right)
        index = left * right_size + right
        if index < size:
            return index


def _sides(size: int) -> tuple[int, int]:
    """The sizes of the two halves, whose product is just above the size."""
    right_size = max(int(np.ceil(np.sqrt(size))), 1)
    return -(-size // right_size), right_size


def _feistel(
    index: NDArray[np.uint64], left_size: int, right_size: int, keys: NDArray[np.uint32]
) -> NDArray[np.uint64]:
    """One pass of the network over 0..left_size*right_size-1; both sizes are at most 2^16, so 32 bits hold all."""
    quotient = index // np.uint64(right_size)
    right = (index - quotient * np.uint64(right_size)).astype(np.uint32)
    left = quotient.astype(np.uint32)
    for turn in range(0, 4, 2):
        left = _added(left, right, np.uint32(left_size), keys[:, turn])
        right = _added(right, left, np.uint32(right_size), keys[:, turn + 1])
    return left.astype(np.uint64) * np.uint64(right_size) + right


def _added(
    half: NDArray[np.uint32], other: NDArray[np.uint32], size: np.uint32, key: NDArray[np.uint32]
) -> NDArray[np.uint32]:
    """half + hash(other, key), modulo the size."""
    mixed: NDArray[np.uint32] = (other ^ key) * MIX[0]
    mixed ^= mixed >> SHIFT
    mixed *= MIX[1]
    mixed >>= SHIFT
    mixed *= size
    mixed >>= SHIFT
    mixed += half
    np.minimum(mixed, mixed - size, out=mixed)  # below the size the difference wraps around and is the larger one
    return mixed


def _words(key: tuple[int, int], ordinals: NDArray[np.uint64], attempt: ArrayLike, block: int) -> NDArray[np.uint32]:
    attempts = np.broadcast_to(np.asarray(attempt).astype(np.uint64), ordinals.shape)
    drawn = np.empty((len(ordinals), 4), dtype=np.uint32)
    if len(ordinals) == 1:  # Python's own numbers are the faster ones
        seat, turn = int(ordinals[0]), int(attempts[0])
        drawn[0] = philox((seat & LOW, seat >> HALF, turn & LOW, block), key)
        return drawn
    for part in _blocks(len(ordinals)):
        seats = ordinals[part]
        counter = (seats & LOW, seats >> HALF, attempts[part] & LOW, np.full_like(seats, block))
        for column, word in enumerate(philox(counter, key)):
            drawn[part, column] = word
    return drawn


Words = TypeVar("Words", int, NDArray[np.integer[Any]])


def philox(counter: tuple[Words, Words, Words, Words], key: tuple[int, int]) -> tuple[Words, Words, Words, Words]:
    """Four words of 32 bits from a counter of four and a key of two; or four arrays of them (held in 64 bits)."""
    first, second, third, fourth = counter
    for turn in range(ROUNDS):
        product, other = first * MULTIPLIERS[0], third * MULTIPLIERS[1]
        first = (other >> HALF) ^ second ^ (key[0] + turn * WEYL[0] & LOW)
        third = (product >> HALF) ^ fourth ^ (key[1] + turn * WEYL[1] & LOW)
        second, fourth = other & LOW, product & LOW
    return first, second, third, fourth


def _key(*names: str) -> tuple[int, int]:
    """The key of a name: the lengths are before the parts, so no two names run together to one text."""
    text = "".join(f"{len(name)}:{name}" for name in names)
    digest = hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest[:4], "little"), int.from_bytes(digest[4:], "little")


def _ordinals(seats: ArrayLike) -> NDArray[np.uint64]:
    given: Array = np.asarray(seats)
    if given.size and given.min() < 0:
        raise ValueError(messages.tell("seats count from 0; {seat} is not a seat", seat=given.min()))
    return given.reshape(-1).astype(np.uint64)


def _sized(size: int, largest: int) -> None:
    if not 1 <= size <= largest:
        raise ValueError(f"the size must be in 1..{largest}, not {size}")


def _blocks(count: int) -> Iterator[slice]:
    return (slice(start, start + BLOCK) for start in range(0, count, BLOCK))
