"""What marks say of each part of a paper: what it is worth, how hard it was, how well it told candidates apart."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qbank import statistics
from qbank.grading import Graded
from qbank.model import BLANK, UNREADABLE, Lang, printed_marks

if TYPE_CHECKING:
    import polars as pl


def frame(graded: Graded, lang: Lang) -> pl.DataFrame:
    """A row a part, in the order of the paper.

    Its item, its section and its title; `worth`, and `counts`, what it is worth in a total that was scaled (a part that
    a regrade dropped is worth 0); `facility` and `discrimination` over those who were there (null where they cannot be
    told); `blank` and `unreadable` answers; `waiting` and `doubtful`, how many a person has to look at.
    """
    import polars as pl

    present = graded.sat
    totals = graded.exact().floats[present]
    sections = {placed.number: section for section, placed in graded.exam.placed()}
    rows = []
    for column, (placed, part, worth) in graded.exam.columns().items():
        marks, state = graded.marks(column).floats[present], graded.marked[column].reading.state[present]
        rows.append({
            "question": column, "section": sections[placed.number].title[lang], "item": placed.item.id, "part": part.id,
            "title": placed.item.title[lang], "worth": float(printed_marks(worth)),
            "counts": float(printed_marks(worth * graded.scale)),
            "facility": _decimals(statistics.facility(marks, float(worth))),
            "discrimination": _decimals(statistics.discrimination(marks, totals)),
            "blank": int((state == BLANK).sum()), "unreadable": int((state == UNREADABLE).sum()),
            "waiting": int(graded.waiting(column).sum()), "doubtful": int(graded.doubtful(column).sum()),
        })  # fmt: skip
    return pl.DataFrame(rows, infer_schema_length=None)


def _decimals(value: float) -> float | None:
    """To four decimals, and never minus zero; null where there is no value."""
    return None if value != value else round(value, 4) + 0.0
