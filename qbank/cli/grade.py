"""`qbank grade`."""

from __future__ import annotations

from pathlib import Path

import click

from qbank.cli import _completion, _shared, _terminal


@click.command()
@_shared.exam_argument
@click.argument("responses", type=click.Path(path_type=Path, exists=True), required=False)
@click.option("--from", "system", default="", metavar="TAG", shell_complete=_completion.named("outputs"),
              help="Of another system: moodle, canvas or qti3 (default: as the table looks).")
@click.option("--scores", type=click.Path(path_type=Path, exists=True, dir_okay=False),
              help="A second table of the other system: what each question earned there.")
@click.option("--dry-run", is_flag=True, help="Mark and say what came out; write nothing.")
@click.option("--on", default="", metavar="WHERE",
              help="Mark on many processors: local:8 on this machine, or tcp://HOST:8786, a Dask scheduler.")
@_shared.unsealed_option
def command(
    exam: Path, responses: Path | None, system: str, scores: Path | None, dry_run: bool, on: str, unsealed: bool
) -> None:
    """Grade RESPONSES (csv, xlsx or parquet) to the sealed EXAM folder: marks, mistakes, steps, a report in results/.

    The first time: qbank grade EXAM EXAM/responses.csv. Without RESPONSES, those that were graded last: after a review.

    Responses of an exam that was exported come back as they are: Moodle's (csv, xlsx, json), Canvas's student analysis
    (csv), results of QTI (xml, a zip or a folder of them).
    """
    from qbank.actions.grade import DIFFERENCES, last
    from qbank.actions.grade_large import grade_any

    used = last(exam)
    graded = grade_any(exam, responses, on=on, write=not dry_run, unsealed=unsealed, system=system, scores=scores,
                       watch=_shared.progress)  # fmt: skip
    _shared.warn(graded.problems)
    totals = graded.totals.marks.floats
    if responses is None:
        _terminal.say(f"the responses that were graded last: {used}")
    away = "".join(f", {count} {word}" for word, count in graded.away.items())
    _terminal.say(f"{_shared.count(len(graded.totals), 'candidate')} graded{away}")
    if len(totals):
        full = float(graded.full)
        _terminal.say(f"mean {graded.totals.mean:.1f}, lowest {totals.min():g}, highest {totals.max():g} of {full:g}")
    waiting, doubtful = graded.undecided
    if waiting or doubtful:
        wait = f"{_shared.count(waiting, 'answer')} to be marked by a person"
        _terminal.say(f"{wait}, {doubtful} doubtful: qbank review {exam}")
    if graded.apart:
        where = "" if dry_run else f": {exam / DIFFERENCES}"
        _terminal.say(f"{_shared.count(graded.apart, 'mark')} other than in {graded.system}{where}")
    if not dry_run:
        names = "marks.csv, items.csv, questions.csv, answers.csv, unreadable.csv, mistakes.csv, steps.csv, "
        names += "step-marks.csv, report.html"
        if last(exam).suffix == ".parquet":
            names = names.replace("marks.csv", "marks/*.parquet", 1).replace("steps.csv", "steps/*.parquet")
        _terminal.say(f"written: {exam / 'results'}/{names}")
