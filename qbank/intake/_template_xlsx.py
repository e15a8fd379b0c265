"""A workbook to be filled in: one sheet of it changed in place, all its other parts copied byte by byte."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

from qbank import messages
from qbank.intake import _headings, _layout, _splice, _table, _workbook
from qbank.intake._archive import NotAWorkbook
from qbank.intake._layout import Cells, Layout
from qbank.intake._template import Entries, Template
from qbank.model import Problem, Refused


def template(path: Path, sheet: str) -> Template:
    """The named sheet, or the first visible one with a column of candidates' numbers. Raises Refused."""
    try:
        grids = _workbook.grids(path)
        content = path.read_bytes()
        _need_unsigned(content)
    except NotAWorkbook as error:
        raise Refused(messages.tell("{file}: not an Excel workbook: {reason}; save it as .xlsx", file=path,
                                    reason=error)) from error
    if sheet:
        grids = [grid for grid in grids if grid.name == sheet] or _no_sheet(path, sheet, grids)
    for at, grid in enumerate(grids):
        cells = _cells(grid)
        try:
            found = _layout.layout(cells)
        except ValueError as error:
            raise Refused(f"{_file(path, grid)}: {error}") from error
        if found is not None:
            return _of(path, content, grid, cells, found, _others(path, grid, grids[at + 1 :]))
    fullest = max(grids, key=lambda grid: sum(map(len, grid.rows.values())))
    raise _layout.no_numbers(_file(path, fullest), _cells(fullest))


def _others(path: Path, grid: _workbook.Grid, rest: list[_workbook.Grid]) -> list[Problem]:
    """A warning about later sheets that list candidates as well."""
    names = [each.name for each in rest if any(
        _headings.heads_numbers([cell.text for cell in row.values()], plainly=True)
        for row in list(each.rows.values())[:_table.TITLES]
    )]  # fmt: skip
    if not names:
        return []
    message = messages.tell("{file}: only the sheet {sheet!r} is used; these list candidates as well: {sheets}",
                            file=path, sheet=grid.name, sheets=messages.listed(map(repr, names)))  # fmt: skip
    return [Problem("template.sheets", message, severity="warning",
                    proposal=messages.tell("check that it is the right one; qbank marks --sheet NAME takes "
                                           "another"))]  # fmt: skip


def _file(path: Path, grid: _workbook.Grid) -> str:
    """What messages call a sheet."""
    return messages.tell("{file}, sheet {sheet!r}", file=path, sheet=grid.name)


def _cells(grid: _workbook.Grid) -> Cells:
    return Cells({(row, at): cell.text for row, own in grid.rows.items() for at, cell in own.items()}, grid.merged)


def _of(
    path: Path, content: bytes, grid: _workbook.Grid, cells: Cells, found: Layout, others: list[Problem]
) -> Template:
    formulas = frozenset((row, at) for row, own in grid.rows.items() for at, cell in own.items() if cell.formula)
    covered = frozenset(
        (row, column) for top, bottom, left, right in grid.merged if (bottom - top + 1) * (right - left + 1) <= 1000
        for row in range(top, bottom + 1) for column in range(left, right + 1) if (row, column) != (top, left)
    )  # fmt: skip
    file = _file(path, grid)
    warnings = others
    if _has_formulas(content):
        message = messages.tell("{file}: the file has formulas; a spreadsheet computes them again when it opens the "
                                "file",
                                file=path)  # fmt: skip
        warnings.append(Problem("template.formula", message, severity="warning", proposal=messages.tell(
            "open the filled file in a spreadsheet and save it once before another program reads it")))  # fmt: skip

    def place(row: int, column: int) -> str:
        cell = f"{_workbook.letters(column)}{row + 1}"
        return messages.tell("cell {cell}", cell=cell)

    def filled(entries: Entries) -> bytes:
        try:
            return _filled(content, grid, entries)
        except NotAWorkbook as error:
            raise Refused(messages.tell("{file}: cannot be filled in: {reason}", file=path, reason=error)) from error

    return Template(
        file, cells.texts, _layout.lines(file, cells, found, place), found.headings, place, filled, formulas, covered,
        tuple(warnings),
    )  # fmt: skip


def _filled(content: bytes, grid: _workbook.Grid, entries: Entries) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(target, "w") as copy:
        copy.comment = source.comment
        for part in source.infolist():
            held = source.read(part)
            if part.filename == grid.part:
                held = _splice.cells(held, entries, grid.textual)
            elif part.filename == "xl/workbook.xml" and entries and _has_formulas(content):
                held = _splice.recalculated(held)
            copy.writestr(part, held, compress_type=part.compress_type)
    return target.getvalue()


def _has_formulas(content: bytes) -> bool:
    with zipfile.ZipFile(io.BytesIO(content)) as source:
        sheets = [part for part in source.infolist() if part.filename.startswith("xl/worksheets/")]
        return any(b"<f>" in held or b"<f " in held or b":f>" in held or b":f " in held
                   for held in map(source.read, sheets))  # fmt: skip


def _need_unsigned(content: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(content)) as source:
        if any(name.startswith("_xmlsignatures/") for name in source.namelist()):
            raise NotAWorkbook(
                messages.tell("it is signed, and a change would break the signature; use an unsigned copy")
            )


def _no_sheet(path: Path, sheet: str, grids: list[_workbook.Grid]) -> list[_workbook.Grid]:
    names = messages.listed(repr(grid.name) for grid in grids)
    raise Refused(messages.tell("{file}: no visible sheet has the name {sheet!r}; the sheets are {sheets}", file=path,
                                sheet=sheet, sheets=names))  # fmt: skip
