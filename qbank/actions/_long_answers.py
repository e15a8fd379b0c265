"""Long answers in a copy without people: what they tell of candidates is hidden, or they are left out."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np

from qbank import roll
from qbank.actions import _rows
from qbank.grading import Graded

HIDDEN = "■■"
"""What replaces a name or a number of a candidate in long answers."""


def _essays(graded: Graded) -> list[str]:
    """The columns of long answers: whatever was written there, a person marks it."""
    written = {name: np.array([bool(text.strip()) for text in cells]) for name, cells in graded.texts.items()}
    return [name for name, marked in graded.marked.items()
            if written[name].any() and bool(marked.waits[written[name]].all())]  # fmt: skip


def _people(graded: Graded, entries: Sequence[roll.Entry]) -> set[str]:
    """Every number and name that the class has, or had before it was corrected."""
    found = {part for who in graded.candidates for part in (who.id, who.name)} | set(graded.exam.numbers)
    found |= set(graded.table.names if graded.table is not None else ())
    found |= {entry.name for entry in entries if isinstance(entry, roll.Correction | roll.Handed)}
    return {part for part in found if len(part) > 1}


def texts(
    graded: Graded, entries: Sequence[roll.Entry], *, answers: bool
) -> tuple[dict[str, dict[str, str]], int, int]:
    """What becomes of long answers, by column and number: names and numbers of candidates hidden, or nothing left.

    Also how many of them named a person, and how many are left out.
    """
    people = _people(graded, entries)
    known = re.compile("|".join(re.escape(part) for part in sorted(people, key=len, reverse=True)) or r"(?!)")
    changed: dict[str, dict[str, str]] = {}
    hidden = dropped = 0
    for column in _essays(graded):
        open_ = graded.waiting(column)
        for who, text, waits in zip(graded.candidates, graded.texts[column], open_.tolist(), strict=True):
            own = known.sub(HIDDEN, text)
            if not answers and text.strip() and not waits:
                own = "(left out)"
                dropped += 1
            elif own != text:
                hidden += 1
            if own != text:
                changed.setdefault(column, {})[_rows.key(who.id)] = own
    return changed, hidden, dropped
