"""Grade a class of any size in partitions: one at a time on this machine, or many on a cluster's workers.

The results are those of a class that is graded whole, byte for byte; with more candidates than a spreadsheet has rows,
the tables that have a row a candidate are Parquet. They are published in one step when all of it is done.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from qbank import attendance, grading, messages, store
from qbank.actions import _earlier, _pieces, _put_together, _returned, _sources, _spool
from qbank.actions._parted import Parted, is_parted, parted
from qbank.actions._pieces import Done
from qbank.actions._sources import Basis
from qbank.actions._watching import Watch, quietly
from qbank.actions.grade import Outcome, copied, differing, grade, last, touched
from qbank.grading import Graded
from qbank.model import Problem, Refused
from qbank.reports import answers, tally
from qbank.reports.answers import Cited
from qbank.reports.findings import Findings
from qbank.reports.tally import Tally
from qbank.store import Content


@dataclass(frozen=True, slots=True, eq=False)
class Run:
    """A class that was marked in partitions: what it is, and what all came to."""

    parted: Parted
    tally: Tally
    problems: tuple[Problem, ...]


def grade_any(
    folder: Path, responses: Path | None = None, *, on: str = "", write: bool = True, unsealed: bool = False,
    system: str = "", scores: Path | None = None, fewer: bool = False, watch: Watch = quietly,
) -> Outcome:  # fmt: skip
    """What `grade` or, for many responses or on a cluster, `grade_large` gives: the results are the same.

    What was sat in another system is graded whole. Raises Refused where that is asked of a cluster.
    """
    path = responses or last(folder)
    parts = is_parted(path)
    if on and (system or scores or (not parts and _returned.is_elsewhere(path))):
        raise Refused(messages.tell("{file}: responses of another system are graded on this machine; leave out --on",
                                    file=path))  # fmt: skip
    if on or (parts and not (system or scores)):
        return grade_large(folder, responses, on=on, write=write, unsealed=unsealed, fewer=fewer, watch=watch)
    return Outcome.whole(
        grade(folder, responses, write=write, unsealed=unsealed, system=system, scores=scores, fewer=fewer)
    )


def grade_large(
    folder: Path, responses: Path | None = None, *, on: str = "", size: int = 0, write: bool = True,
    unsealed: bool = False, fewer: bool = False, watch: Watch = quietly,
) -> Outcome:  # fmt: skip
    """What the marks of everyone in the responses come to; with `write`, they are in the exam's results/ after it.

    Without responses, those that were graded last. `on` is where the partitions are marked: nothing for this process,
    `local:8` for eight processes of this machine, the address of a Dask scheduler for its workers; `size` is how many
    candidates a partition has, about ANSWERS answers where it is 0. Raises Refused with every fault of the responses,
    for an exam that is not as it was sealed unless `unsealed` is said, where somebody who was graded before has no row
    unless `fewer` is, and where no worker does the work.
    """
    with store.writing(folder) as exam, store.workspace(folder) as work:
        parts = parted(folder, work, responses, size=size, unsealed=unsealed)
        if write and responses is not None and not fewer:
            exam_, rules = parts.exam.exam, parts.exam.rules
            _earlier.need_everyone(folder, exam_, parts.read.file, _spool.scan(work), rules.statuses)
        run = _marked(parts, work, on=on, watch=watch)
        told = touched(folder, run.parted.basis) if write else ()
        if write:
            with store.prepared(folder, _recorded(run, work)) as ready:
                store.publish(exam, ready)
    return Outcome.of(run.parted.exam.exam, run.tally, (*run.problems, *told, *copied(folder)))


@contextmanager
def remade(folder: Path, basis: Basis, *, unsealed: bool, watch: Watch) -> Iterator[Iterator[tuple[str, Content]]]:
    """The results of the responses that were graded last, by other records than the exam has."""
    with store.workspace(folder) as work:
        run = _marked(parted(folder, work, basis=basis, unsealed=unsealed), work, watch=watch)
        yield _recorded(run, work)


def _marked(parts: Parted, work: Path, *, on: str = "", watch: Watch) -> Run:
    """Every partition marked, its tables in the workspace."""
    done = parts.each(_pieces.do, messages.tell("marking"), on=on, watch=watch)
    problems = (*_problems(parts, done, work), *differing(parts.basis))
    return Run(parts, tally.together([each.tally for each in done]), problems)


def _problems(parts: Parted, done: Sequence[Done], work: Path) -> tuple[Problem, ...]:
    """The warnings about the whole class. Raises Refused with every error."""
    exam, rules, read = parts.exam.exam, parts.exam.rules, parts.read
    seen = frozenset[str]().union(*(each.notes.recorded for each in done))
    numbers = _spool.numbers(read, work) if rules.statuses.keys() - seen else []
    attended = read.attended if exam.candidates else _once(each.attended for each in done)
    told = grading.problems(
        exam, read.file, read.problems, attended, [each.notes for each in done], rules.verdicts,
        attendance.unknown(numbers, rules.statuses, seen),
    )  # fmt: skip
    return (*told, *_once(each.regraded for each in done))


def _once(told: Iterable[Iterable[Problem]]) -> tuple[Problem, ...]:
    """What several partitions tell, once."""
    return tuple(dict.fromkeys(problem for each in told for problem in each))


def _findings(run: Run, work: Path) -> Findings:
    """The findings of the class; the candidates whom the report cites are marked again."""
    parts = run.parted
    written = _put_together.answers(work, list(parts.exam.exam.columns()))
    cited = sorted({place for found in written.values() for place in answers.shown(found)})
    graded = replace(parts.chosen(cited), differences=parts.basis.recorded)
    rows = {place: row for row, place in enumerate(cited)}

    def cite(column: str, place: int) -> Cited:
        return answers.cited(graded, column, rows[place])

    def everyone() -> Iterator[Graded]:
        return (_pieces.again(parts.exam, job).graded for job in parts.jobs)

    return Findings(run.tally, written, graded, cite, everyone)


def _recorded(run: Run, work: Path) -> Iterator[tuple[str, Content]]:
    """The results, and last the record of what they were made from."""
    digests: dict[str, str] = {}
    for path, content in _put_together.results(_findings(run, work), run.parted.jobs, work):
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
    yield _sources.RECORD, _sources.written(run.parted.basis, digests)


def _digested(pieces: Iterator[bytes], update: Callable[[bytes], None]) -> Iterator[bytes]:
    for piece in pieces:
        update(piece)
        yield piece
