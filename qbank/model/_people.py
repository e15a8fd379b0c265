"""People, and what stands more than once among them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Candidate:
    """Who sits the exam: the number that names them, and what the roster says besides."""

    id: str
    name: str = ""
    group: str = ""


def duplicates(values: Iterable[str]) -> dict[str, int]:
    """Every value that stands more than once, with its count.

    >>> duplicates(["a", "b", "a"])
    {'a': 2}
    """
    counts: dict[str, int] = {}
    for value in values:
        counts[value] = counts.get(value, 0) + 1
    return {value: count for value, count in counts.items() if count > 1}
