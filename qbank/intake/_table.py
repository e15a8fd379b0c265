"""A table before anyone knows what it means: a header, rows of text, and what the file says of them."""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from qbank import registry
from qbank.model import Problem, Refused

ID = frozenset(
    {"candidate", "candidateid", "student", "studentid", "studentno", "studentno.", "studentnumber", "id"}
    | {"学号", "考号", "考生号", "准考证号", "学生学号", "考生"}
)
ID_ELSE = frozenset({"number", "no", "no.", "编号"})
"""Headers of a candidate's number when no column says so more plainly."""
NAME = frozenset({"name", "studentname", "fullname", "姓名", "学生姓名", "名字"})
GROUP = frozenset(
    {"group", "class", "classname", "section", "班级", "班", "行政班", "教学班", "组"}
    | {"行政班级", "教学班级", "专业班级", "所在班级", "班级名称"}
)
FORM = frozenset({"form", "paper", "卷", "试卷", "卷型", "卷别"})
ABSENT = frozenset({"absent", "缺考", "缺席", "是否缺考"})

_SHOWN = 8
"""So many headers are named in a message."""
_TITLES = 10
"""So many rows may stand over the header: the title of a list, its term, its teacher."""
_ENDINGS = {"tsv": "csv", "txt": "csv", "xlsm": "xlsx"}
_GUARDED = re.compile(r"'*[=+\-@\t\r\n＝＋－＠]")
_NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d{1,3})?")
_SPOILT = re.compile(r"(\d)\.(\d+)[eE]\+?(\d{1,2})")
"""A number in scientific notation with a decimal point: what a spreadsheet makes of a long id."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A header and the rows below it, as text; `lines` counts from 1 as the file (or the spreadsheet) does.

    `cells` names what a spreadsheet did to a cell, by (row, column), and `file` is what messages call it.
    """

    file: str
    header: tuple[str, ...]
    rows: Sequence[Sequence[str]]
    lines: Sequence[int]
    cells: Mapping[tuple[int, int], Problem] = field(default_factory=dict)

    def column(self, index: int) -> list[str]:
        """One column, rows that are too short filled with nothing."""
        return [row[index] if index < len(row) else "" for row in self.rows]


def form(path: Path) -> str:
    """The format that the ending of a path names. Raises Refused with those there are."""
    ending = path.suffix.lower().removeprefix(".")
    tag = _ENDINGS.get(ending, ending)
    known = registry.tags("intake")
    if tag in known:
        return tag
    old = "; save it as .xlsx" if ending == "xls" else f"; known endings are: {', '.join('.' + tag for tag in known)}"
    raise Refused(f"{path}: a table cannot be read from a '.{ending}' file{old}")


def read(path: Path) -> Sheet:
    """The table in a file. Raises Refused when it is missing, empty or not readable."""
    reader: Callable[[Path], Sheet] = registry.load("intake", form(path)).read
    try:
        return reader(path)
    except OSError as error:
        raise Refused(f"{path}: cannot be read: {error.strerror or error}") from error


def headed(file: str, rows: Sequence[Sequence[str]], lines: Sequence[int]) -> Sheet:
    """A sheet from all rows of a file, without empty ones; the header is the first row.

    Where no cell of that heads the candidates' numbers, it is the next row that has one: titles stand above it.
    """
    kept = [at for at, row in enumerate(rows) if any(cell.strip() for cell in row)]
    if not kept:
        raise Refused(f"{file}: the table is empty")
    first = next((at for at in kept[:_TITLES] if any(folded(cell) in ID for cell in rows[at])), kept[0])
    rest = [at for at in kept if at > first]
    header = tuple(cell.strip() for cell in rows[first])
    return Sheet(file, header, [rows[at] for at in rest], [lines[at] for at in rest])


def folded(header: str) -> str:
    """A header for comparing: width, case, spaces and marks of punctuation do not matter.

    >>> folded("Student_ID："), folded("Q 1"), folded("第1题")
    ('studentid', '1', '1')
    """
    text = re.sub(r"[\s_:：#*]+", "", unicodedata.normalize("NFKC", header)).casefold()
    text = re.sub(r"^第(.+)题$", r"\1", text)
    return re.sub(r"^q(?=\d)", "", text)


