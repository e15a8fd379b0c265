"""What cost marks, counted by note."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from qbank.distinct import coded
from qbank.model import Steps

QUIET = ("right", "credit", "waits", "blank", "unreadable")
"""Ends of notes that are no mistake."""


@dataclass(frozen=True, slots=True)
class Lost:
    """One way of losing marks: the note, what else tells it apart (names of options), how often, and one such row."""

    note: str
    which: tuple[str, ...]
    count: int
    row: int


def lost(steps: Steps, rows: NDArray[np.bool_], named_by: Sequence[str] = ()) -> Iterator[Lost]:
    """The notes that took something off on the given rows (n,), told apart by the named details.

    >>> steps = Steps(3).where(np.array([True, True, False]), "number.sign", 0.0)
    >>> list(lost(steps, np.array([True, True, True])))
    [Lost(note='number.sign', which=(), count=2, row=0)]
    """
    for step in steps.steps:
        taken = np.flatnonzero(step.rows & rows & (np.asarray(step.scale) < 1.0))
        if not len(taken) or step.note.rpartition(".")[2] in QUIET:
            continue
        told = [coded(list(map(str, step.details[name][taken].tolist()))) for name in named_by if name in step.details]
        if not told:
            yield Lost(step.note, (), len(taken), int(taken[0]))
            continue
        codes = np.zeros(len(taken), dtype=np.int64)
        for each in told:
            codes = codes * len(each.unique) + each.codes
        _, first, counts = np.unique(codes, return_index=True, return_counts=True)
        for place, count in zip(first.tolist(), counts.tolist(), strict=True):
            yield Lost(step.note, tuple(each[place] for each in told), count, int(taken[place]))
