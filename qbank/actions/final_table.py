"""A table of final marks as a file, and its record beside the results: of a large class one partition after another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from qbank import messages, store
from qbank.actions import _pieces, _put_together, _schemes, marks
from qbank.actions._parted import is_parted, parted
from qbank.actions._pieces import Job, Sealed
from qbank.actions._watching import Watch, quietly
from qbank.actions.deliver import deliver, need_free
from qbank.actions.grade import last
from qbank.actions.marks import Finals, Rule
from qbank.grading import Summary
from qbank.model import Bilingual, Lang, Problem
from qbank.scales import Scheme

NAME = "final-marks"
"""How the folders of the workspace begin in which the pieces of the table are, one for each format."""


@dataclass(frozen=True, slots=True)
class Made:
    """What final marks came to: how many are not final, as answers wait, and how many a minimum holds below a pass.

    `rows` are those of the table; `rules` say in words what made the marks.
    """

    rows: int
    waiting: int
    held: int
    rules: tuple[Bilingual, ...]
    problems: tuple[Problem, ...] = ()

    @staticmethod
    def of(done: Finals, rows: int, problems: Sequence[Problem] = ()) -> Made:
        """What these marks came to, in a table of so many rows."""
        waiting, held = int((done.waiting > 0).sum()), int(done.final.held.sum())
        return Made(rows, waiting, held, done.final.rules, (*problems, *done.problems))


def write(
    exams: Sequence[Path], rule: Rule, output: Path, *, tables: Sequence[Path] = (), lang: Lang = "zh",
    anonymous: str = "", encoding: str = "utf-8", replace: bool = False, unsealed: bool = False,
    watch: Watch = quietly,
) -> Made:  # fmt: skip
    """Write the final marks of exams by a rule into a file, and keep them in the results of every exam.

    One exam of any size becomes a table in CSV or Parquet with the memory of a partition. Raises Refused as
    `marks.finals` and `marks.table` do, and where another file is there, unless it is to be replaced.
    """
    if len(exams) == 1 and not tables and not anonymous and _is_long(exams[0], output, encoding):
        return _in_pieces(exams[0], rule, output, lang, replace=replace, unsealed=unsealed, watch=watch)
    done = marks.finals(exams, rule, tables=tables, unsealed=unsealed, watch=watch)
    table = marks.table(done, output, lang=lang, anonymous=anonymous, encoding=encoding)
    need_free(output, table.content, replace=replace)
    told = marks.keep(done, lang)
    deliver(output, table.content, replace=replace)
    return Made.of(done, table.rows, told)


def _is_long(folder: Path, output: Path, encoding: str) -> bool:
    """Whether the table is made in pieces: a format whose pieces can be put together, of a large class."""
    return output.suffix.lower() in (".csv", ".parquet") and encoding == "utf-8" and is_parted(last(folder))


def _in_pieces(
    folder: Path, rule: Rule, output: Path, lang: Lang, *, replace: bool, unsealed: bool, watch: Watch
) -> Made:
    with store.workspace(folder) as work:
        parts = parted(folder, work, unsealed=unsealed)
        name, form = folder.resolve().name, output.suffix.lower().removeprefix(".")
        scheme = _schemes.scheme(rule, {name: parts.exam.exam})
        found = parts.each(partial(_piece, scheme, name, lang, form), messages.tell("marking"), watch=watch)
        table = _put_together.whole(f"{NAME}-{form}", work, form)
        need_free(output, table, replace=replace)
        told = marks.record(folder, parts.basis, _put_together.read(f"{NAME}-csv", work))
        deliver(output, table, replace=replace)
    waiting, held = sum(each.waiting for each in found), sum(each.held for each in found)
    return Made(sum(each.rows for each in found), waiting, held, found[0].rules, told)


def _piece(scheme: Scheme, name: str, lang: Lang, form: str, exam: Sealed, job: Job) -> Made:
    """The final marks of one partition, whose pieces of the table are in the workspace."""
    from qbank.reports import finalmarks

    summary = Summary(exam.exam, _pieces.again(exam, job).graded.summed)
    done = marks.finished(scheme, {name: summary})
    frame = finalmarks.frame(done.final, done.candidates, done.paper, lang, done.waiting.tolist(), texts=True)
    for each in {"csv", form}:
        _pieces.put(Path(job.work), f"{NAME}-{each}", job.source.span.number, each, iter([frame]))
    return Made.of(done, len(frame))
