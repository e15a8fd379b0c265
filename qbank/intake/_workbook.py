"""Cells out of an .xlsx file by openpyxl: text, and what a spreadsheet made of what was typed."""

from __future__ import annotations

import datetime
import os
import re
import warnings
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from qbank import messages
from qbank.intake import _archive, _headings, _table
from qbank.intake._archive import NotAWorkbook
from qbank.model import Problem

_ROWS, _COLUMNS = 1 << 20, 1 << 14
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_OLE = b"\xd0\xcf\x11\xe0"
"""How an .xls file begins, and a workbook with a password."""
_FORMAT = re.compile(r'"([^"]*)"|\\(.)|_.|\[[^\]]*\]|([-/() ]|0)|(.)')


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell's text; `changed` is what Excel made of what was typed: 'date', 'formula', 'error' or nothing."""

    text: str
    changed: str = ""
    formula: str = ""


@dataclass(slots=True)
class Grid:
    """A visible sheet: the cells that hold something, by row and column from 0.

    `merged` are ranges as (first row, last row, first column, last column), `hidden` the columns that do not show,
    `name` and `part` are what the sheet is called in the workbook and in its archive, `textual` the styles that keep
    what is typed as text. `others` are the other visible sheets that hold something, with whether they list candidates.
    """

    rows: dict[int, dict[int, Cell]] = field(default_factory=dict)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    hidden: set[int] = field(default_factory=set)
    name: str = ""
    part: str = ""
    textual: frozenset[int] = frozenset()
    others: tuple[tuple[str, bool], ...] = ()


def grid(path: Path) -> Grid:
    """The cells of the first visible sheet that lists candidates, else of the first visible one.

    Raises NotAWorkbook, and OSError where the file cannot be opened.
    """
    return grids(path, one=True)[0]


def grids(path: Path, *, one: bool = False) -> list[Grid]:
    """The cells of every visible sheet, or of the `one` that `grid` gives; there is one at least. Raises as it does."""
    with path.open("rb") as file:
        if file.read(4) == _OLE:
            raise NotAWorkbook(messages.tell("it has a password, or is an old .xls file"))
        try:
            with zipfile.ZipFile(file) as archive:
                _archive.inspect(archive)
            with warnings.catch_warnings():  # what openpyxl drops (styles, extensions) is nothing that is read here
                warnings.simplefilter("ignore")
                return _read(file, one=one)
        except NotAWorkbook:
            raise
        except Exception as error:  # a parser of somebody else's, given anybody's bytes
            raise NotAWorkbook(messages.tell("the file is damaged, or not a workbook")) from error


def _read(file: Any, *, one: bool) -> list[Grid]:
    # lxml, where another package brings it, mends damaged XML and follows entities; Python's own parser does neither.
    os.environ.setdefault("OPENPYXL_LXML", "False")
    import openpyxl

    book: Any = openpyxl.load_workbook(file, read_only=True, keep_links=False)
    sheets = [each for each in book.worksheets if each.sheet_state == "visible"]
    if not sheets:
        raise NotAWorkbook(messages.tell("it has no visible sheet"))
    if not one or len(sheets) == 1:
        return [_sheet(book, sheet) for sheet in sheets]
    tops = [_top(book, sheet) for sheet in sheets]
    lists = [any(_headings.heads_numbers(row, plainly=True) for row in top) for top in tops]
    chosen = lists.index(True) if True in lists else 0
    others = tuple((sheet.title, own) for at, (sheet, top, own) in enumerate(zip(sheets, tops, lists, strict=True))
                   if top and at != chosen)  # fmt: skip
    return [replace(_sheet(book, sheets[chosen]), others=others)]


def _top(book: Any, sheet: Any) -> list[list[str]]:
    """The texts of the first rows of a sheet that hold anything."""
    rows: dict[int, list[str]] = {}
    for (row, _), cell in _cells(_parser(book, sheet, values=True)):
        if text := str(cell["value"]).strip():
            if row not in rows and len(rows) == _table.TITLES:
                break
            rows.setdefault(row, []).append(text)
    return list(rows.values())


def _sheet(book: Any, sheet: Any) -> Grid:
    formats = [_number_format(book, style) for style in book._cell_styles]
    textual = frozenset(place for place, each in enumerate(formats) if each == "@")
    found = Grid(name=sheet.title, part=sheet._worksheet_path.lstrip("/"), textual=textual)
    formulas: dict[tuple[int, int], str] = {}
    parser = _parser(book, sheet, values=False)
    for at, cell in _cells(parser):
        if cell["data_type"] == "f":
            formulas[at] = str(getattr(cell["value"], "text", cell["value"]))
        text = _cell(cell["value"], cell["data_type"], formats[cell["style_id"]], formulas.get(at, ""))
        if found.rows.setdefault(at[0], {}).setdefault(at[1], text) is not text:
            where = f"{letters(at[1])}{at[0] + 1}"
            raise NotAWorkbook(messages.tell("it has the cell {cell} twice", cell=where))
    if formulas:  # their values are read in a second pass
        for at, cell in _cells(_parser(book, sheet, values=True)):
            if at in formulas:
                told = _cell(cell["value"], cell["data_type"], formats[cell["style_id"]], formulas[at])
                found.rows[at[0]][at[1]] = told
    found.rows = {row: {at: cell for at, cell in cells.items() if cell.text or cell.changed}
                  for row, cells in sorted(found.rows.items())}  # fmt: skip
    for merged in parser.merged_cells.mergeCell if parser.merged_cells else ():
        found.merged.append((merged.min_row - 1, merged.max_row - 1, merged.min_col - 1, merged.max_col - 1))
    for about in parser.column_dimensions.values():
        if about.get("hidden") in ("1", "true"):
            found.hidden.update(range(int(about["min"]) - 1, min(int(about["max"]), _COLUMNS)))
    return found


