"""Which candidates a partition has: a stretch of all of them, in the order of the class."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from qbank.papers import Exam


@dataclass(frozen=True, slots=True)
class Span:
    """The candidates from the place `start` to before `stop`."""

    number: int
    start: int
    stop: int

    def has(self, place: int) -> bool:
        """Whether the candidate at a place of the class is one of them."""
        return self.start <= place < self.stop


def spans(count: int, size: int) -> Iterator[Span]:
    """The partitions of so many candidates, of at most `size` each.

    >>> [(each.start, each.stop) for each in spans(5, 2)], len(list(spans(0, 2)))
    ([(0, 2), (2, 4), (4, 5)], 1)
    """
    for number, start in enumerate(range(0, max(count, 1), size)):
        yield Span(number, start, min(start + size, count))


def within(exam: Exam, span: Span) -> Exam:
    """The exam with the candidates of its roster that are in a partition; one without a roster as it is."""
    if not exam.candidates:
        return exam
    own = slice(span.start, span.stop)
    return replace(exam, candidates=exam.candidates[own], form_of=exam.form_of[own])
