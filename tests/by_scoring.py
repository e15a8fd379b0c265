"""Marking by a Scoring alone, as another system would: the other side of the law in test_waist.py.

What is given is what such a system holds after reading: a number and its unit, ticks, pairs. None of qbank's marking is
used here.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import permutations
from typing import Literal, TypeAlias, assert_never

import re2

from qbank.waist import Cells, Interval, Numbers, Options, Orders, Pairs, Scoring, Texts, Units, Unscored

Sort: TypeAlias = Literal["none", "own", "unknown", "other"]
"""What the unit beside a number is: not there, of the part's dimension, an unknown word, of another dimension."""


@dataclass(frozen=True)
class Number:
    """A number in the part's own unit; `scale` is what one of the typed unit is in it."""

    value: float
    sort: Sort = "none"
    scale: float = 1.0


@dataclass(frozen=True)
class Grid:
    """Numbers row by row, in the part's own unit, with one word on their units, and brackets around an interval."""

    rows: int
    columns: int
    values: tuple[float, ...]
    sort: Sort = "none"
    brackets: str = ""


Given: TypeAlias = Number | Grid | str | frozenset[int] | tuple[int | None, ...]
"""Also words, the positions ticked, and the positions joined or put in order."""


def credit(scoring: Scoring, given: Given) -> float:
    """What an answer that was read earns."""
    match scoring, given:
        case Numbers(), Number():
            return _number(scoring, given)
        case Cells(), Grid():
            return _cells(scoring, given)
        case Texts(), str():
            return _texts(scoring, given)
        case Options(), frozenset():
            return _options(scoring, given)
        case Pairs(right, each), tuple():
            good = sum(one == asked for one, asked in zip(given, right, strict=True))
            return good / len(right) if each else float(good == len(right))
        case Orders(), tuple():
            return _orders(scoring, given)
        case Unscored(), _:
            raise ValueError(f"nobody else can mark it: {scoring.reason}")
        case _:
            raise TypeError(f"{given!r} is no answer to {scoring!r}")


def _holds(interval: Interval, value: float) -> bool:
    return interval.low <= value <= interval.high


def _kept(units: Units, sort: Sort, scale: float = 1.0) -> float:
    match sort:
        case "none":
            return units.missing
        case "unknown":
            return units.unknown
        case "other":
            return units.other
        case "own":
            named = [name.credit for name in units.names if abs(name.factor - scale) <= 1e-9 * scale]
            return min(named, default=1.0)
        case other:
            assert_never(other)


def _number(scoring: Numbers, given: Number) -> float:
    units = scoring.units
    fits = given.sort == "own" or (given.sort == "none" and units.missing == 1)
    alone = units.alone if fits and (given.sort == "none" or _kept(units, "own", given.scale) == 1) else 0.0
    for interval in scoring.intervals:
        if _holds(interval, given.value) and (not interval.bare or given.sort == "none"):
            kept = 1.0 if interval.bare else _kept(units, given.sort, given.scale)
            return max(interval.credit * kept, alone)
    key = next(each for each in scoring.intervals if not each.mistake)
    moved = any(_holds(key, given.value / 10.0 ** (3 * n)) for n in range(-10, 11) if n)
    if given.sort == "own" and moved:
        return units.prefix
    return alone


def _cells(scoring: Cells, given: Grid) -> float:
    count = len(scoring.cells)
    if scoring.any_order:
        return _any_order(scoring, given)
    lying = {(given.rows, given.columns), (given.columns, given.rows)} if 1 in (scoring.rows, scoring.columns) else {
        (given.rows, given.columns)}
    if (scoring.rows, scoring.columns) not in lying or len(given.values) != count:
        return 0.0

    def right(cells: Sequence[Interval], brackets: str) -> list[bool]:
        pairs = zip(cells, given.values, strict=True)
        return [_holds(cell, value) and (not brackets or brackets[place] == given.brackets[place])
                for place, (cell, value) in enumerate(pairs)]  # fmt: skip

    good = right(scoring.cells, scoring.brackets)
    share = sum(good) / count if scoring.each and count else float(all(good))
    if not all(good):
        made = [each for each in scoring.mistakes if all(right(each.cells, each.brackets))]
        share = max(share, made[0].credit) if made else share
    return share * _kept(scoring.units, given.sort)


