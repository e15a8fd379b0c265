"""Tables of grades: which word, and how many points, a rounded mark has; no mark without one and none with two."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from math import ceil, floor

import numpy as np
from numpy.typing import NDArray

from qbank import messages
from qbank.model import Bilingual, Marks, Refused, printed_marks


@dataclass(frozen=True, slots=True)
class Band:
    """The marks from `low` to `high`, both among them; without `high`, as far as the next band begins."""

    word: Bilingual
    low: Fraction
    high: Fraction | None = None
    points: Fraction | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """A named scale of grades, for marks out of `full`; its bands in any order."""

    name: str
    bands: tuple[Band, ...]
    full: Fraction = Fraction(100)


@dataclass(frozen=True, slots=True)
class _Steps:
    """The marks that there can be: the multiples of `step` (every number where it is 0) from 0 to `full`."""

    step: Fraction
    full: Fraction

    def from_(self, low: Fraction) -> Fraction:
        """The first mark that is not below."""
        low = max(low, Fraction(0))
        return ceil(low / self.step) * self.step if self.step else low

    def to(self, high: Fraction) -> Fraction:
        """The last mark that is not above."""
        high = min(high, self.full)
        return floor(high / self.step) * self.step if self.step else high


def need_whole(table: Table, step: Fraction, full: Fraction) -> None:
    """Raise Refused with the first gap or overlap of a table, or the band that no mark meets.

    Marks are the multiples of `step` from 0 to `full`: between 89 and 90 is a gap only where marks have halves.
    """
    if table.full != full:
        raise Refused(messages.tell(
            "the table {table!r} is for marks out of {full}, and these marks are out of {own}; bring them to it: "
            "--scale to-{full}",
            table=table.name, full=printed_marks(table.full), own=printed_marks(full),
        ))  # fmt: skip
    steps = _Steps(step, full)
    bands = ordered(table.bands)
    for at, band in enumerate(bands):
        following = bands[at + 1].low if at + 1 < len(bands) else None
        first, last = steps.from_(band.low), _last(steps, band, following)
        if (last is not None and first > last) or first > full:
            raise Refused(messages.tell(
                "the table {table!r}: no mark is in {band}; marks go from 0 to {full} in steps of {step}",
                table=table.name, band=_named(band), full=printed_marks(full), step=printed_marks(step),
            ))  # fmt: skip
    if steps.from_(Fraction(0)) < bands[0].low:
        raise _gap(table, Fraction(0), bands[0].low, bands[0].low)
    for band, above in pairwise(bands):
        if band.high is None:
            continue
        if steps.from_(above.low) <= steps.to(band.high):
            raise Refused(messages.tell(
                "the table {table!r}: {mark} is in both {band} and {above}",
                table=table.name, mark=printed_marks(steps.from_(above.low)), band=_named(band), above=_named(above),
            ))  # fmt: skip
        if (not step and above.low > band.high) or (step and steps.to(band.high) + step < steps.from_(above.low)):
            raise _gap(table, steps.to(band.high) + step, above.low, band.high)
    top = bands[-1]
    if top.high is not None and steps.to(top.high) < steps.to(full):
        raise _gap(table, steps.to(top.high) + step, full, top.high)


def _last(steps: _Steps, band: Band, following: Fraction | None) -> Fraction | None:
    """The last mark of a band; None where it is as near to the next one as one likes."""
    if band.high is not None:
        return steps.to(band.high)
    if following is None:
        return steps.to(steps.full)
    if not steps.step:
        return None if following > band.low else band.low - 1
    return min(steps.to(steps.full), (ceil(following / steps.step) - 1) * steps.step)


def _gap(table: Table, first: Fraction, end: Fraction, after: Fraction) -> Refused:
    return Refused(messages.tell(
        "the table {table!r} has a gap between {low} and {high}: a mark of {mark} has no grade",
        table=table.name, low=printed_marks(min(after, first)), high=printed_marks(end), mark=printed_marks(first),
    ))  # fmt: skip


def _named(band: Band) -> str:
    word, low = band.word[messages.language()], printed_marks(band.low)
    if band.high is not None:
        return messages.tell("{word!r} ({low}–{high})", word=word, low=low, high=printed_marks(band.high))
    return messages.tell("{word!r} (from {low})", word=word, low=low)


def ordered(bands: Sequence[Band]) -> tuple[Band, ...]:
    """The bands from the lowest up."""
    return tuple(sorted(bands, key=lambda band: band.low))


def found(table: Table, marks: Marks) -> NDArray[np.int64]:
    """(n,) each mark's band, as its place in `ordered(table.bands)`; the table is whole."""
    place = np.full(len(marks), -1, dtype=np.int64)
    for band in ordered(table.bands):
        place += ~Marks.full(len(marks), band.low).exceeds(marks)
    return np.maximum(place, 0)


def told(table: Table) -> Bilingual:
    """The table in one line: what each grade begins at."""
    rows = ordered(table.bands)[::-1]
    zh, en = ("、".join(_row(band, band.word[lang]) for band in rows) for lang in ("zh", "en"))
    return Bilingual(zh=f"等级按“{table.name}”：{zh}", en=f"grades by '{table.name}': {en.replace('、', ', ')}")


def _row(band: Band, word: str) -> str:
    points = "" if band.points is None or printed_marks(band.points) == word else f" = {printed_marks(band.points)}"
    return f"{word} ≥ {printed_marks(band.low)}{points}"
