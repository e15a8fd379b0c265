"""The data files of a form: the name that its sheet says, and the bytes, the same whenever they are asked for."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from decimal import Decimal
from typing import TYPE_CHECKING

import numpy as np

from qbank import numerals, variants
from qbank.model import Attachment, Column
from qbank.variants import Variants

if TYPE_CHECKING:
    from qbank.papers.exam import Exam

DIGITS = 15
"""The digits of a number: those that a float keeps."""


def attachment(drawn: Variants, row: int, name: str, number: int, code: str) -> Attachment:
    """The data file of that name as form `row` has it; `code` is what its sheet bears, empty where there is no exam.

    The name holds the number of the question and the code of the form, nothing else of the candidate or the item.
    """
    from qbank import intake

    one = {each: column.take(np.array([row])) for each, column in drawn.columns.items()}
    table = variants.table(drawn.item, name, one, 1)
    specs = drawn.item.files[name].columns
    cells = [_cells(column, specs[heading].unit) for heading, column in table.items()]
    target = io.StringIO()
    writer = csv.writer(target, lineterminator="\r\n")
    writer.writerow([intake.inert(heading) for heading in table])
    writer.writerows(zip(*cells, strict=True))
    text = target.getvalue()
    content = text.encode() if text.isascii() else text.encode("utf-8-sig")  # with a mark, Excel shows Chinese
    shown = f"Q{number}-{name.removesuffix('.csv')}-{code}.csv" if code else name
    return Attachment(shown, content, tuple(table), len(cells[0]))


def attachments(exam: Exam, form: int) -> Iterator[Attachment]:
    """Every data file of a form, in the order of its questions."""
    for _, placed in exam.placed():
        for name in placed.item.files:
            yield attachment(exam.drawn[placed.item.id], form, name, placed.number, exam.forms[form])


def _cells(column: Column, unit: str) -> list[str]:
    from qbank import intake

    (values,) = column.values.tolist()
    if column.labels:
        return [intake.inert(column.labels[code]) for code in values]
    return [_written(numerals.in_unit(value, unit)) for value in values]


def _written(value: Decimal) -> str:
    """A number with all its digits, as every program reads it."""
    number = numerals.round_figures(value, DIGITS).normalize()
    return f"{number:f}" if -7 < number.adjusted() < DIGITS else f"{number:e}"
