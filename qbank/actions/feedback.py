"""A sheet of feedback for every candidate who sat the exam."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np

from qbank import store
from qbank.actions import _filenames as filenames
from qbank.actions.grade import grade, results
from qbank.actions.make_paper import Watch, quietly
from qbank.grading import Graded
from qbank.model import Lang


def feedback(
    folder: Path, *, key: bool = False, pdf: bool = False, lang: Lang | None = None, watch: Watch = quietly
) -> int:
    """Write results/feedback/ beside the other results, a file a candidate, and say for how many.

    Raises Refused when the exam was not graded yet, or two candidates' numbers would name one file.
    """
    graded = grade(folder, write=False)
    sat = np.flatnonzero(~graded.absent).tolist()
    names = dict(zip(sat, filenames.named([graded.candidates[row] for row in sat]), strict=True))
    store.write(folder, _files(graded, names, lang or graded.exam.langs[0], key=key, pdf=pdf, watch=watch))
    return len(sat)


def _files(
    graded: Graded, names: dict[int, str], lang: Lang, *, key: bool, pdf: bool, watch: Watch
) -> Iterator[tuple[str, bytes]]:
    from qbank.reports import feedback as sheets

    yield from results(graded)
    for row, name in watch(names.items(), len(names), "feedback"):
        yield f"results/feedback/{name}.html", sheets.page(graded, row, lang, key=key).encode()
        if pdf:
            yield f"results/feedback/{name}.pdf", sheets.sheet(graded, row, lang, key=key)
