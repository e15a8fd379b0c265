"""Responses and sealed keys to marks, one path for one answer or a million.

`mark` is a pure function from a batch of responses and the batch of their keys to a batch of marks. Equal texts are
read once. Errors are carried forward in a second pass over the rows that were read and not right.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from qbank import answers, distinct
from qbank.bank.item import Item, Part
from qbank.distinct import Texts
from qbank.marking._any_order import any_order
from qbank.marking._carried import carry
from qbank.marking._marked import CARRIED, OWN, Marked
from qbank.model import Array, Rules, take
from qbank.variants import Variants

__all__ = ["CARRIED", "OWN", "Marked", "mark"]


def mark(
    item: Item,
    drawn: Variants,
    responses: Mapping[str, Texts],
    rows: NDArray[np.int64] | None = None,
    rules: Rules | None = None,
) -> dict[str, Marked]:
    """The marks of every part for n candidates, by part.

    `responses` holds n texts for each part, `rows` (n,) the variant each candidate has (by default answer i has
    variant i).
    """
    rules = rules or Rules()
    index = np.arange(len(next(iter(responses.values())))) if rows is None else rows
    own = None if rows is None and len(index) == len(drawn) else index
    marked = {part.id: _part(part, drawn, responses[part.id], own, rules) for part in item.parts}
    if item.any_order:
        marked |= any_order(
            item, marked, lambda blank, other: _part(other, drawn, responses[blank.id], own, rules)
        )
    for part in item.parts:
        if part.follows:
            marked[part.id] = carry(item, part, drawn, marked, index, rules)
    return marked


def _part(part: Part, drawn: Variants, texts: Texts, index: Array | None, rules: Rules) -> Marked:
    """The marks of one part; without an index, answer i has variant i of all there are."""
    kind = answers.kind_of(part.kind)
    reading = distinct.once(texts, lambda given: kind.read(part.answer, given, rules))
    key, arrangement = drawn.keys[part.id], drawn.arrangements[part.id]
    if index is not None:
        key, arrangement = take(key, index), take(arrangement, index)
    return Marked(part, reading, kind.mark(part.answer, reading, key, arrangement, rules))
