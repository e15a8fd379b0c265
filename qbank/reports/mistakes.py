"""What cost marks, part by part: counted by note, never by sentence, and so alike in every language."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
from numpy.typing import NDArray

from qbank import answers, statistics
from qbank.bank.item import Part
from qbank.grading import Graded
from qbank.marking import Marked
from qbank.model import LANGS, Bilingual, Marks
from qbank.papers import Exam
from qbank.reports import stepmarks
from qbank.reports._reasons import called

if TYPE_CHECKING:
    import polars as pl

    from qbank.reports.findings import Findings


@dataclass(frozen=True, slots=True)
class Mistake:
    """One way of losing marks in a part, and how many lost some so; `which` are the options picked, and the like.

    `part` is the part against whose key the answers were marked: another one where blanks may be filled in any order.
    """

    column: str
    part: str
    note: str
    which: tuple[str, ...]
    count: int
    name: Bilingual


Key: TypeAlias = tuple[str, str, str, tuple[str, ...]]
"""What tells one way of losing marks from another: its column, its part, its note, which options."""
Count: TypeAlias = tuple[int, Bilingual]
"""How many lost marks so, and what it is called."""


def counted(graded: Graded) -> dict[Key, Count]:
    """Every way of losing marks by what the rules say."""
    return together([
        {(column, part, own.note, own.which): (own.count, name)}
        for column in graded.marked for part, own, name in _lost(graded, column)
    ])  # fmt: skip


def together(parts: Iterable[Mapping[Key, Count]]) -> dict[Key, Count]:
    """The counts of all parts of a class; a name is that of the first."""
    counts: dict[Key, Count] = {}
    for key, (count, name) in (each for part in parts for each in part.items()):
        before, known = counts.get(key, (0, name))
        counts[key] = before + count, known
    return counts


def table(exam: Exam, counts: Mapping[Key, Count], steps: Iterable[stepmarks.Step]) -> list[Mistake]:
    """Every way of losing marks, the most frequent first, then in the order of the paper, then by note.

    Beside what the rules counted stand the steps that a person marked and that did not earn everything.
    """
    order = {column: place for place, column in enumerate(exam.columns())}
    found = [Mistake(*key, count, name) for key, (count, name) in counts.items()]
    found += _steps(exam, steps)
    return sorted(found, key=lambda each: (-each.count, order[each.column], each.part, each.note, each.which))


def _steps(exam: Exam, steps: Iterable[stepmarks.Step]) -> Iterator[Mistake]:
    """The steps that a person marked and that did not earn everything."""
    for step in steps:
        if step.full < step.answers:
            name = Bilingual(*(answers.general(step.text, lang) for lang in LANGS))
            part = exam.columns()[step.column][1].id
            yield Mistake(step.column, part, f"{stepmarks.NOTE}{step.name}", (), step.answers - step.full, name)


def _lost(graded: Graded, column: str) -> Iterator[tuple[str, statistics.Lost, Bilingual]]:
    _, _, worth = graded.exam.columns()[column]
    by_steps = [row for (name, row), review in graded.reviews.items() if name == column and review.steps]
    whole = ~np.isin(np.arange(len(graded.states)), by_steps)
    short = graded.sat & whole & Marks.full(len(graded.states), worth).exceeds(graded.marks(column))
    for standing, rows in graded.standings(column):
        marked = standing.marked[column]
        for part, own in _asked(marked):
            for lost in statistics.lost(marked.steps, short & rows & own, answers.kind_of(part.kind).named_by):
                step = next(step for step in marked.steps.steps if step.note == lost.note and step.rows[lost.row])
                details = {name: values[lost.row] for name, values in step.details.items()}
                yield part.id, lost, Bilingual(*(called(part, lost.note, details, lang) for lang in LANGS))


def _asked(marked: Marked) -> Iterator[tuple[Part, NDArray[np.bool_]]]:
    """The parts against whose keys the answers were marked, with (n,) which answers."""
    if marked.against is None:
        yield marked.part, np.ones(marked.steps.count, dtype=np.bool_)
        return
    yield from ((part, np.equal(marked.against, place)) for place, part in enumerate(marked.others))


def frame(findings: Findings) -> pl.DataFrame:
    """A row a mistake: where, its note, what tells it apart, how many made it, and its name in both languages."""
    import polars as pl

    columns = findings.exam.columns()
    rows = [
        {
            "question": each.column, "item": columns[each.column][0].item.id, "part": each.part, "note": each.note,
            "which": " ".join(each.which), "candidates": each.count, "zh": each.name.zh, "en": each.name.en,
        }
        for each in findings.mistakes
    ]  # fmt: skip
    text = dict.fromkeys(("question", "item", "part", "note", "which"), pl.String)
    return pl.DataFrame(rows, schema={**text, "candidates": pl.Int64, "zh": pl.String, "en": pl.String})
