"""A sheet of feedback for every candidate who sat the exam."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np

from qbank.actions import _filenames as filenames
from qbank.actions import _results
from qbank.actions.grade import grading
from qbank.actions.make_paper import Watch, quietly
from qbank.grading import Graded
from qbank.model import Lang


def feedback(
    folder: Path, *, key: bool = False, pdf: bool = False, lang: Lang | None = None, unsealed: bool = False,
    watch: Watch = quietly,
) -> int:
    """Add results/feedback/ to the results that are there, a file a candidate, and say for how many.

    Raises Refused when the exam was not graded yet, when reviews or regrades came after its results, or when the
    results change while the pages are made.
    """
    done = grading(folder, unsealed=unsealed)
    graded = done.graded
    sat = np.flatnonzero(graded.sat).tolist()
    every = filenames.apart(graded.candidates)
    names = {row: every[row] for row in sat}
    pages = _files(graded, names, lang or graded.exam.langs[0], key=key, pdf=pdf, watch=watch)
    _results.add(folder, done, pages, what="the pages", command="feedback")
    return len(sat)


def _files(
    graded: Graded, names: dict[int, str], lang: Lang, *, key: bool, pdf: bool, watch: Watch
) -> Iterator[tuple[str, bytes]]:
    from qbank.reports import feedback as sheets

    for row, name in watch(names.items(), len(names), "feedback"):
        yield f"results/feedback/{name}.html", sheets.page(graded, row, lang, key=key).encode()
        if pdf:
            yield f"results/feedback/{name}.pdf", sheets.sheet(graded, row, lang, key=key)
