"""Grade the responses to a sealed exam and write the results."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from qbank import intake, papers, store
from qbank.grading import Graded
from qbank.grading import grade as marked
from qbank.model import Refused
from qbank.papers import Exam


def open_exam(folder: Path, *, figures: bool = True) -> Exam:
    """The sealed exam in a folder; marking needs no figures. Raises Refused when there is none."""
    if not (folder / papers.RECORD).is_file():
        raise Refused(f"{folder} holds no sealed exam (it has no {papers.RECORD}); qbank paper makes one")
    return papers.opened(lambda path: store.read(folder, path), figures=figures)


def grade(folder: Path, responses: Path, *, write: bool = True) -> Graded:
    """The marks of everyone in the responses; with `write`, the results stand in the exam's results/ after it.

    Raises Refused with every fault of the responses; nothing is written then.
    """
    exam = open_exam(folder, figures=False)
    graded = marked(exam, intake.responses(responses, list(exam.columns())))
    if write:
        store.write(folder, results(graded))
    return graded


def results(graded: Graded) -> Iterator[tuple[str, bytes]]:
    """Every file of the results, as (path, bytes)."""
    from qbank.reports import classreport, marks, unreadable

    lang = graded.exam.langs[0]
    yield "results/marks.csv", intake.csv_bytes(marks.frame(graded))
    yield "results/unreadable.csv", intake.csv_bytes(unreadable.frame(graded, lang))
    yield "results/report.html", classreport.page(graded, lang).encode()
