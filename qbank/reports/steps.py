"""Every step behind every mark, as a table: what a program reads that asks why."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from qbank.grading import Graded

if TYPE_CHECKING:
    import polars as pl


BLOCK = 400_000
"""The steps of about so many answers at once: what everyone of a nation did is never held whole."""


def frame(graded: Graded) -> pl.DataFrame:
    """A row a step: the candidate, the part, the step's place, its note, and the scale that it put on the credit.

    Candidates stand in their order, the parts in that of the paper; who did not sit the exam has no step.
    """
    import polars as pl

    return pl.concat(pieces(graded))


def pieces(graded: Graded) -> Iterator[pl.DataFrame]:
    """The same table, some thousand candidates after another."""
    count, size = len(graded.candidates), max(BLOCK // max(len(graded.marked), 1), 1)
    for start in range(0, max(count, 1), size):
        yield _of(graded, start, min(start + size, count))


def _of(graded: Graded, start: int, stop: int) -> pl.DataFrame:
    """The steps of the candidates from one place to another."""
    import polars as pl

    found: list[tuple[NDArray[np.int64], int, NDArray[np.int64], int, NDArray[np.float64]]] = []
    notes: dict[str, int] = {}
    there = graded.sat[start:stop]
    for place, column in enumerate(graded.marked):
        for standing, rows in graded.standings(column):
            taken = np.zeros(len(there), dtype=np.int64)
            for step in standing.marked[column].steps.steps:
                own = np.flatnonzero(step.rows[start:stop] & rows[start:stop] & there)
                taken[own] += 1
                scale = np.broadcast_to(np.asarray(step.scale, dtype=np.float64), len(rows))[start:stop][own]
                found.append((own, place, taken[own], notes.setdefault(step.note, len(notes)), np.round(scale, 6)))
    counts = [len(own) for own, *_ in found]
    whose, steps, scales = (np.concatenate([np.zeros(0, np.int64), *(each[at] for each in found)]) for at in (0, 2, 4))
    columns, told = (np.repeat([each[at] for each in found], counts).astype(np.int64) for at in (1, 3))
    order = np.lexsort((steps, whose * len(graded.marked) + columns))
    people = pl.Series("candidate", [each.id for each in graded.candidates[start:stop]], dtype=pl.String)
    parts = pl.Series("question", list(graded.marked), dtype=pl.String)
    return pl.DataFrame([
        people.gather(whose[order]), parts.gather(columns[order]), pl.Series("step", steps[order], dtype=pl.Int64),
        pl.Series("note", list(notes), dtype=pl.String).gather(told[order]),
        pl.Series("scale", scales[order], dtype=pl.Float64),
    ])  # fmt: skip
