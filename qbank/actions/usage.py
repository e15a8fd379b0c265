"""When the items of a bank were used, what they measured, and which of them need a look."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date as day

import numpy as np

from qbank import messages, statistics
from qbank.bank import Bank, Measured
from qbank.bank.item import Item
from qbank.model import Refused
from qbank.statistics import Trend

YEAR = 365.25
_SINCE = re.compile(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?")


@dataclass(frozen=True, slots=True)
class Usage:
    """An item with what its sittings measured, and how its facility changed a year; None where nothing is kept.

    `chance` is the p-value of the trend, adjusted for all the items that are looked at together (Holm).
    """

    item: Item
    measured: Measured | None
    trend: Trend | None
    chance: float | None


def since(text: str) -> day:
    """The first day that a year, a month or a date means. Raises Refused.

    >>> str(since("2025")), str(since("2025-06")), str(since("2025-06-30"))
    ('2025-01-01', '2025-06-01', '2025-06-30')
    """
    found = _SINCE.fullmatch(text.strip())
    try:
        if found is not None:
            return day(int(found[1]), int(found[2] or 1), int(found[3] or 1))
    except ValueError:
        pass
    raise Refused(messages.tell("{text!r} is not a year or a date; write 2025, 2025-06 or 2025-06-30", text=text))


def unused(source: Bank, items: Iterable[Item], first: day) -> tuple[Item, ...]:
    """The items that no sitting has used on that day or later."""
    measured = ((item, source.measured(item.id)) for item in items)
    return tuple(item for item, found in measured if found is None or found.last < first)


def worst(source: Bank, items: Iterable[Item], count: int) -> tuple[Item, ...]:
    """The `count` items whose discrimination is lowest, as far as can be told: by the upper end of its 95 % interval.

    An item that few candidates answered is not among them by chance alone. Items without a measure are left out.
    """
    told = []
    for item in items:
        found = source.measured(item.id)
        if found is not None and found.discrimination is not None:
            high = statistics.correlation_interval(np.array([found.discrimination]), found.count)[1][0]
            told.append((1.0 if np.isnan(high) else float(high), item))
    return tuple(item for _, item in sorted(told, key=lambda each: each[0])[:count])


def usage(source: Bank, items: Iterable[Item]) -> tuple[Usage, ...]:
    """What the sittings record of each item."""
    every = [(item, source.measured(item.id), _trend(source, item.id)) for item in items]
    chances = statistics.together(np.array([np.nan if trend is None else trend.chance for _, _, trend in every]))
    return tuple(
        Usage(item, measured, trend, None if trend is None else float(chance))
        for (item, measured, trend), chance in zip(every, chances.tolist(), strict=True)
    )


def _trend(source: Bank, item: str) -> Trend | None:
    told = [(use.date.toordinal() / YEAR, use.measured.facility, use.measured.count)
            for use in source.sittings.uses(item)]  # fmt: skip
    known = [(at, facility, count) for at, facility, count in told if facility is not None]
    return statistics.trend(*([each[place] for each in known] for place in range(3))) if len(known) > 1 else None  # type: ignore[arg-type]
