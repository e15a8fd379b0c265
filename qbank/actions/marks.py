"""The marks of a registry: exams and columns by a scheme, into a table of our own or the department's file."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from qbank import files, intake, messages, scales
from qbank.actions import _given, _results, _rows
from qbank.actions._summed import Summed, summed
from qbank.actions._watching import Watch, quietly
from qbank.grading import Totals
from qbank.model import Candidate, Lang, Problem, Refused
from qbank.papers import Exam
from qbank.scales import AsIs, Final, Scheme, To

FINEST = Fraction(1, 100)
"""To what a mark is rounded that is not entered as it is, where neither the command nor the paper decides it."""


@dataclass(frozen=True, slots=True)
class Rule:
    """What the command asks of how marks are made; with `scheme`, a file decides all of it.

    `scale` is a curve as `scales.curve` reads it, `best` the number of exams that count, `step` the rounding (None for
    that of the paper), `grade` the name of a table of grades.
    """

    scale: str = ""
    best: int | None = None
    step: Fraction | None = None
    grade: str = ""
    scheme: Path | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Finals:
    """The final marks of n candidates, the exams behind them by name, and what is doubtful.

    `waiting` (n,) counts the answers that wait for a person: such a mark is not final.
    """

    candidates: tuple[Candidate, ...]
    final: Final
    exams: Mapping[str, Summed]
    rows: Mapping[str, NDArray[np.int64]]
    """By the name of an exam, (n,) each candidate's row of its totals, -1 for none."""
    waiting: NDArray[np.int64]
    problems: tuple[Problem, ...]
    former: Mapping[str, int]
    """The place of the candidate who had a number before it was corrected."""

    @property
    def paper(self) -> tuple[Exam, Totals] | None:
        """The one exam whose marks these are, if there is one alone."""
        alone = list(self.exams.values())
        return (alone[0].exam, alone[0].totals) if len(alone) == 1 else None


def finals(
    exams: Sequence[Path], rule: Rule, *, tables: Sequence[Path] = (), unsealed: bool = False, watch: Watch = quietly
) -> Finals:
    """The final marks by a rule, from graded exams and the columns of tables that a scheme names.

    Raises Refused for an exam that is not graded, a scheme whose exams or columns are not there, cells that are no
    marks, and rules that cannot be applied.
    """
    every = _summed(exams, unsealed=unsealed, watch=watch)
    scheme = _scheme(rule, {name: each.exam for name, each in every.items()})
    needed = [name for component in scheme.components for name in component.exams]
    _need_same(exams, every, needed)
    chosen = {name: every[name] for name in needed}
    people = _given.everyone(chosen)
    candidates, rows = people.candidates, people.rows
    given = {name: _given.of_exam(each, rows[name]) for name, each in chosen.items()}
    sheets = [intake.template(path) for path in tables]
    problems: list[Problem] = [*people.problems]
    for component in scheme.components:
        if component.column:
            given[component.column] = _given.of_column(component.column, component.out_of, sheets, people, problems)
    final = scales.combined(scheme, given)
    waiting = np.zeros(len(candidates), dtype=np.int64)
    for name, each in chosen.items():
        waiting += np.append(each.totals.waiting, 0)[rows[name]]  # 0 for the row -1
    return Finals(candidates, final, chosen, rows, waiting, tuple(problems), people.former)


@dataclass(frozen=True, slots=True, eq=False)
class Tabled:
    """A table of final marks as the bytes of a file, and its rows."""

    content: bytes
    rows: int


def table(
    done: Finals, path: Path, *, lang: Lang = "zh", anonymous: str = "", encoding: str = "utf-8"
) -> Tabled:
    """The final marks in the format of the path's ending, a row a candidate; `anonymous` is `code` or `last-N`.

    Raises Refused for other endings, for a name that the encoding does not have, and where a list without people
    would not tell two of them apart.
    """
    from qbank.reports import finalmarks

    waiting = done.waiting.tolist()
    texts = path.suffix.lower() != ".xlsx"
    if anonymous:
        head, keys = _rows.anonymous(anonymous, done.candidates, done.exams, done.rows)
        frame = finalmarks.anonymous(done.final, keys, head, lang, waiting, texts=texts)
    else:
        frame = finalmarks.frame(done.final, done.candidates, done.paper, lang, waiting, texts=texts)
    return Tabled(intake.encoded(path, frame, encoding), len(frame))


RECORD = "results/final-marks.csv"


