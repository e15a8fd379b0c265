"""The marks of those who sat an exam, as tables: what every measure is taken from."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from qbank.grading import Graded
from qbank.model import Floats
from qbank.papers import Placed
from qbank.statistics import Spread


@dataclass(frozen=True, slots=True, eq=False)
class Paper:
    """The marks of the n candidates who sat, as they count in the total: by part (n, p) and by item (n, k).

    `columns` are the headings of the parts, `placed` the items. What a regrade dropped is left out.
    """

    graded: Graded
    rows: NDArray[np.intp]
    totals: Floats
    columns: tuple[str, ...]
    parts: Floats
    worth: Floats
    placed: tuple[Placed, ...]
    items: Floats
    items_worth: Floats

    @property
    def count(self) -> int:
        """How many sat the exam."""
        return len(self.rows)

    @property
    def shares(self) -> Floats:
        """(n, k) the share of each item's marks that was earned."""
        return np.asarray(self.items / self.items_worth)

    @property
    def spread(self) -> Spread:
        """How often each total was earned."""
        return Spread.of(self.graded.exact()[self.rows])

    def rest(self, marks: Floats) -> Floats:
        """(n,) the marks in the rest of the paper."""
        return np.asarray(self.totals - marks)


def of(graded: Graded) -> Paper:
    """The tables of a graded exam."""
    rows = np.flatnonzero(graded.sat)
    scale = float(graded.scale)
    dropped = {column for column, policy in graded.settled.items() if policy == "drop"}
    every = {column: each for column, each in graded.exam.columns().items() if column not in dropped and each[2]}
    columns = tuple(every)
    parts = _table([graded.marks(column).floats[rows] * scale for column in columns], len(rows))
    worth = np.array([float(marks) * scale for _, _, marks in every.values()])
    at = {column: place for place, column in enumerate(columns)}
    asked = [(placed, [placed.column(part) for part in placed.item.parts]) for _, placed in graded.exam.placed()]
    places = [(placed, [at[column] for column in own if column in at]) for placed, own in asked]
    kept = [(placed, own) for placed, own in places if own]
    items = _table([parts[:, own].sum(axis=1) for _, own in kept], len(rows))
    items_worth = np.array([worth[own].sum() for _, own in kept])
    totals, placed = graded.exact().floats[rows], tuple(placed for placed, _ in kept)
    return Paper(graded, rows, totals, columns, parts, worth, placed, items, items_worth)


def _table(columns: list[Floats], count: int) -> Floats:
    return np.stack(columns, axis=1) if columns else np.zeros((count, 0))


def rounded(value: float) -> float | None:
    """To four decimals, and never minus zero; null where there is no value."""
    return None if value != value else round(float(value), 4) + 0.0
