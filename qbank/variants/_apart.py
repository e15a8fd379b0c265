"""Variants whose printed values nobody has seen: for a paper that follows an earlier one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from qbank.bank.item import Item
from qbank.bank.visible import visible
from qbank.model import Array, Column, Floats, flat
from qbank.variants._printing import as_printed

if TYPE_CHECKING:
    from qbank.variants._values import Variants


def seen(item: Item) -> tuple[str, ...]:
    """The names by whose values a candidate tells one variant of an item from another."""
    return tuple(sorted(visible(item) & {*item.parameters, *item.derive}))


def fresh(item: Item, drawn: Variants, earlier: Sequence[Variants]) -> NDArray[np.bool_]:
    """(n,) which variants print other values than every earlier one.

    Compared are the names that a candidate sees and that both have; an item that shows no value has one variant.
    """
    new = np.ones(len(drawn), dtype=np.bool_)
    for before in earlier:
        names = [name for name in seen(item) if name in drawn.columns and name in before.columns
                 and drawn.columns[name].shape == before.columns[name].shape]  # fmt: skip
        if not names:
            new &= False
            continue
        both = np.concatenate([_pair(item, name, drawn, before) for name in names], axis=1)
        _, codes = np.unique(both, axis=0, return_inverse=True)
        codes = codes.reshape(-1)
        new &= ~np.isin(codes[: len(drawn)], codes[len(drawn) :])
    return new


def _pair(item: Item, name: str, drawn: Variants, before: Variants) -> Floats:
    """(n + m, k) the values of a name as they print, of the new variants and then of the earlier ones."""
    labels = tuple(dict.fromkeys((*drawn.columns[name].labels, *before.columns[name].labels)))
    return np.concatenate([
        flat(_coded(each.columns[name], labels) if labels else as_printed(item, name, each.columns[name].values))
        for each in (drawn, before)
    ])  # fmt: skip


def _coded(column: Column, labels: tuple[str, ...]) -> Array:
    """The values of a column of labels by their places in a list of all labels."""
    places = np.array([labels.index(label) for label in column.labels] or [0])
    return np.asarray(places[column.values]) if column.labels else np.full(column.values.shape, -1)
