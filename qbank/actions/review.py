"""What waits for a person: the list to fill in, and the answers that one verdict decides."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Literal, TypeAlias

import numpy as np

from qbank import answers, intake, papers, reports, reviews, store, variants
from qbank.actions._alike import groups
from qbank.actions._review_list import is_unfilled, unread, verdicts
from qbank.actions._sources import now
from qbank.actions._undecided import decided, open_answers, to_decide
from qbank.actions.deliver import deliver
from qbank.grading import Graded, renumbered
from qbank.model import UNREADABLE, Bilingual, Lang, exact_marks, printed_marks
from qbank.papers import Exam
from qbank.reviews import Review

if TYPE_CHECKING:
    import polars as pl

__all__ = ["COLUMNS", "WHY", "Line", "Waiting", "Why", "decided", "frame", "is_unfilled", "judged", "keep",
           "keep_fresh", "to_decide", "undone", "unread", "verdicts", "waiting", "write"]  # fmt: skip

Why: TypeAlias = Literal["unreadable", "waits", "doubtful", "steps"]
WHY: dict[Why, Bilingual] = {
    "unreadable": Bilingual(zh="无法识别", en="could not be read"),
    "waits": Bilingual(zh="须人工评阅", en="a person marks it"),
    "doubtful": Bilingual(zh="可疑，请过目", en="doubtful, please look"),
    "steps": Bilingual(zh="过程可给分", en="the working may earn marks"),
}
DIFFERENT = Bilingual(zh="（各人不同）", en="(not the same for all)")
"""The key of answers that are listed as one and have several."""
COLUMNS = ("candidate", "name", "answers", "part", "step", "written", "stopped at", "expected", "key", "why",
           "earned", "worth", "marks", "read as", "comment", "by")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Line:
    """One step of an answer that a person may mark: its name, what is looked for, and what it is worth."""

    name: str
    text: str
    worth: Fraction


@dataclass(frozen=True, slots=True)
class Waiting:
    """One answer that waits: `part` is its column, `row` its candidate's row, `earned` what the rules gave it.

    `alike` are the rows, this one among them, with an equal text and an equal key: what one verdict decides. Where the
    text could not be read, `together` are all rows with it, whatever their keys: what a verdict of no marks decides.
    `steps` are those of the part on this candidate's variant, where it has any.
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
    together: tuple[int, ...]
    steps: tuple[Line, ...] = ()

    @property
    def first(self) -> bool:
        """Whether it is the first of those that are listed as one."""
        return self.row == self.together[0]


def waiting(graded: Graded, lang: Lang, *, steps: bool = False) -> tuple[Waiting, ...]:
    """Everything that waits, part by part: unreadable and long answers, near-misses in spelling, unknown units.

    With `steps`, also the answers to parts with steps that did not earn everything: their working may.
    """
    found = []
    for column, (_, part, worth) in graded.exam.columns().items():
        doubtful = graded.doubtful(column)
        rows = np.flatnonzero(open_answers(graded, column, steps=steps))
        if not len(rows):
            continue
        marked, earned = graded.marked[column], graded.machine(column)
        reading = marked.reading
        alike = groups(graded, column, rows.tolist())
        long = ~(reading.state == UNREADABLE) & graded.waiting(column)
        by_form = cache(partial(_of_form, graded, column, lang))
        for row, (same, together) in alike.items():
            said, own = by_form(int(graded.rows[row]))
            expected = reading.expected(row, lang)
            if long[row] and not part.facts.waits:  # marking left it to a person: both readings, say
                variant = reports.variant_of(graded, column, row)
                expected = " ".join(reports.spoken(marked, row, lang, variant))
            why: Why = "unreadable" if reading.state[row] == UNREADABLE else "waits" if long[row] else (
                "doubtful" if doubtful[row] else "steps")
            who = graded.candidates[row]
            found.append(Waiting(
                who.id, who.name, column, row, graded.texts[column][row], int(reading.stop[row]), expected, said, why,
                earned[row], worth, same, together, own,
            ))  # fmt: skip
    return tuple(found)


def _of_form(graded: Graded, column: str, lang: Lang, form: int) -> tuple[str, tuple[Line, ...]]:
    """What is right on a form, and the steps of the answer there."""
    placed, part, _ = graded.exam.columns()[column]
    drawn = graded.exam.drawn[placed.item.id]
    if part.facts.waits:
        kind, key, arrangement = answers.kind_of(part.kind), drawn.keys[part.id], drawn.arrangements[part.id]
        said = kind.accepted(part.answer, key, arrangement, form, lang)
    else:
        said = papers.key(drawn, part, form, lang).text
    return said, _lines(graded, column, form, lang)


