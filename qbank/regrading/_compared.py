"""Whom a regrade changes, and by how much, in figures that add up over the parts of a class."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import chain, islice

import numpy as np
from numpy.typing import NDArray

from qbank.grading import Graded
from qbank.model import Marks, total_marks

LISTED = 1000
"""So many of the candidates who change are listed."""


@dataclass(frozen=True, slots=True)
class Change:
    """One candidate's marks of an item before and after, and the rounded totals."""

    candidate: str
    name: str
    before: Fraction
    after: Fraction
    total_before: Fraction
    total_after: Fraction


@dataclass(frozen=True, slots=True)
class Compared:
    """What a regrade does to those who `sat` the exam: who gain and lose by the item, the sums of totals.

    `changed` is how many have other marks of the item or another total, `changes` are the first of these in the order
    of the class. `by_hand` counts the answers to the item that a person marked.
    """

    changes: tuple[Change, ...]
    changed: int
    gain: int
    lose: int
    sat: int
    before: Fraction
    after: Fraction
    by_hand: int

    @staticmethod
    def together(parts: Sequence[Compared]) -> Compared:
        """That of all their candidates."""
        return Compared(
            tuple(islice(chain.from_iterable(each.changes for each in parts), LISTED)),
            sum(each.changed for each in parts), sum(each.gain for each in parts), sum(each.lose for each in parts),
            sum(each.sat for each in parts), sum((each.before for each in parts), start=Fraction(0)),
            sum((each.after for each in parts), start=Fraction(0)), sum(each.by_hand for each in parts),
        )  # fmt: skip


def compared(before: Graded, after: Graded, item: str) -> tuple[Compared, NDArray[np.intp]]:
    """The marks before and after the regrade of an item, compared; and the rows of those who are listed."""
    columns = [placed.column(part) for _, placed in before.exam.placed() if placed.item.id == item
               for part in placed.item.parts]  # fmt: skip
    old, new = _together(before, columns), _together(after, columns)
    totals, later = before.totals(), after.totals()
    gain, lose = new.exceeds(old), old.exceeds(new)
    moved = np.flatnonzero(gain | lose | totals.exceeds(later) | later.exceeds(totals))
    listed = moved[:LISTED]
    changes = (
        Change(before.candidates[row].id, before.candidates[row].name, old[row], new[row], totals[row], later[row])
        for row in listed.tolist()
    )
    by_hand = sum(int((before.by_hand[name] >= 0).sum()) for name in columns if name in before.by_hand)
    return Compared(tuple(changes), len(moved), int(gain.sum()), int(lose.sum()), int(before.sat.sum()),
                    totals[before.sat].sum(), later[before.sat].sum(), by_hand), listed  # fmt: skip


def _together(graded: Graded, columns: Sequence[str]) -> Marks:
    return total_marks([graded.marks(column) for column in columns], len(graded.candidates))
