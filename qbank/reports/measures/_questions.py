"""How hard every question and part was, how well it told candidates apart, and what of that needs a look."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from qbank import statistics
from qbank.model import BLANK, Floats, Lang
from qbank.reports.measures._paper import Paper, rounded

if TYPE_CHECKING:
    import polars as pl

HARD, EASY, WEAK = 0.3, 0.95, 0.2
"""A facility below the first or above the second, and a discrimination below the third, are worth a look."""
DOUBT = "?"
"""How a remark ends that the number of candidates does not prove: its interval reaches the limit."""


def questions(paper: Paper, lang: Lang) -> pl.DataFrame:
    """A row a question, and under one with several parts a row a part.

    `facility` and `discrimination` (corrected) with their 95 % intervals, `with_itself` the correlation with the whole
    total, `alpha_without` the reliability of the paper without the question; null where it cannot be told. `remarks`
    are "hard", "easy", "weak" and "reversed", with "?" where chance may have done it.
    """
    import polars as pl

    without = statistics.reliable(paper.items).without
    whole = _measured(paper, paper.items, paper.items_worth)
    parts = _measured(paper, paper.parts, paper.worth)
    at = {column: place for place, column in enumerate(paper.columns)}
    rows = []
    for place, placed in enumerate(paper.placed):
        own = [part for part in placed.item.parts if placed.column(part) in at]
        blank = {part.id: _blank(paper, placed.column(part)) for part in own}
        about = {"item": placed.item.id, "title": placed.item.title[lang], "candidates": paper.count}
        alone = len(placed.item.parts) == 1
        rows.append({
            "question": f"Q{placed.number}", "part": own[0].id if alone else "", **about, **_row(whole, place),
            "alpha_without": rounded(without[place]), "blank": blank[own[0].id] if alone else None,
        })  # fmt: skip
        rows += [
            {"question": placed.column(part), "part": part.id, **about, **_row(parts, at[placed.column(part)]),
             "alpha_without": None, "blank": blank[part.id]}
            for part in own if not alone
        ]  # fmt: skip
    return pl.DataFrame(rows, infer_schema_length=None)


def _measured(paper: Paper, table: Floats, worth: Floats) -> dict[str, Floats]:
    count = paper.count
    facility = (table / worth).mean(axis=0) if count else np.full(table.shape[1], np.nan)
    low, high = statistics.facility_interval(facility, count)
    found = statistics.discriminations(table, paper.totals)
    least, most = statistics.correlation_interval(found, count)
    return {
        "worth": worth, "facility": facility, "facility_low": low, "facility_high": high,
        "discrimination": found, "discrimination_low": least, "discrimination_high": most,
        "with_itself": statistics.correlations(table, np.broadcast_to(paper.totals[:, None], table.shape)),
    }  # fmt: skip


def _row(measured: dict[str, Floats], place: int) -> dict[str, object]:
    own = {name: float(column[place]) for name, column in measured.items()}
    return {**{name: rounded(value) for name, value in own.items()}, "remarks": " ".join(remarks(own))}


def remarks(own: dict[str, float]) -> list[str]:
    """What is worth a look, by the measures and their intervals; nothing of a measure that cannot be told.

    >>> own = dict(facility=0.2, facility_low=0.1, facility_high=0.4, discrimination=0.1, discrimination_high=0.15)
    >>> remarks(own)
    ['hard?', 'weak']
    """
    found = []
    if own["facility"] < HARD:
        found.append("hard" + DOUBT * (own["facility_high"] >= HARD))
    if own["facility"] > EASY:
        found.append("easy" + DOUBT * (own["facility_low"] <= EASY))
    if own["discrimination"] < 0:
        found.append("reversed" + DOUBT * bool(not own["discrimination_high"] < 0))
    elif own["discrimination"] < WEAK:
        found.append("weak" + DOUBT * bool(not own["discrimination_high"] < WEAK))
    return found


def _blank(paper: Paper, column: str) -> int:
    return int((paper.graded.marked[column].reading.state[paper.rows] == BLANK).sum())
