"""What marks say of each part of a paper: what it is worth, how hard it was, how well it told candidates apart.

`reports.items` has the same by question, all parts of one together.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from qbank.model import Lang, printed_marks
from qbank.reports import items
from qbank.reports.findings import Findings

if TYPE_CHECKING:
    import polars as pl


def frame(findings: Findings, lang: Lang) -> pl.DataFrame:
    """A row a part, in the order of the paper.

    Its item, its section and its title; `worth`, and `counts`, what it is worth in a total that was scaled (a part that
    a regrade dropped is worth 0); `facility` and `discrimination` over those who sat the exam (null where they cannot
    be told); `blank` and `unreadable` answers; `waiting` and `doubtful`, how many a person has to look at.
    """
    import polars as pl

    graded = findings.graded
    rows = []
    for column, (placed, part, worth) in graded.exam.columns().items():
        section, _ = graded.exam.numbered()[placed.number]
        rows.append({
            "question": column, "section": section.title[lang], "item": placed.item.id, "part": part.id,
            "title": placed.item.title[lang], "worth": float(printed_marks(worth)),
            "counts": float(printed_marks(worth * graded.scale)), **items.measures(findings.parts[column]),
        })  # fmt: skip
    return pl.DataFrame(rows, infer_schema_length=None)