def _lines(graded: Graded, column: str, form: int, lang: Lang) -> tuple[Line, ...]:
    placed, part, worth = graded.exam.columns()[column]
    if not part.steps:
        return ()
    drawn = graded.exam.drawn[placed.item.id]
    plain = reports.Variant(drawn, form).plain
    return tuple(
        Line(name, plain(part.steps[name].text, lang), own) for name, own in variants.scheme(drawn, part, form, worth)
    )


def frame(found: Sequence[Waiting], lang: Lang, *, each: bool = False) -> pl.DataFrame:
    """The list to fill in: `marks`, `read as`, `comment` and `by` are left to the person.

    Equal answers are one line, for as many candidates as `answers` gives, unless `each` is asked for. Below an answer
    are the steps of its part, a line each. An answer that no cell of a spreadsheet can hold is cut, and recognised
    when the list comes back.
    """
    import polars as pl

    rows: list[tuple[str, ...]] = []
    for one in found:
        if not (each or one.first):
            continue
        who = (one.candidate, one.name, "" if each or len(one.together) == 1 else str(len(one.together)), one.part)
        several = not each and len(one.together) > len(one.alike)
        rows.append((
            *who, "", intake.shortened(one.text), str(one.stop or ""), one.expected,
            DIFFERENT[lang] if several else intake.shortened(one.key),
            WHY[one.why][lang], printed_marks(one.earned), printed_marks(one.worth), "", "", "", "",
        ))  # fmt: skip
        rows += [
            (*who, step.name, "", "", "", intake.shortened(step.text), "", "", exact_marks(step.worth), "", "", "", "")
            for step in one.steps if not several
        ]  # fmt: skip
    return pl.DataFrame(rows, schema=dict.fromkeys(COLUMNS, pl.String), orient="row")


def write(
    path: Path, found: Sequence[Waiting], lang: Lang, *, each: bool = False, replace: bool = False
) -> int:  # fmt: skip
    """The list as a table, in the format of the path's ending; gives how many answers it has lines for.

    Raises Refused where the file is there and has been filled in, or is another one, unless it is to be replaced.
    """
    deliver(path, intake.encoded(path, frame(found, lang, each=each)), replace=replace, own=is_unfilled)
    return len(found) if each else sum(one.first for one in found)


def judged(
    graded: Graded, one: Waiting, marks: float | None, *, by: str, why: str = "", at: str = "", reading: str = "",
    steps: Mapping[str, float] | None = None,
) -> tuple[Review, ...]:  # fmt: skip
    """One verdict on an answer, and on all that are alike; no marks are given to equal texts whatever their keys.

    `marks` is None where the rules are to mark the reading.
    """
    when = at or now()
    return tuple(
        Review(graded.candidates[row].id, one.part, graded.texts[one.part][row], marks, by, when, why, reading,
               steps or {})
        for row in (one.together if marks == 0 and not reading else one.alike)
    )  # fmt: skip


def undone(given: Review, earlier: Review | None, *, by: str, at: str = "") -> Review:
    """What takes a verdict away when it is kept: the one before it once more, or that there is none."""
    when = at or now()
    if earlier is not None:
        return replace(earlier, at=when)
    return Review(given.candidate, given.part, given.text, None, by, when, withdrawn=True)


def keep_fresh(folder: Path, exam: Exam, given: Sequence[Review]) -> tuple[Review, ...]:
    """Keep the verdicts of a list that were not recorded before, and return these.

    Reading a list again takes back nothing that came later. A verdict that was withdrawn since is new; one on a
    candidate whose number was corrected since is not.
    """
    with store.writing(folder) as writing:
        new = _fresh(folder, exam, given)
        if new:
            store.append(writing, reviews.RECORD, reviews.written(new))
    return new


def _fresh(folder: Path, exam: Exam, given: Sequence[Review]) -> tuple[Review, ...]:
    recorded = reviews.parsed(store.journal(folder, reviews.RECORD), reviews.RECORD)
    known = [renumbered(exam, each) for each in recorded]
    said = {replace(each, at="").told() for each in known}
    last = {(each.candidate, each.part): each for each in known}

    def is_new(one: Review) -> bool:
        before = last.get((one.candidate, one.part))
        return before is None or before.withdrawn or replace(one, at="").told() not in said

    return tuple(one for one in given if is_new(one))


def keep(folder: Path, new: Sequence[Review]) -> None:
    """Add the verdicts to those that the exam keeps, all or none."""
    if new:
        with store.writing(folder) as exam:
            store.append(exam, reviews.RECORD, reviews.written(new))
