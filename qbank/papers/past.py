"""What earlier exams asked: which items, with which values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from qbank.papers.exam import Exam
from qbank.variants import Variants


@dataclass(frozen=True, slots=True, eq=False)
class Past:
    """Earlier exams by the names that the user gives them: sealed ones, and the items of those that are on record."""

    exams: Mapping[str, Exam] = field(default_factory=dict)
    recorded: Mapping[str, frozenset[str]] = field(default_factory=dict)

    def used(self, item: str) -> tuple[str, ...]:
        """The exams that asked an item."""
        sealed = (name for name, exam in self.exams.items() if item in exam.drawn)
        return (*sealed, *(name for name, items in self.recorded.items() if item in items))

    def variants(self, item: str) -> tuple[Variants, ...]:
        """The values with which the sealed ones asked it."""
        return tuple(exam.drawn[item] for exam in self.exams.values() if item in exam.drawn)
