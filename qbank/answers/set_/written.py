"""Several values as candidates write them, in any order.

    answer := [names] values | [names] open values close [unit]
    values := value (sep value)*            sep := "," | ";" | "、" | " " | new line | "and" | "or" | 和 | 或
    value  := [name [number] "="] entry     an entry with ± is two values

`{2, -3}`, `2 或 -3`, `x1 = 2, x2 = -3`, `x = ±2` and `x_{1,2} = ±2` are such texts; see `_entries`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from qbank.answers._entries import PAIRS, Body, Entry, Grid, folded, sharing
from qbank.model import Bilingual

_WORD = re.compile(r"(?<!\s)\s*+[,;]?\s*+(?:(?<![A-Za-z])(?:and|or)(?![A-Za-z])|或者?|以?及|和|与|&|∨)\s*")
_PLUS_MINUS = re.compile(r"\+\s?/\s?-|\+-")
_OPERAND = r"(?<=[\w)\]}])"
_BETWEEN = re.compile(rf"{_OPERAND} +±\u2060* +|(?<=[±\u2060]) +")
"""Spaces that part nothing: around a ± between two operands, and after one."""
_UNCLEAR = re.compile(rf"{_OPERAND} +(?=±\u2060*[^ \u2060])")
"""`1 ±2` may be three values or two."""
_GROUP = re.compile(r"(?<!\d)\d{1,3} \d{3}(?!\d)")
"""Beside semicolons `2 000` may be one value or two."""
_JOINED = "\u2060"
"""Stands for such a space: an invisible character, which no folded text has, and which no number minds."""
_NUMBERED = r"(?:_?\{?\d+(?:\s*,\s*\d+)*\}?)?"

CLEAR = Bilingual(zh="± 前用逗号隔开，或两边都不留空格", en="a comma before ±, or no space on either side of it")
WANTED = Bilingual(zh="若干个数，如 2, -3 或 x1 = 2, x2 = -3", en="values such as 2, -3 or x1 = 2, x2 = -3")


def parse(text: str, *, decimal_comma: bool = False, names: Sequence[str] = ()) -> Grid:
    """The values that a text writes, as one row. Raises Stopped.

    >>> [entry.text for entry in parse("x1 = 2 V or x2 = -3 V", names=["x"]).rows[0]]
    ['2 V', '-3 V']
    >>> [entry.text for entry in parse("{1, ±2}").rows[0]]
    ['1', '+2', '-2']
    """
    plain, origin = folded(text)
    body = Body(_parted(plain, names, ";" if decimal_comma else ","), origin, decimal_comma, WANTED)
    if unclear := _UNCLEAR.search(body.text):
        raise body.stopped(unclear.start(), CLEAR)
    start, end = body.trimmed(0, len(plain.rstrip(" ,;.。")))
    if body.text[:end].endswith((",", ";")):  # a word that parts values, and none after it
        raise body.stopped(end)
    unit = ""
    while start < end and body.text[start] in PAIRS:
        close = body.closing(start)
        if not unit and (after := body.unit_after(close, end)):
            unit, end = after, close + 1
        if close != end - 1:
            break
        start, end = body.trimmed(start + 1, end - 1)
    spans = body.split(start, end, ";")
    if len(spans) > 1 and "\n" not in text and (group := _GROUP.search(body.text, start, end)):
        raise body.stopped(group.start() + 1)
    rows = [body.row(first, last) for first, last in spans]
    values = [value for row in rows for entry in row for value in _signs(entry)]
    return Grid((tuple(sharing(values, unit)),), origin)


def _parted(text: str, names: Sequence[str], separator: str) -> str:
    """The text with a separator for every word that parts values, without names; each character keeps its index."""
    text = _WORD.sub(lambda found: separator.ljust(len(found.group())), text)
    if names:
        name = "|".join(map(re.escape, names))
        text = re.sub(rf"/(?=\s*(?:{name}){_NUMBERED}\s*=)", separator, text)
        named = re.compile(rf"(?<![^\s,;({{\[])(?:{name}){_NUMBERED}\s*(?:=|≈|:|∈)")
        text = named.sub(lambda found: " " * len(found.group()), text)
    text = _PLUS_MINUS.sub(lambda found: "±".ljust(len(found.group()), _JOINED), text)
    return _BETWEEN.sub(lambda found: found.group().replace(" ", _JOINED), text)


def _signs(entry: Entry) -> Iterator[Entry]:
    """The entry, or the two that its ± makes of it."""
    text = entry.text.replace(_JOINED, "")
    for sign in "+-" if text.count("±") == 1 else [""]:
        yield Entry(text.replace("±", sign) if sign else text, entry.at)