def record(done: Finals, lang: Lang = "zh") -> tuple[Problem, ...]:
    """Keep the final marks and the rule that made them in the results of every exam, as final-marks.csv.

    An exam in a read-only folder is told of, and stays as it is. Raises Refused where an exam was graded again in the
    meantime, or its results are older than its reviews.
    """
    from qbank.reports import finalmarks

    content = intake.csv_bytes(
        finalmarks.frame(done.final, done.candidates, done.paper, lang, done.waiting.tolist(), texts=True)
    )
    fixed = [each.folder for each in done.exams.values() if not os.access(each.folder, os.W_OK)]
    for each in done.exams.values():
        if each.folder in fixed:
            _results.need_newest(each.folder, each.basis)
        else:
            _results.add(each.folder, each.basis, [(RECORD, content)], command="marks")
    return tuple(
        Problem("marks.unrecorded", messages.tell("{folder} is read-only: the final marks and their rule are not kept "
                                                  "in its results", folder=folder), severity="warning")
        for folder in fixed
    )  # fmt: skip


def _summed(exams: Sequence[Path], *, unsealed: bool, watch: Watch) -> dict[str, Summed]:
    """What everyone has in the exams, by the names of their folders."""
    found: dict[str, Summed] = {}
    for folder in exams:
        name = folder.resolve().name
        if name in found:
            raise Refused(messages.tell("two exams are called {name!r}: {first} and {second}; rename one folder in a "
                                        "copy", name=name, first=found[name].folder, second=folder))  # fmt: skip
        found[name] = summed(folder, unsealed=unsealed, watch=watch)
    return found


def _scheme(rule: Rule, exams: Mapping[str, Exam]) -> Scheme:
    if rule.scheme is not None:
        if rule.scale or rule.best or rule.grade or rule.step is not None:
            raise Refused(messages.tell("a scheme decides everything about the marks; leave out --scale, --best, "
                                        "--round and --grade"))  # fmt: skip
        files.need_regular(rule.scheme)
        try:
            content = rule.scheme.read_bytes()
        except OSError as error:
            raise Refused(messages.tell("{path}: cannot be read: {reason}", path=rule.scheme,
                                        reason=messages.reason(error))) from error  # fmt: skip
        return _by_id(scales.scheme(content, str(rule.scheme)), exams)
    if len(exams) > 1 and rule.best is None:
        raise Refused(messages.tell("there are several exams; choose how they make one mark: the best of them "
                                    "(--best N) or a scheme (--scheme FILE)"))  # fmt: skip
    if rule.best is not None and not 0 < rule.best <= len(exams):
        raise Refused(messages.tell_many(len(exams), "--best {best}: there is {count} exam",
                                         "--best {best}: there are {count} exams", best=rule.best))  # fmt: skip
    curve = scales.curve(rule.scale) if rule.scale else AsIs() if len(exams) == 1 else To(Fraction(100))
    table = scales.table(rule.grade) if rule.grade else None
    return scales.single(tuple(exams), curve, _step(rule.step, curve, exams), best=rule.best, table=table)


def _step(said: Fraction | None, curve: scales.Curve, exams: Mapping[str, Exam]) -> Fraction:
    if said is not None:
        return said
    steps = {each.rules.round_to for each in exams.values()}
    if len(steps) > 1:
        raise Refused(messages.tell("the exams are rounded by different rules; choose one for the mark, such as "
                                    "--round 1"))  # fmt: skip
    return steps.pop() or (Fraction(0) if isinstance(curve, AsIs) else FINEST)


def _by_id(scheme: Scheme, exams: Mapping[str, Exam]) -> Scheme:
    """The scheme with its exams by the names of their folders, where it names them by their ids."""
    from dataclasses import replace

    ids: dict[str, list[str]] = {}
    for name, each in exams.items():
        ids.setdefault(each.id, []).append(name)

    def called(said: str) -> str:
        if said in exams:
            return said
        if len(ids.get(said, [])) == 1:
            return ids[said][0]
        if not exams:
            raise Refused(messages.tell("the scheme takes an exam {exam!r}, but no exam is named; name its folder",
                                        exam=said))  # fmt: skip
        raise Refused(messages.tell("the scheme takes an exam {exam!r}, but the exams that are named are: {names}; "
                                    "name the folder of that name, or change exam: in the scheme", exam=said,
                                    names=messages.listed(exams)))  # fmt: skip

    components = tuple(replace(each, exams=tuple(called(exam) for exam in each.exams)) for each in scheme.components)
    return replace(scheme, components=components)


def _need_same(exams: Sequence[Path], found: Mapping[str, object], needed: Sequence[str]) -> None:
    if left := [name for name in found if name not in needed]:
        raise Refused(messages.tell("the scheme does not take the exam {exam!r}; leave it out, or give it a component",
                                    exam=left[0]))  # fmt: skip
    if not needed and exams:
        raise Refused(messages.tell("the scheme takes no exam"))
    if not needed:
        raise Refused(messages.tell("no exam is named"))
