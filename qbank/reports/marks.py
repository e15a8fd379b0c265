"""The table of marks: a row a candidate, a column a part, a section and the total."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from qbank.grading import Graded

if TYPE_CHECKING:
    import polars as pl


def frame(graded: Graded) -> pl.DataFrame:
    """Parts and sections as earned (to 4 decimals), the total rounded once by the paper's rule.

    `waiting` counts the answers that wait for a person, `doubtful` those that a person may look at, `carried` those
    marked with an earlier value of one's own.
    """
    import polars as pl

    candidates = graded.candidates
    columns: dict[str, Any] = {
        "candidate": [each.id for each in candidates],
        "name": [each.name for each in candidates],
        "group": [each.group for each in candidates],
        "form": [graded.exam.forms[row] for row in graded.rows],
        "absent": ["yes" if away else "" for away in graded.absent],
        "total": graded.totals().decimals(),
    }
    for place, section in enumerate(graded.exam.sections):
        columns[f"section {place + 1}"] = graded.of_section(section).decimals()
    for name in graded.exam.columns():
        columns[name] = graded.marks(name).decimals()
    none = np.zeros(len(candidates), dtype=np.int64)
    columns["waiting"] = sum((graded.waiting(name) for name in graded.marked), start=none)
    columns["doubtful"] = sum((graded.doubtful(name) for name in graded.marked), start=none)
    columns["carried"] = sum(
        (marked.carried & ~graded.absent for marked in graded.marked.values()),
        start=np.zeros(len(candidates), dtype=np.int64),
    )
    return pl.DataFrame(columns)
