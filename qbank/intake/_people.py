"""Whose row it is: the candidates of a table, and the rows of a list that are not candidates."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from qbank import messages, numerals
from qbank.intake import _headings, _private, _table
from qbank.model import Problem, Refused

_SHOWN = 8
"""The most headings or lines that are named in a message."""
_TOTAL = re.compile(
    r"\s*(points possible|sub-?total|total|sum|count|(?:overall\s+|class\s+)?(?:average|mean)"
    r"|满分|合计|总计|小计|共计|总人数|人数|(?:总体?|全班)?平均分?|最高分|最低分)"
    r"\s*[:：]?\s*[\d.,/]*\s*[人名分]?\s*", re.IGNORECASE,
)  # fmt: skip
"""A cell of a row that sums up: the last of a registry's list or Moodle's report, the second of Canvas's gradebook."""
_NOTE = re.compile(r"[\u4e00-\u9fff]{2,12}(\s*[（(][^）)]*[)）])?\s*[:：].*", re.DOTALL)
"""A cell such as 任课教师： or 打印日期：2026-06-30, below a registry's list."""
_TEST = frozenset({"student,test", "teststudent", "测试学生", "学生,测试"})
"""The candidate that Canvas adds to try a test."""
_CODE = r"^[A-Za-z]?[0-9][0-9A-Za-z]*$"
"""A candidate's number that is surely one, and that no spreadsheet has changed."""
_SURE = re.compile(_CODE)
_SPOILT = re.compile(r"(\d)\.(\d+)[eE]\+?(\d{1,2})")
"""A number in scientific notation with a decimal point: what a spreadsheet makes of a long number."""


@dataclass(frozen=True, slots=True)
class People:
    """The rows of a sheet that are candidates, with their numbers, and their names and classes where columns say so."""

    sheet: _table.Sheet
    numbers: tuple[str, ...]
    names: tuple[str, ...]
    groups: tuple[str, ...]
    left: tuple[str, ...]
    """The rows that are not candidates and not empty."""
    faults: Mapping[int, Problem]
    """What is wrong with a number, by its line."""

    @property
    def problems(self) -> tuple[Problem, ...]:
        """The warning about the rows that were left aside."""
        return aside(self.sheet.file, self.left)

    def only(self, rows: Sequence[int]) -> People:
        """Those of these rows."""
        numbers, names, groups = (tuple(each[row] for row in rows) for each in (self.numbers, self.names, self.groups))
        return replace(self, sheet=self.sheet.only(rows), numbers=numbers, names=names, groups=groups)


def people(sheet: _table.Sheet, *, wanted: str, also: Sequence[str] = ()) -> People:
    """Who is in a table, with what a spreadsheet did to their numbers undone.

    Headings in `also` mean something else. Raises Refused without a column of numbers, with two of one rank, and with
    the lines of numbers that are blank, twice there, or spoilt.
    """
    found = among(sheet, wanted=wanted, also=also)
    first: dict[str, int] = {}
    faults = dict(found.faults)
    for number, line in zip(found.numbers, found.sheet.lines, strict=True):
        if first.setdefault(number, line) != line and line not in faults:
            faults[line] = twice(sheet.file, line, number, first[number])
    if faults:
        raise Refused(*(faults[line] for line in sorted(faults)))
    return found


def among(
    sheet: _table.Sheet, *, wanted: str, also: Sequence[str] = (), filled: Sequence[bool] | None = None
) -> People:
    """The same of a part of a table, whose faults are told with those of the others, as are numbers that are twice.

    `filled` says which columns of the whole table hold anything; by default this is the whole.
    """
    header = ["" if _headings.folded(each) in also else each for each in sheet.header]
    at = _numbers(sheet, header, wanted, filled)
    others = [each if column != at else "" for column, each in enumerate(header)]
    names, groups = _names(sheet, others), _first(sheet, _headings.found(others, _headings.GROUP))
    if sheet.frame is not None and _plain(sheet, at, names):
        numbers = tuple(sheet.column(at))
        return People(sheet, numbers, tuple(names), tuple(groups), (), {})
    kept, left = _rows(sheet, at, names)
    sheet = sheet.only(kept)
    numbers, faults = _read(sheet, at)
    return People(sheet, numbers, tuple(names[row] for row in kept), tuple(groups[row] for row in kept), left, faults)


