"""Equal answers: those that one verdict decides."""

from __future__ import annotations

from collections.abc import Sequence

from qbank.grading import Graded
from qbank.model import UNREADABLE, take


def groups(graded: Graded, column: str, rows: Sequence[int]) -> dict[int, tuple[tuple[int, ...], tuple[int, ...]]]:
    """For each row the rows that are alike, with an equal text and key, and those that are listed together with it.

    Where a text could not be read it is listed once whatever the keys: they only matter if it is to earn marks.
    """
    state = graded.marked[column].reading.state
    texts = {row: graded.texts[column][row].strip() for row in rows}
    keys = {row: _key(graded, column, row) for row in rows}
    alike: dict[tuple[str, bytes], list[int]] = {}
    same: dict[tuple[str, bytes | None], list[int]] = {}
    listed = {row: (texts[row], None if state[row] == UNREADABLE else keys[row]) for row in rows}
    for row in rows:
        alike.setdefault((texts[row], keys[row]), []).append(row)
        same.setdefault(listed[row], []).append(row)
    return {row: (tuple(alike[texts[row], keys[row]]), tuple(same[listed[row]])) for row in rows}


def still(graded: Graded, column: str, row: int) -> list[int]:
    """The rows with the text of one whose verdict a list may give or change together with that of this row.

    They are undecided, or were decided as it was.
    """
    text, last = graded.texts[column][row].strip(), graded.reviews.get((column, row))
    decided = None if last is None else (last.marks, last.reading, last.by, last.at)
    undecided = graded.open(column)
    found = []
    for other, own in enumerate(graded.texts[column]):
        review = graded.reviews.get((column, other))
        before = None if review is None else (review.marks, review.reading, review.by, review.at)
        if other == row or (own.strip() == text and (before == decided if review else undecided[other])):
            found.append(other)
    return found


def _key(graded: Graded, column: str, row: int) -> bytes:
    """The key and the arrangement of one answer, as bytes: equal where one verdict holds for both."""
    placed, part, _ = graded.exam.columns()[column]
    drawn, form = graded.exam.drawn[placed.item.id], graded.rows[[row]]
    pieces = {**take(drawn.keys[part.id], form), **take(drawn.arrangements[part.id], form)}
    return b"|".join(
        repr(array.tolist()).encode() if array.dtype.hasobject else array.tobytes() for array in pieces.values()
    )
