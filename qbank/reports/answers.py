"""What a class wrote, part by part: every distinct answer with how many wrote it, what it earned and why.

The report shows the most frequent; the table has them all.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import numpy as np

from qbank.distinct import coded
from qbank.grading import Graded
from qbank.model import BLANK, LANGS, Bilingual, Lang, printed_marks
from qbank.reports._reasons import reasons

if TYPE_CHECKING:
    import polars as pl

    from qbank.reports.findings import Findings

FIELDS: dict[str, Any] = {
    "question": str, "answer": str, "candidates": int, "marks": float, "worth": float, "note": str,
}  # fmt: skip
"""The columns of the table of answers."""
COUNTED: dict[str, Any] = {
    "key": str, "written": str, "marks": float, "note": str, "candidates": int, "place": int,
}  # fmt: skip
"""The columns of distinct answers that are counted."""
TOP = 8
"""The answers to each part that the report shows."""
MOST = 20_000
"""The most distinct answers to a part that are listed, and many more than anybody reads."""
AT_ONCE = 1_000_000
"""So many counted answers are added up at once."""


@dataclass(frozen=True, slots=True, eq=False)
class Answers:
    """The distinct answers to one part, the most frequent first, then in the order of the candidates.

    `frame` has the text without spaces around it (`key`), as the first of them `written` it, the `marks` it earned,
    the last `note`, how many `candidates` wrote so, and the `place` of the first. An answer that earned different
    marks, because the forms differ, or was noted otherwise, counts as several. Beyond MOST the rarest are left out:
    there are `distinct` ones by `writers` in all.
    """

    column: str
    frame: pl.DataFrame
    distinct: int
    writers: int

    def __len__(self) -> int:
        return self.distinct


def of(graded: Graded, column: str) -> Answers:
    """What those who were there wrote to a part; blanks are left out."""
    counts = counted(graded, column)
    return ordered(column, counts.lazy(), len(counts))


def counted(graded: Graded, column: str, start: int = 0) -> pl.DataFrame:
    """The distinct answers to a part in no order; the first candidate has the place `start`."""
    import polars as pl

    marked = graded.marked[column]
    there = np.flatnonzero(graded.sat & (marked.reading.state != BLANK))
    texts = coded(graded.texts[column])
    keys = texts.stripped()
    which = keys.codes[there]
    earned, marks = np.unique(graded.marks(column).decimals()[there], return_inverse=True)
    names = ["unreadable", *dict.fromkeys(step.note for step in marked.steps.steps)]
    last = np.zeros(marked.steps.count, dtype=np.int64)
    for step in marked.steps.steps:
        last[step.rows] = names.index(step.note)
    codes = (which * max(len(earned), 1) + marks) * len(names) + last[there]
    _, first, counts = np.unique(codes, return_index=True, return_counts=True)
    rows = there[first].tolist()
    return pl.DataFrame({
        "key": [keys[row] for row in rows], "written": [texts[row] for row in rows],
        "marks": earned[marks[first]], "note": [names[note] for note in last[rows].tolist()], "candidates": counts,
        "place": there[first] + start,
    }, schema=COUNTED)  # fmt: skip


def ordered(column: str, counts: pl.LazyFrame, size: int) -> Answers:
    """The answers of a class of so many counts, which may stand in parts on the disk; no more than MOST are held."""
    import polars as pl

    shares = max(-(-size // AT_ONCE), 1)
    kept: list[pl.DataFrame] = []
    distinct = writers = 0
    for share in range(shares):
        own = counts.filter(pl.col("key").hash(0) % shares == share) if shares > 1 else counts
        whole = own.group_by("key", "marks", "note").agg(
            pl.col("written").sort_by("place").first(), pl.col("candidates").sum(), pl.col("place").min(),
        ).sort("candidates", "place", descending=[True, False]).collect()  # fmt: skip
        distinct, writers = distinct + len(whole), writers + int(whole["candidates"].sum())
        kept = [pl.concat([*kept, whole.head(MOST)]).sort("candidates", "place", descending=[True, False]).head(MOST)]
    return Answers(column, kept[0], distinct, writers)


@dataclass(frozen=True, slots=True)
class Cited:
    """What one answer earned, and why."""

    marks: Fraction
    reason: Bilingual


def cited(graded: Graded, column: str, row: int) -> Cited:
    """What a candidate's answer to a part earned, and why."""
    why = Bilingual(*(reasons(graded, column, row, lang) for lang in LANGS))
    return Cited(graded.marks(column)[row], why)


def shown(found: Answers) -> list[int]:
    """The places of the candidates whose answers the report shows."""
    return found.frame["place"].head(TOP).to_list()


def top(findings: Findings, column: str, lang: Lang, longest: int) -> dict[str, Any]:
    """The most frequent answers to a part as the report shows them, cut to `longest` characters; what it leaves out."""
    found = findings.answers[column]
    _, _, worth = findings.exam.columns()[column]
    most = found.frame.head(TOP)
    return {
        "number": column,
        "answers": [
            {
                "written": cut(each["written"], longest),
                "count": each["candidates"],
                "earned": f"{printed_marks(told.marks)} / {printed_marks(worth)}",
                "reason": told.reason[lang],
            }
            for each in most.iter_rows(named=True) for told in [findings.cited(column, each["place"])]
        ],
        "others": len(found) - len(most),
        "writers": found.writers - int(most["candidates"].sum()),
    }  # fmt: skip


def cut(text: str, longest: int) -> str:
    """A text of at most so many characters, with an ellipsis where some were left out.

    >>> cut("abcdef", 4)
    'abc…'
    """
    return text if len(text) <= longest else f"{text[: longest - 1]}…"


def frame(findings: Findings) -> pl.DataFrame:
    """Every distinct answer: the part, what was written, how many wrote it, what it earned, what the part is worth."""
    import polars as pl

    frames = [
        found.frame.select(
            pl.lit(column).alias("question"), pl.col("written").alias("answer"), "candidates", "marks",
            pl.lit(float(findings.exam.columns()[column][2])).alias("worth"), "note",
        )
        for column, found in findings.answers.items()
    ]  # fmt: skip
    return pl.concat(frames) if frames else pl.DataFrame(schema=FIELDS)
