"""A copy of a graded exam without people: new codes in a new order, the same marks, no sheets, no examiner's name."""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from qbank import __version__, intake, messages, papers, regrades, reviews, roll, store
from qbank.actions import _long_answers, _rows
from qbank.actions.grade import as_read, grade, grading, open_exam
from qbank.actions.make_paper import responses_form
from qbank.grading import Graded
from qbank.model import Candidate, Problem, Refused
from qbank.papers import Exam

if TYPE_CHECKING:
    import polars as pl

LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ"
"""The letters of codes: none looks like a digit."""
LEFT_OUT = "sheets, answer books, marking lists, feedback, complaints, comments and reasons"


@dataclass(frozen=True, slots=True)
class Anonymised:
    """What was made: the new code of each candidate in the order of the grading, which is not written down.

    `hidden` long answers named a person, `dropped` ones were left out; `problems` tell what a person should look at.
    """

    codes: tuple[str, ...]
    hidden: int
    dropped: int
    problems: tuple[Problem, ...]


def anonymise(folder: Path, target: Path, *, answers: bool = True) -> Anonymised:
    """Write a copy of a graded exam without people into a new folder, sealed anew and graded.

    Candidates get random codes in random order, and with a form each another seat; names, classes' names, numbers,
    granted accommodations, sheets, and who judged are gone. Without `answers`, long answers that a person marks are
    left out, and their marks stay. Raises Refused where the copy would not have the same marks, and for an exam that is
    not graded; nothing is written then.
    """
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise Refused(messages.tell("{folder} is not empty; choose another folder", folder=target))
    if target.absolute().is_relative_to(folder.absolute()):
        raise Refused(messages.tell("{folder} is inside the exam; choose another folder", folder=target))
    done = grading(folder)
    graded = done.graded
    plan = _plan(graded)
    entries = roll.parsed(done.basis.journals[roll.RECORD])
    texts, hidden, dropped = _long_answers.texts(graded, entries, answers=answers)
    exam = _exam(papers.mixed(open_exam(folder), graded.exam.forms), graded, plan)
    target.absolute().parent.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=target.absolute().parent, prefix=f".{target.name}.") as room:
        made = Path(room) / "exam"
        store.seal(made, store.chained(_about(exam), _files(exam)))
        corrections = regrades.parsed(done.basis.journals[regrades.RECORD], regrades.RECORD)
        _journals(made, graded, plan, texts, entries, corrections)
        table = Path(room) / "responses.csv"
        intake.write(table, _responses(graded, plan, texts))
        again = grade(made, table)
        _need_same(graded, again, plan)
        if target.exists():
            target.rmdir()
        made.rename(target)
    return Anonymised(plan.codes, hidden, dropped, tuple(_doubts(graded, texts)))


@dataclass(frozen=True, slots=True, eq=False)
class _Plan:
    """The new code of each candidate (n,), the order of the copy (its row i was row order[i]), and the new forms.

    `form` gives for each form of the exam which one it becomes.
    """

    codes: tuple[str, ...]
    order: NDArray[np.int64]
    form: NDArray[np.int64]

    def code(self, graded: Graded) -> dict[str, str]:
        """The code by number."""
        return {_rows.key(who.id): code for who, code in zip(graded.candidates, self.codes, strict=True)}


def _plan(graded: Graded) -> _Plan:
    count, forms = len(graded.candidates), len(graded.exam.forms)
    found: dict[str, None] = {}
    while len(found) < count:
        digits = "".join(secrets.choice("23456789") for _ in range(4))
        found[f"{secrets.choice(LETTERS)}{secrets.choice(LETTERS)}{digits}"] = None
    codes = tuple(found)
    shuffled = _shuffled(forms) if graded.exam.each else list(range(forms))
    order = sorted(range(count), key=lambda row: codes[row])
    return _Plan(codes, np.array(order, dtype=np.int64), np.array(shuffled, dtype=np.int64))


def _shuffled(count: int) -> list[int]:
    """The numbers from 0 in an order that cannot be found again."""
    numbers = list(range(count))
    secrets.SystemRandom().shuffle(numbers)
    return numbers


def _exam(old: Exam, graded: Graded, plan: _Plan) -> Exam:
    """The exam as it was sealed, with codes for people and another seed; regrades are applied to it again.

    By the old seed, the values of each seat could be drawn again.
    """
    names = _shuffled_names({who.group for who in graded.candidates})
    groups = {name: str(place) for place, name in enumerate(names, start=1)}
    people = tuple(
        Candidate(plan.codes[row], "", groups.get(graded.candidates[row].group, "")) for row in plan.order.tolist()
    )
    rows = np.argsort(plan.form)  # the old form of each new one
    drawn = {name: replace(each.take(rows), seats=np.arange(len(rows))) for name, each in old.drawn.items()}
    used = {int(form) for form in graded.rows}
    return replace(
        old, candidates=people, form_of=plan.form[graded.rows[plan.order]], drawn=drawn, seed=secrets.token_hex(16),
        numbers={}, instead={}, mixtures=0,
        spares=tuple(sorted(int(plan.form[form]) for form in old.spares if form not in used)),
    )  # fmt: skip


