"""People, and what appears more than once among them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import ceil


@dataclass(frozen=True, slots=True)
class Accommodation:
    """What a candidate is granted: a paper in large print; time beyond that of the others, in percent and minutes.

    >>> Accommodation(percent=25.0).extra(90), Accommodation(minutes=10).extra(90), bool(Accommodation())
    (23, 10, False)
    """

    large_print: bool = False
    percent: float = 0.0
    minutes: int = 0

    def __bool__(self) -> bool:
        return self != Accommodation()

    def extra(self, minutes: int) -> int:
        """The minutes beyond so many, whole ones."""
        return ceil(round(minutes * self.percent / 100, 9)) + self.minutes


@dataclass(frozen=True, slots=True)
class Candidate:
    """Who sits the exam: the number that names them, and what the roster has besides."""

    id: str
    name: str = ""
    group: str = ""
    accommodation: Accommodation = Accommodation()


def duplicates(values: Iterable[str]) -> dict[str, int]:
    """Every value that appears more than once, with its count.

    >>> duplicates(["a", "b", "a"])
    {'a': 2}
    """
    counts: dict[str, int] = {}
    for value in values:
        counts[value] = counts.get(value, 0) + 1
    return {value: count for value, count in counts.items() if count > 1}
