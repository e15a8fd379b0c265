"""True statements in balance: the keys of the kinds that can be balanced, put near half on every form."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from qbank import answers, variants
from qbank.bank.item import Item
from qbank.draws import Chance
from qbank.variants import Variants


def balanced(
    items: Sequence[Item], drawn: Mapping[str, Variants], seed: str, rows: NDArray[np.int64]
) -> dict[str, Variants]:
    """The variants with the keys of the kinds that can be balanced put near half on every form."""
    changed: dict[str, Variants] = {}
    parts = [(item, part) for item in items for part in item.parts]
    for tag in dict.fromkeys(part.kind for _, part in parts):
        balance = answers.kind_of(tag).balance
        if balance is None:
            continue
        own = [(item, part) for item, part in parts if part.kind == tag]
        arrangements = balance([part.answer for _, part in own], Chance(seed, f"balance {items[0].id}"), rows)
        for (item, part), arrangement in zip(own, arrangements, strict=True):
            before = changed.get(item.id, drawn[item.id])
            key = variants.bind(item, part, before.columns, arrangement, len(rows))
            changed[item.id] = replace(
                before,
                arrangements={**before.arrangements, part.id: arrangement},
                keys={**before.keys, part.id: key},
            )
    return changed
