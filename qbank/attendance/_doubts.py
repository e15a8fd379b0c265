"""What hardly fits of many candidates, told once for all of them, also where they stand in parts of a class."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from qbank.attendance._rows import SHOWN
from qbank.model import Candidate, Problem

MISSING = "no row"
"""What is odd about a candidate who is on the roster and not in the responses."""


@dataclass(frozen=True, slots=True)
class Doubt:
    """What is odd about `count` candidates, of whom the first few are named; `at` is its place among all doubts."""

    at: int
    what: str
    names: tuple[str, ...]
    count: int


def doubt(what: str, candidates: Sequence[Candidate], rows: NDArray[np.bool_], at: int) -> Doubt:
    """What is odd about the candidates of some rows (n,)."""
    places = np.flatnonzero(rows)
    return Doubt(at, what, tuple(candidates[place].id for place in places[:SHOWN].tolist()), len(places))


def together(parts: Sequence[Sequence[Doubt]]) -> tuple[Doubt, ...]:
    """The doubts of a class, of those of its parts in the order of the candidates."""
    found: dict[str, Doubt] = {}
    for each in (own for part in parts for own in part):
        before = found.get(each.what, Doubt(each.at, each.what, (), 0))
        names = (*before.names, *each.names)[:SHOWN]
        found[each.what] = Doubt(each.at, each.what, names, before.count + each.count)
    return tuple(sorted(found.values(), key=lambda each: each.at))


def told(file: str, doubts: Sequence[Doubt]) -> Iterator[Problem]:
    """The doubts as warnings about the responses."""
    for each in doubts:
        listing = ", ".join(each.names) + ", …" * (each.count > len(each.names))
        if each.what != MISSING:
            who = f"{each.count} candidate{'s' * (each.count != 1)} ({listing})"
            yield Problem("responses.empty", f"{file}: {who} {each.what}", severity="warning")
            continue
        messages = [f"candidate {number} has no row and counts as absent" for number in each.names]
        if each.count > len(each.names):
            messages = [f"{each.count} candidates ({listing}) have no row and count as absent"]
        for message in messages:
            yield Problem("responses.missing", f"{file}: {message}", severity="warning")
