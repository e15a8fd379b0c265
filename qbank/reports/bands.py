"""The bands of totals that a class is told in, and who passed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from qbank.model import Bilingual, Floats

PASS = 0.6
"""The share of the full marks with which an exam is passed."""
BANDS: tuple[tuple[float, Bilingual], ...] = (
    (0.9, Bilingual(zh="优", en="A")),
    (0.8, Bilingual(zh="良", en="B")),
    (0.7, Bilingual(zh="中", en="C")),
    (PASS, Bilingual(zh="及格", en="D")),
    (0.0, Bilingual(zh="不及格", en="F")),
)
"""The bands, the best first, each with the share of the full marks at which it begins."""


@dataclass(frozen=True, slots=True)
class Band:
    """One band in the marks of an exam: from where it begins to below `below` (the full marks count in the best)."""

    name: Bilingual
    begins: float
    below: float
    count: int


def table(totals: Floats, full: float, bands: Sequence[tuple[float, Bilingual]] = BANDS) -> tuple[Band, ...]:
    """How many totals fall into each band, the best first; a total below 0 is in the last.

    >>> [band.count for band in table(np.array([95.0, 90.0, 59.5, -1.0]), 100)]
    [2, 0, 0, 0, 2]
    """
    edges = [share * full for share, _ in bands]
    which = np.digitize(totals, edges[:-1])  # edges fall: 0 for totals at or above the first
    counts = np.bincount(which, minlength=len(bands)) if len(totals) else np.zeros(len(bands), dtype=int)
    tops = [full, *edges[:-1]]
    return tuple(
        Band(name, edge, top, int(count))
        for (_, name), edge, top, count in zip(bands, edges, tops, counts.tolist(), strict=True)
    )


def passed(totals: Floats, full: float) -> int:
    """How many totals are at least the pass mark.

    >>> passed(np.array([60.0, 59.5]), 100)
    1
    """
    return int((totals >= PASS * full).sum())
