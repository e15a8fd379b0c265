"""What waits for a person: the list to fill in, and the answers that one verdict decides."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Literal, TypeAlias

import numpy as np

from qbank import answers, intake, papers, reports, reviews, store, variants
from qbank.actions._review_list import unread, verdicts
from qbank.actions._sources import now
from qbank.grading import Graded
from qbank.model import UNREADABLE, Bilingual, Lang, Marks, exact_marks, printed_marks, take
from qbank.reviews import Review

if TYPE_CHECKING:
    import polars as pl

__all__ = ["COLUMNS", "WHY", "Line", "Waiting", "Why", "frame", "judged", "keep", "lines", "unread", "verdicts",
           "waiting", "write"]  # fmt: skip

Why: TypeAlias = Literal["unreadable", "waits", "doubtful", "steps"]
WHY: dict[Why, Bilingual] = {
    "unreadable": Bilingual(zh="无法识读", en="could not be read"),
    "waits": Bilingual(zh="须人工评阅", en="a person marks it"),
    "doubtful": Bilingual(zh="可疑，请过目", en="doubtful, please look"),
    "steps": Bilingual(zh="过程可给分", en="the working may earn marks"),
}
COLUMNS = ("candidate", "name", "part", "step", "written", "stopped at", "expected", "key", "why", "earned", "worth",
           "marks", "read as", "comment", "by")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Line:
    """One step of an answer that a person may mark: its name, what is looked for, and what it is worth."""

    name: str
    text: str
    worth: Fraction


@dataclass(frozen=True, slots=True)
class Waiting:
    """One answer that waits: `part` is its column, `row` its candidate's row, `earned` what the rules gave it.

    `alike` are the rows, this one among them, with an equal text and an equal key: what one verdict decides. `steps`
    are those of the part on this candidate's variant, where it has any.
    """

    candidate: str
    name: str
    part: str
    row: int
    text: str
    stop: int
    expected: str
    key: str
    why: Why
    earned: Fraction
    worth: Fraction
    alike: tuple[int, ...]
    steps: tuple[Line, ...] = ()


def waiting(graded: Graded, lang: Lang, *, steps: bool = False) -> tuple[Waiting, ...]:
    """Everything that waits, part by part: unreadable and long answers, near-misses in spelling, unknown units.

    With `steps`, also the answers to parts with steps that did not earn everything: their working may.
    """
    found = []
    for column, (placed, part, worth) in graded.exam.columns().items():
        doubtful = graded.doubtful(column)
        lost = graded.open(column) & Marks.full(len(doubtful), worth).exceeds(graded.machine(column))
        rows = np.flatnonzero(graded.waiting(column) | doubtful | (lost if steps and part.steps else False))
        if not len(rows):
            continue
        kind, drawn = answers.kind_of(part.kind), graded.exam.drawn[placed.item.id]
        marked, earned = graded.marked[column], graded.machine(column)
        reading = marked.reading
        same: dict[tuple[str, bytes], list[int]] = {}
        judged = [(graded.texts[column][row].strip(), _sealed(graded, column, int(row))) for row in rows]
        for row, mark in zip(rows, judged, strict=True):
            same.setdefault(mark, []).append(int(row))
        long = ~(reading.state == UNREADABLE) & graded.waiting(column)
        for row, mark in zip(rows, judged, strict=True):
            form = int(graded.rows[row])
            key, arrangement = drawn.keys[part.id], drawn.arrangements[part.id]
            said = kind.accepted(part.answer, key, arrangement, form, lang) if part.facts.waits else papers.key(
                drawn, part, form, lang).text
            expected = reading.expected(int(row), lang)
            if long[row] and not part.facts.waits:  # marking left it to a person: both readings, say
                variant = reports.variant_of(graded, column, int(row))
                expected = " ".join(reports.spoken(marked, int(row), lang, variant))
            why: Why = "unreadable" if reading.state[row] == UNREADABLE else "waits" if long[row] else (
                "doubtful" if doubtful[row] else "steps")
            who = graded.candidates[row]
            found.append(Waiting(
                who.id, who.name, column, int(row), graded.texts[column][row], int(reading.stop[row]),
                expected, said, why, earned[row], worth, tuple(same[mark]), lines(graded, column, int(row), lang),
            ))  # fmt: skip
    return tuple(found)


def lines(graded: Graded, column: str, row: int, lang: Lang) -> tuple[Line, ...]:
    """The steps of one answer: those that its part has on the candidate's variant."""
    placed, part, worth = graded.exam.columns()[column]
    if not part.steps:
        return ()
    drawn, form = graded.exam.drawn[placed.item.id], int(graded.rows[row])
    plain = reports.Variant(drawn, form).plain
    return tuple(
        Line(name, plain(part.steps[name].text, lang), own) for name, own in variants.scheme(drawn, part, form, worth)
    )


def _sealed(graded: Graded, column: str, row: int) -> bytes:
    """The key and the arrangement of one answer, as bytes: equal where one verdict holds for both."""
    placed, part, _ = graded.exam.columns()[column]
    drawn, form = graded.exam.drawn[placed.item.id], graded.rows[[row]]
    pieces = {**take(drawn.keys[part.id], form), **take(drawn.arrangements[part.id], form)}
    return b"|".join(
        repr(array.tolist()).encode() if array.dtype.hasobject else array.tobytes() for array in pieces.values()
    )


def frame(found: Sequence[Waiting], lang: Lang) -> pl.DataFrame:
    """The list to fill in: `marks`, `read as`, `comment` and `by` are left to the person.

    Below an answer stand the steps of its part, a line each. An answer that no cell of a spreadsheet can hold is cut,
    and recognised when the list comes back.
    """
    import polars as pl

    rows: list[tuple[str, ...]] = []
    for each in found:
        rows.append((
            each.candidate, each.name, each.part, "", intake.shortened(each.text), str(each.stop or ""), each.expected,
            intake.shortened(each.key), WHY[each.why][lang], printed_marks(each.earned), printed_marks(each.worth),
            "", "", "", "",
        ))  # fmt: skip
        rows += [
            (each.candidate, each.name, each.part, step.name, "", "", "", intake.shortened(step.text), "", "",
             exact_marks(step.worth), "", "", "", "")
            for step in each.steps
        ]  # fmt: skip
    return pl.DataFrame(rows, schema=dict.fromkeys(COLUMNS, pl.String), orient="row")


def write(path: Path, found: Sequence[Waiting], lang: Lang) -> None:
    """The list as a table, as the ending of the path says."""
    intake.write(path, frame(found, lang))


def judged(
    graded: Graded, one: Waiting, marks: float | None, *, by: str, why: str = "", at: str = "", reading: str = "",
    steps: Mapping[str, float] | None = None,
) -> tuple[Review, ...]:  # fmt: skip
    """One verdict on an answer, and on all that are alike; `marks` is None where the rules are to mark the reading."""
    when = at or now()
    return tuple(
        Review(graded.candidates[row].id, one.part, graded.texts[one.part][row], marks, by, when, why, reading,
               steps or {})
        for row in one.alike
    )  # fmt: skip


def keep(folder: Path, new: Sequence[Review]) -> None:
    """Add the verdicts to those that the exam keeps, all or none."""
    if new:
        with store.writing(folder) as exam:
            store.append(exam, reviews.RECORD, reviews.written(new))
