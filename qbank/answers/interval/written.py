"""Intervals as candidates write them: which brackets, which two ends, and where each end begins in the text.

    answer  := [name ("∈" | "=" | "in")] open end sep end close [unit]      where brackets do not matter: end sep end
    open    := "(" | "["        close := ")" | "]"        sep := "," | ";" | "、" | "~"
    end     := whatever a number part takes | ["+" | "-"] infinity [unit]
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from qbank.answers import _infinity
from qbank.answers._entries import UNIT, Entry, Grid, sharing
from qbank.answers._readings import Stopped, fold
from qbank.model import Bilingual

_UNIT_AT_END = re.compile(r"[A-Za-zΩµ°%\u3400-\u9fff]\s*$")
_CLOSING = {"(": ")", "[": "]", "{": "}"}

WANTED = Bilingual(zh="区间，如 (1, 3] 或 (−∞, 2)", en="an interval such as (1, 3] or (−∞, 2)")
OPENING = Bilingual(zh="区间以 ( 或 [ 开始", en="an interval begins with ( or [")
CLOSE = Bilingual(zh="区间以 ) 或 ] 结束", en="an interval ends with ) or ]")
TWO = Bilingual(zh="区间有两个端点", en="an interval has two ends")
REVERSED = Bilingual(zh="左端点应小于右端点", en="the left end is the smaller one")


@dataclass(frozen=True, slots=True)
class Written:
    """An interval as it is: "()", "(]", "[)" or "[]", the ends that are numbers as a row, and which are infinite.

    `endless` is -inf or inf at infinity, 0 at an end that is a number; `column` is where the left end begins. It is
    `strange` where an inequality is one of another letter, `unsaid` are its brackets where nothing says them.
    """

    brackets: str
    grid: Grid
    endless: tuple[float, ...]
    column: int
    strange: bool = False
    unsaid: bool = False


def parse(text: str, name: str = "", *, decimal_comma: bool = False, bare: bool = False) -> Written:
    """The interval that a text writes; with `bare`, also two ends without brackets. Raises Stopped.

    >>> found = parse("(−∞, 2]")
    >>> found.brackets, found.endless, found.grid.rows[0][0].text
    ('(]', (-inf, 0.0), '2')
    """
    folded = fold(text.replace("、", ","))
    origin = folded.columns

    def stopped(at: int, wanted: Bilingual) -> Stopped:
        return Stopped(min(origin[min(at, len(origin) - 1)], len(text) + 1), wanted)

    body = folded.text.rstrip(" .。;")
    lead = re.match(rf"\s*(?:{re.escape(name)}\s*(?:∈|=|:|in(?=[\s(\[]))|∈)?\s*" if name else r"\s*", body)
    assert lead is not None
    start = lead.end()
    opened = body[start : start + 1] in ("(", "[")
    if not opened and not bare:
        raise stopped(start, OPENING)
    end = _closing(body, start) if opened else len(body)
    if end < 0:
        raise stopped(len(body), CLOSE)
    tail = body[end + 1 :]
    if tail.strip() and not UNIT.fullmatch(tail):
        raise stopped(end + 1, WANTED)
    inner = _parts(body, start + opened, end, decimal_comma=decimal_comma)
    if len(inner) != 2:
        raise stopped(inner[-1][0] if len(inner) > 2 else end, TWO)
    for (first, last), other in zip(inner, reversed(inner), strict=True):
        infinite, unit = _infinity.leading(body[first:last])
        if infinite and unit:  # it is that of the other end, which may leave it out
            before = body[slice(*other)].rstrip()
            own = _UNIT_AT_END.search(before)
            if tail.strip() or not UNIT.fullmatch(unit) or (own and not before.endswith(unit)):
                raise stopped(first, WANTED)
            tail = "" if own else unit
    ends, endless, begins = [], [], start + opened
    for first, last in inner:
        piece = body[first:last]
        if not piece.strip():
            raise stopped(first, TWO)
        infinite, _ = _infinity.leading(piece)
        endless.append(infinite)
        at = first + len(piece) - len(piece.lstrip())
        begins = at if first == inner[0][0] else begins
        if not infinite:
            shared = tail if tail.strip() and not _UNIT_AT_END.search(piece) else ""
            ends.append(Entry(piece.strip() + (f" {shared.strip()}" if shared else ""), at))
    ends = sharing(ends, "") if ends else ends
    signs = body[start] + body[end] if opened else "()"
    return Written(signs, Grid((tuple(ends),), origin), tuple(endless), origin[begins])


def _closing(body: str, start: int) -> int:
    """The index of the bracket that ends the interval, of whichever shape; -1 where none does."""
    open_: list[str] = []
    for index in range(start + 1, len(body)):
        character = body[index]
        if character in _CLOSING:
            open_.append(_CLOSING[character])
        elif open_ and character == open_[-1]:
            open_.pop()
        elif character in ")]" and not open_:
            return index
    return -1


def _parts(body: str, start: int, end: int, *, decimal_comma: bool) -> list[tuple[int, int]]:
    """The spans between the separators outside brackets: semicolons where there are any, else commas.

    Where commas are decimal, those before a digit part the ends only if nothing else does.
    """
    signs = [(";", False), (",", decimal_comma), ("~", False), ("≈", False), (",", False)]  # a wave is folded to ≈
    for sign, before_digits in signs:
        spans, depth, begin = [], 0, start
        for index in range(start, end):
            character = body[index]
            depth += (character in "([{") - (character in ")]}")
            if character == sign and depth == 0 and not (before_digits and body[index + 1].isdigit()):
                spans.append((begin, index))
                begin = index + 1
        if spans:
            return [*spans, (begin, end)]
    return [(start, end)]
