"""Grade the responses to a sealed exam and write the results."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from qbank import intake, papers, regrades, regrading, reviews, roll, store
from qbank.actions import _sources
from qbank.actions._sources import RESPONSES, Basis
from qbank.grading import Graded
from qbank.grading import grade as marked
from qbank.intake import Table
from qbank.model import Problem, Refused
from qbank.papers import Exam
from qbank.store import Opened

if TYPE_CHECKING:
    import polars as pl

__all__ = ["RESPONSES", "Grading", "as_read", "grade", "grading", "open_exam", "recorded", "results",
           "sealed"]  # fmt: skip


@dataclass(frozen=True, slots=True, eq=False)
class Grading:
    """The marks of an exam, and what they were made from."""

    graded: Graded
    basis: Basis


def open_exam(folder: Path, *, figures: bool = True, unsealed: bool = False) -> Exam:
    """The sealed exam in a folder; without its figures it opens sooner.

    Raises Refused when there is none, or when it is not as it was sealed, unless `unsealed` is said.
    """
    opened = store.opened(folder, unsealed=unsealed)
    entries = roll.parsed(store.journal(folder, roll.RECORD))
    return papers.enrolled(sealed(opened, figures=figures), entries)


def sealed(opened: Opened, *, figures: bool) -> Exam:
    """The exam as it was sealed, with everybody who was added, before any record of the roll."""
    late = [base for base in opened.additions if f"{base}/{papers.ADDED}" in opened.private]
    return papers.opened(opened.read, additions=late, figures=figures, trusted=not opened.differences)


def grade(folder: Path, responses: Path | None = None, *, write: bool = True, unsealed: bool = False) -> Graded:
    """The marks of everyone in the responses; with `write`, they are in the exam's results/ after it.

    Without responses, those that were graded last. The reviews and regrades that the exam keeps are applied. Raises
    Refused with every fault of the responses, and for an exam that is not as it was sealed unless `unsealed` is said;
    nothing is written then.
    """
    if not write:
        return grading(folder, responses, unsealed=unsealed).graded
    with store.writing(folder) as exam:
        done = grading(folder, responses, unsealed=unsealed)
        with store.prepared(folder, recorded(done)) as ready:
            store.publish(exam, ready)
    return done.graded


def grading(folder: Path, responses: Path | None = None, *, unsealed: bool = False) -> Grading:
    """The marks and what they were made from; nothing is written."""
    opened = store.opened(folder, unsealed=unsealed)
    basis = _basis(folder, opened, responses)
    lost = basis.differences[len(opened.differences):]
    if lost and not unsealed:
        raise Refused(f"{folder}: {'; '.join(lost)}; restore it from a copy, or go on without it (--unsealed)")
    kept = regrades.parsed(basis.journals[regrades.RECORD], regrades.RECORD)
    figures = responses is None or bool(kept)  # new responses to an exam that nobody has regraded need no figure
    entries = roll.parsed(basis.journals[roll.RECORD])
    exam = papers.enrolled(sealed(opened, figures=figures), entries)
    table = intake.responses(responses or folder / RESPONSES, list(exam.columns()))
    verdicts = reviews.parsed(basis.journals[reviews.RECORD], reviews.RECORD)
    graded = marked(exam, table, verdicts, roll.statuses(entries))
    for regrade in kept:
        graded = regrading.regraded(graded, regrade)
    return Grading(_unsealed(graded, basis), basis)


def _basis(folder: Path, opened: Opened, responses: Path | None) -> Basis:
    """What there is to grade besides the exam; the responses that were graded last must be those of the results."""
    if responses is None and not (folder / RESPONSES).is_file():
        then = f"fill in {folder / 'responses.csv'}, then: qbank grade {folder} {folder / 'responses.csv'}"
        raise Refused(f"{folder} has not been graded yet (it has no {RESPONSES}); {then}")
    record, kept = _sources.current(folder), _sources.journals(folder)
    differences = list(opened.differences)
    given = None
    if responses is not None and responses.is_file():  # a pipe can be read only once
        given = _sources.used(responses.read_bytes(), responses.name)
    if record is not None:
        sources = _sources.parsed(record)
        differences += _sources.lost(sources, opened.chain, kept)
        if responses is None:
            given = sources.responses
            if sources.files.get(RESPONSES) != store.fingerprint(store.read(folder, RESPONSES)):
                if _sources.current(folder) != record:
                    return _basis(folder, opened, responses)  # another run has just published its results
                differences.append(f"{RESPONSES} (it is not what was graded at {sources.at})")
    elif responses is None and opened.about is not None and opened.about.format > 1:
        differences.append(f"{_sources.RECORD} (it is missing)")
    return Basis(opened.chain, tuple(differences), kept, given, record)


def _unsealed(graded: Graded, basis: Basis) -> Graded:
    """The grading with a warning about everything that was not as it was sealed."""
    problems = tuple(
        Problem("exam.unsealed", f"not as it was written, and graded all the same: {each}", severity="warning")
        for each in basis.differences
    )
    return replace(graded, differences=basis.differences, problems=(*graded.problems, *problems))


def recorded(done: Grading) -> Iterator[tuple[str, bytes]]:
    """The results, and last the record of what they were made from."""
    digests = {}
    for path, content in results(done.graded):
        digests[path] = store.fingerprint(content)
        yield path, content
    yield _sources.RECORD, _sources.written(done.basis, digests)


def results(graded: Graded) -> Iterator[tuple[str, bytes]]:
    """Every file of the results, as (path, bytes)."""
    from qbank.reports import (
        answers,
        classreport,
        findings,
        items,
        marks,
        mistakes,
        questions,
        stepmarks,
        steps,
        unreadable,
    )  # fmt: skip

    lang, found = graded.exam.langs[0], findings.of(graded)
    yield "results/marks.csv", intake.csv_bytes(marks.frame(graded))
    yield "results/questions.csv", intake.csv_bytes(questions.frame(found, lang))
    yield "results/items.csv", intake.csv_bytes(items.frame(found, lang))
    yield "results/answers.csv", intake.csv_bytes(answers.frame(found))
    yield "results/unreadable.csv", intake.csv_bytes(unreadable.frame(graded, lang))
    yield "results/mistakes.csv", intake.csv_bytes(mistakes.frame(found))
    yield "results/steps.csv", intake.csv_bytes(steps.pieces(graded))
    yield "results/step-marks.csv", intake.csv_bytes(stepmarks.frame(graded))
    yield "results/report.html", classreport.written(found, lang).encode()
    if graded.table is not None:
        yield RESPONSES, intake.csv_bytes(as_read(graded.table))


def as_read(table: Table) -> pl.DataFrame:
    """The responses as a table that reads as they did."""
    import polars as pl

    own = pl.when(pl.col("absent")).then(pl.lit("yes")).otherwise(pl.lit("")).alias("absent")
    frame = table.frame.with_columns(own)
    if table.forms:
        frame = frame.insert_column(2, pl.Series("form", list(table.forms), dtype=pl.String))
    if any(table.names):
        frame = frame.insert_column(1, pl.Series("name", list(table.names), dtype=pl.String))
    return frame.with_columns(table.marks[name].alias(f"{name} marks") for name in table.marks.columns)
