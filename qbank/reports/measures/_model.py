"""The two-parameter model of the parts that are marked right or wrong."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from qbank import messages, statistics
from qbank.reports.measures._paper import Paper

if TYPE_CHECKING:
    import polars as pl


@dataclass(frozen=True, slots=True, eq=False)
class Model:
    """A row a part that is in the model, and those that are not; `reason` says why there is none at all, or nothing.

    The frame has the slope a and the difficulty b, with their standard errors; P(right) = 1 / (1 + exp(-a (θ - b))).
    """

    frame: pl.DataFrame
    left_out: tuple[str, ...]
    reason: str


def model(paper: Paper) -> Model:
    """The model of every part all of whose marks are nothing or everything; the others are left out and named.

    There is none for fewer than `statistics.LEAST` candidates or three parts. Raises ModuleNotFoundError without SciPy.
    """
    import polars as pl

    text = {"question": pl.String, "item": pl.String, "part": pl.String}
    numbers = dict.fromkeys(("slope", "slope_error", "difficulty", "difficulty_error"), pl.Float64)
    empty = pl.DataFrame(schema={**text, **numbers})
    full = np.isclose(paper.parts, paper.worth, rtol=0, atol=1e-9)
    binary = (full | np.isclose(paper.parts, 0.0, rtol=0, atol=1e-9)).all(axis=0)
    varies = full.any(axis=0) & ~full.all(axis=0)
    kept = np.flatnonzero(binary & varies)
    left = tuple(column for place, column in enumerate(paper.columns) if place not in kept)
    if paper.count < statistics.LEAST:
        return Model(
            empty,
            left,
            messages.tell(
                "it needs {least} candidates, and {count} sat the exam", least=statistics.LEAST, count=paper.count
            ),
        )
    if len(kept) < 3:
        return Model(
            empty,
            left,
            messages.tell(
                "it needs 3 parts that are marked right or wrong and vary, and there are {count}", count=len(kept)
            ),
        )
    found = statistics.two_parameter(full[:, kept])
    if found is None:
        return Model(
            empty,
            left,
            messages.tell("these marks have no estimate: the parts have nothing in common, or one is separated"),
        )
    every = paper.graded.exam.columns()
    rows = [
        {
            "question": paper.columns[column], "item": every[paper.columns[column]][0].item.id,
            "part": every[paper.columns[column]][1].id, "slope": float(found.slope[place]),
            "slope_error": float(found.slope_error[place]), "difficulty": float(found.difficulty[place]),
            "difficulty_error": float(found.difficulty_error[place]),
        }
        for place, column in enumerate(kept.tolist())
    ]  # fmt: skip
    return Model(pl.DataFrame(rows, schema={**text, **numbers}), left, "")
