"""One partition of a large class: marked, its pieces of the results written, its tally given back.

What a partition is marked from is the exam's folder and the run's workspace, which every machine that takes part
sees; nothing of the sealed half goes another way.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import numpy as np
from numpy.typing import NDArray

from qbank import files, grading, intake, messages, papers, regrades, reviews, roll, store
from qbank.actions._as_read import LINE, as_read
from qbank.actions._sources import JOURNALS
from qbank.actions._spool import Source
from qbank.actions.grade import sealed as whole
from qbank.attendance import Attendance, attendance
from qbank.grading import Notes
from qbank.intake import Table
from qbank.model import Problem, Refused
from qbank.papers import Exam
from qbank.partitions import COUNTED, Marked, Rules, marked, tables, within
from qbank.reports import tally
from qbank.reports.tally import Tally

if TYPE_CHECKING:
    import polars as pl

Frame = TypeVar("Frame", "pl.DataFrame", "pl.LazyFrame")
Found = TypeVar("Found")
RESPONSES = "responses"


@dataclass(frozen=True, slots=True)
class Job:
    """A partition to be marked: of which exam, where its rows are, and how its tables are written.

    `seal` is the last of the exam's seals, by which whoever does the job knows that it is the same exam; `form` is
    `csv` or `parquet`, `named` whether the responses that are kept have names.
    """

    folder: str
    work: str
    seal: str
    file: str
    source: Source
    form: str
    named: bool
    unsealed: bool


@dataclass(frozen=True, slots=True, eq=False)
class Done:
    """What a partition came to; its tables are in the workspace."""

    number: int
    notes: Notes
    attended: tuple[Problem, ...]
    regraded: tuple[Problem, ...]
    tally: Tally


@dataclass(frozen=True, slots=True, eq=False)
class Sealed:
    """A sealed exam and what it is marked by."""

    exam: Exam
    rules: Rules


def sealed(exam: Exam, journals: Mapping[str, bytes]) -> Sealed:
    """An exam with the records that are kept beside it; its candidates are those that it has now."""
    entries = roll.parsed(journals[roll.RECORD])
    exam = papers.enrolled(exam, entries)
    verdicts = reviews.parsed(journals[reviews.RECORD], reviews.RECORD)
    kept = regrades.parsed(journals[regrades.RECORD], regrades.RECORD)
    return Sealed(exam, Rules(grading.numbered(exam, verdicts), roll.statuses(entries), kept))


@dataclass(frozen=True, slots=True, eq=False)
class Few:
    """Some candidates of a partition: their rising places in the class, and their rows as they were read."""

    places: tuple[int, ...]
    rows: pl.DataFrame

    @staticmethod
    def of(job: Job, rows: NDArray[np.intp], table: Table, who: Attendance) -> Few:
        """Those in some rising rows of the partition's attendance, of whom one may have no row of the table."""
        order = who.order[rows]
        places = (rows + job.source.span.start).tolist()
        return Few(tuple(places), as_read(table.only(order[order >= 0].tolist()), lines=True))

    @staticmethod
    def marked(job: Job, rows: NDArray[np.intp], marked: Marked) -> Few:
        """Those in some rising rows of the marks."""
        assert marked.graded.table is not None
        return Few.of(job, rows, marked.graded.table, marked.who)


def elsewhere(work: Callable[[Sealed, Job], Found], job: Job) -> Found:
    """What some work finds for a job in another process or on another machine, which opens the exam itself, once."""
    return work(opened(job.folder, job.work, job.seal, job.unsealed), job)


@lru_cache(maxsize=1)
def opened(folder: str, work: str, seal: str, unsealed: bool) -> Sealed:
    """The exam in a folder, with the records of the run. Raises Refused when it is not the one that is graded."""
    found = store.opened(Path(folder), unsealed=unsealed)
    if found.chain[-1:] != ((seal,) if seal else ()):
        raise Refused(messages.tell("{folder}: this is not the exam that is graded; every worker must see the same "
                                    "folder", folder=folder))  # fmt: skip
    return sealed(whole(found, figures=True), {path: (Path(work) / path).read_bytes() for path in JOURNALS})


def keep(work: Path, journals: Mapping[str, bytes]) -> None:
    """Put the records of a run where all who take part in it read them, whatever is recorded meanwhile."""
    for path, content in journals.items():
        files.put(work / path, content, synced=False)


def do(exam: Sealed, job: Job) -> Done:
    """The partition marked, and its tables written; doing it again writes the same."""
    found = again(exam, job)
    work, number = Path(job.work), job.source.span.number
    for name, frames in tables(found.graded, job.source.span.start).items():
        form = "parquet" if name in COUNTED else job.form
        put(work, name, number, form, frames())
    if job.form == "csv":
        put(work, RESPONSES, number, "csv", iter([kept(job.source.scan(work).collect(), named=job.named)]))
    return Done(number, found.notes, found.who.problems, found.regraded, tally.of(found.graded))


def again(exam: Sealed, job: Job) -> Marked:
    """The partition marked, and nothing written."""
    return marked(exam.exam, job.source.span, _table(exam, job), exam.rules)


def few(places: Sequence[int], exam: Sealed, job: Job) -> Few:
    """Those of the candidates at some places of the class who are in the partition."""
    span = job.source.span
    return Few.of(job, np.array([*filter(span.has, places)], dtype=np.intp) - span.start, *rows(exam, job))


def rows(exam: Sealed, job: Job) -> tuple[Table, Attendance]:
    """The rows of the partition, and whose they are."""
    table = _table(exam, job)
    return table, attendance(within(exam.exam, job.source.span), table)


def _table(exam: Sealed, job: Job) -> Table:
    return job.source.table(Path(job.work), job.file, list(exam.exam.columns()))


def kept(frame: Frame, *, named: bool) -> Frame:
    """The rows of the workspace as the results keep them."""
    return frame.drop(LINE, *([] if named else ["name"]))


def put(work: Path, name: str, number: int, form: str, frames: Iterator[pl.DataFrame]) -> None:
    """Write a partition's piece of a table into the workspace."""
    import polars as pl

    (work / name).mkdir(exist_ok=True)
    path = work / name / f"{number:05}.{form}"
    whole = form != "csv"
    content = intake.encoded(path, pl.concat(frames)) if whole else intake.csv_bytes(frames, header=number == 0)
    files.put(path, content, synced=False)
