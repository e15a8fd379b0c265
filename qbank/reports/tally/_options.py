"""Who saw and took the options of a part: layers of its counts."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from qbank.reports.measures import Paper, taken


@dataclass(frozen=True, slots=True)
class Option:
    """Whether an option was right on a variant that somebody saw, and wrong on one."""

    right: bool
    wrong: bool

    def __or__(self, other: Option) -> Option:
        return Option(self.right or other.right, self.wrong or other.wrong)


def options(paper: Paper, column: str) -> tuple[list[NDArray[np.bool_]], tuple[Option, ...]]:
    """Masks (m,): for each option in the order of its file who saw it, then for each who took it; and what it was.

    None where nothing is picked from, or the part was dropped.
    """
    _, part, _ = paper.graded.exam.columns()[column]
    if not part.facts.options or column not in paper.columns:
        return [], ()
    chosen, shown, right = taken(paper, column, part)
    told = tuple(
        Option(bool(own[there].any()), bool((~own[there]).any())) for own, there in zip(right.T, shown.T, strict=True)
    )
    return [*shown.T, *(chosen & shown).T], told
