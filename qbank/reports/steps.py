"""Every step behind every mark, as a table: what a program reads that asks why."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np

from qbank.grading import Graded

if TYPE_CHECKING:
    import polars as pl


BLOCK = 5000
"""So many candidates at once: what everyone of a nation did is never held whole."""


def frame(graded: Graded) -> pl.DataFrame:
    """A row a step: the candidate, the part, the step's place, its note, and the scale that it put on the credit.

    Candidates stand in their order, the parts in that of the paper; who did not sit the exam has no step.
    """
    import polars as pl

    return pl.concat(pieces(graded))


def pieces(graded: Graded) -> Iterator[pl.DataFrame]:
    """The same table, some thousand candidates after another."""
    count = len(graded.candidates)
    for start in range(0, max(count, 1), BLOCK):
        yield _of(graded, start, min(start + BLOCK, count))


def _of(graded: Graded, start: int, stop: int) -> pl.DataFrame:
    """The steps of the candidates from one place to another."""
    import polars as pl

    found = []
    there = graded.sat[start:stop]
    for place, column in enumerate(graded.marked):
        for standing, rows in graded.standings(column):
            taken = np.zeros(len(there), dtype=np.int64)
            for step in standing.marked[column].steps.steps:
                own = np.flatnonzero(step.rows[start:stop] & rows[start:stop] & there)
                taken[own] += 1
                scale = np.broadcast_to(np.asarray(step.scale, dtype=np.float64), len(rows))[start:stop][own]
                found.append(pl.DataFrame({
                    "row": own + start, "column": np.full(len(own), place), "step": taken[own],
                    "note": pl.Series([step.note], dtype=pl.String).new_from_index(0, len(own)),
                    "scale": np.round(scale, 6),
                }))  # fmt: skip
    fields = {"row": pl.Int64, "column": pl.Int64, "step": pl.Int64, "note": pl.String, "scale": pl.Float64}
    steps = pl.concat(found) if found else pl.DataFrame(schema=fields)
    steps = steps.sort("row", "column", "step")
    people = pl.Series("candidate", [each.id for each in graded.candidates], dtype=pl.String)
    parts = pl.Series("question", list(graded.marked), dtype=pl.String)
    return pl.DataFrame([
        people.gather(steps["row"]), parts.gather(steps["column"]), steps["step"], steps["note"], steps["scale"],
    ])  # fmt: skip
