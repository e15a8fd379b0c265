"""A sheet of feedback for every candidate who sat the exam."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np

from qbank import files, resources, store
from qbank.actions import _filenames as filenames
from qbank.actions import _sources
from qbank.actions.grade import Grading, grading
from qbank.actions.make_paper import Watch, quietly
from qbank.grading import Graded
from qbank.model import Lang, Refused
from qbank.outputs import zipped


def feedback(
    folder: Path, *, key: bool = False, pdf: bool = False, mean: bool = False, lang: Lang | None = None,
    unsealed: bool = False, watch: Watch = quietly,
) -> int:
    """Add results/feedback/ to the results that are there, a file a candidate, and say for how many.

    With `key`, keys and solutions; with `mean`, the class's mean of each part. Raises Refused when the exam was not
    graded yet, when reviews or regrades came after its results, or when the results change while the pages are made.
    """
    done, names = _newest(folder, unsealed=unsealed)
    pages = _pages(done.graded, names, lang, key=key, pdf=pdf, mean=mean, watch=watch)
    placed = ((f"results/feedback/{name}", content) for name, content in pages)
    with store.prepared(folder, placed) as ready, store.writing(folder) as exam:
        if _sources.current(folder) != done.basis.record:
            raise Refused(f"{folder}: graded again while the pages were made; nothing was kept, run feedback again")
        store.publish(exam, ready, add=True)
    return len(names)


def archive(
    folder: Path, path: Path, *, key: bool = False, pdf: bool = False, mean: bool = False, lang: Lang | None = None,
    unsealed: bool = False, watch: Watch = quietly,
) -> int:
    """Write the same pages into one zip file, which the same results give again byte by byte."""
    done, names = _newest(folder, unsealed=unsealed)
    pages = _pages(done.graded, names, lang, key=key, pdf=pdf, mean=mean, watch=watch)
    files.put(path, zipped(pages))
    return len(names)


def _newest(folder: Path, *, unsealed: bool) -> tuple[Grading, dict[int, str]]:
    """The grading whose results are there, and the names of the files of those who sat the exam, by row."""
    done = grading(folder, unsealed=unsealed)
    _need_newest(folder, done)
    every = filenames.apart(done.graded.candidates)
    return done, {row: every[row] for row in np.flatnonzero(done.graded.sat).tolist()}


def _need_newest(folder: Path, done: Grading) -> None:
    """Raise Refused unless the results count every review and regrade: the pages show the marks of the results."""
    if done.basis.record is None:
        raise Refused(f"{folder}: an earlier version made the results; first: qbank grade {folder}")
    counted = _sources.parsed(done.basis.record).used
    for path, content in done.basis.journals.items():
        if counted.get(path, _sources.used(b"")) != _sources.used(content):  # earlier versions knew fewer
            raise Refused(f"{folder}: the results are older than {path}; first: qbank grade {folder}")


def _pages(
    graded: Graded, names: dict[int, str], lang: Lang | None, *, key: bool, pdf: bool, mean: bool, watch: Watch
) -> Iterator[tuple[str, bytes]]:
    """The page of every candidate, by its name, and after these a PDF for each where they are asked for."""
    from qbank import outputs
    from qbank.reports import feedback as lessons

    for output in (outputs.of(tag) for tag in ("html", *(["pdf"] if pdf else []))):
        own = lessons.lessons(graded, names, lang or graded.exam.langs[0], key=key, mean=mean)
        told = output.told(zip(names.values(), own, strict=True), resources.processors())
        for name, content in watch(told, len(names), f"feedback ({output.suffix.lstrip('.')})"):
            yield f"{name}{output.suffix}", content
