"""Several quantities in one text: where its entries begin and end, outside brackets, and the unit that they share.

    entry   := whatever a number part takes

Entries are parted by commas, semicolons, spaces or a word such as `and`. Where commas are decimal, they are parted by
`;`, by spaces, or by a comma with a space after it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from qbank import units
from qbank.answers._readings import LONGEST, TOO_LONG, Stopped
from qbank.formulas import tokens
from qbank.model import Bilingual

PAIRS: Mapping[str, str] = {"(": ")", "[": "]", "{": "}"}
_DECIMAL = re.compile(r"\d[,，]\d")
_GLUED = re.compile(r"^[A-Za-zΩµ°%*^/·]|^$")
_GAP = re.compile(r"\d\s+\d")
_OPEN_END = re.compile(r"[*^/(]$|\d[eE][+-]?$")
_FURTHER = re.compile(r"(?<![\d.])\.\.\.")
"""Values that go on: `2, 4, …`."""
_NUMBER = r"[+-]?(?:\d++\.?\d*+|\.\d++)(?:[eE][+-]?\d++)?"
_BARE = re.compile(rf"\s*{_NUMBER}\s*")
_WITH_UNIT = re.compile(rf"\s*{_NUMBER}\s*(?![eE][+-]?\d)([A-Za-zΩµ°%\u3400-\u9fff][A-Za-zΩµ\u3400-\u9fff/*^() \d-]*)")
UNIT = re.compile(
    r"\s*+(?=[A-Za-zΩµ°%\u3400-\u9fff]|1\s*/|\(\s*[A-Za-zΩµ°%\u3400-\u9fff])[^\[\](){};,]*+(?:\([^\[\](){}]*+\)\s*+)?"
)
"""What may be a unit behind the bracket that holds the values, and what is in brackets beside it: V (rms)."""

DEEPEST = 20
"""How deep brackets may be nested."""

NAMED = Bilingual(zh="逐个写出所有的值", en="every value by itself")
MATCHING = Bilingual(zh="配对的括号", en="brackets that match")


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
    """Whether a comma could be a decimal one, or set off thousands: one right between digits.

    >>> may_be_decimal("4,4, 0"), may_be_decimal("1，5"), may_be_decimal("(1, 2)")
    (True, True, False)
    """
    return bool(_DECIMAL.search(text))


_SIGNS = str.maketrans({"\n": ";", "\t": " ", "、": ",", "ᵀ": "'"})


def folded(text: str) -> tuple[str, tuple[int, ...]]:
    """A text of one or more lines, folded, lines parted by `;`, and the column (from 1) that each index came from.

    Raises Stopped for what is too long: a single sign may mean a whole phrase.
    """
    lines = text.strip("\r\n").replace("\r\n", "\n").replace("\r", "\n")
    shift = len(text) - len(text.lstrip("\r\n"))
    body, indices = tokens.unmarked(lines.translate(_SIGNS))
    if len(body) > 4 * LONGEST:
        raise Stopped(1, TOO_LONG)
    if further := _FURTHER.search(body):
        raise Stopped(indices[further.start()] + 1 + shift, NAMED)
    return body, (*(index + 1 + shift for index in indices), len(text) + 1)


def sharing(entries: Sequence[Entry], unit: str) -> list[Entry]:
    """The entries with the unit that is after their bracket, or with that of the last, where it alone has one.

    What is too long for a unit is left with the last: there reading stops, and it is read once.
    """
    own = list(entries)
    last = _WITH_UNIT.fullmatch(own[-1].text)
    if not unit and last and all(_BARE.fullmatch(entry.text) for entry in own[:-1]):
        unit = last.group(1)
        own[-1] = Entry(own[-1].text[: last.start(1)], own[-1].at)
    unit = unit.strip()
    first = len(own) - 1 if len(unit) > units.LONGEST else 0
    return [Entry(f"{entry.text} {unit}", entry.at) if unit and place >= first else entry
            for place, entry in enumerate(own)]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Body:
    """A folded text, in which spans are [start, end): its brackets, and the entries between its separators."""

    text: str
    origin: tuple[int, ...]
    decimal_comma: bool
    wanted: Bilingual
    """What is expected where nothing nearer is said."""

    def stopped(self, index: int, wanted: Bilingual | None = None) -> Stopped:
        """What is raised where reading stops at an index."""
        return Stopped(self.origin[min(index, len(self.origin) - 1)], wanted or self.wanted)

    def unit_after(self, close: int, end: int) -> str:
        """The unit between a closing bracket and the end; empty where there is something else, or nothing."""
        return self.text[close + 1 : end] if UNIT.fullmatch(self.text, close + 1, end) else ""

    def pieces(self, start: int, end: int) -> list[tuple[int, int]]:
        """The spans between lines, commas, semicolons or, where there are none, spaces."""
        for sign in "\n,;":
            spans = self.split(start, end, sign)
            if len(spans) > 1:
                return spans
        return self.spaced(start, end)

    def row(self, start: int, end: int) -> list[Entry]:
        """The entries of one row."""
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
        """The trimmed spans between the signs that are outside brackets; an empty last one falls away."""
        spans: list[tuple[int, int]] = []
        depth, begin = 0, start
        for index in range(start, end):
            character = self.text[index]
            if character in PAIRS:
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
            if character in PAIRS:
                expected.append(PAIRS[character])
                if len(expected) > DEEPEST:
                    raise self.stopped(index)
            elif character in ")]}":
                if not expected or expected.pop() != character:
                    raise self.stopped(index, MATCHING)
                if not expected:
                    return index
        raise self.stopped(start, MATCHING)

    def trimmed(self, start: int, end: int) -> tuple[int, int]:
        """The span without the spaces at its ends."""
        span = self.text[start:end]
        start += len(span) - len(span.lstrip())
        return start, max(start, start + len(span.strip()))
