"""Inequalities as candidates write them, read as the interval that they say.

    answer   := chain {("and" | "且" | "," | ";") chain}
    chain    := [side] relation side [relation side]        |x| < 3 is -3 < x < 3
    relation := "<" | "≤" | ">" | "≥" | "<=" | "大于" | "不超过" | "at least" and so on
    side     := the letter | whatever a number part takes | ["+" | "-"] infinity

One side of a relation is the letter, or nothing: `> 3 V`. What is two intervals, such as `|x| > 3`, is not read.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TypeAlias

from qbank import numerals
from qbank.answers._entries import Entry, Grid, sharing
from qbank.answers._infinity import endless
from qbank.answers._readings import Stopped, fold
from qbank.answers.interval.written import REVERSED, Written
from qbank.formulas import vocabulary
from qbank.model import Bilingual

_RELATIONS = (
    ("<=", r"<\s*=|=\s*<|[≤⩽≦]|\\le(?:q|qslant)?(?![A-Za-z])|小于[或、]?等于|不大于|不超过|不高于|至多|最多"),
    (">=", r">\s*=|=\s*>|[≥⩾≧]|\\ge(?:q|qslant)?(?![A-Za-z])|大于[或、]?等于|不小于|不低于|至少|最少"),
    ("<=", r"\b(?:is )?(?:(?:not|no) (?:more|greater) than|at most)\b"),
    (">=", r"\b(?:is )?(?:(?:not|no) (?:less|fewer) than|at least)\b"),
    ("<", r"<|\\lt(?![A-Za-z])|小于|低于|不到|不足|\b(?:is )?(?:(?:less|lower|smaller) than|below|under)\b"),
    (">", r">|\\gt(?![A-Za-z])|大于|高于|超过|\b(?:is )?(?:(?:more|greater|higher|larger) than|above|over|exceeds)\b"),
)
_RELATION = re.compile("|".join(f"(?P<r{place}>{text})" for place, (_, text) in enumerate(_RELATIONS)), re.IGNORECASE)
_AND = re.compile(r"并且|且|和|与|\band\b|&+|∧|∩|;|、|,(?=[^,]*$)", re.IGNORECASE)
_OR = re.compile(r"或者?|\bor\b|∪|∨|±", re.IGNORECASE)
_SIZE = re.compile(r"\|\s*(?P<inner>[^|]+?)\s*\||abs\s*\(\s*(?P<called>[^()]+?)\s*\)", re.IGNORECASE)
_LETTER = re.compile(r"\\?[^\W\d_][\w{}\\']*(?:\(t\))?")
_BUILDER = re.compile(r"\s*\{\s*[^\W\d]\w*\s*(?:∈\s*[Rℝ])?\s*[|:]\s*(?P<inner>[^{}|]*)\}")
"""`{x | 1 < x ≤ 3}`."""
_VALUES = frozenset({"pi", "π", "e"})
_CHINESE = re.compile(r"[\u3400-\u9fff]")
_Stopping: TypeAlias = Callable[[int, Bilingual], Stopped]

WANTED = Bilingual(zh="不等式，如 x > 3 或 1 < x ≤ 3", en="an inequality such as x > 3 or 1 < x ≤ 3")
ONE = Bilingual(zh="一个区间；这里有两段", en="one interval; these are two")
LETTER = Bilingual(zh="不等式中应是所求的字母", en="the letter that is asked for")
NUMBER = Bilingual(zh="不等式的一边是数值", en="a number on one side")


@dataclass(frozen=True, slots=True)
class _Side:
    """One side of a relation: the letter, its size, a number, or nothing; its text and where that begins."""

    what: str
    text: str
    at: int


def is_one(text: str) -> bool:
    """Whether a text holds a relation, and so is not an interval in brackets.

    >>> is_one("x ≥ 3"), is_one("大于 3 V"), is_one("(1, 3]")
    (True, True, False)
    """
    return _RELATION.search(numerals.normalise(text)) is not None


def parse(text: str, name: str = "", *, noted: bool = True) -> Written:
    """The interval that an inequality says, `noted` or not read where it is one of another letter. Raises Stopped.

    >>> found = parse("−1 < u <= 3", "u")
    >>> found.brackets, found.endless, [entry.text for entry in found.grid.rows[0]], found.strange
    ('(]', (0.0, 0.0), ['-1', '3'], False)
    >>> parse("3 < v", "u").strange
    True
    """
    folded = fold(text)
    origin, body = folded.columns, folded.text.rstrip(" .。;")
    if (builder := _BUILDER.fullmatch(body)) is not None:
        body = " " * builder.start("inner") + builder["inner"]

    def stopped(at: int, wanted: Bilingual) -> Stopped:
        return Stopped(min(origin[min(max(at, 0), len(origin) - 1)], len(text) + 1), wanted)

    bounds: dict[int, tuple[Entry | float, bool]] = {}
    letters: set[str] = set()
    for left, relation, right in _compared(body, name, stopped):
        letters |= {side.text for side in (left, right) if side.what in ("letter", "size")}
        for bound, side, shut in _bounds(left, relation, right, stopped):
            if bound in bounds:
                raise stopped(side.at if isinstance(side, Entry) else 0, WANTED)
            bounds[bound] = side, shut
    if len({_plain(letter) for letter in letters}) > 1:
        raise stopped(0, LETTER)
    low, high = bounds.get(-1, (-math.inf, False)), bounds.get(1, (math.inf, False))
    entries = [end for end, _ in (low, high) if isinstance(end, Entry)]
    if low[0] == math.inf or high[0] == -math.inf:
        raise stopped(0, REVERSED)
    endless = tuple(0.0 if isinstance(end, Entry) else end for end, _ in (low, high))
    grid = Grid((tuple(sharing(entries, "") if entries else ()),), origin)
    brackets = "(["[low[1]] + ")]"[high[1]]
    strange = bool(name) and any(_plain(letter) != _plain(name) for letter in letters)
    if strange and not noted:
        raise stopped(0, LETTER)
    return Written(brackets, grid, endless, origin[entries[0].at] if entries else 1, strange)


def _plain(letter: str) -> str:
    """A letter without its underscores and braces, Greek ones by name."""
    return vocabulary.compressed(letter.replace("$", "").removesuffix("(t)"))[0]


def _compared(body: str, name: str, stopped: _Stopping) -> Iterator[tuple[_Side, str, _Side]]:
    """The relations one by one, each with its two sides."""
    found = list(_RELATION.finditer(body))
    edges = [0, *(edge for each in found for edge in each.span()), len(body)]
    pieces = list(zip(edges[::2], edges[1::2], strict=True))
    before: _Side | None = None
    for place, (start, end) in enumerate(pieces):
        if (either := _OR.search(body, start, end)) is not None:
            raise stopped(either.start(), ONE)
        inner = 0 < place < len(pieces) - 1
        parted = _AND.search(body, start, end) if inner else None
        last = parted.start() if parted else end
        side = _side(body, start, last, name, stopped)
        if before is not None:
            yield before, _sign(found[place - 1]), side
        before = side if parted is None else _side(body, parted.end(), end, name, stopped)
        if before.what == "number" and parted is None and inner:
            raise stopped(side.at, LETTER)


def _sign(found: re.Match[str]) -> str:
    return next(sign for place, (sign, _) in enumerate(_RELATIONS) if found[f"r{place}"] is not None)


def _side(body: str, start: int, end: int, name: str, stopped: _Stopping) -> _Side:
    text = body[start:end]
    at = start + len(text) - len(text.lstrip())
    text = text.strip().strip("$").strip()
    if not text:
        return _Side("nothing", "", at)
    if (size := _SIZE.fullmatch(text)) is not None:
        return _Side("size", size["inner"] or size["called"], at)
    if endless(text):
        return _Side("number", text, at)
    letter = _plain(text) == _plain(name) if name else False
    if letter or (_LETTER.fullmatch(text) and text.casefold().lstrip("\\") not in _VALUES):
        if _CHINESE.search(text) and not letter:
            raise stopped(at, LETTER)
        return _Side("letter", text, at)
    return _Side("number", text, at)


def _bounds(
    left: _Side, relation: str, right: _Side, stopped: _Stopping
) -> Iterator[tuple[int, Entry | float, bool]]:
    """What one relation says: the end (-1 or 1), its value, and whether it belongs to the interval."""
    shut = relation.endswith("=")
    below = relation[0] == "<"  # the left side is the smaller one
    number, letter = (right, left) if right.what == "number" else (left, right)
    if number.what != "number":
        raise stopped(number.at, NUMBER)
    if letter.what == "number":
        raise stopped(letter.at, LETTER)
    bound = 1 if (number is right) == below else -1
    if letter.what == "size":
        if bound < 0:
            raise stopped(letter.at, ONE)
        if endless(number.text):
            raise stopped(number.at, NUMBER)
        yield -1, Entry(f"-{number.text}" if number.text[0] not in "+-" else f"-({number.text})", number.at), shut
        yield 1, Entry(number.text, number.at), shut
        return
    yield bound, endless(number.text) or Entry(number.text, number.at), shut