def _shuffled_names(names: set[str]) -> list[str]:
    listed = sorted(names - {""})
    return [listed[place] for place in _shuffled(len(listed))]


def _about(exam: Exam) -> dict[str, Any]:
    return {
        "exam": exam.id, "title": {lang: exam.title[lang] for lang in exam.title.langs},
        "made by": f"qbank {__version__}", "anonymised": f"without {LEFT_OUT}",
        "format": papers.FORMAT, "languages": list(exam.langs), "minutes": exam.minutes, "total": float(exam.total),
        "forms": "one for each candidate" if exam.each else list(exam.forms), "candidates": len(exam.candidates),
    }  # fmt: skip


def _files(exam: Exam) -> Iterator[tuple[str, bytes]]:
    yield from papers.files(exam)
    yield "responses.csv", intake.csv_bytes(responses_form(exam))


def _responses(graded: Graded, plan: _Plan, texts: Mapping[str, Mapping[str, str]]) -> pl.DataFrame:
    """The responses under the new codes, in their order."""
    import polars as pl

    assert graded.table is not None
    frame = as_read(graded.table)
    numbers = [_rows.key(graded.exam.number(number)) for number in frame["candidate"].to_list()]
    codes = plan.code(graded)
    forms = {code: graded.exam.forms[int(plan.form[form])]
             for code, form in zip(plan.codes, graded.rows.tolist(), strict=True)}  # fmt: skip
    own = [codes[number] for number in numbers]
    changed = [pl.Series(column, [cells.get(*pair) for pair in zip(numbers, frame[column].to_list(), strict=True)])
               for column, cells in texts.items()]  # fmt: skip
    told = [pl.Series("candidate", own), pl.Series("form", [forms[code] for code in own]), *changed]
    kept = frame.drop("name") if "name" in frame.columns else frame
    return kept.with_columns(told).sort("candidate")


def _journals(
    made: Path, graded: Graded, plan: _Plan, texts: Mapping[str, Mapping[str, str]], entries: Sequence[roll.Entry],
    applied: Sequence[regrades.Regrade],
) -> None:  # fmt: skip
    """The verdicts, regrades and states under the new codes, without who judged and why."""
    codes, judges = plan.code(graded), _Judges()
    told = [
        replace(each, candidate=plan.codes[row], by=judges.name(each.by), why="",
                text=texts.get(column, {}).get(_rows.key(graded.candidates[row].id), each.text))
        for (column, row), each in graded.reviews.items()
    ]  # fmt: skip
    corrected = [replace(each, by=judges.name(each.by), why="") for each in applied]
    became = [
        roll.Status(codes[_rows.key(number)], each.state, judges.name(each.by), each.at)
        for number, each in roll.statuses(entries).items() if _rows.key(number) in codes
    ]
    lines = {reviews.RECORD: reviews.written(told), regrades.RECORD: b"".join(map(regrades.written, corrected)),
             roll.RECORD: roll.written(became)}  # fmt: skip
    with store.writing(made) as exam:
        for path, content in lines.items():
            if content:
                store.append(exam, path, content)


class _Judges:
    """Those who judged, by number in the order in which they appear."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}

    def name(self, by: str) -> str:
        return f"marker {self._numbers.setdefault(by, len(self._numbers) + 1)}"


def _need_same(graded: Graded, again: Graded, plan: _Plan) -> None:
    """Raise Refused unless every candidate has the marks and the state of before, part by part."""
    before = {code: row for row, code in enumerate(plan.codes)}
    rows = np.array([before[who.id] for who in again.candidates], dtype=np.int64)
    same = [graded.states[row] for row in rows.tolist()] == list(again.states)
    for column in graded.marked:
        same = same and graded.marks(column)[rows].texts() == again.marks(column).texts()
    if not same or graded.totals()[rows].texts() != again.totals().texts():
        raise Refused(messages.tell("the copy would not have the same marks; grade the exam again, and report this "
                                    "if it happens again"))  # fmt: skip


def _doubts(graded: Graded, texts: Mapping[str, Mapping[str, str]]) -> Iterator[Problem]:
    """Answers that are not long and hold a candidate's name: they are marked by rules, and stay as they are."""
    names = {who.name for who in graded.candidates if len(who.name) > 1}
    told = [f"{column}" for column, cells in graded.texts.items() if column not in texts
            for text in set(cells) if any(name in text for name in names)]  # fmt: skip
    if told:
        message = messages.tell("answers that contain a candidate's name stay as they are, in {columns}",
                                columns=_some(told))  # fmt: skip
        proposal = messages.tell("look at them before you pass the copy on")
        yield Problem("anonymise.names", message, severity="warning", proposal=proposal)


def _some(columns: Sequence[str]) -> str:
    return _rows.some(list(dict.fromkeys(columns)))
