"""A sheet of feedback for every candidate who sat the exam, or for some."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from qbank import intake, messages, registry, resources, store
from qbank.actions import _filenames as filenames
from qbank.actions import _pieces, _results, _spool
from qbank.actions._parted import is_parted, parted
from qbank.actions._pieces import Job, Sealed
from qbank.actions._sources import Basis, last
from qbank.actions._undecided import named
from qbank.actions._watching import Watch, quietly
from qbank.actions.deliver import deliver, need_free
from qbank.actions.grade import grading
from qbank.grading import Graded
from qbank.model import Candidate, Lang, Refused
from qbank.outputs import zipped
from qbank.reports.feedback import Earned, lessons

if TYPE_CHECKING:
    from qbank.outputs import Output, Workers


@dataclass(frozen=True, slots=True)
class Pages:
    """What is on the pages: keys and solutions, the class's mean of each part; a PDF of each; whose pages they are.

    `of` are candidates' numbers; none stands for everybody. `lang` is the exam's own where none is said.
    """

    key: bool = False
    pdf: bool = False
    mean: bool = False
    lang: Lang | None = None
    of: tuple[str, ...] = ()


def feedback(
    folder: Path, pages: Pages = Pages(), *, unsealed: bool = False, watch: Watch = quietly
) -> int:
    """Add results/feedback/ to the results that are there, a file a candidate, and return for how many.

    Raises Refused when the exam was not graded yet, when reviews or regrades came after its results, when the results
    change while the pages are made, and for candidates who are not there or did not sit the exam.
    """
    with _class(folder, pages, unsealed=unsealed, watch=watch) as own:
        placed = ((f"results/feedback/{name}", content) for name, content in own.made(pages, watch))
        _results.add(folder, own.basis, placed, command="feedback")
    return own.count


def archive(
    folder: Path, path: Path, pages: Pages = Pages(), *, replace: bool = False, unsealed: bool = False,
    watch: Watch = quietly,
) -> int:  # fmt: skip
    """Write the same pages into one zip file, which the same results give again byte by byte.

    Raises Refused where another file is there, unless it is to be replaced.
    """
    need_free(path, replace=replace)
    with _class(folder, pages, unsealed=unsealed, watch=watch) as own:
        deliver(path, zipped(own.made(pages, watch)), replace=replace)
    return own.count


@dataclass(slots=True, eq=False)
class _Class:
    """The gradings of those who get a page, their files' names by number, and the means that are told.

    `wanted` are numbers, None for everybody; `expected` is about how many pages there will be, `count` how many there
    are so far.
    """

    basis: Basis
    parts: Iterable[Graded]
    wanted: frozenset[str] | None
    expected: int
    names: Mapping[str, str]
    means: Mapping[str, float]
    count: int = 0

    def made(self, pages: Pages, watch: Watch) -> Iterator[tuple[str, bytes]]:
        """The page of every candidate of a grading, by its name, and after these a PDF for each that is asked for."""
        from qbank import outputs

        printed = [outputs.of(tag) for tag in ("html", *(["pdf"] if pages.pdf else []))]
        with outputs.workers(resources.processors()) as workers:
            told = chain.from_iterable(self._of(graded, printed, pages, workers) for graded in self.parts)
            yield from watch(told, self.expected * len(printed), messages.tell("feedback"))

    def _of(
        self, graded: Graded, printed: Sequence[Output], pages: Pages, workers: Workers
    ) -> Iterator[tuple[str, bytes]]:
        ids = [each.id for each in graded.candidates]
        rows = [row for row in np.flatnonzero(graded.sat).tolist() if self.wanted is None or ids[row] in self.wanted]
        self.count += len(rows)
        for output in printed:
            own = lessons(graded, rows, pages.lang or graded.exam.langs[0], key=pages.key, means=self.means)
            for name, content in output.told(zip((self.names[ids[row]] for row in rows), own, strict=True), workers):
                yield f"{name}{output.suffix}", content


@contextmanager
def _class(folder: Path, pages: Pages, *, unsealed: bool, watch: Watch) -> Iterator[_Class]:
    """Whoever gets a page; a large class is marked one partition after another."""
    said = tuple(map(intake.identity, pages.of))
    if not is_parted(last(folder)):
        done = grading(folder, unsealed=unsealed)
        _results.need_newest(folder, done.basis)
        graded = done.graded
        wanted, names = _wanted(graded, said), _names([each.id for each in graded.candidates])
        means = Earned.means([Earned.of(graded)]) if pages.mean else {}
        count = int(graded.sat.sum()) if wanted is None else len(wanted)
        yield _Class(done.basis, [graded], wanted, count, names, means)
        return
    with store.workspace(folder) as work:
        parts = parted(folder, work, unsealed=unsealed)
        _results.need_newest(folder, parts.basis)
        means = Earned.means(parts.each(_earned, messages.tell("marking"), watch=watch)) if pages.mean else {}
        names = _names(_spool.numbers(parts.read, work))
        if not said:
            marked = (_pieces.again(parts.exam, job).graded for job in parts.jobs)
            yield _Class(parts.basis, marked, None, parts.read.count, names, means)
            return
        found = parts.each(partial(named, frozenset(said), {}), messages.tell("reading"), watch=watch)
        graded = parts.of(found)
        yield _Class(parts.basis, [graded], _wanted(graded, said), len(said), names, means)


def _earned(exam: Sealed, job: Job) -> Earned:
    return Earned.of(_pieces.again(exam, job).graded)


def _names(numbers: Sequence[str]) -> dict[str, str]:
    """The name of each candidate's file, by number."""
    return dict(zip(numbers, filenames.apart([Candidate(number) for number in numbers]), strict=True))


def _wanted(graded: Graded, said: Sequence[str]) -> frozenset[str] | None:
    """The numbers that candidates have now who are asked for, None for everybody.

    Raises Refused for whoever is not there, and for who did not sit the exam.
    """
    if not said:
        return None
    rows = {each.id: row for row, each in enumerate(graded.candidates)}
    faults = []
    for number in map(graded.exam.number, said):
        if number not in rows:
            faults.append(messages.tell("the candidate {unknown}", unknown=registry.unknown(number, rows)))
        elif not graded.sat[rows[number]]:
            word = graded.word(rows[number], messages.language())
            faults.append(messages.tell("candidate {candidate} did not sit the exam ({state}), so there is no feedback",
                                        candidate=number, state=word))  # fmt: skip
    if faults:
        raise Refused(*faults)
    return frozenset(map(graded.exam.number, said))