def _parser(book: Any, sheet: Any, *, values: bool) -> Any:
    """openpyxl's parser of one sheet: unlike its worksheets, it streams and tells of merged cells and twice given ones.

    It belongs to the inside of openpyxl, whose version is bounded for that.
    """
    from openpyxl.worksheet._reader import WorkSheetParser

    return WorkSheetParser(
        sheet._get_source(), sheet._shared_strings, data_only=values, epoch=book.epoch,
        date_formats=book._date_formats, timedelta_formats=book._timedelta_formats,
    )  # fmt: skip


def _cells(parser: Any) -> Iterator[tuple[tuple[int, int], dict[str, Any]]]:
    for _, cells in parser.parse():
        for cell in cells:
            at = cell["row"] - 1, cell["column"] - 1
            if not (0 <= at[0] < _ROWS and 0 <= at[1] < _COLUMNS):
                raise NotAWorkbook(messages.tell("a cell is outside the sheet"))
            if cell["value"] is not None:
                yield at, cell


def _number_format(book: Any, style: Any) -> str:
    from openpyxl.styles.numbers import BUILTIN_FORMATS, BUILTIN_FORMATS_MAX_SIZE

    number = style.numFmtId
    if number < BUILTIN_FORMATS_MAX_SIZE:
        return str(BUILTIN_FORMATS.get(number, "General"))
    return str(book._number_formats[number - BUILTIN_FORMATS_MAX_SIZE])


def _cell(value: Any, kind: str, number_format: str, formula: str) -> Cell:
    if kind == "e":
        return Cell(formula.removeprefix("=") or str(value), "error", formula)
    if kind == "d":
        return Cell(_moment(value), "date", formula)
    computed = "formula" if formula else ""
    match value:
        case bool():
            return Cell("TRUE" if value else "FALSE", computed, formula)
        case int() | float():
            return Cell(shown(value, number_format), computed, formula)
    return Cell(_unescaped(str(value)), computed, formula)


def shown(value: float, number_format: str = "General") -> str:
    """A stored number as Excel shows it: 15 significant digits, whole numbers without a point, zeros in front.

    >>> shown(0.30000000000000004), shown(5.0), shown(2.0230101e7), shown(1e21)
    ('0.3', '5', '20230101', '1e+21')
    >>> shown(71, "0000"), shown(71, '"S"0000'), shown(20260071, "0000-0000"), shown(71, "0.00")
    ('0071', 'S0071', '2026-0071', '71')
    """
    if value != int(value) or abs(value) >= 1e15:
        return f"{value:.15g}"
    digits = str(int(value))
    pieces = _FORMAT.findall(number_format.partition(";")[0])
    zeros = sum(sign == "0" for _, _, sign, _ in pieces)
    if not zeros or value < 0 or any(other for *_, other in pieces):
        return digits
    digits = digits.zfill(zeros)
    lead, rest = digits[: len(digits) - zeros], iter(digits[len(digits) - zeros :])
    text = "".join(quoted or escaped or (next(rest) if sign == "0" else sign) for quoted, escaped, sign, _ in pieces)
    first = next((at for at, sign in enumerate(text) if sign.isdigit()), 0)
    return text[:first] + lead + text[first:] if lead else text


def _moment(value: Any) -> str:
    match value:
        case datetime.datetime():
            return f"{value:%Y-%m-%d}" if value.time() == datetime.time() else f"{value:%Y-%m-%d %H:%M}"
        case datetime.time():
            return f"{value:%H:%M}"
    return str(value)


def problem(cell: Cell, file: str, row: int, column: int) -> Problem:
    """What to tell about a cell that Excel changed."""
    at = f"{letters(column)}{row + 1}"
    proposal = messages.tell("format the column as text, then type the answer again")
    if cell.changed == "date":
        message = messages.tell("{file}, cell {cell}: a spreadsheet changed the text that was typed into the date "
                                "{date}",
                                file=file, cell=at, date=cell.text)  # fmt: skip
        return Problem("intake.date", message, proposal=proposal)
    if cell.changed == "error":
        message = messages.tell("{file}, cell {cell}: a spreadsheet changed the text that was typed into a formula, "
                                "which gives the error {text!r}", file=file, cell=at, text=cell.text)  # fmt: skip
        return Problem("intake.formula", message, proposal=proposal)
    message = messages.tell("{file}, cell {cell}: a spreadsheet computed {text!r} from the formula {formula!r}",
                            file=file, cell=at, text=cell.text, formula=cell.formula)  # fmt: skip
    return Problem("intake.formula", message, proposal=messages.tell("type the value itself"), severity="warning")


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


def _unescaped(text: str) -> str:
    """The text with the signs that XML cannot hold, which a workbook writes as _x000D_."""
    if "_x" not in text:
        return text
    signs = _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)
    return signs.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
