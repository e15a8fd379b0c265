"""Excel workbooks: the visible sheet that lists candidates, every cell as the text its writer would recognise.

A workbook is read cell by cell, for only the cell says that Excel made a date of 1-2 or a formula of -Rf/R1.
"""

from __future__ import annotations

import io
from bisect import bisect_left, bisect_right
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from qbank import files, messages
from qbank.intake import _archive, _headings, _table, _workbook
from qbank.model import Problem, Refused

if TYPE_CHECKING:
    import polars


def read(path: Path) -> _table.Sheet:
    """The table on the visible sheet that lists candidates, else on the first; what other sheets hold is told.

    Raises Refused when the file is no workbook, or several sheets list candidates.
    """
    try:
        grid = _workbook.grid(path)
    except _archive.NotAWorkbook as error:
        raise Refused(messages.tell("{file}: not an Excel workbook: {reason}; save it as .xlsx or .csv", file=path,
                                    reason=error)) from error
    told = _others(path, grid)
    rows = [[cells[at].text if at in cells else "" for at in range(max(cells, default=-1) + 1)]
            for cells in grid.rows.values()]  # fmt: skip
    lines = [row + 1 for row in grid.rows]
    sheet = _table.headed(str(path), rows, lines, covered=lambda line: _covered(grid, line - 1))
    changed = {
        (at, column): _workbook.problem(cell, str(path), line - 1, column)
        for at, line in enumerate(sheet.lines)
        for column, cell in grid.rows[line - 1].items()
        if cell.changed
    }
    return replace(sheet, rows=_filled(grid, sheet), cells=changed, hidden=frozenset(grid.hidden),
                   problems=(*sheet.problems, *told))  # fmt: skip


def _others(path: Path, grid: _workbook.Grid) -> tuple[Problem, ...]:
    """A warning about the sheets that are not read. Raises Refused where these list candidates as well."""
    lists = [name for name, own in grid.others if own]
    if lists:
        message = messages.tell("{file}: several sheets list candidates: {sheets}", file=path,
                                sheets=messages.listed(map(repr, (grid.name, *lists))))  # fmt: skip
        raise Refused(Problem("intake.sheets", message, proposal=messages.tell(
            "put all rows into one sheet, hide the sheets that do not count, or save each as a file of its own")))
    if not grid.others:
        return ()
    names = messages.listed(repr(name) for name, _ in grid.others)
    message = messages.tell("{file}: only the sheet {sheet!r} was read; these hold something as well: {sheets}",
                            file=path, sheet=grid.name, sheets=names)  # fmt: skip
    return (Problem("intake.sheets", message, severity="warning",
                    proposal=messages.tell("check that everything that counts is on that sheet")),)  # fmt: skip


def _covered(grid: _workbook.Grid, row: int) -> frozenset[int]:
    """The columns whose cell in a row is part of a merged one to its left."""
    columns: set[int] = set()
    reached = -1
    for left, right in sorted((left, right) for first, last, left, right in grid.merged if first <= row <= last):
        columns.update(range(max(left, reached) + 1, right + 1))
        reached = max(reached, right)
    return frozenset(columns)


def _filled(grid: _workbook.Grid, sheet: _table.Sheet) -> list[list[str]]:
    """The rows as long as the header, with the class in each of them where one merged cell says it for many."""
    groups = {at for at, head in enumerate(sheet.header) for rank in _headings.GROUP if _headings.folded(head) in rank}
    rows = [[*row, *[""] * (len(sheet.header) - len(row))] for row in sheet.rows]
    reached = dict.fromkeys(groups, 0)
    for first, last, column, _ in sorted(grid.merged):
        top = grid.rows.get(first, {}).get(column)
        if column not in groups or top is None:
            continue
        start, end = max(bisect_left(sheet.lines, first + 1), reached[column]), bisect_right(sheet.lines, last + 1)
        for row in rows[start:end]:
            row[column] = row[column] or top.text
        reached[column] = max(end, reached[column])
    return rows


def write(path: Path, frame: polars.DataFrame) -> None:
    """Write a table as `encoded` gives it, whole or not at all."""
    files.put(path, encoded(frame))


def encoded(frame: polars.DataFrame) -> bytes:
    """A table as a workbook of one sheet; texts are written as texts, never as formulas, links or numbers.

    A text that no cell can hold is cut as `shortened` says. Raises Refused for more rows than a sheet has.
    """
    if len(frame) > _table.SPREADSHEET:
        raise Refused(messages.tell("a sheet of a workbook holds {most} rows below its headings, and there are "
                                    "{count}; use a name that ends with .csv", most=_table.SPREADSHEET,
                                    count=len(frame)))  # fmt: skip
    import polars as pl
    import xlsxwriter

    target = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(target, options) as book:
        sheet = book.add_worksheet()
        as_text = book.add_format({"num_format": "@"})
        for column, name in enumerate(frame.columns):
            sheet.write_string(0, column, name)
            textual = frame.schema[name] == pl.String
            if textual:
                sheet.set_column(column, column, None, as_text)  # what is typed later stays as typed
            for row, value in enumerate(frame[name].to_list(), start=1):
                if value is None or value == "":
                    continue
                if textual or not isinstance(value, int | float) or value != value or value in (1e400, -1e400):
                    sheet.write_string(row, column, _table.shortened(str(value)), as_text)
                elif isinstance(value, bool):
                    sheet.write_boolean(row, column, value)
                else:
                    sheet.write_number(row, column, value)
    return target.getvalue()
