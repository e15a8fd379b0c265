"""The table of marks: a row a candidate, a column a part, a section and the total."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from qbank.grading import Graded
from qbank.model import STANDINGS, Lang, Marks

if TYPE_CHECKING:
    import polars as pl


def frame(graded: Graded, lang: Lang | None = None) -> pl.DataFrame:
    """Parts and sections as earned (to 4 decimals), the total rounded once by the paper's rule.

    `state` is the word, in the paper's language unless another is asked for, for who did not sit the exam; the marks of
    one for whom no total is entered are null.

    `waiting` counts the answers that wait for a person, `doubtful` those that a person may look at, `carried` those
    marked with an earlier value of one's own.
    """
    import polars as pl

    def entered(marks: Marks) -> pl.Series:
        return pl.Series(np.where(graded.counted, marks.decimals(), np.nan), nan_to_null=True)

    candidates = graded.candidates
    words = {state: standing.word[lang or graded.exam.langs[0]] for state, standing in STANDINGS.items()}
    columns: dict[str, Any] = {
        "candidate": [each.id for each in candidates],
        "name": [each.name for each in candidates],
        "group": [each.group for each in candidates],
        "form": pl.Series(graded.exam.forms, dtype=pl.String).gather(graded.rows),
        "state": [words[state] for state in graded.states],
        "total": entered(graded.totals()),
    }
    for place, section in enumerate(graded.summed.sections):
        columns[f"section {place + 1}"] = entered(section)
    for name in graded.exam.columns():
        columns[name] = entered(graded.marks(name))
    none = np.zeros(len(candidates), dtype=np.int64)
    columns["waiting"] = graded.summed.waiting
    columns["doubtful"] = sum((graded.doubtful(name) for name in graded.marked), start=none)
    columns["carried"] = sum((marked.carried & graded.sat for marked in graded.marked.values()), start=none)
    return pl.DataFrame(columns)