def _any_order(scoring: Cells, given: Grid) -> float:
    """Every way to give each number a cell of its own, or none, is tried."""
    def held(cells: Sequence[Interval]) -> int:
        size = max(len(cells), len(given.values))
        slots = [*given.values, *[float("nan")] * (size - len(given.values))]
        ways = permutations(slots, len(cells))
        return max(sum(map(_holds, cells, way)) for way in ways)

    count = len(scoring.cells)
    share = max(0, held(scoring.cells) - max(0, len(given.values) - count)) / count
    share = share if scoring.each else float(share == 1)
    if share < 1:
        made = [each for each in scoring.mistakes if held(each.cells) == len(each.cells) == len(given.values)]
        share = max(share, made[0].credit) if made else share
    return share * _kept(scoring.units, given.sort)


def _texts(scoring: Texts, given: str) -> float:
    text = _folded(scoring, given)
    for wording in scoring.wordings:
        if wording.pattern:
            options = re2.Options()
            options.case_sensitive = scoring.case
            if re2.compile(wording.text, options).fullmatch(text):
                return wording.credit
        elif text == _folded(scoring, wording.text):
            return wording.credit
    right = [_folded(scoring, each.text) for each in scoring.wordings if not each.mistake and not each.pattern]
    return scoring.near if any(_slip(text, asked) for asked in right) else 0.0


_CHINESE = "[\u3000-\u303f\u3400-\u9fff\uf900-\ufaff]"


def _folded(scoring: Texts, text: str) -> str:
    text = re.sub("[−–—―‐‑‒]", "-", unicodedata.normalize("NFKC", text))
    text = text if scoring.case else unicodedata.normalize("NFKC", text.casefold())
    if scoring.spaces == "exact":
        return text
    text = text.rstrip(" \t\n.。,，;；").strip() or text.strip()
    if scoring.spaces == "remove":
        return "".join(text.split())
    if scoring.spaces == "collapse":
        return re.sub(rf"(?<={_CHINESE}) +| +(?={_CHINESE})", "", " ".join(text.split()))
    return text


def _slip(text: str, asked: str) -> bool:
    """One character more, less, other, or two changed about; of words long enough."""
    if text == asked or len(asked) < (2 if re.search(_CHINESE, asked) else 4):
        return False
    swapped = {asked[:i] + asked[i + 1] + asked[i] + asked[i + 2 :] for i in range(len(asked) - 1)}
    less = {asked[:i] + asked[i + 1 :] for i in range(len(asked))}
    more = {text[:i] + text[i + 1 :] for i in range(len(text))}
    other = len(text) == len(asked) and sum(a != b for a, b in zip(text, asked, strict=True)) == 1
    return text in swapped | less or asked in more or other


def _options(scoring: Options, ticked: frozenset[int]) -> float:
    right = {place for place, each in enumerate(scoring.right) if each}
    if scoring.rule == "single":
        return scoring.credits[next(iter(ticked))]
    if not scoring.least <= len(ticked) <= (len(scoring.right) if scoring.most is None else scoring.most):
        return 0.0
    r, w = len(ticked & right), len(ticked - right)
    R, W = len(right), len(scoring.right) - len(right)
    rules = {
        "exact": float(ticked == right),
        "cancel": 0.0 if w else r / R,
        "china": 0.0 if w else 1.0 if r == R else 0.5 if r else 0.0,
        "excess": (r - max(len(ticked) - R, 0)) / R,
        "coverage": r / R * (r / len(ticked)) if ticked else 0.0,
        "each": (r + W - w) / (R + W),
    }
    earned = min(sum(scoring.credits[place] for place in ticked), 1.0) if scoring.credits else rules[scoring.rule]
    return earned if scoring.floor is None else max(earned, scoring.floor)


def _orders(scoring: Orders, given: tuple[int | None, ...]) -> float:
    """Every right order is written down, and the longest piece that the answer shares with one is looked for."""
    count = len(scoring.steps)
    groups = [[item for item in range(count) if scoring.steps[item] == step] for step in sorted(set(scoring.steps))]
    orders: list[tuple[int, ...]] = [()]
    for group in groups:
        orders = [(*order, *rest) for order in orders for rest in permutations(group)]
    if given in orders:
        return 1.0
    if not scoring.run:
        return 0.0
    pieces = {order[i:j] for order in orders for i in range(count) for j in range(i + 2, count + 1)}
    runs = [j - i for i in range(count) for j in range(i + 2, count + 1) if given[i:j] in pieces]
    return max(runs, default=0) / count

