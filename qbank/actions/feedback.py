"""A sheet of feedback for every candidate who sat the exam."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np

from qbank import messages, resources
from qbank.actions import _filenames as filenames
from qbank.actions import _results
from qbank.actions._watching import Watch, quietly
from qbank.actions.deliver import deliver, need_free
from qbank.actions.grade import Grading, grading
from qbank.grading import Graded
from qbank.model import Lang
from qbank.outputs import zipped


def feedback(
    folder: Path, *, key: bool = False, pdf: bool = False, mean: bool = False, lang: Lang | None = None,
    unsealed: bool = False, watch: Watch = quietly,
) -> int:
    """Add results/feedback/ to the results that are there, a file a candidate, and return for how many.

    With `key`, keys and solutions; with `mean`, the class's mean of each part. Raises Refused when the exam was not
    graded yet, when reviews or regrades came after its results, or when the results change while the pages are made.
    """
    done, names = _newest(folder, unsealed=unsealed)
    pages = _pages(done.graded, names, lang, key=key, pdf=pdf, mean=mean, watch=watch)
    placed = ((f"results/feedback/{name}", content) for name, content in pages)
    _results.add(folder, done, placed, command="feedback")
    return len(names)


def archive(
    folder: Path, path: Path, *, replace: bool = False, key: bool = False, pdf: bool = False, mean: bool = False,
    lang: Lang | None = None, unsealed: bool = False, watch: Watch = quietly,
) -> int:  # fmt: skip
    """Write the same pages into one zip file, which the same results give again byte by byte.

    Raises Refused where another file is there, unless it is to be replaced.
    """
    need_free(path, replace=replace)
    done, names = _newest(folder, unsealed=unsealed)
    pages = _pages(done.graded, names, lang, key=key, pdf=pdf, mean=mean, watch=watch)
    deliver(path, zipped(pages), replace=replace)
    return len(names)


def _newest(folder: Path, *, unsealed: bool) -> tuple[Grading, dict[int, str]]:
    """The grading whose results are there, and the names of the files of those who sat the exam, by row."""
    done = grading(folder, unsealed=unsealed)
    _results.need_newest(folder, done)
    every = filenames.apart(done.graded.candidates)
    return done, {row: every[row] for row in np.flatnonzero(done.graded.sat).tolist()}


def _pages(
    graded: Graded, names: dict[int, str], lang: Lang | None, *, key: bool, pdf: bool, mean: bool, watch: Watch
) -> Iterator[tuple[str, bytes]]:
    """The page of every candidate, by its name, and after these a PDF for each where they are asked for."""
    from qbank import outputs
    from qbank.reports import feedback as lessons

    with outputs.workers(resources.processors()) as workers:
        for output in (outputs.of(tag) for tag in ("html", *(["pdf"] if pdf else []))):
            own = lessons.lessons(graded, names, lang or graded.exam.langs[0], key=key, mean=mean)
            told = output.told(zip(names.values(), own, strict=True), workers)
            caption = messages.tell("feedback ({format})", format=output.suffix.lstrip("."))
            for name, content in watch(told, len(names), caption):
                yield f"{name}{output.suffix}", content
