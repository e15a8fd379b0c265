"""The marks of a registry: exams and columns by a scheme, into a table of our own or the department's file."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from qbank import intake, messages, scales
from qbank.actions import _given, _results, _rows, _schemes
from qbank.actions._schemes import Rule
from qbank.actions._sources import Basis
from qbank.actions._summed import Summed, summed
from qbank.actions._watching import Watch, quietly
from qbank.grading import Summary
from qbank.intake import Template
from qbank.model import Candidate, Lang, Problem, Refused
from qbank.scales import Final, Scheme
from qbank.store import Content

__all__ = ["RECORD", "Finals", "Rule", "Tabled", "finals", "finished", "keep", "record", "table"]


@dataclass(frozen=True, slots=True, eq=False)
class Finals:
    """The final marks of n candidates, the exams behind them by name, and what is doubtful.

    `waiting` (n,) counts the answers that wait for a person: such a mark is not final. `bases` are the folders of the
    exams, and what these were graded from.
    """

    candidates: tuple[Candidate, ...]
    final: Final
    exams: Mapping[str, Summary]
    rows: Mapping[str, NDArray[np.int64]]
    """By the name of an exam, (n,) each candidate's row of its totals, -1 for none."""
    waiting: NDArray[np.int64]
    problems: tuple[Problem, ...]
    former: Mapping[str, int]
    """The place of the candidate who had a number before it was corrected."""
    bases: Mapping[Path, Basis]

    @property
    def paper(self) -> Summary | None:
        """The one exam whose marks these are, if there is one alone."""
        return next(iter(self.exams.values())) if len(self.exams) == 1 else None


def finals(
    exams: Sequence[Path], rule: Rule, *, tables: Sequence[Path] = (), unsealed: bool = False, watch: Watch = quietly
) -> Finals:
    """The final marks by a rule, from graded exams and the columns of tables that a scheme names.

    Raises Refused for an exam that is not graded, a scheme whose exams or columns are not there, cells that are no
    marks, and rules that cannot be applied.
    """
    found = _summed(exams, unsealed=unsealed, watch=watch)
    scheme = _schemes.scheme(rule, {name: each.summary.exam for name, each in found.items()})
    done = finished(scheme, {name: each.summary for name, each in found.items()}, map(intake.template, tables))
    return replace(done, bases={each.folder: each.basis for each in found.values()})


def finished(scheme: Scheme, exams: Mapping[str, Summary], tables: Iterable[Template] = ()) -> Finals:
    """The final marks by a scheme, from what everyone has in its exams and in the columns of tables."""
    chosen = {name: exams[name] for component in scheme.components for name in component.exams}
    people, sheets = _given.everyone(chosen), list(tables)
    problems = [*people.problems]
    given = {name: _given.of_exam(each, people.rows[name]) for name, each in chosen.items()}
    for component in scheme.components:
        if component.column:
            given[component.column] = _given.of_column(component.column, component.out_of, sheets, people, problems)
    waiting = np.zeros(len(people.candidates), dtype=np.int64)
    for name, each in chosen.items():
        waiting += np.append(each.totals.waiting, 0)[people.rows[name]]  # 0 for the row -1
    final = scales.combined(scheme, given)
    return Finals(people.candidates, final, chosen, people.rows, waiting, tuple(problems), people.former, {})


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


def keep(done: Finals, lang: Lang = "zh") -> tuple[Problem, ...]:
    """Keep the final marks and the rule that made them in the results of every exam; see `record`."""
    from qbank.reports import finalmarks

    content = intake.csv_bytes(
        finalmarks.frame(done.final, done.candidates, done.paper, lang, done.waiting.tolist(), texts=True)
    )
    return tuple(problem for folder, basis in done.bases.items() for problem in record(folder, basis, content))


def record(folder: Path, basis: Basis, content: Content) -> tuple[Problem, ...]:
    """Keep a table of final marks in the results of an exam, as final-marks.csv.

    An exam in a read-only folder is told of, and stays as it is. Raises Refused where the exam was graded again in the
    meantime, or its results are older than its reviews.
    """
    if os.access(folder, os.W_OK):
        _results.add(folder, basis, [(RECORD, content)], command="marks")
        return ()
    _results.need_newest(folder, basis)
    message = messages.tell("{folder} is read-only: the final marks and their rule are not kept in its results",
                            folder=folder)  # fmt: skip
    return (Problem("marks.unrecorded", message, severity="warning"),)


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
