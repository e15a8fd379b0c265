"""Rows tried: the parameters with all that is derived from them, which rows may be drawn, and their keys."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from qbank.bank.item import Item
from qbank.model import Array, Column, take
from qbank.variants._feasible import feasible
from qbank.variants._placing import placed
from qbank.variants._values import derived

Keys = dict[str, dict[str, Array]]


@dataclass(frozen=True, slots=True, eq=False)
class Rows:
    """Rows that may be drawn: their columns, and the keys of the parts of which nothing is arranged seat by seat."""

    columns: dict[str, Column]
    keys: Keys

    def take(self, rows: Array) -> Rows:
        """The given rows (indices or a mask)."""
        return Rows(
            {name: column.take(rows) for name, column in self.columns.items()},
            {part: take(columns, rows) for part, columns in self.keys.items()},
        )


def tried(item: Item, drawn: Mapping[str, Column], seats: NDArray[np.int64]) -> tuple[NDArray[np.bool_], Rows]:
    """(n,) which rows may be drawn, of the parameters' columns, and these rows."""
    fits, columns, keys = looked_at(item, drawn, seats)
    return fits, Rows(columns if fits.all() else {name: each.take(fits) for name, each in columns.items()}, keys)


def looked_at(
    item: Item, drawn: Mapping[str, Column], seats: NDArray[np.int64]
) -> tuple[NDArray[np.bool_], dict[str, Column], Keys]:
    """(n,) which rows may be drawn; the columns of all of them, and the keys of these."""
    with placed(item, drawn):
        columns = derived(item, drawn, len(seats))
        fits, keys = feasible(item, columns, seats)
    return fits, columns, keys


def joined(pieces: list[Rows]) -> Rows:
    """Rows after one another."""
    if len(pieces) == 1:
        return pieces[0]
    first = pieces[0]
    columns = {name: Column(np.concatenate([piece.columns[name].values for piece in pieces]), column.labels)
               for name, column in first.columns.items()}  # fmt: skip
    keys = {part: {name: np.concatenate([piece.keys[part][name] for piece in pieces]) for name in own}
            for part, own in first.keys.items()}  # fmt: skip
    return Rows(columns, keys)
