"""Marking a partition, by the same rules, verdicts and regrades as the whole class."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from qbank import grading, regrading
from qbank.attendance import Attendance, attendance
from qbank.grading import Graded, Notes
from qbank.intake import Table
from qbank.model import Problem
from qbank.papers import Exam
from qbank.partitions._spans import Span, within
from qbank.regrades import Regrade
from qbank.reviews import Review
from qbank.roll import Status


@dataclass(frozen=True, slots=True, eq=False)
class Rules:
    """What a class is marked by besides the exam: verdicts as `grading.numbered` gives them, records, regrades."""

    verdicts: Sequence[Review]
    statuses: Mapping[str, Status]
    regrades: Sequence[Regrade]


@dataclass(frozen=True, slots=True, eq=False)
class Marked:
    """A partition with its marks: what is to be said of its candidates, whose rows are whose, and of the regrades."""

    graded: Graded
    notes: Notes
    who: Attendance
    regraded: tuple[Problem, ...]


def marked(exam: Exam, span: Span, table: Table, rules: Rules) -> Marked:
    """The marks of the candidates of a partition, whose rows are the table."""
    own = within(exam, span)
    who = attendance(own, table)
    graded, notes = grading.part(own, table, who, rules.verdicts, rules.statuses)
    for regrade in rules.regrades:
        graded = regrading.regraded(graded, regrade)
    return Marked(graded, notes, who, graded.problems)
