"""Variants from more combinations than are counted: seats go through a permutation of them and never meet.

The seats go in blocks of 32. Candidate j of a block is attempt j // 32 of its seat j % 32, and the seats of a block
take its first feasible candidates in order. An attempt is a place in a permutation of the combinations, and no two of
the attempts that are a seat's own (`Scattered.attempts`) are at one place.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from qbank import messages
from qbank.bank.item import Item
from qbank.draws import Chance
from qbank.model import Array, Column
from qbank.variants._combinations import Combinations
from qbank.variants._none import none
from qbank.variants._trying import Rows, joined, looked_at, tried

BLOCK = 32
"""The seats that share their attempts. Which papers a seed gives rests on this number."""
ATTEMPTS = 1000
"""How often a seat draws before the item is refused."""
MARGIN = 5
"""So many times the attempts that a seat needs on average are its own. Papers rest on this number, too."""
SAMPLE = 1024
"""The combinations that tell how many of them are feasible."""
MOST = 1 << 17
"""The most rows tried at once."""
FEW = 1 << 13
"""So many rows are rather tried at once than in two turns."""


@dataclass(frozen=True, slots=True, eq=False)
class Scattered:
    """How an item's seats are scattered over its combinations: `share` of them is feasible, by a sample.

    No two of the first `apart` seats have the same combination, nor two of the next so many, and so on; a combination
    is what the first of its numbers says (`Combinations.size`). It rests on the sample: a block whose own attempts are
    hardly ever feasible goes on to places that may be another's. Where `apart` is 0, there are too few combinations
    for that, beside samples and picks, which differ by chance alone.
    """

    item: Item
    combinations: Combinations
    share: float

    @property
    def attempts(self) -> int:
        """How many attempts are a seat's own."""
        return min(ATTEMPTS, math.ceil(MARGIN / self.share))

    @property
    def apart(self) -> int:
        """How many seats have combinations that are all different."""
        return self.combinations.size // self.attempts // BLOCK * BLOCK

    def draw(self, chance: Chance, seats: NDArray[np.int64]) -> Rows:
        """The rows of the given seats (n,). Raises Refused when a block has fewer variants than seats that need one."""
        if not len(seats):
            return self.draw(chance, np.zeros(1, dtype=np.int64)).take(seats)
        blocks, place = np.unique(seats // BLOCK, return_inverse=True)
        wanted = np.zeros(len(blocks), dtype=np.int64)
        np.maximum.at(wanted, place, seats % BLOCK + 1)
        done, found = np.zeros_like(wanted), np.zeros_like(wanted)
        pieces: list[Rows] = []
        origins: list[tuple[Array, Array]] = []
        while len(waiting := np.flatnonzero(found < wanted)):
            if done[waiting].max() >= BLOCK * ATTEMPTS:
                self._refuse(chance, seats, found[place], done[place])
            more = self._more((wanted - found)[waiting], BLOCK * ATTEMPTS - done[waiting])
            block = np.repeat(waiting, more)
            candidate = np.arange(len(block)) - np.repeat(np.cumsum(more) - more, more) + done[block]
            seat, attempt = blocks[block] * BLOCK + candidate % BLOCK, candidate // BLOCK
            fits, fitting = tried(self.item, self.candidates(chance, seat, attempt), seat)
            if fits.any():
                pieces.append(fitting)
                origins.append((block[fits], candidate[fits]))
            found += np.bincount(block[fits], minlength=len(blocks))
            done[waiting] += more
        rows = (np.cumsum(found) - found)[place] + seats % BLOCK
        if len(pieces) > 1:
            blocks_of, candidates = (np.concatenate(each) for each in zip(*origins, strict=True))
            rows = np.lexsort((candidates, blocks_of))[rows]
        together = joined(pieces)
        same = len(rows) == found.sum() and np.array_equal(rows, np.arange(len(rows)))
        return together if same else together.take(rows)

    def candidates(self, chance: Chance, seats: Array, attempts: Array) -> dict[str, Column]:
        """The parameters' columns of some attempts (n,) of some seats (n,)."""
        lanes, size = max(self.apart, BLOCK), self.combinations.size
        turn, lane = np.divmod(seats, lanes)
        index = chance.bijection(size, turn * size + lane + attempts * lanes)
        return self.combinations.drawn(chance, index, seats, attempts)

    def _more(self, wanted: NDArray[np.int64], most: NDArray[np.int64]) -> NDArray[np.int64]:
        """How many candidates of each block are tried next: rather too few than too many, unless all of it is little.

        What a seat gets does not rest on it.
        """
        expected = wanted / self.share
        if expected.sum() <= FEW:
            more = np.ceil(1.2 * expected) + (self.share < 1) * 4
        else:
            more = np.clip(np.ceil(0.9 * expected), wanted, max(BLOCK, MOST // len(wanted)))
        return np.minimum(more.astype(np.int64), most)

    def _refuse(self, chance: Chance, seats: Array, found: Array, done: Array) -> None:
        without = np.flatnonzero((found <= seats % BLOCK) & (done >= BLOCK * ATTEMPTS))
        seat, there = int(seats[without[0]]), int(found[without[0]])
        first = seat // BLOCK * BLOCK
        what = messages.tell("none of {count:,} attempts of seat {seat} can be drawn", count=ATTEMPTS, seat=seat)
        if there:
            what = messages.tell(
                "{count:,} attempts of seats {first} to {last} give {variants} variants, too few for seat {seat}",
                count=BLOCK * ATTEMPTS, first=first, last=first + BLOCK - 1, variants=there, seat=seat,
            )  # fmt: skip
        again = np.full(ATTEMPTS, seat)
        fits, columns, _ = looked_at(self.item, self.candidates(chance, again, np.arange(ATTEMPTS)), again)
        raise none(self.item, what, {name: column.take(~fits) for name, column in columns.items()}, again[~fits])


def scattered(item: Item, combinations: Combinations) -> Scattered:
    """The seats of an item scattered over its combinations, of which a sample tells how many are feasible."""
    seats = np.arange(SAMPLE)
    first = Scattered(item, combinations, 1.0)
    fits, _, _ = looked_at(item, first.candidates(Chance("share", item.id), seats, np.zeros_like(seats)), seats)
    return Scattered(item, combinations, max(float(fits.mean()), 0.5 / SAMPLE))
