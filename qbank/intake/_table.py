"""A table before anyone knows what it means: a header, rows of text, and what the file says of them."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from qbank import files, messages, registry
from qbank.distinct import Texts
from qbank.intake import _headings, _sorts
from qbank.model import Problem, Refused

if TYPE_CHECKING:
    import polars

TITLES = 10
"""The most rows above the header: the title of a list, its term, its teacher."""
_SHOWN = 8
"""The most rows of one kind that are listed one by one."""
SPREADSHEET = 1_048_575
"""The most rows that a spreadsheet has below its headings; what is further down is lost there without a word."""
LONGEST = 32_767
"""The most characters that a cell of a spreadsheet holds; what is longer is lost there without a word."""
_KEPT = 32_000
_ENDINGS = {"tsv": "csv", "txt": "csv", "xlsm": "xlsx", "zip": "xml"}
GUARDED, NUMBER = r"^'*[=+\-@\t\r\n＝＋－＠]", r"^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d{1,3})?$"
"""A text that a spreadsheet may compute with, and a plain number, which it takes as such; for RE and for Polars."""
_GUARDED, _NUMBER = re.compile(GUARDED), re.compile(NUMBER)

Covered: TypeAlias = Callable[[int], frozenset[int]]


def _none(_: int) -> frozenset[int]:
    return frozenset()


@dataclass(frozen=True, slots=True)
class Sheet:
    """A header and the rows below it, as text; `lines` counts from 1 as the file (or the spreadsheet) does.

    `cells` names what a spreadsheet did to a cell, by (row, column), `problems` what is doubtful about the whole file,
    `hidden` the columns that a spreadsheet does not show, and `file` is what messages call it.
    """

    file: str
    header: tuple[str, ...]
    rows: Sequence[Sequence[str]]
    lines: Sequence[int]
    cells: Mapping[tuple[int, int], Problem] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    hidden: frozenset[int] = frozenset()
    frame: polars.DataFrame | None = None
    """The rows as columns, where the file holds columns of text; `rows` is empty then."""

    def column(self, index: int) -> list[str]:
        """One column, rows that are too short filled with nothing."""
        if self.frame is not None:
            return self.frame.to_series(index).to_list()
        return [row[index] if index < len(row) else "" for row in self.rows]

    def texts(self, index: int) -> Texts:
        """One column as it is held."""
        return self.column(index) if self.frame is None else self.frame.to_series(index)

    def row(self, at: int) -> Sequence[str]:
        """One row."""
        return self.rows[at] if self.frame is None else self.frame.row(at)

    def only(self, kept: Sequence[int]) -> Sheet:
        """The sheet with these rows alone."""
        if self.frame is not None:
            return replace(self, frame=self.frame[list(kept)], lines=[self.lines[row] for row in kept])
        place = {row: at for at, row in enumerate(kept)}
        cells = {(place[row], column): told for (row, column), told in self.cells.items() if row in place}
        return replace(
            self, rows=[self.rows[row] for row in kept], lines=[self.lines[row] for row in kept], cells=cells
        )


def form(path: Path) -> str:
    """The format that the ending of a path names; a folder holds results. Raises Refused with those there are."""
    ending = "xml" if path.is_dir() else path.suffix.lower().removeprefix(".")
    tag = _ENDINGS.get(ending, ending)
    known = registry.tags("intake")
    if tag in known:
        return tag
    if ending == "xls":
        raise Refused(messages.tell("{file}: a table cannot be read from an '.xls' file; save it as .xlsx", file=path))
    raise Refused(messages.tell("{file}: a table cannot be read from a '.{ending}' file; the known endings are: "
                                "{endings}", file=path, ending=ending,
                                endings=messages.listed(f".{tag}" for tag in known)))  # fmt: skip


def read(path: Path) -> Sheet:
    """The table in a file. Raises Refused when it is missing, empty or not readable, or a pipe or device."""
    if not path.is_dir():
        files.need_regular(path)
    tag = form(path)
    reader: Callable[[Path], Sheet] = registry.load("intake", tag).read
    try:
        _sorts.need(path, tag)
        sheet = reader(path)
    except OSError as error:
        raise Refused(
            messages.tell("{file}: cannot be read: {reason}", file=path, reason=messages.reason(error))
        ) from error
    told = _sorts.unsaved(path)
    return replace(sheet, problems=(*sheet.problems, *told)) if told else sheet


def headed(file: str, rows: Sequence[Sequence[str]], lines: Sequence[int], *, covered: Covered = _none) -> Sheet:
    """A sheet from all rows of a file, without empty ones; the header is the first row.

    Where no cell of that heads the candidates' numbers, it is the next row that has one: titles stand above it.
    `covered` gives the columns that a merged cell of a row covers: they have its heading. Raises Refused with every
    row that has a cell without a heading, for there a separator has moved its answers to other columns.
    """
    kept = [at for at, row in enumerate(rows) if any(cell.strip() for cell in row)]
    if not kept:
        raise Refused(messages.tell("{file}: the table is empty", file=file))
    first = kept[heading([rows[at] for at in kept[:TITLES]])]
    rest = [at for at in kept if at > first]
    header, below = tuple(cell.strip() for cell in rows[first]), [rows[at] for at in rest]
    found, over = Sheet(file, header, below, [lines[at] for at in rest]), covered(lines[first])
    running = frozenset(at for at in _blank(header, over) if all(at < len(row) and row[at].strip() for row in below))
    if problems := surplus(found, running, over):
        raise refused_surplus(file, problems)
    return found


def heading(rows: Sequence[Sequence[str]]) -> int:
    """Which of the first rows that hold anything has the headings."""
    return next((at for plainly in (True, False) for at, row in enumerate(rows)
                 if _headings.heads_numbers(row, plainly=plainly)), 0)  # fmt: skip


def _blank(header: Sequence[str], covered: frozenset[int]) -> list[int]:
    return [at for at, head in enumerate(header) if not head and at not in covered]


def surplus(sheet: Sheet, running: frozenset[int], covered: frozenset[int] = frozenset()) -> list[Problem]:
    """What to say of rows that are longer than the header, or hold something below an empty heading.

    A column that is filled in every row and has no heading is a `running` number that a program wrote.
    """
    file, header, rows, lines = sheet.file, sheet.header, sheet.rows, sheet.lines
    unheaded = [at for at in _blank(header, covered) if at not in running]
    problems = []
    for row, line in zip(rows, lines, strict=True):
        more = [at for at in range(len(header), len(row)) if at not in covered]
        if more:
            message = messages.tell("{file}, line {line}: the row has {cells} cells, but there are {headings} headings",
                                    file=file, line=line, cells=len(row), headings=len(header))  # fmt: skip
        elif strays := [row[at] for at in unheaded if at < len(row) and row[at].strip()]:
            message = messages.tell("{file}, line {line}: the cell {text!r} has no heading", file=file, line=line,
                                    text=strays[0].strip()[:40])  # fmt: skip
        else:
            continue
        problems.append(Problem("intake.row", message, proposal=messages.tell(
            'write a text that contains the separator in quotation marks ("a,b"), or delete the cells that are too far '
            "right")))  # fmt: skip
    return problems


def refused_surplus(file: str, problems: Sequence[Problem]) -> Refused:
    """The refusal of a table with such rows."""
    return Refused(*problems[:_SHOWN], *_more(file, problems))


def _more(file: str, problems: Sequence[Problem]) -> list[Problem]:
    count = len(problems) - _SHOWN
    if count <= 0:
        return []
    return [Problem("intake.row", messages.tell_many(count, "{file}: {count} more row like these",
                                                     "{file}: {count} more rows like these", file=file))]  # fmt: skip


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


def shortened(text: str) -> str:
    """The text as a cell of a spreadsheet can hold it: one that is too long ends with its length and a digest.

    The same text is always cut in the same way, so that a list that comes back is recognised.

    >>> shortened("short"), shortened("x" * 40_000)[-60:]
    ('short', 'x… [cut: 40000 characters, 24a53cac14d59bff5a934173f5040b48]')
    """
    wide = text.encode("utf-16-le", "surrogatepass")
    if len(wide) <= 2 * LONGEST:
        return text
    digest = hashlib.blake2b(wide, digest_size=16).hexdigest()
    return f"{wide[: 2 * _KEPT].decode('utf-16-le', 'ignore')}… [cut: {len(text)} characters, {digest}]"
