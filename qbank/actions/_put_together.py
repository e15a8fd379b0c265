"""The results of a large class, from the pieces that its partitions wrote and the tally of them all."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from qbank import files, intake, messages
from qbank.actions import _sources
from qbank.actions._pieces import RESPONSES, Job, kept
from qbank.model import Refused
from qbank.reports import answers as written
from qbank.reports import classreport, items, mistakes, questions
from qbank.reports.answers import Answers
from qbank.reports.findings import Findings
from qbank.store import Content

if TYPE_CHECKING:
    import polars as pl

def results(found: Findings, jobs: Sequence[Job], work: Path) -> Iterator[tuple[str, Content]]:
    """Every file of the results, as (path, content), in the order in which those of a class graded whole are made."""
    lang, columns, form = found.exam.langs[0], list(found.exam.columns()), jobs[0].form
    yield from _rows("marks", work, form)
    yield "results/questions.csv", intake.csv_bytes(questions.frame(found, lang))
    yield "results/items.csv", intake.csv_bytes(items.frame(found, lang))
    yield "results/answers.csv", intake.csv_bytes(written.frame(found))
    yield "results/unreadable.csv", _by_part("unreadable", "part", columns, work)
    yield "results/mistakes.csv", intake.csv_bytes(mistakes.frame(found))
    yield from _rows("steps", work, form)
    yield "results/step-marks.csv", _by_part("step-marks", "question", columns, work)
    yield "results/report.html", classreport.written(found, lang).encode()
    if form == "csv":
        yield from _rows(RESPONSES, work, form)
    else:
        yield _sources.LARGE, _responses(jobs, work)


def answers(work: Path, columns: Sequence[str]) -> dict[str, Answers]:
    """What the class wrote to every part; one of them is added up at a time."""
    import polars as pl

    counts = pl.scan_parquet(_pieces("answers", work), glob=False)
    sizes = dict(counts.group_by("question").len().collect().iter_rows())
    return {
        column: written.ordered(column, counts.filter(question=column).drop("question"), sizes.get(column, 0))
        for column in columns
    }


def whole(name: str, work: Path, form: str) -> Path:
    """A table of the pieces that its partitions wrote, as one file of the workspace."""
    target = work / f"{name}.{form}"
    if form == "csv":
        files.put(target, read(name, work), synced=False)
    else:
        import polars as pl

        _sink(pl.scan_parquet(_pieces(name, work), glob=False), target)
    return target


def read(name: str, work: Path) -> Iterator[bytes]:
    """A table of the pieces that its partitions wrote as the bytes of a CSV file, a block after another."""
    for path in _pieces(name, work):
        yield from files.blocks(path)


def _rows(name: str, work: Path, form: str) -> Iterator[tuple[str, Content]]:
    """A table with a row a candidate or more: one CSV file, or a Parquet file a partition."""
    if form == "csv":
        yield f"results/{name}.csv", read(name, work)
        return
    yield from ((f"results/{name}/{path.name}", path) for path in _pieces(name, work))


def _by_part(name: str, key: str, columns: Sequence[str], work: Path) -> Iterator[bytes]:
    """A table that goes part by part through the paper, from pieces each of which does."""
    import polars as pl

    pieces = pl.scan_parquet(_pieces(name, work), glob=False)
    for place, column in enumerate(columns):
        yield intake.csv_bytes(pieces.filter(pl.col(key) == column).collect(), header=place == 0)


def _responses(jobs: Sequence[Job], work: Path) -> Path:
    """The responses in the order of the class as one Parquet file."""
    import polars as pl

    target = work / "responses.parquet"
    rows = pl.concat([job.source.scan(work) for job in jobs])
    _sink(kept(rows, named=jobs[0].named), target)
    return target


def _sink(rows: pl.LazyFrame, target: Path) -> None:
    """Write a table as Parquet. Raises Refused where it cannot be written."""
    import polars as pl

    try:
        rows.sink_parquet(target, compression="zstd", statistics=False)
    except (OSError, pl.exceptions.ComputeError) as error:  # Polars writes itself, for it never holds the whole
        raise Refused(messages.tell("{path}: cannot be written: {reason}", path=target, reason=error)) from error


def _pieces(name: str, work: Path) -> list[Path]:
    """The pieces of a table in order; not what a worker that died had begun to write."""
    return sorted((work / name).glob("[0-9]*"))
