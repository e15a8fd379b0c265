"""One candidate of a large class: the same reasons as beside everyone, and nobody else is marked."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from sat_exam import sealed

from qbank import intake, papers, regrades, reviews, roll
from qbank.actions import simulate
from qbank.actions.explain import Explained, explain
from qbank.actions.grade import grade
from qbank.bank import Bank
from qbank.grading import Graded, Notes, part
from qbank.model import Refused
from qbank.papers import Exam
from qbank.regrades import Regrade
from qbank.reviews import Review
from qbank.roll import Correction, Status

AT = "2026-01-05T08:00:00Z"
NUMBERS = [each.id for each in simulate.roster(12, "nation")]


def now_large(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """From now on every class is large; gives how many candidates are marked at a time."""
    monkeypatch.setattr("qbank.intake._batches.LARGE", 1)
    monkeypatch.setattr("qbank.actions._alone.ROWS", 5)
    counts: list[int] = []

    def counted(*given: Any) -> tuple[Graded, Notes]:
        graded, notes = part(*given)
        counts.append(len(graded.candidates))
        return graded, notes

    monkeypatch.setattr("qbank.grading.part", counted)
    return counts


def told(folder: Path, columns: Iterable[str], numbers: Iterable[str]) -> list[tuple[Explained, ...]]:
    return [explain(folder, number, column) for number in numbers for column in columns]


def test_a_candidate_of_a_large_class_has_the_reasons_of_the_whole(
    gallery: Bank, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Verdicts, records of the roll and regrades count as they do for everyone, an earlier number is known as well."""
    exam = papers.compose(gallery.blueprint("everything"), gallery, seed="nation 4b1d 77", each=True,
                          candidates=simulate.roster(12, "nation"), langs=("zh", "en"))  # fmt: skip
    frame = simulate.responses(exam, "nation").sample(11, shuffle=True, seed=3)  # in another order, and one is away
    folder = sealed(exam, tmp_path / "exam")
    texts = dict(zip(frame["candidate"], frame["Q15"], strict=True))
    one, other, renamed, *_ = frame["candidate"].to_list()
    (folder / reviews.RECORD).write_bytes(reviews.written([Review(one, "Q15", texts[one], 2.5, "王", AT)]))
    (folder / roll.RECORD).write_bytes(roll.written([
        Status(other, "misconduct", "王", AT), Correction(renamed, "77-1", "王五", "王", AT),
    ]))  # fmt: skip
    (folder / regrades.RECORD).write_bytes(regrades.written(
        Regrade(exam.columns()["Q9"][0].item.id, "", "full", (), "王", AT, "0.2.0")
    ))  # fmt: skip
    intake.write(tmp_path / "responses.csv", frame)
    grade(folder, tmp_path / "responses.csv")
    columns, numbers = ["Q9", "Q10.2", "Q15"], [*NUMBERS, "77-1"]
    whole = told(folder, columns, numbers)
    counts = now_large(monkeypatch)

    assert told(folder, columns, numbers) == whole
    assert counts == [1] * len(whole)


def test_who_is_on_no_list_is_found_in_the_responses(
    gallery: Bank, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    exam: Exam = papers.compose(gallery.blueprint("everything"), gallery, seed="nation 4b1d 77", forms=("A", "B"),
                                langs=("en",))  # fmt: skip
    listed = papers.compose(gallery.blueprint("everything"), gallery, seed="nation 4b1d 77", forms=("A", "B"),
                            candidates=simulate.roster(12, "nation"), langs=("en",))  # fmt: skip
    forms = [listed.forms[form] for form in listed.form_of]
    frame = simulate.responses(listed, "nation").with_columns(pl.Series("form", forms))
    folder = sealed(exam, tmp_path / "exam")
    intake.write(tmp_path / "responses.csv", frame)
    grade(folder, tmp_path / "responses.csv")

    counts = now_large(monkeypatch)

    assert [explain(folder, number, "Q9")[0].form for number in NUMBERS] == forms
    with pytest.raises(Refused, match=r"^the candidate '99' is not known$"):
        explain(folder, "99", "Q9")
    assert counts == [1] * 12
