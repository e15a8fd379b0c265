"""Where the pages of a paper end.

A paper is a run of units, none of which is torn if it fits a page. Of all the ways to divide them into pages, the one
is taken that costs least.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import pairwise

NEVER = -1.0
"""The tear of a unit before which no page may end."""
PAGE, EMPTY = 60.0, 100.0
"""What one more page costs, and one that is left all empty; less by the square of what is left."""
THIN, THIRD = 3000.0, 1 / 3
"""What a page costs that is under a third full and is not the last."""
TURNED = 1.5
"""So much worse is a tear where the sheet is turned between the two pages."""
SLACK, SPARE = 4.0, 20.0
"""The points that are left free on each page, and on one whose room for working grows: another form may need a line."""
MOST = 1.0
"""By how much of itself the room for working may grow into what a page leaves empty."""
AIR = 14.0
"""The most points by which the gaps between questions and parts grow into what is still empty then."""


@dataclass(frozen=True, slots=True)
class Unit:
    """What is not torn: its height and the gap above it, in points; the room for working in it, which may grow.

    `tear` is what a page costs that ends before it; `question` is the number of the question that it belongs to.
    """

    height: float
    gap: float = 0.0
    tear: float = 0.0
    room: float = 0.0
    question: int = 0

    @property
    def air(self) -> float:
        """How many points the gap above may grow by: none between a heading and what it heads, none among lines."""
        return AIR if self.gap and self.tear != NEVER else 0.0


@dataclass(frozen=True, slots=True)
class Page:
    """The units from `start` to before `end`, on so many pages (one, unless a unit is higher than a page).

    Room for working is `more` of itself higher, each gap between questions and parts by `air` points; `continued` is
    the question that is on its way at its head, or 0.
    """

    start: int
    end: int
    more: float = 0.0
    count: int = 1
    continued: int = 0
    air: float = 0.0


def divided(units: Sequence[Unit], height: float, turned: Collection[int]) -> tuple[Page, ...]:
    """The pages of the units; after a page with an even (odd) place the sheet is turned where 0 (1) is in `turned`.

    >>> [(page.start, page.end) for page in divided([Unit(60), Unit(20), Unit(60, tear=400)], 100, {0})]
    [(0, 1), (1, 3)]
    """
    room, ends = height - SLACK, len(units)
    best: list[dict[int, tuple[float, int]]] = [{} for _ in range(ends + 1)]  # by the side: what it costs, from where
    best[0][0] = (0.0, 0)
    for start in range(ends):
        if not best[start]:
            continue
        used, grown, reached, count = 0.0, 0.0, False, 1
        for end in range(start + 1, ends + 1):
            unit, first = units[end - 1], end - 1 == start
            used += unit.height + (0.0 if first else unit.gap)
            grown += unit.room * MOST + (0.0 if first else unit.air)
            if used > room:
                if reached:
                    break
                count, used = count + int(used // room), used % room  # what may not be torn and does not fit flows on
            tear = units[end].tear if end < ends else 0.0
            if tear == NEVER:
                continue
            reached = True
            left = 0.0 if end == ends else _left(used / room, grown / room, flowing=count > 1)
            for side, (before, _) in best[start].items():
                last = (side + count - 1) % 2
                cost = before + PAGE * count + left + tear * (TURNED if last in turned else 1.0)
                if cost < best[end].get(1 - last, (float("inf"), 0))[0]:
                    best[end][1 - last] = (cost, start * 2 + side)
    return tuple(_pages(units, _walk(best), room)) if units else ()


def _left(full: float, grown: float, *, flowing: bool) -> float:
    """What a page costs for the part of it that stays empty when all has grown that may."""
    return EMPTY * max(1 - full - grown, 0.0) ** 2 + (THIN if full < THIRD and not flowing else 0.0)


def _walk(best: Sequence[dict[int, tuple[float, int]]]) -> list[int]:
    """The ends of the cheapest way, from the first to the last."""
    at = len(best) - 1
    side = min(best[at], key=lambda each: best[at][each][0])
    ends = [at]
    while at:
        at, side = divmod(best[at][side][1], 2)
        ends.insert(0, at)
    return ends


def _pages(units: Sequence[Unit], ends: Sequence[int], room: float) -> list[Page]:
    pages = []
    for start, end in pairwise(ends):
        own = units[start:end]
        used = sum(unit.height for unit in own) + sum(unit.gap for unit in own[1:])
        space = sum(unit.room for unit in own)
        free = room - SPARE - used
        growing = free > 0 and end < len(units)
        more = min(MOST, free / space) if space and growing else 0.0
        gaps = sum(unit.air for unit in own[1:])
        air = AIR * min(1.0, max(free - space * more, 0.0) / gaps) if gaps and growing else 0.0
        first = own[0].question
        continued = first if start and first and units[start - 1].question == first else 0
        pages.append(Page(start, end, round(more, 3), 1 + int(used // room) if used > room else 1, continued,
                          round(air, 1)))  # fmt: skip
    return pages
