"""Grade the responses to a sealed exam and write the results."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from qbank import intake, messages, papers, regrades, regrading, reviews, roll, store
from qbank.actions import _earlier, _returned, _sources
from qbank.actions._as_read import as_read
from qbank.actions._sources import RESPONSES, Basis, last
from qbank.grading import Graded
from qbank.grading import grade as marked
from qbank.model import Problem, Refused
from qbank.papers import Exam
from qbank.statistics import Spread
from qbank.store import Difference, Opened

if TYPE_CHECKING:
    from qbank.reports.tally import Tally

__all__ = ["DIFFERENCES", "RESPONSES", "Grading", "as_read", "grade", "grading", "last", "open_exam", "recorded",
           "results", "sealed"]  # fmt: skip


DIFFERENCES = "results/differences.csv"
"""Where another system gave other marks, if the responses are of one that gives its marks."""


@dataclass(frozen=True, slots=True, eq=False)
class Outcome:
    """What the marks of a class come to in a few numbers: who sat it and who did not, the totals, what waits."""

    problems: tuple[Problem, ...]
    away: Mapping[str, int]
    totals: Spread
    full: Fraction
    undecided: tuple[int, int]
    apart: int = 0
    """How many marks are other than in the `system` in which the exam was sat."""
    system: str = ""

    @staticmethod
    def whole(graded: Graded) -> Outcome:
        """The outcome of a class that was graded as a whole."""
        from qbank.reports.differences import differences

        totals = Spread.of(graded.totals()[graded.sat])
        apart, system = len(list(differences(graded))), graded.table.system if graded.table is not None else ""
        away = graded.away(messages.language())
        return Outcome(graded.problems, away, totals, graded.exam.total, graded.undecided, apart, system)

    @staticmethod
    def of(exam: Exam, tally: Tally, problems: tuple[Problem, ...]) -> Outcome:
        """The outcome of a tally."""
        undecided = tally.undecided(list(exam.columns()))
        return Outcome(problems, tally.away(messages.language()), tally.totals, exam.total, undecided)


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


def grade(
    folder: Path, responses: Path | None = None, *, write: bool = True, unsealed: bool = False, system: str = "",
    scores: Path | None = None, fewer: bool = False,
) -> Graded:  # fmt: skip
    """The marks of everyone in the responses; with `write`, they are in the exam's results/ after it.

    Without responses, those that were graded last. Responses that another system let out are read as well: `system` is
    the tag of its output, found where it is not said, and `scores` a second table of it with what questions earned
    there. The reviews and regrades that the exam keeps are applied. Raises Refused with every fault of the responses,
    for an exam that is not as it was sealed unless `unsealed` is said, and where somebody who was graded before has no
    row unless `fewer` is; nothing is written then.
    """
    if not write:
        return grading(folder, responses, unsealed=unsealed, system=system, scores=scores, fewer=True).graded
    with store.writing(folder) as exam:
        done = grading(folder, responses, unsealed=unsealed, system=system, scores=scores, fewer=fewer)
        told = touched(folder, done.basis)
        with store.prepared(folder, recorded(done)) as ready:
            store.publish(exam, ready)
    return replace(done.graded, problems=(*done.graded.problems, *told))


def touched(folder: Path, basis: Basis) -> tuple[Problem, ...]:
    """A warning about results that somebody has changed: new ones take their place, and the change with it."""
    before = _sources.parsed(basis.record).files if basis.record is not None else {}
    changed = [path for path, digest in before.items() if _digest(folder / path) not in ("", digest)]
    if not changed:
        return ()
    message = messages.tell("{files}: changed by hand since qbank wrote it; the change does not count, and the changed "
                            "file is in results/history", files=messages.listed(changed))  # fmt: skip
    advice = messages.tell("marks are changed with: qbank review {folder}", folder=folder)
    return (Problem("results.changed", message, severity="warning", proposal=advice),)


def grading(
    folder: Path, responses: Path | None = None, *, unsealed: bool = False, system: str = "",
    scores: Path | None = None, fewer: bool = False,
) -> Grading:  # fmt: skip
    """The marks and what they were made from; nothing is written."""
    opened = store.opened(folder, unsealed=unsealed)
    basis = based(folder, opened, responses, unsealed=unsealed)
    kept = regrades.parsed(basis.journals[regrades.RECORD], regrades.RECORD)
    figures = responses is None or bool(kept)  # new responses to an exam without a regrade need no figure
    entries = roll.parsed(basis.journals[roll.RECORD])
    whole = cache(lambda: papers.enrolled(sealed(opened, figures=True), entries))
    exam = whole() if figures else papers.enrolled(sealed(opened, figures=False), entries)
    table = _returned.responses(exam, responses or last(folder), whole, system=system, scores=scores)
    exam = papers.mixed(whole() if table.system else exam, table.forms)
    verdicts = reviews.parsed(basis.journals[reviews.RECORD], reviews.RECORD)
    statuses = roll.statuses(entries)
    graded = marked(exam, table, verdicts, statuses)
    if responses is not None and not fewer:
        _earlier.need_everyone(folder, exam, table.file, table.frame.lazy(), statuses)
    for regrade in kept:
        graded = regrading.regraded(graded, regrade)
    graded = _unsealed(graded, basis)
    return Grading(replace(graded, problems=(*graded.problems, *copied(folder))), basis)


def based(folder: Path, opened: Opened, responses: Path | None, *, unsealed: bool) -> Basis:
    """What there is to grade besides the exam. Raises Refused where something of it was lost, unless `unsealed`."""
    basis = _basis(folder, opened, responses)
    lost = basis.differences[len(opened.differences):]
    if lost and not unsealed:
        told = messages.listed(each.told() for each in lost)
        raise Refused(messages.tell("{folder}: {files}; restore it from a copy, or go on without it where a "
                                    "command can (qbank grade EXAM --unsealed)",
                                    folder=folder, files=told))  # fmt: skip
    return basis


def _basis(folder: Path, opened: Opened, responses: Path | None) -> Basis:
    """What there is to grade besides the exam; the responses that were graded last must be those of the results."""
    kept = _sources.kept(folder)
    if responses is None and kept is None:
        raise Refused(messages.tell("{folder} has not been graded yet (it has no {results}); fill in {form}, then "
                                    "run: qbank grade {folder} {form}", folder=folder, results=RESPONSES,
                                    form=folder / "responses.csv"))  # fmt: skip
    record, journals = _sources.current(folder), _sources.journals(folder)
    differences = list(opened.differences)
    given = None
    if responses is not None and responses.is_file():  # a pipe can be read only once
        given = _sources.used_file(responses)
    sources = None if record is None else _sources.whole(record)
    if record is not None and sources is None:
        record = None  # what it counted is not known, and results can still be made anew
        differences.append(Difference(_sources.RECORD, "changed later"))
    elif sources is not None:
        differences += _sources.lost(sources, opened.chain, journals)
        if responses is None:
            given = sources.responses
            if kept is None or sources.files.get(kept) != _digest(folder / kept):
                if _sources.current(folder) != record:
                    return _basis(folder, opened, responses)  # another run has just published its results
                differences.append(Difference(kept or RESPONSES, "not graded", sources.at))
    elif responses is None and opened.about is not None and opened.about.format > 1:
        differences.append(Difference(_sources.RECORD, "missing"))
    return Basis(opened.chain, tuple(differences), journals, given, record)


def _digest(path: Path) -> str:
    try:
        return store.fingerprint_of(path)
    except FileNotFoundError:
        return ""  # results are being published at this moment


def _unsealed(graded: Graded, basis: Basis) -> Graded:
    """The grading with a warning about everything that was not as it was sealed."""
    return replace(graded, differences=basis.recorded, problems=(*graded.problems, *differing(basis)))


def copied(folder: Path) -> tuple[Problem, ...]:
    """A warning about copies of the journals that a program made which keeps folders in step: they do not count."""
    found = store.copies(folder)
    if not found:
        return ()
    message = messages.tell("{folder}: {files}: a copy beside the records of the exam, which is not read and does not "
                            "count", folder=folder, files=messages.listed(found))  # fmt: skip
    advice = messages.tell("what was recorded there alone must be recorded again; then move the copy away")
    return (Problem("exam.copies", message, severity="warning", proposal=advice),)


def differing(basis: Basis) -> tuple[Problem, ...]:
    """A warning about everything that was not as it was sealed, and is graded all the same."""
    return tuple(
        Problem("exam.unsealed", messages.tell("not as it was written, and graded all the same: {file}",
                                               file=each.told()),
                severity="warning")
        for each in basis.differences
    )  # fmt: skip


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
        differences,
        findings,
        items,
        marks,
        mistakes,
        questions,
        stepmarks,
        steps,
        unreadable,
    )

    lang, found = graded.exam.langs[0], findings.of(graded)
    yield "results/marks.csv", intake.csv_bytes(marks.frame(graded))
    yield "results/questions.csv", intake.csv_bytes(questions.frame(found, lang))
    yield "results/items.csv", intake.csv_bytes(items.frame(found, lang))
    yield "results/answers.csv", intake.csv_bytes(answers.frame(found))
    yield "results/unreadable.csv", intake.csv_bytes(unreadable.frame(graded, lang))
    yield "results/mistakes.csv", intake.csv_bytes(mistakes.frame(found))
    yield "results/steps.csv", intake.csv_bytes(steps.pieces(graded))
    yield "results/step-marks.csv", intake.csv_bytes(stepmarks.frame(graded))
    if graded.table is not None and graded.table.shares:
        lost = _returned.losses(graded, lang)
        yield DIFFERENCES, intake.csv_bytes(differences.frame(graded, lost, lang))
    yield "results/report.html", classreport.written(found, lang).encode()
    if graded.table is not None:
        yield RESPONSES, intake.csv_bytes(as_read(graded.table))
