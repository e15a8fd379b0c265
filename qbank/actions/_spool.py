"""Responses of any length in partitions on the disk, in the order of the candidates: what every partition is read from.

They are written as they are read, once; where the order of the file is not that of the roster, each partition takes
its rows from them in a second pass. One batch is held at a time, and of every row its number, for an exam that has a
roster; for one without, a digest.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from qbank import files, intake, messages
from qbank.actions._as_read import LINE, as_read, restored
from qbank.attendance import Attendance, attendance
from qbank.intake import Batches, Table
from qbank.model import Candidate, Problem, Refused
from qbank.papers import Exam
from qbank.partitions import Span, spans

if TYPE_CHECKING:
    import polars as pl

LIGHT = ("candidate", "name", "form", "absent", LINE)
"""The columns that say who is who, of all rows together."""


@dataclass(frozen=True, slots=True)
class Source:
    """Where the rows of a partition are: `rows` of these files' rows from `start` on; `places` orders shuffled ones."""

    span: Span
    files: tuple[str, ...]
    start: int
    rows: int
    shuffled: bool = False

    def scan(self, work: Path) -> pl.LazyFrame:
        """The rows, as they were read."""
        import polars as pl

        rows = pl.scan_parquet([work / each for each in self.files], glob=False)
        return rows.sort(PLACE).drop(PLACE) if self.shuffled else rows.slice(self.start, self.rows)

    def table(self, work: Path, file: str, columns: Sequence[str]) -> Table:
        """The rows, as a table of the file that messages name."""
        return restored(self.scan(work).collect(), file, columns)


PLACE, PART = "\x00place", "\x00part"


@dataclass(frozen=True, slots=True, eq=False)
class Spool:
    """The responses in partitions, their `file`, and what is to be said of it and of whose rows there are.

    `candidates` are those of a roster and who came besides, `count` is how many there are in any case, `named` whether
    the file names any.
    """

    file: str
    sources: tuple[Source, ...]
    candidates: tuple[Candidate, ...]
    count: int
    named: bool
    problems: tuple[Problem, ...]
    attended: tuple[Problem, ...]


def spool(exam: Exam, batches: Batches, work: Path, size: int) -> Spool:
    """The responses of an exam in partitions of at most `size` candidates, below `work`.

    Raises Refused for what `intake.responses` and `attendance` refuse a file for.
    """
    (work / "read").mkdir()
    counts: list[int] = []
    light: list[pl.DataFrame] = []
    named = False
    for table in batches:
        frame = as_read(table, lines=True)
        _put(work / _read(len(counts)), frame)
        counts.append(len(frame))
        named = named or any(table.names)
        if exam.candidates:
            light.append(frame.select(name for name in LIGHT if name in frame.columns))
    if not exam.candidates:
        if not sum(counts):
            raise Refused(messages.tell("{file}: there is nobody to grade: the file has no row, and the exam has no "
                                        "roster", file=batches.file))  # fmt: skip
        ends = np.cumsum([0, *counts]).tolist()
        sources = [Source(Span(at, ends[at], ends[at + 1]), (_read(at),), 0, rows) for at, rows in enumerate(counts)]
        return Spool(batches.file, tuple(sources), (), sum(counts), named, batches.problems, ())
    who = _attendance(exam, batches, light)
    sources = list(_ordered(who, counts, work, size))
    return Spool(batches.file, tuple(sources), who.candidates, len(who.candidates), named, batches.problems,
                 who.problems)


def scan(work: Path) -> pl.LazyFrame:
    """The rows of the whole file, as they were read and in its order."""
    import polars as pl

    return pl.scan_parquet(sorted((work / "read").iterdir()), glob=False, missing_columns="insert")


def numbers(read: Spool, work: Path) -> list[str]:
    """The numbers of all candidates."""
    if read.candidates:
        return [each.id for each in read.candidates]
    return [number for each in read.sources for number in each.scan(work).select("candidate").collect().to_series()]


def _attendance(exam: Exam, batches: Batches, light: Sequence[pl.DataFrame]) -> Attendance:
    """Who of the roster has which row; every error of the file and of its rows is raised here."""
    import polars as pl

    whole = restored(pl.concat(light, how="diagonal"), batches.file, ())
    who = attendance(exam, whole)
    wrong = [each for each in (*batches.problems, *who.problems) if each.severity == "error"]
    if wrong:
        raise Refused(*wrong)
    return who


def _ordered(who: Attendance, counts: Sequence[int], work: Path, size: int) -> Iterator[Source]:
    """The partitions of the roster's candidates, whose rows are in its order or are put into it."""
    rows = who.order
    there = rows[rows >= 0]
    if not len(there) or bool((np.diff(there) > 0).all()):
        every = tuple(_read(at) for at in range(len(counts)))
        for span in spans(len(rows), size):
            own = rows[span.start : span.stop]
            own = own[own >= 0]
            yield Source(span, every, int(own[0]) if len(own) else 0, len(own))
        return
    yield from _shuffled(rows, counts, work, size)


def _shuffled(rows: NDArray[np.int64], counts: Sequence[int], work: Path, size: int) -> Iterator[Source]:
    """The same where the file has another order: every row is moved to its candidate's partition."""
    import polars as pl

    place = np.full(sum(counts), -1)
    place[rows[rows >= 0]] = np.flatnonzero(rows >= 0)
    files: Mapping[int, list[str]] = {span.number: [] for span in spans(len(rows), size)}
    (work / "moved").mkdir()
    start = 0
    for at, count in enumerate(counts):
        own = place[start : start + count]
        frame = pl.read_parquet(work / _read(at)).with_columns(pl.Series(PLACE, own))
        parts = frame.filter(pl.col(PLACE) >= 0).with_columns(pl.col(PLACE).floordiv(size).alias(PART))
        for (number,), part in parts.partition_by(PART, as_dict=True, include_key=False).items():
            name = f"moved/{number:05}-{at:05}.parquet"
            _put(work / name, part)
            files[number].append(name)
        start += count
    for span in spans(len(rows), size):
        found = tuple(files[span.number])
        yield Source(span, found or (_read(0),), 0, 0, shuffled=bool(found))


def _put(path: Path, frame: pl.DataFrame) -> None:
    files.put(path, intake.encoded(path, frame), synced=False)


def _read(at: int) -> str:
    return f"read/{at:05}.parquet"
