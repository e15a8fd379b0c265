"""What does not fit, told once for all candidates whom it is about, also where a class is marked in parts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias, assert_never

import numpy as np
from numpy.typing import NDArray

from qbank import messages
from qbank.attendance._rows import SHOWN
from qbank.model import STANDINGS, Candidate, Problem, State

Odd: TypeAlias = Literal["no row", "empty", "absent", "against", "written"]
"""What does not fit: no row; no answer and not marked absent; marked absent, with answers; marked absent against the
record; answers against the record."""


@dataclass(frozen=True, slots=True)
class Doubt:
    """What does not fit of `count` candidates, of whom the first few are named; `at` is its place among all doubts.

    `state` is what was recorded of them, where the responses contradict it.
    """

    at: int
    what: Odd
    state: State
    names: tuple[str, ...]
    count: int


def doubt(what: Odd, state: State, candidates: Sequence[Candidate], rows: NDArray[np.bool_], at: int) -> Doubt:
    """What does not fit of the candidates of some rows (n,)."""
    places = np.flatnonzero(rows)
    return Doubt(at, what, state, tuple(candidates[place].id for place in places[:SHOWN].tolist()), len(places))


def together(parts: Sequence[Sequence[Doubt]]) -> tuple[Doubt, ...]:
    """The doubts of a class, of those of its parts in the order of the candidates."""
    found: dict[tuple[Odd, State], Doubt] = {}
    for each in (own for part in parts for own in part):
        key = (each.what, each.state)
        before = found.get(key, Doubt(each.at, *key, (), 0))
        names = (*before.names, *each.names)[:SHOWN]
        found[key] = Doubt(each.at, *key, names, before.count + each.count)
    return tuple(sorted(found.values(), key=lambda each: each.at))


def told(file: str, doubts: Sequence[Doubt]) -> Iterator[Problem]:
    """The doubts as warnings about the responses."""
    for each in doubts:
        listing = messages.listed([*each.names, *["…"] * (each.count > len(each.names))])
        if each.what != "no row":
            yield Problem("responses.empty", _told(file, each, listing), severity="warning")
        elif each.count > len(each.names):
            message = messages.tell(
                "{file}: {count} candidates ({names}) have no row and count as absent",
                file=file, count=each.count, names=listing,
            )  # fmt: skip
            yield Problem("responses.missing", message, severity="warning")
        else:
            for number in each.names:
                message = messages.tell(
                    "{file}: candidate {candidate} has no row and counts as absent", file=file, candidate=number
                )
                yield Problem("responses.missing", message, severity="warning")


def _told(file: str, doubt: Doubt, names: str) -> str:
    count, word = doubt.count, STANDINGS[doubt.state].word[messages.language()]
    match doubt.what:
        case "no row" | "empty":
            return messages.tell_many(
                count,
                "{file}: {count} candidate ({names}) has no answer and is not marked absent: 0 marks",
                "{file}: {count} candidates ({names}) have no answer and are not marked absent: 0 marks",
                file=file, names=names,
            )  # fmt: skip
        case "absent":
            return messages.tell_many(
                count,
                "{file}: {count} candidate ({names}) is marked absent and has answers, which do not count",
                "{file}: {count} candidates ({names}) are marked absent and have answers, which do not count",
                file=file, names=names,
            )  # fmt: skip
        case "against" if doubt.state == "sat":
            return messages.tell_many(
                count,
                "{file}: {count} candidate ({names}) is marked absent but recorded as present: absent counts",
                "{file}: {count} candidates ({names}) are marked absent but recorded as present: absent counts",
                file=file, names=names,
            )  # fmt: skip
        case "against":
            return messages.tell_many(
                count,
                "{file}: {count} candidate ({names}) is marked absent but recorded as {state}: the record counts",
                "{file}: {count} candidates ({names}) are marked absent but recorded as {state}: the record counts",
                file=file, names=names, state=word,
            )  # fmt: skip
        case "written":
            return messages.tell_many(
                count,
                "{file}: {count} candidate ({names}) is recorded as {state} and has answers, which do not count",
                "{file}: {count} candidates ({names}) are recorded as {state} and have answers, which do not count",
                file=file, names=names, state=word,
            )  # fmt: skip
        case other:
            assert_never(other)
