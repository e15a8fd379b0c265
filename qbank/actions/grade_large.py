"""Grade a class of any size in partitions: one at a time on this machine, or many on a cluster's workers.

The results are those of a class that is graded whole, byte for byte; with more candidates than a spreadsheet has rows,
the tables that have a row a candidate are Parquet. They are published in one step when all of it is done.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from qbank import attendance, grading, intake, messages, regrades, store
from qbank.actions import _cluster, _pieces, _put_together, _returned, _sources, _spool
from qbank.actions._pieces import Done, Job, Sealed
from qbank.actions._sources import Basis
from qbank.actions._spool import Spool
from qbank.actions._watching import Watch, quietly
from qbank.actions.grade import Outcome, based, differing, grade, last, sealed, touched
from qbank.grading import Graded
from qbank.model import Problem, Refused
from qbank.reports import answers, tally
from qbank.reports.answers import Answers, Cited
from qbank.reports.findings import Findings
from qbank.reports.tally import Tally
from qbank.store import Content

ANSWERS, MOST, FEWEST = 250_000, 50_000, 200
"""About how many answers a partition has, at most how many candidates, and at least how many."""
SPREADSHEET = 1_048_575
"""The candidates that a table for spreadsheets has room for, below its headings."""


@dataclass(frozen=True, slots=True, eq=False)
class Run:
    """A class that was marked in partitions: what it is, how each was marked, and what all came to."""

    exam: Sealed
    basis: Basis
    jobs: tuple[Job, ...]
    tally: Tally
    problems: tuple[Problem, ...]


def grade_any(
    folder: Path, responses: Path | None = None, *, on: str = "", write: bool = True, unsealed: bool = False,
    system: str = "", scores: Path | None = None, watch: Watch = quietly,
) -> Outcome:  # fmt: skip
    """What `grade` or, for many responses or on a cluster, `grade_large` gives: the results are the same.

    What was sat in another system is graded whole. Raises Refused where that is asked of a cluster.
    """
    path = responses or last(folder)
    large = bool(on) or intake.is_large(path)
    elsewhere = bool(system or scores) or (large and _returned.is_elsewhere(path))
    if on and elsewhere:
        raise Refused(messages.tell("{file}: responses of another system are graded on this machine; leave out --on",
                                    file=path))  # fmt: skip
    if large and not elsewhere:
        return grade_large(folder, responses, on=on, write=write, unsealed=unsealed, watch=watch)
    return Outcome.whole(grade(folder, responses, write=write, unsealed=unsealed, system=system, scores=scores))


def grade_large(
    folder: Path, responses: Path | None = None, *, on: str = "", size: int = 0, write: bool = True,
    unsealed: bool = False, watch: Watch = quietly,
) -> Outcome:  # fmt: skip
    """What the marks of everyone in the responses come to; with `write`, they are in the exam's results/ after it.

    Without responses, those that were graded last. `on` is where the partitions are marked: nothing for this process,
    `local:8` for eight processes of this machine, the address of a Dask scheduler for its workers; `size` is how many
    candidates a partition has, about ANSWERS answers where it is 0. Raises Refused with every fault of the responses,
    for an exam that is not as it was sealed unless `unsealed` is said, and where no worker does the work.
    """
    with store.writing(folder) as exam, store.workspace(folder) as work:
        run = _marked(folder, work, responses, on=on, size=size, unsealed=unsealed, watch=watch)
        told = touched(folder, run.basis) if write else ()
        if write:
            with store.prepared(folder, _recorded(run, work)) as ready:
                store.publish(exam, ready)
    return Outcome.of(run.exam.exam, run.tally, (*run.problems, *told))


def _marked(
    folder: Path, work: Path, responses: Path | None, *, on: str, size: int, unsealed: bool, watch: Watch
) -> Run:
    """Every partition marked, its tables in the workspace."""
    opened = store.opened(folder, unsealed=unsealed)
    basis = based(folder, opened, responses, unsealed=unsealed)
    figures = responses is None or bool(basis.journals[regrades.RECORD])
    exam = _pieces.sealed(sealed(opened, figures=figures), basis.journals)
    columns = list(exam.exam.columns())
    size = size or min(max(ANSWERS // len(columns), FEWEST), MOST)
    read = _spool.spool(exam.exam, intake.Batches(responses or last(folder), columns, size), work, size)
    form = "csv" if read.count <= SPREADSHEET else "parquet"
    seal = "".join(opened.chain[-1:])
    jobs = tuple(
        Job(str(folder.absolute()), str(work), seal, read.file, source, form, read.named, unsealed)
        for source in read.sources
    )
    marked = watch(_cluster.each(exam, jobs, on), len(jobs), messages.tell("marking"))
    done = sorted(marked, key=lambda each: each.number)
    problems = (*_problems(exam, read, done, work), *differing(basis))
    return Run(exam, basis, jobs, tally.together([each.tally for each in done]), problems)


def _problems(exam: Sealed, read: Spool, done: Sequence[Done], work: Path) -> tuple[Problem, ...]:
    """The warnings about the whole class. Raises Refused with every error."""
    statuses, seen = exam.rules.statuses, frozenset[str]().union(*(each.notes.recorded for each in done))
    strange = statuses.keys() - seen
    numbers = _spool.numbers(read, work) if strange else []
    attended = read.attended if exam.exam.candidates else _once(each.attended for each in done)
    told = grading.problems(
        exam.exam, read.file, read.problems, attended, [each.notes for each in done], exam.rules.verdicts,
        attendance.unknown(numbers, statuses, seen),
    )  # fmt: skip
    return (*told, *_once(each.regraded for each in done))


def _once(told: Iterable[Iterable[Problem]]) -> tuple[Problem, ...]:
    """What several partitions tell, once."""
    return tuple(dict.fromkeys(problem for each in told for problem in each))


def _findings(run: Run, work: Path) -> Findings:
    """The findings of the class; the candidates whom the report cites are marked again."""
    written = _put_together.answers(work, list(run.exam.exam.columns()))
    graded, _ = _pieces.few(run.exam, run.jobs[0], [0])
    found = _cited(run, written)

    def everyone() -> Iterator[Graded]:
        return (_pieces.again(run.exam, job).graded for job in run.jobs)

    graded = replace(graded, differences=run.basis.recorded)
    return Findings(run.tally, written, graded, lambda column, place: found[column, place], everyone)


def _cited(run: Run, written: Mapping[str, Answers]) -> dict[tuple[str, int], Cited]:
    """What is told of the answers that the report shows, by their column and the candidate's place."""
    columns: dict[int, list[str]] = {}
    for column, found in written.items():
        for place in answers.shown(found):
            columns.setdefault(place, []).append(column)
    told: dict[tuple[str, int], Cited] = {}
    for job in run.jobs:
        places = sorted(place for place in columns if job.source.span.start <= place < job.source.span.stop)
        graded, rows = _pieces.few(run.exam, job, places) if places else (None, [])
        for place, row in zip(places, rows, strict=True):
            assert graded is not None
            told |= {(column, place): answers.cited(graded, column, row) for column in columns[place]}
    return told


def _recorded(run: Run, work: Path) -> Iterator[tuple[str, Content]]:
    """The results, and last the record of what they were made from."""
    digests: dict[str, str] = {}
    for path, content in _put_together.results(_findings(run, work), run.jobs, work):
        digest = hashlib.sha256()
        if isinstance(content, Path):
            digests[path] = store.fingerprint_of(content)
            yield path, content
        elif isinstance(content, bytes):
            digests[path] = store.fingerprint(content)
            yield path, content
        else:
            yield path, _digested(content, digest.update)
            digests[path] = digest.hexdigest()
    yield _sources.RECORD, _sources.written(run.basis, digests)


def _digested(pieces: Iterator[bytes], update: Callable[[bytes], None]) -> Iterator[bytes]:
    for piece in pieces:
        update(piece)
        yield piece
