"""Cells out of an .xlsx file (ECMA-376 part 1, chapter 18): text, and what Excel made of what was typed."""

from __future__ import annotations

import datetime
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO
from xml.parsers import expat

from qbank.model import Problem

LARGEST = 1 << 30
"""The most bytes of XML that are unpacked from one workbook."""
_ROWS, _COLUMNS, _CELLS = 1 << 20, 1 << 14, 1 << 26
_DATES = frozenset([*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)])
_QUOTED = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|General')
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")


class NotAWorkbook(Exception):
    """The file is not a workbook that can be read; the message says why."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell's text; `changed` is what Excel made of what was typed: 'date', 'formula', 'error' or nothing."""

    text: str
    changed: str = ""
    formula: str = ""


def cells(path: Path) -> dict[tuple[int, int], Cell]:
    """The cells of the first visible sheet that hold something, by (row, column) from 0."""
    with zipfile.ZipFile(path) as archive:
        if sum(member.file_size for member in archive.infolist()) > LARGEST:
            raise NotAWorkbook("it unpacks to more than 1 GiB")
        target, since_1904 = _first_sheet(archive)
        strings = list(_strings(archive))
        dates = _date_styles(archive)
        found: dict[tuple[int, int], Cell] = {}
        for at, cell in _cells(archive, target, strings, dates, since_1904):
            found[at] = cell
        height, width = (max((at[axis] for at in found), default=0) + 1 for axis in (0, 1))
        if height * width > _CELLS:
            raise NotAWorkbook(f"its cells spread over {height} rows and {width} columns")
        return found


def problem(cell: Cell, file: str, row: int, column: int) -> Problem:
    """What to tell about a cell that Excel changed."""
    where = f"{file}, cell {letters(column)}{row + 1}"
    proposal = "format the column as text, then type the answer again"
    if cell.changed == "date":
        return Problem(
            "intake.date", f"{where}: a spreadsheet made the date {cell.text} of what was typed", None, "", proposal
        )
    if cell.changed == "error":
        message = f"{where}: a spreadsheet made a formula of {cell.text!r}, and an error of that"
        return Problem("intake.formula", message, None, "", proposal)
    message = f"{where}: a spreadsheet computed {cell.text!r} from the formula {cell.formula!r}"
    return Problem("intake.formula", message, None, "", "type the value itself", severity="warning")


def letters(column: int) -> str:
    """The letters of a column counted from 0.

    >>> letters(0), letters(27)
    ('A', 'AB')
    """
    name = ""
    column += 1
    while column:
        column, digit = divmod(column - 1, 26)
        name = chr(ord("A") + digit) + name
    return name


def _events(stream: IO[bytes]) -> Iterator[tuple[str, str, dict[str, str]]]:
    """("start", name, attributes), ("end", name, {}) and ("text", characters, {}); no entity is ever defined."""
    queue: list[tuple[str, str, dict[str, str]]] = []

    def refuse(*_: object) -> None:
        raise NotAWorkbook("it declares a document type")

    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = refuse
    parser.StartElementHandler = lambda name, attributes: queue.append(("start", name.rpartition(":")[2], attributes))
    parser.EndElementHandler = lambda name: queue.append(("end", name.rpartition(":")[2], {}))
    parser.CharacterDataHandler = lambda text: queue.append(("text", text, {}))
    try:
        while block := stream.read(1 << 16):
            parser.Parse(block)
            yield from queue
            queue.clear()
        parser.Parse(b"", True)
    except (expat.ExpatError, ValueError, LookupError, OSError, EOFError, zlib.error) as error:
        # ValueError and LookupError: an encoding that expat does not read, or nobody knows
        raise NotAWorkbook(f"a part of it is damaged ({error})") from error
    yield from queue


def _first_sheet(archive: zipfile.ZipFile) -> tuple[str, bool]:
    relation, since_1904 = "", False
    with archive.open("xl/workbook.xml") as stream:
        for kind, name, attributes in _events(stream):
            if kind == "start" and name == "workbookPr":
                since_1904 = attributes.get("date1904") in ("1", "true")
            if (
                kind == "start"
                and name == "sheet"
                and not relation
                and "hidden" not in attributes.get("state", "").lower()
            ):
                relation = next((value for key, value in attributes.items() if key.endswith(":id")), "")
    with archive.open("xl/_rels/workbook.xml.rels") as stream:
        for kind, name, attributes in _events(stream):
            if kind == "start" and name == "Relationship" and attributes.get("Id") == relation:
                target = attributes.get("Target", "")
                return target.lstrip("/") if target.startswith("/") else f"xl/{target}", since_1904
    raise NotAWorkbook("it has no visible sheet")


