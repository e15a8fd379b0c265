"""Vectors and matrices as candidates write them: which rows of which entries, each with its place in the text.

    answer  := [name "="] grid [transpose] [unit] [transpose]
    grid    := open rows close | rows
    rows    := row ((";" | new line) row)* | open row close ("," open row close)*
    row     := entry ("," entry)* [","] | entry (" " entry)* | entry ("and" entry)*

`(0.46, -0.20)`, `[0.46; -0.20]`, `0.46 -0.20`, `[[1, 2], [3, 4]]` and `[1 2; 3 4]` are such texts; see `_entries`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from qbank.answers._entries import PAIRS, Body, Entry, Grid, folded, sharing
from qbank.model import Bilingual

_LEAD = re.compile(r"\s*(?:(?:np\.|numpy\.|torch\.)?(?:array|tensor|matrix)(?=\s*[(\[]))", re.IGNORECASE)
_SIGN = r"(?:\^\s*[({]?\s*(?:T|⊤)\s*[)}]?|\.T|'|⊤|的?转置)"
_TURNED = re.compile(rf"(?<!\s)\s*+{_SIGN}\s*$")
_TURNED_FIRST = re.compile(rf"\s*(?:{_SIGN}|T(?![A-Za-z*/^·]))(?=\s*(?:$|[A-Za-zΩ°%µ\u3400-\u9fff]))")
"""A transpose right after the closing bracket, before a unit or none; a bare T where no tesla is asked for."""
_MATRIX = r"\\{end}\{{[pbBvV]?matrix\}}|\\{end}\{{array\}}(?:\{{[lcr|]*\}})?"
_BEGIN, _END = (re.compile(_MATRIX.format(end=end)) for end in ("begin", "end"))
_BREAK = re.compile(r"\\\\")
_LISTED = re.compile(r"(?<=[\])}]),(?=[ \t\r]*\n)")
"""A comma between rows in brackets of their own, each on a line of its own, as `print(array)` writes them."""
_CHEVRONS = re.compile(r"^([^<>]*)<([^<>=]+)>([^<>]*)$")
_ANGLES = str.maketrans("⟨⟩〈〉〈〉", "()()()")
_AND = re.compile(r"\s*(?:(?<![A-Za-z])and(?![A-Za-z])|和|与|及|&)\s*")

WANTED = Bilingual(
    zh="向量或矩阵，如 (0.46, -0.20) 或 [1 2; 3 4]", en="a vector or matrix such as (0.46, -0.20) or [1 2; 3 4]"
)
EVEN = Bilingual(zh="每行个数相同", en="rows of one length")


def parse(text: str, *, decimal_comma: bool = False, name: str = "", tesla: bool = False) -> Grid:
    """The grid that a text writes; `tesla` says that T is a unit where the part asks for one. Raises Stopped.

    >>> [[entry.text for entry in row] for row in parse("[1 2; 3 4]").rows]
    [['1', '2'], ['3', '4']]
    """
    for pattern, sign in ((_BEGIN, "["), (_END, "]"), (_BREAK, ";")) if "\\" in text else ():
        text = pattern.sub(lambda found, sign=sign: sign.ljust(len(found.group())), text)  # type: ignore[misc]
    plain, origin = folded(_LISTED.sub(" ", _CHEVRONS.sub(r"\1(\2)\3", text.translate(_ANGLES))))
    parted = _AND.sub(lambda found: (";" if decimal_comma else ",").ljust(len(found.group())), plain)
    if decimal_comma:
        parted = _lines(parted, origin, text)
    body = Body(parted, origin, decimal_comma, WANTED)
    start, end = 0, len(parted.rstrip(" ;.。"))
    named = re.match(rf"\s*{re.escape(name)}\s*(?:=|≈|:)", parted) if name else None
    start = named.end() if named else start
    lead = _LEAD.match(parted, start)
    start = lead.end() if lead else start
    turned = _TURNED.search(parted, start, end)
    end = turned.start() if turned else end
    start, end = body.trimmed(start, end)
    unit = ""
    close = body.closing(start) if start < end and parted[start] in PAIRS else -1
    first = _TURNED_FIRST.match(parted, close + 1, end) if close >= 0 else None
    if first is not None and not (tesla and first.group().strip() == "T"):
        turned = turned or first
        unit, end = parted[first.end() : end], close + 1
    if close >= 0 and (after := body.unit_after(close, end)):
        unit, end = after, close + 1
    rows = _rows(body, start, end, close)
    if len({len(row) for row in rows}) != 1:
        raise body.stopped(rows[-1][-1].at, EVEN)
    if turned:
        rows = [list(column) for column in zip(*rows, strict=True)]
    flat, width = sharing([entry for row in rows for entry in row], unit), len(rows[0])
    return Grid(tuple(tuple(flat[at : at + width]) for at in range(0, len(flat), width)), origin)


def _lines(plain: str, origin: Sequence[int], text: str) -> str:
    """The folded text with its line breaks again, where semicolons part the entries of a line: `1,5; 2` and `3; 4`."""
    broken = "".join("\n" if sign == ";" and text[column - 1] in "\r\n" else sign
                     for sign, column in zip(plain, origin, strict=False))  # fmt: skip
    return broken if any(";" in line.strip(" ;") for line in broken.split("\n")) else plain


def _rows(body: Body, start: int, end: int, close: int) -> Sequence[list[Entry]]:
    """The rows between a bracket and the one that closes it (-1: there is none), or of a text without brackets."""
    while close >= 0 and close == end - 1:
        inner = body.trimmed(start + 1, end - 1)
        if inner[0] >= inner[1]:
            raise body.stopped(end - 1)
        if _listed(body, *inner):
            return _bracketed(body, *inner)
        start, end = inner
        close = body.closing(start) if body.text[start] in PAIRS else -1
    if close >= 0 and _listed(body, start, end):
        return _bracketed(body, start, end)
    between = "\n" if "\n" in body.text[start:end] else ";"
    rows = [body.row(first, last) for first, last in body.split(start, end, between)]
    if body.decimal_comma and between == ";" and all(len(row) == 1 for row in rows):
        rows = [[row[0] for row in rows]]
    return rows


def _bracketed(body: Body, start: int, end: int) -> list[list[Entry]]:
    return [body.row(*body.trimmed(first + 1, last - 1)) for first, last in body.pieces(start, end)]


def _listed(body: Body, start: int, end: int) -> bool:
    """Whether the span is a list of several bracketed rows, and nothing beside."""
    spans = body.pieces(start, end)
    return len(spans) > 1 and all(
        last - first > 1 and body.text[first] in PAIRS and body.closing(first) == last - 1 for first, last in spans
    )