def find(sheet: Sheet, names: Iterable[str]) -> int | None:
    """The first column whose header is one of the names."""
    known = set(names)
    return next((at for at, header in enumerate(sheet.header) if folded(header) in known), None)


def ids(sheet: Sheet, *, wanted: str) -> list[str]:
    """The candidates' numbers, row by row, with what a spreadsheet did to them undone.

    Raises Refused without such a column, and with the lines of ids that are blank, twice there, or spoilt.
    """
    at = find(sheet, ID)
    if at is None:
        at = find(sheet, ID_ELSE)
    if at is None:
        heads = [repr(header) for header in sheet.header if header]
        seen = ", ".join(heads[:_SHOWN]) + (f" and {len(heads) - _SHOWN} more" if len(heads) > _SHOWN else "")
        raise Refused(f"{sheet.file}: no column of candidates' numbers; the columns are {seen}; {wanted}")
    problems: list[Problem] = []
    first: dict[str, int] = {}
    found: list[str] = []
    for row, (written, line) in enumerate(zip(sheet.column(at), sheet.lines, strict=True)):
        name = identity(written)
        changed = sheet.cells.get((row, at))
        if name is None or (changed is not None and changed.severity == "error"):
            message = f"{written.strip()!r} is not a candidate's number any more: a spreadsheet has changed it"
            problems.append(_problem("intake.id", sheet, line, message, "format that column as text and type it again"))
        elif not name:
            problems.append(_problem("intake.id", sheet, line, "the candidate's number is blank"))
        elif name in first:
            message = f"candidate {name!r} stands twice; the first is on line {first[name]}"
            problems.append(_problem("intake.duplicate", sheet, line, message))
        first.setdefault(name or "", line)
        found.append(name or "")
    if problems:
        raise Refused(*problems)
    return found


def identity(written: str) -> str | None:
    """A candidate's number as it was before a spreadsheet made a float of it; None when its digits are lost.

    >>> identity(" 0071 "), identity("20230101.0"), identity("2.0230101E+07"), identity("1E5"), identity("2.02301E+11")
    ('0071', '20230101', '20230101', '1E5', None)
    """
    text = unicodedata.normalize("NFKC", written).strip()
    if re.fullmatch(r"\d+\.0+", text):
        return text.partition(".")[0]
    spoilt = _SPOILT.fullmatch(text)
    if spoilt is None:
        return text
    lead, decimals, exponent = spoilt[1], spoilt[2], int(spoilt[3])
    if len(decimals) > exponent or (exponent > 10 and len(decimals) < exponent):
        return None
    return lead + decimals.ljust(exponent, "0")


def is_number(text: str) -> bool:
    """Whether a text is a plain number, which no spreadsheet computes with."""
    return _NUMBER.fullmatch(text) is not None


def inert(text: str) -> str:
    """The text so that a spreadsheet that opens the file computes nothing: an apostrophe before what it could.

    >>> inert("=1+1"), inert("-5"), inert("-R_f"), alive(inert("'=1"))
    ("'=1+1", '-5', "'-R_f", "'=1")
    """
    return f"'{text}" if _is_guarded(text) else text


def alive(text: str) -> str:
    """The text before `inert` touched it."""
    return text[1:] if text.startswith("'") and _is_guarded(text[1:]) else text


def _is_guarded(text: str) -> bool:
    return _GUARDED.match(text) is not None and not is_number(text)


def put(path: Path, content: bytes) -> None:
    """Write a file whole or not at all: to a temporary sibling, which then takes the name."""
    temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        with temporary.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    except OSError as error:
        raise Refused(f"{path}: cannot be written: {error.strerror or error}") from error
    finally:
        temporary.unlink(missing_ok=True)


def _problem(code: str, sheet: Sheet, line: int, message: str, proposal: str = "") -> Problem:
    return Problem(code, f"{sheet.file}, line {line}: {message}", proposal=proposal)
