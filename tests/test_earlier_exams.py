"""Exams that an earlier version sealed: they open, and every answer earns what it earned, for the same reasons.

`tests/exams/before-kinds` asks every kind of answer of fifteen candidates, each with a form of their own, whose
responses are right, wrong, foreseen mistakes, carried values, unreadable and blank. What changes a mark on purpose
changes its row in `marks.csv`, with a ⚠ line in CHANGELOG.md: `python tests/test_earlier_exams.py` writes it again.
"""

from __future__ import annotations

import csv
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from qbank import registry
from qbank.actions.grade import grade
from qbank.grading import Graded

HERE = Path(__file__).parent / "exams"
FIELDS = ("candidate", "column", "credit", "notes")


def told(graded: Graded) -> Iterator[tuple[str, ...]]:
    """The credit and the notes of every answer."""
    for row, candidate in enumerate(graded.candidates):
        for column, marked in graded.marked.items():
            notes = " ".join(note for note, _, _ in marked.steps.of(row))
            yield candidate.id, column, f"{marked.credit[row]:.12g}", notes


def graded(name: str, folder: Path) -> Graded:
    """The exam of that name, copied to a folder and graded there."""
    shutil.copytree(HERE / name, folder / name)
    return grade(folder / name / "exam", folder / name / "responses.csv", write=False)


def rows(name: str) -> list[tuple[str, ...]]:
    with (HERE / name / "marks.csv").open(encoding="utf-8", newline="") as file:
        return [tuple(row) for row in csv.reader(file)][1:]


EXAMS = sorted(path.parent.name for path in HERE.glob("*/marks.csv"))


@pytest.mark.parametrize("name", EXAMS)
def test_a_sealed_exam_keeps_its_marks_and_their_reasons(name: str, tmp_path: Path) -> None:
    found = list(told(graded(name, tmp_path)))

    assert [row for row in found if row not in set(rows(name))] == []
    assert found == rows(name)


def test_the_exam_asks_every_kind_of_answer_in_every_way(tmp_path: Path) -> None:
    sat = graded("before-kinds", tmp_path)
    notes = {note for *_, all_ in rows("before-kinds") for note in all_.split()}

    kinds = {part.kind for _, part, _ in sat.exam.columns().values()}
    assert kinds >= {"number", "choice", "truth", "text", "shape", "vector", "formula", "complex", "interval",
                     "matching", "ordering", "essay"}  # fmt: skip
    assert kinds <= set(registry.tags("answers"))
    assert {"blank", "unreadable", "carried.gain", "carried.out", "carried.v", "number.mistake.plus-one"} <= notes
    assert len({note.split(".")[0] for note in notes if ".mistake." in note}) == 7


if __name__ == "__main__":
    for exam in EXAMS or ["before-kinds"]:
        with tempfile.TemporaryDirectory() as there, (HERE / exam / "marks.csv").open("w", encoding="utf-8") as out:
            csv.writer(out, lineterminator="\n").writerows([FIELDS, *told(graded(exam, Path(there)))])
