"""Grade the responses to a sealed exam and write the results."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from qbank import intake, papers, regrades, regrading, reviews, store
from qbank.grading import Graded
from qbank.grading import grade as marked
from qbank.intake import Table
from qbank.model import Refused
from qbank.papers import Exam

if TYPE_CHECKING:
    import polars as pl

RESPONSES = "results/responses.csv"
"""Where the results keep the responses that were graded, as they were read."""


def open_exam(folder: Path, *, figures: bool = True) -> Exam:
    """The sealed exam in a folder; without its figures it opens sooner. Raises Refused when there is none."""
    if not (folder / papers.RECORD).is_file():
        raise Refused(f"{folder} holds no sealed exam (it has no {papers.RECORD}); qbank paper makes one")
    return papers.opened(lambda path: store.read(folder, path), figures=figures)


def grade(folder: Path, responses: Path | None = None, *, write: bool = True) -> Graded:
    """The marks of everyone in the responses; with `write`, the results stand in the exam's results/ after it.

    Without responses, those that were graded last. The reviews and regrades that the exam keeps are applied. Raises
    Refused with every fault of the responses; nothing is written then.
    """
    again = responses is None or (folder / regrades.RECORD).exists()
    exam = open_exam(folder, figures=again)  # new responses to an exam that nobody has regraded need no figure
    if responses is None:
        responses = folder / RESPONSES
        if not responses.is_file():
            then = f"fill in {folder / 'responses.csv'}, then: qbank grade {folder} {folder / 'responses.csv'}"
            raise Refused(f"{folder} has not been graded yet (it has no {RESPONSES}); {then}")
    graded = recorded(folder, marked(exam, intake.responses(responses, list(exam.columns())), _reviews(folder)))
    if write:
        store.write(folder, results(graded))
    return graded


def recorded(folder: Path, graded: Graded) -> Graded:
    """The grading after every regrade that the exam keeps."""
    for regrade in regrades.parsed(store.journal(folder, regrades.RECORD), regrades.RECORD):
        graded = regrading.regraded(graded, regrade)
    return graded


def _reviews(folder: Path) -> tuple[reviews.Review, ...]:
    return reviews.parsed(store.journal(folder, reviews.RECORD), reviews.RECORD)


def results(graded: Graded) -> Iterator[tuple[str, bytes]]:
    """Every file of the results, as (path, bytes)."""
    from qbank.reports import classreport, marks, unreadable

    lang = graded.exam.langs[0]
    yield "results/marks.csv", intake.csv_bytes(marks.frame(graded))
    yield "results/unreadable.csv", intake.csv_bytes(unreadable.frame(graded, lang))
    yield "results/report.html", classreport.page(graded, lang).encode()
    if graded.table is not None:
        yield RESPONSES, intake.csv_bytes(as_read(graded.table))


def as_read(table: Table) -> pl.DataFrame:
    """The responses as a table that reads as they did."""
    import polars as pl

    own = pl.when(pl.col("absent")).then(pl.lit("yes")).otherwise(pl.lit("")).alias("absent")
    frame = table.frame.with_columns(own)
    if table.forms:
        frame = frame.insert_column(2, pl.Series("form", list(table.forms), dtype=pl.String))
    return frame.with_columns(table.marks[name].alias(f"{name} marks") for name in table.marks.columns)
