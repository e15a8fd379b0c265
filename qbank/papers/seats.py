"""Seats: who gets which paper where everyone has their own. A seat is given once, and never to somebody else."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from qbank import messages
from qbank.model import Candidate
from qbank.papers.exam import Exam

DIGITS = 3
"""The fewest digits of a code on a paper."""


@dataclass(frozen=True, slots=True)
class Seating:
    """`codes` names every seat that was ever given; `seat_of` (candidates,) is each candidate's.

    `spares` are the seats whose papers are printed without a candidate.
    """

    codes: tuple[str, ...]
    seat_of: NDArray[np.int64]
    spares: tuple[int, ...]


def seating(candidates: Sequence[Candidate], *, spares: int = 0, earlier: Exam | None = None) -> Seating:
    """A seat for every candidate, and at least so many spare ones.

    Who had a seat in the `earlier` exam keeps it, and its spare papers stay spare; newcomers get the next seats in the
    order of their numbers (see `ordinal`), so that the order of a list decides nothing. The seat of someone who has
    left stays empty.
    """
    kept = earlier if earlier is not None and earlier.each else None
    had = {} if kept is None else {
        each.id: int(seat) for each, seat in zip(kept.candidates, kept.form_of, strict=True)
    }  # fmt: skip
    codes = () if kept is None else kept.forms
    empty = () if kept is None else kept.spares
    new = sorted((each.id for each in candidates if each.id not in had), key=ordinal)
    seats = had | {number: len(codes) + place for place, number in enumerate(new)}
    more = max(spares - len(empty), 0)
    total = len(codes) + len(new) + more
    digits = max(DIGITS, len(codes[-1]) if codes else len(str(total)))
    return Seating(
        codes=(*codes, *(f"{seat + 1:0{digits}d}" for seat in range(len(codes), total))),
        seat_of=np.array([seats[each.id] for each in candidates], dtype=np.int64),
        spares=(*empty, *range(total - more, total)),
    )


def in_turn(candidates: Sequence[Candidate], forms: Sequence[str]) -> Seating:
    """Named forms, which go round in the order of the list."""
    return Seating(tuple(forms), np.arange(len(candidates)) % max(len(forms), 1), ())


def ordinal(number: str) -> tuple[tuple[tuple[int, int, str], ...], str]:
    """Sorts candidates' numbers as people count: runs of digits as numbers, the rest as text.

    >>> sorted(["10", "9", "010", "B2", "B10", "a"], key=ordinal)
    ['9', '010', '10', 'B2', 'B10', 'a']
    """
    pieces = re.findall(r"[0-9]+|[^0-9]+", number)
    return tuple((0, int(each), "") if each[0] in "0123456789" else (1, 0, each) for each in pieces), number


def no_spares() -> str:
    """What is told when spare papers of named forms are asked for."""
    return messages.tell("spare papers need a form for each candidate (qbank paper --forms each); a named form is the "
                         "same for everybody: print it again")