def twice(file: str, line: int, number: str, first: int) -> Problem:
    """What to say of a candidate's number that appears in a table again."""
    message = messages.tell("{file}, line {line}: candidate {number!r} appears twice; the first is on line {first}",
                            file=file, line=line, number=number, first=first)  # fmt: skip
    return Problem("intake.duplicate", message)


def aside(file: str, left: Sequence[str]) -> tuple[Problem, ...]:
    """A warning that names the rows that are not candidates and not empty."""
    if not left:
        return ()
    rows = messages.listed(left, _SHOWN)
    message = messages.tell("{file}: rows that are not candidates were not read: {rows}", file=file, rows=rows)
    return (Problem("intake.row", message, severity="warning"),)


def _plain(sheet: _table.Sheet, at: int, names: Sequence[str]) -> bool:
    """Whether every row is a candidate's, and every number as it was written: what the rules of rows would find."""
    running = any(_headings.folded(head) in _headings.RUNNING for place, head in enumerate(sheet.header) if place != at)
    if running or any(map(_is_test, names)):
        return False
    assert sheet.frame is not None
    return bool(sheet.frame.to_series(at).str.contains(_CODE).all())


def identity(written: str) -> str:
    """A candidate's number as it is compared everywhere: half width, without invisible signs.

    >>> identity(" ２０２6\\u200b01 "), identity("A\\u00ad7"), identity("a7") == identity("A7")
    ('202601', 'A7', False)
    """
    seen = numerals.visible(unicodedata.normalize("NFKC", written))
    return unicodedata.normalize("NFKC", " ".join(seen.split()))


def restored(written: str) -> str | None:
    """A candidate's number as it was before a spreadsheet made a float of it; None when its digits are lost.

    >>> restored(" 0071 "), restored("20230101.0"), restored("2.0230101E+07"), restored("1E5"), restored("2.02301E+11")
    ('0071', '20230101', '20230101', '1E5', None)
    """
    text = identity(written)
    if re.fullmatch(r"\d+\.0+", text):
        return text.partition(".")[0]
    spoilt = _SPOILT.fullmatch(text)
    if spoilt is None:
        return text
    lead, decimals, exponent = spoilt[1], spoilt[2], int(spoilt[3])
    if len(decimals) > exponent or (exponent > 10 and len(decimals) < exponent):
        return None
    return lead + decimals.ljust(exponent, "0")


def _numbers(sheet: _table.Sheet, header: Sequence[str], wanted: str, filled: Sequence[bool] | None) -> int:
    """The column of the candidates' numbers: the one of the highest rank that holds anything."""
    ranked = frozenset().union(*_headings.NUMBER)
    there = [
        each if _headings.folded(each) in ranked
        and (any(cell.strip() for cell in sheet.column(at)) if filled is None else filled[at]) else ""
        for at, each in enumerate(header)
    ]  # fmt: skip
    columns = _headings.found(there, _headings.NUMBER) or _headings.found(header, _headings.NUMBER)
    if not columns:
        heads = messages.some([repr(each) for each in sheet.header if each], _SHOWN)
        raise Refused(messages.tell("{file}: no column of candidates' numbers; the columns are {columns}; {wanted}",
                                    file=sheet.file, columns=heads, wanted=wanted))  # fmt: skip
    if len(columns) > 1:
        message = messages.tell("{file}: several columns mean the candidate's number: {columns}", file=sheet.file,
                                columns=messages.listed(_heading(sheet, at) for at in columns))  # fmt: skip
        proposal = messages.tell("delete or rename the columns that do not count")
        raise Refused(Problem("intake.column", message, proposal=proposal))
    return columns[0]


def _heading(sheet: _table.Sheet, at: int) -> str:
    heading = repr(sheet.header[at])
    return messages.tell("{heading} (hidden)", heading=heading) if at in sheet.hidden else heading


