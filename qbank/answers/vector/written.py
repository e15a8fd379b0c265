"""Vectors and matrices as candidates write them: which rows of which entries, each with its place in the text.

    answer  := [name "="] grid [transpose] [unit] [transpose]
    grid    := open rows close | rows
    rows    := row ((";" | new line) row)* | open row close ("," open row close)*
    row     := entry ("," entry)* [","] | entry (" " entry)* | entry ("and" entry)*
    entry   := whatever a number part takes

`(0.46, -0.20)`, `[0.46; -0.20]`, `0.46 -0.20`, `[[1, 2], [3, 4]]` and `[1 2; 3 4]` are such texts. Where commas are
decimal, entries are parted by `;`, by spaces, or by a comma with a space after it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from qbank import numerals
from qbank.answers._readings import LONGEST, TOO_LONG, Stopped
from qbank.model import Bilingual

_PAIRS = {"(": ")", "[": "]", "{": "}"}
_LEAD = re.compile(r"\s*(?:(?:np\.|numpy\.|torch\.)?(?:array|tensor|matrix)(?=\s*[(\[]))", re.IGNORECASE)
_SIGN = r"(?:\^\s*[({]?\s*(?:T|⊤)\s*[)}]?|\.T|'|⊤|的?转置)"
_TURNED = re.compile(rf"(?<!\s)\s*+{_SIGN}\s*$")
_TURNED_FIRST = re.compile(rf"\s*(?:{_SIGN}|T(?![A-Za-z*/^·]))(?=\s*(?:$|[A-Za-zΩ°%µ\u3400-\u9fff]))")
"""A transpose right after the closing bracket, before a unit or none; a bare T where no tesla is asked for."""
_AND = re.compile(r"\s*(?:(?<![A-Za-z])and(?![A-Za-z])|和|与|及|&)\s*")
_TWO_COMMAS = re.compile(r"\d,\d.*(?:;|,\s|\d\s+[-+\d.])|(?:;|,\s|\d\s+[-+\d.]).*\d,\d", re.DOTALL)
_GLUED = re.compile(r"^[A-Za-zΩµ°%*^/·]|^$")
_GAP = re.compile(r"\d\s+\d")
_OPEN_END = re.compile(r"[*^/(]$|\d[eE][+-]?$")
_NUMBER = r"[+-]?(?:\d++\.?\d*+|\.\d++)(?:[eE][+-]?\d++)?"
_BARE = re.compile(rf"\s*{_NUMBER}\s*")
_WITH_UNIT = re.compile(rf"\s*{_NUMBER}\s*(?![eE][+-]?\d)([A-Za-zΩµ°%\u3400-\u9fff][A-Za-zΩµ\u3400-\u9fff/*^() \d-]*)")

DEEPEST = 20
"""How deep brackets may stand in one another."""

WANTED = Bilingual(
    zh="向量或矩阵，如 (0.46, -0.20) 或 [1 2; 3 4]", en="a vector or matrix such as (0.46, -0.20) or [1 2; 3 4]"
)
MATCHING = Bilingual(zh="配对的括号", en="brackets that match")
EVEN = Bilingual(zh="每行个数相同", en="rows of one length")


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry as written, and the index of the folded text where it begins."""

    text: str
    at: int


@dataclass(frozen=True, slots=True)
class Grid:
    """Rows of entries, all of one length; `origin` gives the column (from 1) of each index of the folded text."""

    rows: tuple[tuple[Entry, ...], ...]
    origin: tuple[int, ...]

    def column(self, index: int) -> int:
        """The column of the text as written."""
        return self.origin[min(max(index, 0), len(self.origin) - 1)]


def may_be_decimal(text: str) -> bool:
    """Whether commas could be decimal ones: one between digits, and something else that parts entries.

    >>> may_be_decimal("4,4, 0"), may_be_decimal("4,4; 0,5"), may_be_decimal("(1,2,3)")
    (True, True, False)
    """
    return bool(_TWO_COMMAS.search(text.replace("，", ",").replace("；", ";")))


