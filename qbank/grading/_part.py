"""Marking a table of responses: a class as a whole, or a part of a large one, whose problems others are added to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from qbank import attendance, marking
from qbank.attendance import Attendance, Doubt
from qbank.distinct import FEW, Coded, distinct
from qbank.grading import _by_hand
from qbank.grading._graded import Graded, read_as
from qbank.intake import Table
from qbank.marking import Marked
from qbank.model import Problem, Refused
from qbank.papers import Exam
from qbank.reviews import Review
from qbank.roll import Status

if TYPE_CHECKING:
    import polars as pl


@dataclass(frozen=True, slots=True, eq=False)
class Notes:
    """What is to be said of some candidates of a class together with the others.

    `typed` are the faults in marks typed into the responses, by column; `faults` and `overruled` what is odd about
    recorded verdicts, by the place of the verdict; `seen` the verdicts and `recorded` the numbers with a record that
    these candidates have.
    """

    doubts: tuple[Doubt, ...]
    typed: Mapping[str, Sequence[Problem]]
    faults: Sequence[tuple[int, Problem]]
    overruled: Sequence[tuple[int, Problem]]
    seen: frozenset[int]
    recorded: frozenset[str]


def grade(
    exam: Exam, table: Table, verdicts: Iterable[Review] = (), statuses: Mapping[str, Status] = MappingProxyType({})
) -> Graded:
    """The marks of every candidate of the exam, in the order of its roster, with a person's verdicts beside them.

    A candidate with no row is absent, unless `statuses` record something else by their number; one with a spare paper
    need not be on the roster. A verdict counts while the text it judged stays. Raises Refused for a candidate whom the
    exam does not know, a form that it does not have, and cells that do not hold what was written.
    """
    who = attendance.attendance(exam, table)
    every = _by_hand.numbered(exam, verdicts)
    graded, notes = part(exam, table, who, every, statuses)
    unknown = attendance.unknown([each.id for each in who.candidates], statuses, notes.recorded)
    told = problems(exam, table.file, table.problems, who.problems, [notes], every, unknown)
    return replace(graded, problems=told)


def problems(
    exam: Exam, file: str, read: Sequence[Problem], attended: Sequence[Problem], parts: Sequence[Notes],
    verdicts: Sequence[Review], unknown: Iterable[Problem],
) -> tuple[Problem, ...]:  # fmt: skip
    """The warnings of a class that was marked in parts. Raises Refused with every error."""
    seen = frozenset[int]().union(*(each.seen for each in parts))
    faults = sorted([*_by_hand.unknown(exam, verdicts, seen), *(own for each in parts for own in each.faults)],
                    key=lambda told: told[0])  # fmt: skip
    typed = [told for name in exam.columns() for each in parts for told in each.typed.get(name, ())]
    odd = [problem for _, problem in faults]
    if wrong := [each for each in (*read, *attended, *typed, *odd) if each.severity == "error"]:
        raise Refused(*wrong)
    overruled = sorted((own for each in parts for own in each.overruled), key=lambda told: told[0])
    doubts = attendance.told(file, attendance.together([each.doubts for each in parts]))
    return (*read, *doubts, *unknown, *attended, *odd, *(problem for _, problem in overruled))


def part(
    exam: Exam, table: Table, who: Attendance, verdicts: Sequence[Review], statuses: Mapping[str, Status]
) -> tuple[Graded, Notes]:
    """The marks of the candidates of an attendance, without problems; of the `verdicts` and `statuses`, theirs count.

    The verdicts are those of `numbered`.
    """
    columns = exam.columns()
    candidates, order, rows = who.candidates, who.order, who.forms
    places = {candidate.id: place for place, candidate in enumerate(candidates)}
    typed = {name: _by_hand.by_hand(table, name, columns[name][2], order) for name in table.marks.columns}
    texts = {name: _ordered(table.frame[name], order) for name in columns}
    own = {at: review for at, review in enumerate(verdicts) if review.candidate in places}
    judged, faults = _by_hand.judged(exam, own, places, texts)
    given = {name: marks for name, (marks, _) in typed.items()}
    by_hand, overruled = _by_hand.reviewed(table, given, judged, own, len(order))
    marked: dict[str, Marked] = {}
    for section, placed in exam.placed():
        names = {each.id: placed.column(each) for each in placed.item.parts}
        read = {each: read_as(name, texts[name], judged) for each, name in names.items()}
        done = marking.mark(placed.item, exam.drawn[placed.item.id], read, rows, section.rules)
        marked |= {placed.column(each): done[each.id] for each in placed.item.parts}
    written = np.logical_or.reduce([_written(table.frame[name], order) for name in columns])
    written |= np.array([~np.isnan(marks) for marks in by_hand.values()]).any(axis=0) if by_hand else False
    recorded = {each.id: statuses[each.id] for each in candidates if each.id in statuses} if statuses else {}
    became, doubts = attendance.states(table, candidates, order, np.asarray(written), recorded)
    graded = Graded(exam, candidates, became, rows, texts, marked, by_hand, (), judged, table)
    wrong = {name: told for name, (_, told) in typed.items()}
    return graded, Notes(doubts, wrong, faults, overruled, frozenset(own), frozenset(recorded))


def _written(column: pl.Series, order: NDArray[np.int64]) -> NDArray[np.bool_]:
    """(n,) who wrote anything but spaces."""
    there = column.str.contains(r"[^\s\x1c-\x1f]").to_numpy()  # what `str.strip` leaves
    return np.where(order >= 0, there[np.maximum(order, 0)] if len(there) else False, False)


def _ordered(column: pl.Series, order: NDArray[np.int64]) -> Coded:
    """The texts of a column in the order of the candidates, nothing for who has no row."""
    unique, codes = distinct(column if len(column) >= FEW else column.to_list())
    codes = np.append(codes, len(unique))[order]  # the last for the row -1
    used = np.zeros(len(unique) + 1, dtype=np.bool_)
    used[codes] = True
    kept = [text for text, own in zip([*unique, ""], used.tolist(), strict=True) if own]
    return Coded(kept, (np.cumsum(used) - 1)[codes])