def _strings(archive: zipfile.ZipFile) -> Iterator[str]:
    if "xl/sharedStrings.xml" not in archive.namelist():
        return
    pieces: list[str] = []
    inside = hidden = False
    with archive.open("xl/sharedStrings.xml") as stream:
        for kind, name, _ in _events(stream):
            if kind == "text":
                if inside and not hidden:
                    pieces.append(name)
            elif name == "t":
                inside = kind == "start"
            elif name == "rPh":  # how Asian characters are spoken
                hidden = kind == "start"
            elif name == "si" and kind == "end":
                yield _unescaped("".join(pieces))
                pieces.clear()


def _date_styles(archive: zipfile.ZipFile) -> frozenset[int]:
    """The cell styles that show a number as a date or a time."""
    if "xl/styles.xml" not in archive.namelist():
        return frozenset()
    codes, formats, inside = set(_DATES), [], False
    with archive.open("xl/styles.xml") as stream:
        for kind, name, attributes in _events(stream):
            if name == "cellXfs" and kind != "text":
                inside = kind == "start"
            elif kind == "start" and name == "numFmt":
                if re.search(r"[ymdhs年月日]", _QUOTED.sub("", attributes.get("formatCode", "")), re.IGNORECASE):
                    codes.add(_integer(attributes.get("numFmtId")))
            elif kind == "start" and name == "xf" and inside:
                formats.append(_integer(attributes.get("numFmtId")))
    return frozenset(style for style, code in enumerate(formats) if code in codes)


def _cells(
    archive: zipfile.ZipFile, target: str, strings: list[str], dates: frozenset[int], since_1904: bool
) -> Iterator[tuple[tuple[int, int], Cell]]:
    row, column, where, hidden = -1, -1, "", False
    about: dict[str, str] = {}
    pieces: dict[str, list[str]] = {"v": [], "f": [], "t": []}
    with archive.open(target) as stream:
        for kind, name, attributes in _events(stream):
            if kind == "text":
                if where and not hidden:
                    pieces[where].append(name)
            elif name == "rPh":
                hidden = kind == "start"
            elif name in pieces:
                where = name if kind == "start" else ""
            elif name == "row" and kind == "start":
                row, column = _integer(attributes.get("r"), row + 2) - 1, -1
            elif name == "c" and kind == "start":
                about, column = attributes, _column(attributes.get("r", ""), column + 1)
                pieces = {"v": [], "f": [], "t": []}
            elif name == "c":
                value, formula, inline = ("".join(pieces[part]) for part in ("v", "f", "t"))
                cell = _cell(about, value, formula, inline, strings, dates, since_1904)
                if not (0 <= row < _ROWS and column < _COLUMNS):
                    raise NotAWorkbook("a cell lies outside the sheet")
                if cell.text or cell.changed:
                    yield (row, column), cell


def _cell(
    about: dict[str, str],
    value: str,
    formula: str,
    inline: str,
    strings: list[str],
    dates: frozenset[int],
    since_1904: bool,
) -> Cell:
    formula = f"={formula}" if formula else ""
    computed = "formula" if formula else ""
    match about.get("t", "n"):
        case "s":
            at = _integer(value)
            return Cell(strings[at] if 0 <= at < len(strings) else "")
        case "inlineStr":
            return Cell(_unescaped(inline))
        case "str":
            return Cell(_unescaped(value), computed, formula)
        case "b":
            return Cell("TRUE" if value == "1" else "FALSE", computed, formula)
        case "e":
            return Cell(formula.removeprefix("=") or value, "error", formula)
        case "d":
            return Cell(value, "date")
    if _integer(about.get("s")) in dates and value:
        return Cell(_date(value, since_1904), "date")
    return Cell(_number(value), computed, formula)


def _number(value: str) -> str:
    """A stored number as Excel shows it: 15 significant digits, whole numbers without a point.

    >>> _number("0.30000000000000004"), _number("5.0"), _number("2.0230101E7"), _number("1E+21")
    ('0.3', '5', '20230101', '1e+21')
    """
    try:
        number = float(value)
    except ValueError:
        return value
    if number.is_integer() and abs(number) < 1e15:
        return str(int(number))
    return f"{number:.15g}"


def _date(value: str, since_1904: bool) -> str:
    try:
        start = datetime.datetime(1904, 1, 1) if since_1904 else datetime.datetime(1899, 12, 30)
        moment = start + datetime.timedelta(days=float(value))
    except (ValueError, OverflowError):
        return value
    if float(value) < 1:
        return f"{moment:%H:%M}"
    return f"{moment:%Y-%m-%d}" if moment.time() == datetime.time() else f"{moment:%Y-%m-%d %H:%M}"


def _unescaped(text: str) -> str:
    return (
        _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)
        .encode("utf-16", "surrogatepass")
        .decode("utf-16", "replace")
    )


def _integer(text: str | None, missing: int = 0) -> int:
    return int(text) if text is not None and re.fullmatch(r"\d{1,9}", text) else missing


def _column(reference: str, missing: int) -> int:
    name = re.match(r"[A-Z]{1,3}", reference)
    if name is None:
        return missing
    index = 0
    for letter in name.group():
        index = index * 26 + ord(letter) - ord("A") + 1
    return index - 1
