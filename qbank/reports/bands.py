"""The bands of totals that a class is told in, and who passed: the five levels of `scales`."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from qbank import scales
from qbank.model import Bilingual, Marks
from qbank.statistics import Spread

LEVELS = scales.TABLES["five-level"]
"""优, 良, 中, 及格 and 不及格, for marks out of 100."""
PASS = sorted(band.low for band in LEVELS.bands)[1] / LEVELS.full
"""The share of the full marks with which an exam is passed: that of the second-lowest band."""


@dataclass(frozen=True, slots=True)
class Band:
    """One band in the marks of an exam: from `begins` to below `below`; the full marks count in the best."""

    word: Bilingual
    begins: Fraction
    below: Fraction
    count: int


def table(totals: Spread, full: Fraction) -> tuple[Band, ...]:
    """How many totals fall into each band, the best first; a total below 0 is in the last.

    >>> import numpy as np
    >>> totals = Spread.of(Marks.of(np.array([95.0, 90.0, 59.5, -1.0])))
    >>> [band.count for band in table(totals, Fraction(100))]
    [2, 0, 0, 0, 2]
    """
    bands = sorted(LEVELS.bands, key=lambda band: -band.low)
    edges = [band.low * full / LEVELS.full for band in bands]
    at_least = [_reached(totals, edge) for edge in edges[:-1]] + [len(totals)]
    counts = [count - above for count, above in zip(at_least, [0, *at_least], strict=False)]
    tops = [full, *edges[:-1]]
    return tuple(
        Band(band.word, edge, top, count) for band, edge, top, count in zip(bands, edges, tops, counts, strict=True)
    )


def passed(totals: Spread, full: Fraction) -> int:
    """How many totals are at least the pass mark.

    >>> import numpy as np
    >>> passed(Spread.of(Marks.of(np.array([60.0, 59.5, 60.0]))), Fraction(100))
    2
    """
    return _reached(totals, PASS * full)


def _reached(totals: Spread, least: Fraction) -> int:
    return int(totals.counts[~Marks.full(len(totals.marks), least).exceeds(totals.marks)].sum())
