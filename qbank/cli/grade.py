"""`qbank grade`."""

from __future__ import annotations

from pathlib import Path

import click

from qbank import messages
from qbank.cli import _completion, _shared, _terminal


@click.command()
@_shared.exam_argument
@click.argument("responses", type=click.Path(path_type=Path, exists=True), required=False)
@click.option("--from", "system", default="", metavar="TAG", shell_complete=_completion.named("outputs"),
              help="The system that the responses come from: moodle, canvas or qti3 (default: told by the table).")
@click.option("--scores", type=click.Path(path_type=Path, exists=True, dir_okay=False),
              help="A second table of the other system: the marks of each question there.")
@click.option("--dry-run", is_flag=True, help="Grade and show the result; write nothing.")
@click.option("--on", default="", metavar="WHERE",
              help="Where a large class is marked: local:8 for eight processes (default: all processors), or "
                   "tcp://HOST:8786 for a Dask scheduler.")
@click.option("--fewer", is_flag=True, help="Go on although candidates who were graded before are missing.")
@_shared.unsealed_option
def command(
    exam: Path, responses: Path | None, system: str, scores: Path | None, dry_run: bool, on: str, fewer: bool,
    unsealed: bool,
) -> None:  # fmt: skip
    """Grade RESPONSES (csv, xlsx or parquet) to the sealed EXAM: marks, mistakes, steps and a report in results/.

    The first time: qbank grade EXAM EXAM/responses.csv. Without RESPONSES, the responses of the last grading are graded
    again, for example after a review. New RESPONSES replace them: one table has a row for everyone who sat the exam, in
    whichever room.

    Responses of an exported exam are read as the other system writes them: Moodle's responses (csv, xlsx, json),
    Canvas's student analysis (csv), results of QTI (xml, a zip or a folder of them).
    """
    from qbank.actions.grade import DIFFERENCES, last
    from qbank.actions.grade_large import grade_any

    used = last(exam)
    graded = grade_any(exam, responses, on=on, write=not dry_run, unsealed=unsealed, system=system, scores=scores,
                       fewer=fewer, watch=_shared.progress)  # fmt: skip
    _shared.warn(graded.problems)
    totals = graded.totals.marks.floats
    if responses is None:
        _terminal.say(messages.tell("the responses that were graded last: {file}", file=used))
    people = messages.tell_many(len(graded.totals), "{count} candidate graded", "{count} candidates graded")
    away = [messages.tell("{count} {state}", count=count, state=word) for word, count in graded.away.items()]
    _terminal.say(_shared.joined([people, *away]))
    if len(totals):
        _terminal.say(messages.tell("mean {mean:.1f}, lowest {lowest:g}, highest {highest:g} of {full:g}",
                                    mean=graded.totals.mean, lowest=totals.min(), highest=totals.max(),
                                    full=float(graded.full)))  # fmt: skip
    waiting, doubtful = graded.undecided
    if waiting or doubtful:
        _terminal.say(messages.tell_many(
            waiting,
            "{count} answer waits for a person, {doubtful} doubtful: qbank review {exam}",
            "{count} answers wait for a person, {doubtful} doubtful: qbank review {exam}",
            doubtful=doubtful, exam=exam,
        ))  # fmt: skip
    if graded.apart:
        apart = messages.tell_many(graded.apart, "{count} mark differs from {system}",
                                   "{count} marks differ from {system}", system=graded.system)  # fmt: skip
        _terminal.say(apart if dry_run else messages.tell("{differences}: {file}", differences=apart,
                                                          file=exam / DIFFERENCES))  # fmt: skip
    if not dry_run:
        large = last(exam).suffix == ".parquet"
        marks, steps = ("marks/*.parquet", "steps/*.parquet") if large else ("marks.csv", "steps.csv")
        names = (marks, "items.csv", "questions.csv", "answers.csv", "unreadable.csv", "mistakes.csv", steps,
                 "step-marks.csv", "report.html")  # fmt: skip
        written = f"{exam / 'results'}/{messages.listed(names)}"
        _terminal.say(messages.tell("written: {file}", file=written))
