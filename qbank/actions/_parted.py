"""A large class in partitions that can be marked: for its grading, and for who looks at its marks again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from qbank import intake, messages, partitions, regrades, store
from qbank.actions import _cluster, _pieces, _returned, _sources, _spool
from qbank.actions._as_read import restored
from qbank.actions._cluster import Work
from qbank.actions._pieces import Few, Found, Job, Sealed
from qbank.actions._sources import Basis
from qbank.actions._spool import Spool
from qbank.actions._watching import Watch, quietly
from qbank.actions.grade import based, sealed
from qbank.grading import Graded
from qbank.partitions import Span

ANSWERS, MOST, FEWEST = 250_000, 50_000, 200
"""About how many answers a partition has, at most how many candidates, and at least how many."""


@dataclass(frozen=True, slots=True, eq=False)
class Parted:
    """A class in partitions: the exam with its records, what its marks are made from, its rows, a job a partition."""

    exam: Sealed
    basis: Basis
    read: Spool
    jobs: tuple[Job, ...]

    def each(
        self, work: Work[Found], what: str, *, on: str = "", watch: Watch = quietly, jobs: Sequence[Job] | None = None
    ) -> list[Found]:
        """What the work finds for every partition, or for some, in their order; they are done side by side."""
        own = self.jobs if jobs is None else jobs
        found = dict(watch(_cluster.each(self.exam, own, on, work), len(own), what))
        return [found[job] for job in own]

    def chosen(self, places: Sequence[int]) -> Graded:
        """The marks of the candidates at some rising places of the class, and of nobody else; as `of` of none."""
        own = [job for job in self.jobs if any(map(job.source.span.has, places))]
        return self.of(self.each(partial(_pieces.few, places), messages.tell("reading"), jobs=own))

    def of(self, found: Sequence[Few]) -> Graded:
        """The marks of a few candidates alone, row i those of the i-th; of the first where there are none."""
        import polars as pl

        if not any(each.places for each in found):
            return self.chosen([0])
        exam, own = self.exam.exam, [place for each in found for place in each.places]
        listed = [place for place in own if place < len(exam.candidates)]
        few = replace(exam, candidates=tuple(exam.candidates[place] for place in listed), form_of=exam.form_of[listed])
        rows = pl.concat([each.rows for each in found], how="diagonal")
        table = restored(rows, self.read.file, list(exam.columns()))
        return partitions.marked(few, Span(0, 0, len(listed)), table, self.exam.rules).graded


def is_parted(path: Path) -> bool:
    """Whether a class with these responses is marked in partitions; what was sat in another system is not."""
    return intake.is_large(path) and not _returned.is_elsewhere(path)


def parted(
    folder: Path, work: Path, responses: Path | None = None, *, basis: Basis | None = None, size: int = 0,
    unsealed: bool = False,
) -> Parted:  # fmt: skip
    """The class of the responses, or of those that were graded last; its rows lie in the workspace.

    `basis` stands for what there is to grade, `size` is how many candidates a partition has, about ANSWERS answers
    where it is 0. Raises Refused with every fault of the responses, and for an exam that is not as it was sealed unless
    `unsealed` is said.
    """
    opened = store.opened(folder, unsealed=unsealed)
    basis = basis or based(folder, opened, responses, unsealed=unsealed)
    figures = responses is None or bool(basis.journals[regrades.RECORD])  # else nothing asks for one
    exam = _pieces.sealed(sealed(opened, figures=figures), basis.journals)
    columns = list(exam.exam.columns())
    size = size or min(max(ANSWERS // len(columns), FEWEST), MOST)
    read = _spool.spool(exam.exam, intake.Batches(responses or _sources.last(folder), columns, size), work, size)
    _pieces.keep(work, basis.journals)
    form = "csv" if read.count <= intake.SPREADSHEET else "parquet"
    seal = "".join(opened.chain[-1:])
    jobs = tuple(
        Job(str(folder.absolute()), str(work), seal, read.file, source, form, read.named, unsealed)
        for source in read.sources
    )
    return Parted(exam, basis, read, jobs)
