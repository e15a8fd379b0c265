"""Candidates who were graded before and of whom new responses have no row: as a rule, those of another file."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from qbank import messages
from qbank.actions import _sources
from qbank.attendance import SHOWN
from qbank.model import Problem, Refused
from qbank.papers import Exam
from qbank.roll import Status

if TYPE_CHECKING:
    import polars as pl


def need_everyone(
    folder: Path, exam: Exam, file: str, rows: pl.LazyFrame, recorded: Mapping[str, Status]
) -> None:
    """Raise Refused where somebody whose answers were graded last has no row in a new file, whose `rows` are given.

    Who was marked absent, or has a record that they did not sit the exam, needs none. Of the rows, digests are held.
    """
    import polars as pl

    kept = _sources.kept(folder)
    if kept is None:
        return
    number = pl.col("candidate").str.replace(r"^'('*[=+\-@\t\r\n＝＋－＠])", "$1").replace(dict(exam.numbers))
    path = folder / kept
    before = pl.scan_parquet(path) if path.suffix == ".parquet" else pl.scan_csv(path, infer_schema=False)
    before = before.filter(pl.col("absent").fill_null("") == "").select(number)
    away = [each for each, status in recorded.items() if status.state != "sat"]
    before = before.filter(~pl.col("candidate").is_in(away))
    digest = pl.col("candidate").hash(0)
    try:
        earlier, now = (each.select(digest).collect().to_series().to_numpy() for each in (before, rows.select(number)))
    except pl.exceptions.PolarsError:  # it was changed by hand, and the grading before is not known any more
        return
    gone = earlier[~np.isin(earlier, now)]
    if not len(gone):
        return
    first = before.filter(digest.is_in(gone[: SHOWN + 1].tolist())).head(SHOWN + 1).collect().to_series().to_list()
    message = messages.tell_many(
        len(gone),
        "{file}: {count} candidate who was graded before ({names}) has no row, and would lose the marks",
        "{file}: {count} candidates who were graded before ({names}) have no row, and would lose their marks",
        file=file, names=messages.listed(first, SHOWN),
    )  # fmt: skip
    proposal = messages.tell("put these rows and those of {earlier} into one table and grade that; or leave these "
                             "candidates out: qbank grade EXAM FILE --fewer", earlier=path)  # fmt: skip
    raise Refused(Problem("responses.fewer", message, proposal=proposal))
