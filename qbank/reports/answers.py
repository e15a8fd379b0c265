"""What a class wrote, part by part: every distinct answer with how many wrote it, what it earned and why.

The report shows the most frequent; the table has them all.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from qbank.distinct import distinct
from qbank.grading import Graded
from qbank.model import BLANK, Lang, printed_marks
from qbank.reports._reasons import reasons

if TYPE_CHECKING:
    import polars as pl

FIELDS: dict[str, Any] = {
    "question": str, "answer": str, "candidates": int, "marks": float, "worth": float, "note": str,
}  # fmt: skip
"""The columns of the table of answers."""
TOP = 8
"""The answers to each part that the report shows."""


@dataclass(frozen=True, slots=True, eq=False)
class Answers:
    """The distinct answers to one part, the most frequent first: `rows` a candidate of each, `counts` how many wrote.

    An answer that earned different marks, because the forms differ, or was noted otherwise, counts as several.
    """

    column: str
    rows: NDArray[np.int64]
    counts: NDArray[np.int64]
    notes: tuple[str, ...]

    def __len__(self) -> int:
        return len(self.rows)


def of(graded: Graded, column: str) -> Answers:
    """What those who were there wrote to a part; blanks are left out."""
    marked = graded.marked[column]
    there = np.flatnonzero(graded.sat & (marked.reading.state != BLANK))
    texts = graded.texts[column]
    _, which = distinct([texts[row].strip() for row in there.tolist()])
    earned, marks = np.unique(graded.marks(column).floats[there], return_inverse=True)
    names = ["unreadable", *dict.fromkeys(step.note for step in marked.steps.steps)]
    last = np.zeros(marked.steps.count, dtype=np.int64)
    for step in marked.steps.steps:
        last[step.rows] = names.index(step.note)
    codes = (which * max(len(earned), 1) + marks) * len(names) + last[there]
    _, first, counts = np.unique(codes, return_index=True, return_counts=True)
    order = np.argsort(-counts, kind="stable")
    rows = there[first[order]]
    return Answers(column, rows, counts[order], tuple(names[note] for note in last[rows].tolist()))


def top(graded: Graded, column: str, lang: Lang, longest: int) -> dict[str, Any]:
    """The most frequent answers to a part as the report shows them, cut to `longest` characters; what it leaves out."""
    found = of(graded, column)
    _, _, worth = graded.exam.columns()[column]
    marks, shown = graded.marks(column), found.rows[:TOP].tolist()
    return {
        "number": column,
        "answers": [
            {
                "written": cut(graded.texts[column][row], longest),
                "count": int(count),
                "earned": f"{printed_marks(marks[row])} / {printed_marks(worth)}",
                "reason": reasons(graded, column, row, lang),
            }
            for row, count in zip(shown, found.counts.tolist(), strict=False)
        ],
        "others": len(found) - len(shown),
        "writers": int(found.counts[TOP:].sum()),
    }


def cut(text: str, longest: int) -> str:
    """A text of at most so many characters, with an ellipsis where some were left out.

    >>> cut("abcdef", 4)
    'abc…'
    """
    return text if len(text) <= longest else f"{text[: longest - 1]}…"


def frame(graded: Graded) -> pl.DataFrame:
    """Every distinct answer: the part, what was written, how many wrote it, what it earned, what the part is worth."""
    import polars as pl

    frames = []
    for column in graded.marked:
        found = of(graded, column)
        _, _, worth = graded.exam.columns()[column]
        texts = graded.texts[column]
        frames.append(pl.DataFrame({
            "question": [column] * len(found),
            "answer": [texts[row] for row in found.rows.tolist()],
            "candidates": found.counts,
            "marks": graded.marks(column)[found.rows].decimals(),
            "worth": np.full(len(found), float(worth)),
            "note": list(found.notes),
        }, schema=FIELDS))  # fmt: skip
    return pl.concat(frames) if frames else pl.DataFrame(schema=FIELDS)
