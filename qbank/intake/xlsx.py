"""Excel workbooks: the first visible sheet, every cell as the text its writer would recognise.

A workbook is read cell by cell, for only the cell says that Excel made a date of 1-2 or a formula of -Rf/R1.
"""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

from qbank.intake import _table, _workbook
from qbank.model import Refused

if TYPE_CHECKING:
    import polars


def read(path: Path) -> _table.Sheet:
    """The table on the first visible sheet. Raises Refused when the file is no workbook."""
    try:
        cells = _workbook.cells(path)
    except (zipfile.BadZipFile, KeyError, RuntimeError, _workbook.NotAWorkbook) as error:
        why = error.args[0] if isinstance(error, _workbook.NotAWorkbook) else "the file is damaged or something else"
        raise Refused(f"{path}: not an Excel workbook: {why}; save it as .xlsx or .csv") from error
    width = max((column for _, column in cells), default=-1) + 1
    height = max((row for row, _ in cells), default=-1) + 1
    rows = [[""] * width for _ in range(height)]
    for (row, column), cell in cells.items():
        rows[row][column] = cell.text
    sheet = _table.headed(str(path), rows, range(1, height + 1))
    place = {line - 1: at for at, line in enumerate(sheet.lines)}
    changed = {
        (place[row], column): _workbook.problem(cell, str(path), row, column)
        for (row, column), cell in cells.items()
        if cell.changed and row in place
    }
    return _table.Sheet(sheet.file, sheet.header, sheet.rows, sheet.lines, changed)


def write(path: Path, frame: polars.DataFrame) -> None:
    """Write a table as one sheet; texts are written as texts, never as formulas, links or numbers."""
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
                    sheet.write_string(row, column, str(value), as_text)
                elif isinstance(value, bool):
                    sheet.write_boolean(row, column, value)
                else:
                    sheet.write_number(row, column, value)
    _table.put(path, target.getvalue())
