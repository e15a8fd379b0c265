"""Marking a partition, by the same rules, verdicts and regrades as the whole class."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from qbank import grading, regrading
from qbank.attendance import attendance
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
    """A partition with its marks: what is to be said of its candidates, of their rows, and of the regrades."""

    graded: Graded
    notes: Notes
    attended: tuple[Problem, ...]
    regraded: tuple[Problem, ...]


def some(exam: Exam, span: Span, table: Table, rules: Rules, places: Sequence[int]) -> tuple[Graded, list[int]]:
    """The marks of a few candidates of a partition, by their rising places in the class, and the row of each there."""
    listed = len(exam.candidates)
    if span.start >= listed:  # the table says who they are
        own = marked(exam, span, table.only([place - span.start for place in places]), rules)
        return own.graded, list(range(len(places)))
    chosen = [place for place in places if place < listed] or [span.start]
    few = replace(exam, candidates=tuple(exam.candidates[place] for place in chosen), form_of=exam.form_of[chosen])
    own = marked(few, Span(span.number, 0, len(chosen)), table, rules)
    late = (len(chosen) + place - listed for place in places if place >= listed)
    return own.graded, [*range(len(chosen)), *late]


def marked(exam: Exam, span: Span, table: Table, rules: Rules) -> Marked:
    """The marks of the candidates of a partition, whose rows are the table."""
    own = within(exam, span)
    who = attendance(own, table)
    graded, notes = grading.part(own, table, who, rules.verdicts, rules.statuses)
    for regrade in rules.regrades:
        graded = regrading.regraded(graded, regrade)
    return Marked(graded, notes, who.problems, graded.problems)
