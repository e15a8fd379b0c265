"""Exams that earlier versions sealed: they open, and every mark is what it was."""

from __future__ import annotations

import csv
import shutil
from pathlib import Path

import numpy as np
import pytest

from qbank import store
from qbank.actions.grade import grade
from qbank.model import STANDINGS, State

EXAMS = sorted((Path(__file__).parent / "exams").glob("format-*"))
"""Whole exam folders as they were written then; `results/marks.csv` is what they were worth."""


@pytest.fixture(params=EXAMS, ids=lambda folder: folder.name)
def kept(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A copy of such an exam."""
    return Path(shutil.copytree(request.param, tmp_path / "exam"))


@pytest.mark.parametrize("responses", ["results/responses.csv", "responses.csv"])
def test_an_exam_of_an_earlier_version_keeps_every_mark(kept: Path, responses: str) -> None:
    with (kept / "results/marks.csv").open(encoding="utf-8-sig", newline="") as file:
        expected = {row["candidate"]: row for row in csv.DictReader(file)}

    assert store.verified(kept) == ()
    graded = grade(kept, kept / responses, write=False)

    assert [candidate.id for candidate in graded.candidates] == list(expected)
    for column in graded.exam.columns():
        marks = [float(row[column] or 0) for row in expected.values()]
        np.testing.assert_allclose(graded.marks(column), marks, atol=5e-5, err_msg=column)
    sums = graded.totals().floats.tolist()
    totals = [total if counted else None for total, counted in zip(sums, graded.counted.tolist(), strict=True)]
    assert totals == [float(row["total"]) if row["total"] else None for row in expected.values()]
    assert list(graded.states) == [_state(row) for row in expected.values()]


def _state(row: dict[str, str]) -> State:
    """What became of a candidate, as a table of marks tells it; that of 0.1.0 knew absence alone."""
    if row.get("absent") == "yes":
        return "absent"
    return next((state for state, each in STANDINGS.items() if row.get("state") == each.word["en"] != ""), "sat")
