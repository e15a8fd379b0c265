"""Print the papers of a sealed exam into a folder of their own: all of them or a stretch, one volume after the other.

What is printed follows from the sealed exam alone, so that several machines may each print a stretch, and a run that
was stopped goes on with the first volume that is not there. The pages are those that `make_paper` prints.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain, islice, pairwise
from pathlib import Path

from qbank import files, messages, outputs, resources, store
from qbank.actions import _printing as printing
from qbank.actions import _templates, _volumes
from qbank.actions._watching import Watch, quietly
from qbank.actions.grade import sealed
from qbank.model import Refused
from qbank.papers import Exam

RECORDS = ".printed"
"""The folder beside the papers that says which volumes are done, and of which exam they are."""
_EXAM = "exam.json"
_PLANNED = 2
"""The papers that decide where pages end: the first of the exam, for whoever prints a stretch of it."""


@dataclass(frozen=True, slots=True)
class Printed:
    """How many papers of an exam were printed, and how many were there already, in the folder of them all."""

    papers: int
    before: int


def print_papers(
    folder: Path, target: Path, *, span: tuple[int, int] | None = None, templates: Path | None = None,
    watch: Watch = quietly,
) -> Printed:  # fmt: skip
    """Print the papers of an exam, or those of a `span` (the first and the last, counted from 1 in the printed order).

    `templates` is the folder of page templates with which the exam was made. Raises Refused for an exam that is not as
    it was sealed, a span that it does not have, and a folder that holds anything but papers of this exam.
    """
    opened = store.opened(folder)
    exam = sealed(opened, figures=True)
    own = _templates.read(templates) if templates is not None else ()
    exam = replace(exam, imprint=replace(exam.imprint, templates=own))
    stretches = _stretches(exam, span)
    _claim(target, opened.chain[0] if opened.chain else "", exam)
    missing = [each for each in stretches if not _is_done(target, each)]
    with outputs.workers(resources.processors()) as workers:
        for stretch, written in zip(missing, _printed(exam, missing, workers, watch), strict=True):
            sizes = {}
            for path, content in written:
                name = path.removeprefix("sheets/")
                files.put(target / name, content)
                sizes[name] = len(content)
            _record(target, _name(stretch), sizes)
    done = sum(map(len, missing))
    return Printed(done, sum(map(len, stretches)) - done)


def _stretches(exam: Exam, span: tuple[int, int] | None) -> list[range]:
    """The places of the papers, a volume each; named forms, which are copied, are one stretch."""
    every = printing.everyone(exam)
    if span is None:
        span = (1, len(every))
    elif not exam.each:
        raise Refused(messages.tell("the exam has named forms, which are printed together; leave out --papers"))
    first, last = span
    if not 1 <= first <= last <= len(every):
        raise Refused(messages.tell("the exam has the papers 1 to {count}, not {first} to {last}",
                                    count=len(every), first=first, last=last))  # fmt: skip
    if not exam.each:
        return [every]
    edges = [first - 1, *range((first - 1) // _volumes.VOLUME * _volumes.VOLUME + _volumes.VOLUME, last,
                               _volumes.VOLUME), last]  # fmt: skip
    return [range(start, end) for start, end in pairwise(edges)]


def _claim(target: Path, seal: str, exam: Exam) -> None:
    """Make the folder one of papers of this exam. Raises Refused where it holds anything else."""
    record = target / RECORDS / _EXAM
    told = json.dumps({"exam": exam.id, "seal": seal}, indent=1).encode()
    if record.is_file():
        if record.read_bytes() != told:
            raise Refused(messages.tell("{folder} holds the papers of another exam; name another folder",
                                        folder=target))  # fmt: skip
        return
    if target.exists() and (not target.is_dir() or any(each.name != RECORDS for each in target.iterdir())):
        raise Refused(messages.tell("{folder} exists and does not hold papers of this exam; name an empty folder",
                                    folder=target))  # fmt: skip
    try:
        record.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise Refused(f"{target}: {files.unwritten(error)}") from error
    files.put(record, told)


def _name(stretch: range) -> str:
    return f"{stretch.start + 1:03d}-{stretch.stop:03d}.json"


def _record(target: Path, name: str, sizes: dict[str, int]) -> None:
    files.put(target / RECORDS / name, json.dumps(sizes, ensure_ascii=False, indent=1).encode())


def _is_done(target: Path, stretch: range) -> bool:
    """Whether every file of a stretch is there, as long as it was written."""
    try:
        sizes = json.loads((target / RECORDS / _name(stretch)).read_bytes())
        return all((target / name).stat().st_size == size for name, size in sizes.items())
    except (OSError, ValueError, AttributeError):
        return False


def _printed(
    exam: Exam, stretches: Sequence[range], workers: outputs.Workers, watch: Watch
) -> Iterator[Iterator[tuple[str, bytes]]]:
    """The files of each stretch, which is to be taken whole before the next one is."""
    pdf, tongues = outputs.of("pdf"), len(_volumes.tongues(exam))
    if not stretches:
        return
    if not exam.each:
        yield chain(printing.sheet_files(exam, pdf, stretches[0], {}, workers, watch=watch),
                    printing.data_files(exam, stretches[0], watch=quietly))  # fmt: skip
        return
    places = list(chain.from_iterable(stretches))
    ahead = [place for place in printing.everyone(exam)[:_PLANNED] if place not in places[:_PLANNED]]
    papers: Iterable[tuple[str, bytes]] = pdf.printed(printing.sheets(exam, [*ahead, *places]), workers)
    papers = islice(papers, len(ahead) * tongues, None)
    coming = iter(watch(papers, len(places) * tongues, messages.tell("papers ({format})", format="pdf")))
    for stretch in stretches:
        count = len(stretch) * tongues
        volume = _volumes.with_volumes(exam, pdf, islice(coming, count), count, workers, first=stretch.start)
        own = ((f"sheets/{name}{pdf.suffix}", content) for name, content in volume)
        yield chain(own, printing.data_files(exam, stretch, watch=quietly))
