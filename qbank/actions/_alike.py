"""Equal answers: those that one verdict decides."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np

from qbank.grading import Graded
from qbank.model import UNREADABLE, take
from qbank.reviews import Review

_ANY = b"\x00any"
"""The key of what is listed together whatever its keys."""


def groups(graded: Graded, column: str, rows: Sequence[int]) -> dict[int, tuple[tuple[int, ...], tuple[int, ...]]]:
    """For each row the rows that are alike, with an equal text and key, and those that are listed together with it.

    Where a text could not be read it is listed once whatever the keys: they only matter if it is to earn marks.
    """
    state = graded.marked[column].reading.state
    keys = {form: _key(graded, column, form) for form in {int(graded.rows[row]) for row in rows}}
    alike: dict[tuple[str, bytes], list[int]] = {}
    listed: dict[tuple[str, bytes], list[int]] = {}
    for row in rows:
        text, key = graded.texts[column][row].strip(), keys[int(graded.rows[row])]
        alike.setdefault((text, key), []).append(row)
        listed.setdefault((text, _ANY if state[row] == UNREADABLE else key), []).append(row)
    one, other = _by_row(alike.values()), _by_row(listed.values())
    return {row: (one[row], other[row]) for row in rows}


def _by_row(found: Iterable[Sequence[int]]) -> dict[int, tuple[int, ...]]:
    """Each row's group, of which there is one for all its rows."""
    return {row: own for own in map(tuple, found) for row in own}


def by_text(graded: Graded, column: str) -> dict[str, list[int]]:
    """The rows with each answer to a part, without the spaces around it."""
    found: dict[str, list[int]] = {}
    for row, text in enumerate(graded.texts[column]):
        found.setdefault(text.strip(), []).append(row)
    return found


def still(graded: Graded, column: str, row: int, equal: Sequence[int]) -> list[int]:
    """Of the rows with the text of one, those whose verdict a list may give or change together with that of this row.

    They are undecided, or were decided as it was.
    """
    decided, undecided = _decided(graded.reviews.get((column, row))), graded.open(column)
    found = []
    for other in equal:
        review = graded.reviews.get((column, other))
        if other == row or (_decided(review) == decided if review else undecided[other]):
            found.append(other)
    return found


def _decided(review: Review | None) -> tuple[object, ...] | None:
    return None if review is None else (review.marks, review.reading, review.by, review.at)


def _key(graded: Graded, column: str, form: int) -> bytes:
    """The key and the arrangement of a form's answer, as bytes: equal where one verdict holds for both."""
    placed, part, _ = graded.exam.columns()[column]
    drawn, row = graded.exam.drawn[placed.item.id], np.array([form])
    pieces = {**take(drawn.keys[part.id], row), **take(drawn.arrangements[part.id], row)}
    return b"|".join(
        repr(array.tolist()).encode() if array.dtype.hasobject else array.tobytes() for array in pieces.values()
    )