def parse(text: str, *, decimal_comma: bool = False, name: str = "", tesla: bool = False) -> Grid:
    """The grid that a text writes; `tesla` says that T is a unit where the part asks for one. Raises Stopped.

    >>> [[entry.text for entry in row] for row in parse("[1 2; 3 4]").rows]
    [['1', '2'], ['3', '4']]
    """
    lines = text.strip("\r\n").replace("\r\n", "\n").replace("\r", "\n")
    shift = len(text) - len(text.lstrip("\r\n"))
    folded, indices = numerals.fold(lines.replace("\n", ";").replace("、", ",").replace("ᵀ", "'"))
    if len(folded) > 4 * LONGEST:  # a single sign may stand for a whole phrase
        raise Stopped(1, TOO_LONG)
    origin = (*(index + 1 + shift for index in indices), len(text) + 1)
    parted = _AND.sub(lambda found: (";" if decimal_comma else ",").ljust(len(found.group())), folded)
    return _Reader(parted, origin, decimal_comma, tesla).grid(name)


@dataclass(frozen=True, slots=True)
class _Reader:
    text: str
    origin: tuple[int, ...]
    decimal_comma: bool
    tesla: bool

    def stopped(self, index: int, wanted: Bilingual = WANTED) -> Stopped:
        return Stopped(self.origin[min(index, len(self.origin) - 1)], wanted)

    def grid(self, name: str) -> Grid:
        start, end = 0, len(self.text.rstrip(" ;.。"))
        named = re.match(rf"\s*{re.escape(name)}\s*(?:=|≈|:)", self.text) if name else None
        start = named.end() if named else start
        lead = _LEAD.match(self.text, start)
        start = lead.end() if lead else start
        turned = _TURNED.search(self.text, start, end)
        end = turned.start() if turned else end
        start, end = self.trimmed(start, end)
        unit = ""
        close = self.closing(start) if start < end and self.text[start] in _PAIRS else -1
        first = _TURNED_FIRST.match(self.text, close + 1, end) if close >= 0 else None
        if first is not None and not (self.tesla and first.group().strip() == "T"):
            turned = turned or first
            unit, end = self.text[first.end() : end], close + 1
        if close >= 0 and re.fullmatch(r"\s*[A-Za-zΩµ°%\u3400-\u9fff][^\[\](){};,]*", self.text[close + 1 : end]):
            unit, end = self.text[close + 1 : end], close + 1
        while close >= 0 and close == end - 1:
            inner = self.trimmed(start + 1, end - 1)
            if inner[0] >= inner[1]:
                raise self.stopped(end - 1)
            if self.listed(*inner):
                rows = [self.row(*self.trimmed(first + 1, last - 1)) for first, last in self.pieces(*inner)]
                return self.even(rows, unit, turned=bool(turned))
            start, end = inner
            close = self.closing(start) if self.text[start] in _PAIRS else -1
        rows = [self.row(first, last) for first, last in self.split(start, end, ";")]
        if len(rows) == 1 and len(rows[0]) > 1 and self.listed(start, end):
            rows = [self.row(*self.trimmed(first + 1, last - 1)) for first, last in self.pieces(start, end)]
        if self.decimal_comma and all(len(row) == 1 for row in rows):
            rows = [[row[0] for row in rows]]
        return self.even(rows, unit, turned=bool(turned))

    def even(self, rows: list[list[Entry]], unit: str, *, turned: bool) -> Grid:
        if len({len(row) for row in rows}) != 1:
            raise self.stopped(rows[-1][-1].at, EVEN)
        if turned:
            rows = [list(column) for column in zip(*rows, strict=True)]
        flat = [entry for row in rows for entry in row]
        shared = _WITH_UNIT.fullmatch(flat[-1].text)
        if not unit and shared and all(_BARE.fullmatch(entry.text) for entry in flat[:-1]):
            unit = shared.group(1)
            rows[-1][-1] = Entry(flat[-1].text[: shared.start(1)], flat[-1].at)
        if unit:
            rows = [[Entry(f"{entry.text} {unit.strip()}", entry.at) for entry in row] for row in rows]
        return Grid(tuple(map(tuple, rows)), self.origin)

    def listed(self, start: int, end: int) -> bool:
        """Whether the span is a list of several bracketed rows, and nothing beside."""
        spans = self.pieces(start, end)
        return len(spans) > 1 and all(
            last - first > 1 and self.text[first] in _PAIRS and self.closing(first) == last - 1 for first, last in spans
        )

    def pieces(self, start: int, end: int) -> list[tuple[int, int]]:
        """The spans between commas, semicolons or, where there are none, spaces."""
        for sign in ",;":
            spans = self.split(start, end, sign)
            if len(spans) > 1:
                return spans
        return self.spaced(start, end)

    def row(self, start: int, end: int) -> list[Entry]:
        if start >= end:
            raise self.stopped(end)
        spans = self.split(start, end, ",")
        if self.decimal_comma and len(spans) == 1:
            spans = self.split(start, end, ";")
        if len(spans) == 1 and not self.text[start:end].rstrip().endswith((",", ";")):
            spans = self.spaced(start, end)
        for first, last in spans:
            if first >= last:
                raise self.stopped(first)
            if gap := _GAP.search(self.text, first, last):  # `1 000` beside commas: one number or two
                raise self.stopped(gap.end() - 1)
        return [Entry(self.text[first:last], first) for first, last in spans]

    def spaced(self, start: int, end: int) -> list[tuple[int, int]]:
        """The spans between spaces; a unit, an operator and its operand belong to the number before them."""
        spans: list[tuple[int, int]] = []
        for first, last in self.split(start, end, " "):
            if first >= last:
                continue
            open_end = spans and _OPEN_END.search(self.text[slice(*spans[-1])])
            if spans and (open_end or _GLUED.match(self.text[first:last])):
                spans[-1] = spans[-1][0], last
            else:
                spans.append((first, last))
        return spans

    def split(self, start: int, end: int, sign: str) -> list[tuple[int, int]]:
        """The trimmed spans between the signs that stand outside brackets; an empty last one falls away."""
        spans: list[tuple[int, int]] = []
        depth, begin = 0, start
        for index in range(start, end):
            character = self.text[index]
            if character in _PAIRS:
                depth += 1
                if depth > DEEPEST:
                    raise self.stopped(index)
            elif character in ")]}":
                depth -= 1
                if depth < 0:
                    raise self.stopped(index, MATCHING)
            elif character == sign and depth == 0 and not (sign == "," and self.decimal(index)):
                spans.append(self.trimmed(begin, index))
                begin = index + 1
        if depth:
            raise self.stopped(end, MATCHING)
        last = self.trimmed(begin, end)
        if last[0] < last[1] or not spans:
            spans.append(last)
        return spans

    def decimal(self, index: int) -> bool:
        """Whether the comma at an index is a decimal one, by the paper's policy."""
        return self.decimal_comma and self.text[index + 1 : index + 2].isdigit()

    def closing(self, start: int) -> int:
        """The index of the bracket that closes the one at the start. Raises Stopped where none does."""
        expected: list[str] = []
        for index in range(start, len(self.text)):
            character = self.text[index]
            if character in _PAIRS:
                expected.append(_PAIRS[character])
                if len(expected) > DEEPEST:
                    raise self.stopped(index)
            elif character in ")]}":
                if not expected or expected.pop() != character:
                    raise self.stopped(index, MATCHING)
                if not expected:
                    return index
        raise self.stopped(start, MATCHING)

    def trimmed(self, start: int, end: int) -> tuple[int, int]:
        span = self.text[start:end]
        start += len(span) - len(span.lstrip())
        return start, max(start, start + len(span.strip()))
