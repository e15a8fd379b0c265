"""Who sits the exam, from a table of any column order, headed in Chinese or English."""

from __future__ import annotations

from pathlib import Path

from qbank.intake import _table
from qbank.model import Candidate

_WANTED = "give one the header '学号' or 'id' (also read: 考号, student id, number)"


def roster(path: Path) -> tuple[Candidate, ...]:
    """The candidates in the order of the file.

    Raises Refused without a column of ids, and for ids that are blank or stand twice (with both lines).
    """
    sheet = _table.read(path)
    numbers = _table.ids(sheet, wanted=_WANTED)
    names, groups = (_column(sheet, known) for known in (_table.NAME, _table.GROUP))
    return tuple(map(Candidate, numbers, names, groups))


def _column(sheet: _table.Sheet, names: frozenset[str]) -> list[str]:
    at = _table.find(sheet, names)
    return [""] * len(sheet.rows) if at is None else [cell.strip() for cell in sheet.column(at)]
