"""The short list for a person: answers that were given and not understood, or that are near a right one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from qbank.grading import Graded
from qbank.model import Lang
from qbank.reports._reasons import joined, spoken, variant_of

if TYPE_CHECKING:
    import polars as pl


def frame(graded: Graded, lang: Lang) -> pl.DataFrame:
    """A row an answer: who, which part, what was written, where reading stopped, what was expected there, the marks.

    A person's marks go into the responses, in the column "Q7 marks" of the same candidate, or through `qbank review`.
    """
    import polars as pl

    rows = []
    worth = {name: float(marks) for name, (_, _, marks) in graded.exam.columns().items()}
    for name, marked in graded.marked.items():
        if marked.part.facts.waits:  # answers that only a person marks are no surprise
            continue
        for row in np.flatnonzero(graded.waiting(name)).tolist():
            rows.append(
                {
                    "candidate": graded.candidates[row].id,
                    "name": graded.candidates[row].name,
                    "part": name,
                    "written": graded.texts[name][row],
                    "stopped at": str(int(marked.reading.stop[row]) or ""),
                    "expected": marked.reading.expected(row, lang)
                    or joined(spoken(marked, row, lang, variant_of(graded, name, row)), lang),
                    "worth": f"{worth[name]:g}",
                    "give the marks in column": f"{name} marks",
                }
            )
    fields = ["candidate", "name", "part", "written", "stopped at", "expected", "worth", "give the marks in column"]
    return pl.DataFrame(rows, schema=dict.fromkeys(fields, pl.String))
