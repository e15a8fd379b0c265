"""What every option of a choice drew, and which of them do not work."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from qbank import statistics
from qbank.bank.item import Part
from qbank.model import Lang
from qbank.reports.measures._paper import Paper, rounded
from qbank.statistics import Picked

if TYPE_CHECKING:
    import polars as pl

_DETAIL, _BETWEEN = "options", ", "
"""The detail of a choice's steps that holds the names of the options taken, and what stands between them."""


def options(paper: Paper, lang: Lang) -> pl.DataFrame:
    """A row an option of every choice: whom it was shown to, who took it, and what they earned in the rest.

    `right` is the share of the candidates' papers on which it was right; `lower` and `upper` are the shares of the
    weakest and the strongest 27 % who took it, `correlation` is that of taking it with the rest of the paper.
    `remarks` are "unused" (a wrong one that fewer than one in twenty take), "misleading" (a wrong one that the strong
    take) and "avoided" (a right one that the strong leave), with "?" where chance may have done it.
    """
    import polars as pl

    rows = []
    for place, column in enumerate(paper.columns):
        placed, part, _ = paper.graded.exam.columns()[column]
        if not part.facts.options:
            continue
        chosen, shown, right = taken(paper, column, part)
        told = statistics.picked(chosen, shown, paper.rest(paper.parts[:, place]))
        for number, option in enumerate(part.facts.options):
            truth = _share(right[:, number] & shown[:, number], shown[:, number])
            rows.append({
                "question": column, "item": placed.item.id, "part": part.id, "option": option.name,
                "text": option.text[lang], "right": rounded(truth), "shown": int(told.shown[number]),
                "chosen": int(told.chosen[number]), "share": rounded(told.share[number]),
                "lower": rounded(told.lower[number]), "upper": rounded(told.upper[number]),
                "rest": rounded(told.rest[number]), "correlation": rounded(told.correlation[number]),
                "remarks": " ".join(_remarks(told, number, truth)),
            })  # fmt: skip
    text = dict.fromkeys(("question", "item", "part", "option", "text"), pl.String)
    numbers = {"right": pl.Float64, "shown": pl.Int64, "chosen": pl.Int64}
    others = dict.fromkeys(("share", "lower", "upper", "rest", "correlation"), pl.Float64)
    return pl.DataFrame(rows, schema={**text, **numbers, **others, "remarks": pl.String})


def taken(
    paper: Paper, column: str, part: Part
) -> tuple[NDArray[np.bool_], NDArray[np.bool_], NDArray[np.bool_]]:
    """(n, k) each: which options were taken, shown and right, in the order of the part's file."""
    names = {option.name: place for place, option in enumerate(part.facts.options)}
    graded, rows = paper.graded, paper.rows
    placed, _, _ = graded.exam.columns()[column]
    drawn, forms = graded.exam.drawn[placed.item.id], graded.rows[rows]
    chosen = np.zeros((len(graded.candidates), len(names)), dtype=np.bool_)
    for step in graded.marked[column].steps.steps:
        if _DETAIL in step.details:
            words, where = np.unique(step.details[_DETAIL][step.rows].astype(np.str_), return_inverse=True)
            found = np.array([[name in said.split(_BETWEEN) for name in names] for said in words.tolist()])
            chosen[step.rows] |= found[np.ravel(where)]
    order = drawn.arrangements[part.id]["order"][forms].astype(np.intp)
    shown = np.zeros((len(rows), len(names)), dtype=np.bool_)
    np.put_along_axis(shown, order, np.ones(order.shape, dtype=np.bool_), axis=1)
    return chosen[rows], shown, np.asarray(drawn.keys[part.id][part.facts.column][forms], dtype=np.bool_)


def _remarks(told: Picked, number: int, truth: float) -> Iterator[str]:
    seen = int(told.shown[number])
    low, high = statistics.correlation_interval(told.correlation[number : number + 1], seen)
    found = float(told.correlation[number])
    if truth == 0:
        share = told.share[number : number + 1]
        if share[0] < statistics.TAKEN:
            yield "unused" + "?" * bool(statistics.facility_interval(share, seen)[1][0] >= statistics.TAKEN)
        if found > 0:
            sure = bool(low[0] > 0)
            if sure or found > 0.1:
                yield "misleading" + "?" * (not sure)
    if truth == 1 and found < 0:
        yield "avoided" + "?" * bool(not high[0] < 0)


def _share(part: NDArray[np.bool_], whole: NDArray[np.bool_]) -> float:
    return float(part.sum() / whole.sum()) if whole.any() else float("nan")