def _names(sheet: _table.Sheet, header: Sequence[str]) -> list[str]:
    whole = _headings.found(header, _headings.NAME)
    given, family = (_headings.found(header, (names,)) for names in (_headings.GIVEN, _headings.FAMILY))
    if whole or not (given and family):
        return _first(sheet, whole or given or family)
    pairs = zip(_first(sheet, given), _first(sheet, family), strict=True)
    return [f"{first} {last}".strip() if f"{first}{last}".isascii() else f"{last}{first}" for first, last in pairs]


def _first(sheet: _table.Sheet, columns: Sequence[int]) -> list[str]:
    """The cells of the first of the columns, in composed form (NFC), as every page prints them."""
    if not columns:
        return [""] * len(sheet.lines)
    return [unicodedata.normalize("NFC", _private.public(cell.strip())) for cell in sheet.column(columns[0])]


def _rows(sheet: _table.Sheet, at: int, names: Sequence[str]) -> tuple[list[int], tuple[str, ...]]:
    """The rows of candidates, and the others that hold something."""
    running = {column for column, head in enumerate(sheet.header) if _headings.folded(head) in _headings.RUNNING} - {at}
    kept: list[int] = []
    left: list[str] = []
    for row, (number, line) in enumerate(zip(sheet.column(at), sheet.lines, strict=True)):
        if not running and _SURE.match(number) and not _is_test(names[row]):
            kept.append(row)  # as most are
            continue
        counted = [cell for column, cell in enumerate(sheet.row(row)) if column in running and cell.strip()]
        others = [cell for column, cell in enumerate(sheet.row(row)) if column != at and column not in running]
        if is_nobody(number, names[row], counted, [cell for cell in others if cell.strip()]):
            told = next(cell for cell in sheet.row(row) if cell.strip()).strip()
            left.append(messages.tell("line {line} ({text!r})", line=line, text=told[:30]))
        elif number.strip() or any(cell.strip() for cell in others):
            kept.append(row)
    return kept, tuple(left)


def _is_test(name: str) -> bool:
    return bool(name) and re.sub(r"\s+", "", name).casefold() in _TEST


def is_nobody(number: str, name: str, counted: Sequence[str], others: Sequence[str]) -> bool:
    """Whether a row sums up, is a note below the list, or the test student of Canvas.

    `counted` are its cells in columns of running numbers. An answer may well be "sum": no row with a number is judged
    by its other cells.
    """
    if _is_test(name) or any(_TOTAL.fullmatch(cell) for cell in counted):
        return True
    if number.strip():
        return bool(_TOTAL.fullmatch(number) or (_NOTE.fullmatch(number.strip()) and not name))
    if any(_TOTAL.fullmatch(cell) for cell in others):
        return True
    return bool(others) and all(_NOTE.fullmatch(cell.strip()) for cell in (*others, *counted))


def _read(sheet: _table.Sheet, at: int) -> tuple[tuple[str, ...], dict[int, Problem]]:
    faults: dict[int, Problem] = {}
    found: list[str] = []
    for row, (written, line) in enumerate(zip(sheet.column(at), sheet.lines, strict=True)):
        number = restored(written)
        changed = sheet.cells.get((row, at))
        if number is None or (changed is not None and changed.severity == "error"):
            proposal = messages.tell("format the column as text and type the number again")
            faults[line] = _problem("intake.id", sheet, line, spoilt(written), proposal)
        elif not number:
            faults[line] = _problem("intake.id", sheet, line, messages.tell("the candidate's number is missing"))
        found.append(number or "")
    return tuple(found), faults


def spoilt(written: str) -> str:
    """What to say of a candidate's number whose digits a spreadsheet has lost."""
    return messages.tell(
        "{number!r} is no longer a candidate's number: a spreadsheet changed it", number=written.strip()
    )


def _problem(code: str, sheet: _table.Sheet, line: int, message: str, proposal: str = "") -> Problem:
    told = messages.tell("{file}, line {line}: {message}", file=sheet.file, line=line, message=message)
    return Problem(code, told, proposal=proposal)
