"""Cells of a sheet of a workbook changed in its own bytes: every byte outside these cells stays as it was.

No library writes a workbook that it has read without losing something of it (pictures, charts, validations, what a
later Excel added); so the cells are found by a parser that tells where each element stands, and only they are replaced.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from xml.parsers import expat
from xml.sax.saxutils import escape, quoteattr

from qbank import messages
from qbank.intake._archive import NotAWorkbook
from qbank.intake._template import Entries, Entry
from qbank.intake._workbook import letters

_CELL = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
_KEPT = ("r", "s", "ph")
"""The attributes of a cell that stay: where it is and how it looks, not what it holds."""
_BEFORE = frozenset({"sheets", "functionGroups", "externalReferences", "definedNames"})
"""What stands before the settings of calculation in a workbook."""


@dataclass(slots=True)
class _Element:
    """An element by its bytes, from `start` to `end`; its end tag is at `close`, which is `start` where it has none."""

    name: str
    attributes: dict[str, str]
    start: int
    close: int = 0
    end: int = 0

    @property
    def empty(self) -> bool:
        return self.close == self.start


@dataclass(slots=True)
class _Row:
    element: _Element
    cells: dict[int, _Element] = field(default_factory=dict)


def cells(part: bytes, entries: Entries, textual: frozenset[int]) -> bytes:
    """The part of a sheet with the entries in its cells, each in the format that the cell has.

    A number goes into a cell whose style is among `textual` as a text, as if it were typed there. Raises NotAWorkbook
    where the part is not UTF-8, or has no row for an entry.
    """
    rows, columns = _rows(part, {row for row, _ in entries})
    changes: list[tuple[int, int, bytes]] = []
    for row, own in _by_row(entries).items():
        if row not in rows:
            raise NotAWorkbook(messages.tell("it has no row {row}", row=row + 1))
        changes += _changes(part, rows[row], row, own, columns, textual)
    return _spliced(part, changes)


def recalculated(part: bytes) -> bytes:
    """The part of a workbook, told to compute its formulas when it is opened next."""
    found: list[_Element] = []
    _parse(part, lambda element, depth: found.append(element) if depth == 1 else None)
    settings = next((each for each in found if _local(each.name) == "calcPr"), None)
    if settings is not None:
        attributes = {**settings.attributes, "fullCalcOnLoad": "1"}
        told = "".join(f" {name}={quoteattr(value)}" for name, value in attributes.items())
        return _spliced(part, [(settings.start, settings.end, f"<{settings.name}{told}/>".encode())])
    before = [each for each in found if _local(each.name) in _BEFORE]
    if not before:
        raise NotAWorkbook(messages.tell("it has no list of sheets"))
    prefix = _prefix(before[-1].name)
    return _spliced(part, [(before[-1].end, before[-1].end, f'<{prefix}calcPr fullCalcOnLoad="1"/>'.encode())])


def _parse(part: bytes, told: object) -> None:
    """Call `told(element, depth)` at the end of each element; its place is known then."""
    assert callable(told)
    parser = expat.ParserCreate()
    stack: list[_Element] = []

    def declared(_version: str, encoding: str | None, _standalone: int) -> None:
        if encoding and encoding.casefold() not in ("utf-8", "us-ascii"):
            raise NotAWorkbook(messages.tell("a part of it is encoded in {encoding}; open it in a spreadsheet and save "
                                             "it again", encoding=encoding))  # fmt: skip

    def begin(name: str, attributes: dict[str, str]) -> None:
        stack.append(_Element(name, attributes, parser.CurrentByteIndex))

    def end(_name: str) -> None:
        element = stack.pop()
        at = parser.CurrentByteIndex
        tag = _tag_end(part, element.start)
        if part[tag - 2 : tag] == b"/>":
            element.close, element.end = element.start, tag
        else:
            element.close, element.end = at, part.index(b">", at) + 1
        told(element, len(stack))

    parser.XmlDeclHandler, parser.StartElementHandler, parser.EndElementHandler = declared, begin, end
    if part.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise NotAWorkbook(messages.tell("a part of it is encoded in {encoding}; open it in a spreadsheet and save it "
                                         "again",
                                         encoding="UTF-16"))  # fmt: skip
    try:
        parser.Parse(part, True)
    except expat.ExpatError as error:
        raise NotAWorkbook(messages.tell("the file is damaged, or not a workbook")) from error


def _tag_end(part: bytes, start: int) -> int:
    """Behind the tag that begins at `start`; a > within quotation marks does not end it."""
    found = re.compile(rb"""<(?:[^>"']|"[^"]*"|'[^']*')*>""").match(part, start)
    if found is None:
        raise NotAWorkbook(messages.tell("the file is damaged, or not a workbook"))
    return found.end()


def _rows(part: bytes, wanted: set[int]) -> tuple[dict[int, _Row], list[tuple[int, int, str]]]:
    """The rows that are wanted with their cells, and the styles of columns as (first, last, style)."""
    rows: dict[int, _Row] = {}
    columns: list[tuple[int, int, str]] = []
    at = [-1, -1]
    own: dict[int, _Element] = {}

    def told(element: _Element, depth: int) -> None:
        match _local(element.name), depth:
            case "c", 3:
                found = _CELL.fullmatch(element.attributes.get("r", ""))
                at[1] = _column(found[1]) if found else at[1] + 1
                own[at[1]] = element
            case "row", 2:
                said = element.attributes.get("r", "")
                at[0] = int(said) - 1 if said.isdecimal() else at[0] + 1
                if at[0] in wanted:
                    rows[at[0]] = _Row(element, dict(own))
                own.clear()
                at[1] = -1
            case "col", 2:
                about = element.attributes
                if "style" in about:
                    columns.append((int(about["min"]) - 1, int(about["max"]) - 1, about["style"]))

    _parse(part, told)
    return rows, columns


def _by_row(entries: Entries) -> dict[int, dict[int, Entry]]:
    rows: dict[int, dict[int, Entry]] = {}
    for (row, column), entry in sorted(entries.items()):
        rows.setdefault(row, {})[column] = entry
    return rows


def _changes(
    part: bytes, row: _Row, number: int, own: Mapping[int, Entry], columns: list[tuple[int, int, str]],
    textual: frozenset[int],
) -> list[tuple[int, int, bytes]]:  # fmt: skip
    """What replaces which bytes of one row; new cells at one place are one change, in order."""
    changes: list[tuple[int, int, bytes]] = []
    new: dict[int, bytes] = {}
    prefix = _prefix(row.element.name)
    for column, entry in own.items():
        there = row.cells.get(column)
        if there is not None:
            kept = {name: value for name, value in there.attributes.items() if name in _KEPT}
            changes.append((there.start, there.end, _cell(prefix, kept, entry, textual)))
            continue
        style = _style(row.element.attributes, column, columns)
        kept = {"r": f"{letters(column)}{number + 1}", **({"s": style} if style else {})}
        after = min((at for at in row.cells if at > column), default=None)
        place = row.cells[after].start if after is not None else row.element.close
        new[place] = new.get(place, b"") + _cell(prefix, kept, entry, textual)
    if row.element.empty and new:
        start, end = row.element.start, row.element.end
        tag = part[start:end].rstrip(b">").rstrip(b"/")
        return [(start, end, tag + b">" + b"".join(new.values()) + f"</{row.element.name}>".encode())]
    return [*changes, *((place, place, content) for place, content in new.items())]


def _style(row: Mapping[str, str], column: int, columns: list[tuple[int, int, str]]) -> str:
    """The style of a cell that is not written yet: that of its row, else that of its column."""
    if row.get("customFormat") in ("1", "true"):
        return row.get("s", "")
    return next((style for first, last, style in columns if first <= column <= last), "")


def _cell(prefix: str, kept: Mapping[str, str], entry: Entry, textual: frozenset[int]) -> bytes:
    style = kept.get("s", "0")
    number = entry.number and not (style.isdecimal() and int(style) in textual)
    told = "".join(f" {name}={quoteattr(value)}" for name, value in kept.items())
    if number:
        return f"<{prefix}c{told}><{prefix}v>{escape(entry.text)}</{prefix}v></{prefix}c>".encode()
    text = f'<{prefix}is><{prefix}t xml:space="preserve">{escape(entry.text)}</{prefix}t></{prefix}is>'
    return f'<{prefix}c{told} t="inlineStr">{text}</{prefix}c>'.encode("ascii", "xmlcharrefreplace")


def _spliced(part: bytes, changes: list[tuple[int, int, bytes]]) -> bytes:
    pieces, at = [], 0
    for start, end, content in sorted(changes, key=lambda change: change[:2]):
        pieces += [part[at:start], content]
        at = end
    return b"".join([*pieces, part[at:]])


def _local(name: str) -> str:
    return name.rpartition(":")[2]


def _prefix(name: str) -> str:
    head, colon, _ = name.rpartition(":")
    return head + colon


def _column(name: str) -> int:
    """The column of its letters, from 0."""
    value = 0
    for sign in name:
        value = value * 26 + ord(sign) - ord("A") + 1
    return value - 1
