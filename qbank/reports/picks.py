"""Who picked which option: the whole class, its upper group and its lower one (distractor analysis)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from qbank import answers
from qbank.grading import Graded
from qbank.model import LANGS, Bilingual

JOINED = ", "
"""What stands between the names of several options in a step's detail."""


@dataclass(frozen=True, slots=True)
class Pick:
    """One option: by how many candidates it was seen and picked, and how many of those in either group.

    `right` is whether it was to be picked on every variant, None where that differs between variants. `seen_lower` and
    `seen_upper` are how many of the lower and of the upper group had it before them.
    """

    name: str
    text: Bilingual
    right: bool | None
    seen: int
    count: int
    seen_lower: int
    lower: int
    seen_upper: int
    upper: int


def of(
    graded: Graded, column: str, sat: NDArray[np.intp], low: NDArray[np.bool_], high: NDArray[np.bool_]
) -> tuple[Pick, ...]:
    """The options of a part, in the order of its file; none where nothing is picked from.

    `sat` are the rows (m,) of those who sat the exam, `low` and `high` (m,) who of them is in the lower, upper group.
    """
    placed, part, _ = graded.exam.columns()[column]
    options = part.facts.options
    if not options:
        return ()
    names = [option.name for option in options]
    drawn, rows = graded.exam.drawn[placed.item.id], graded.rows[sat]
    right, order = drawn.keys[part.id]["right"][rows], drawn.arrangements[part.id]["order"][rows]
    seen, picked = (np.zeros((len(sat), len(names)), dtype=bool) for _ in range(2))
    np.put_along_axis(seen, order.astype(np.intp), values=True, axis=1)
    for standing, whose in graded.standings(column):
        picked |= (_picked(standing, column, names) & whose[:, None])[sat]
    found = []
    for place, option in enumerate(options):
        own, there = picked[:, place], seen[:, place]
        wanted = set(right[there, place].tolist())
        text = Bilingual(*(answers.general(option.text, lang) or option.name for lang in LANGS))
        found.append(Pick(
            option.name, text, wanted.pop() if len(wanted) == 1 else None, int(there.sum()), int(own.sum()),
            int((there & low).sum()), int((own & low).sum()), int((there & high).sum()), int((own & high).sum()),
        ))  # fmt: skip
    return tuple(found)


def _picked(graded: Graded, column: str, names: list[str]) -> NDArray[np.bool_]:
    """(n, options) what each candidate picked, by the details of the steps of marking."""
    picked = np.zeros((len(graded.candidates), len(names)), dtype=bool)
    for step in graded.marked[column].steps.steps:
        if "options" in step.details:
            distinct, which = np.unique(step.details["options"].astype(np.str_), return_inverse=True)
            table = np.array([[name in text.split(JOINED) for name in names] for text in distinct.tolist()])
            picked |= table[which] & step.rows[:, None]
    return picked
