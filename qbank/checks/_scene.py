"""What a check looks at: one item in its bank, with the same variants for every check."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Literal

import numpy as np

from qbank import nodes, variants
from qbank.bank import Bank
from qbank.bank.item import Item
from qbank.model import Problem
from qbank.variants import Variants

SEED = "check"
"""The seed of the variants that are checked: a problem's seat is the one that `qbank show --seed check` shows."""


@dataclass(frozen=True)
class Scene:
    """One item of a bank and the variants of seats 0..seats-1."""

    bank: Bank
    item: Item
    seats: int

    @cached_property
    def space(self) -> variants.Space:
        """What the item's parameters can be. Raises Refused when nothing can."""
        return variants.space(self.item)

    @cached_property
    def drawn(self) -> Variants:
        """The variants that are checked; no more of them than there are different ones."""
        return self.space.draw(SEED, np.arange(self.seats))

    def problem(
        self,
        code: str,
        message: str,
        path: tuple[str | int, ...] = (),
        *,
        seat: int | None = None,
        proposal: str = "",
        severity: Literal["error", "warning"] = "error",
    ) -> Problem:
        """A problem of this item, at a path of its file; with a seat, the command that shows that variant."""
        source = self.bank.sources[self.item.id]
        place = nodes.place(nodes.read(source.text, source.file), path or ("id",))
        if seat is not None:
            message += f" (seat {seat}; see it: qbank show {self.item.id} --seed {SEED} --seat {seat} --key)"
        where = nodes.path_text(path) if path else ""
        return Problem(code, message, place, where, proposal, self.item.id, severity)


def scene(source: Bank, name: str, seats: int) -> Scene:
    """The scene of one item."""
    return Scene(source, source.item(name), seats)
