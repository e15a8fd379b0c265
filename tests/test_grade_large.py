"""A class graded in partitions: the same files, byte for byte, as when it is graded whole."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

import polars as pl
import pytest

from qbank import intake, papers
from qbank.actions import grade_large, simulate
from qbank.actions.grade import grade
from qbank.bank import Bank
from qbank.model import Refused
from qbank.papers import Exam
from tests.sat_exam import sealed

COUNT = 70


@pytest.fixture(scope="module")
def exam(gallery: Bank) -> Exam:
    people = simulate.roster(COUNT, "nation")
    return papers.compose(gallery.blueprint("everything"), gallery, seed="nation 4b1d 77", candidates=people,
                          each=True, langs=("zh", "en"))  # fmt: skip


@pytest.fixture(scope="module")
def frame(exam: Exam) -> pl.DataFrame:
    return simulate.responses(exam, "nation")


def results(folder: Path) -> Mapping[str, bytes]:
    """Every file of the results but the record of what they were made from, whose time differs."""
    found = {path.relative_to(folder).as_posix(): path.read_bytes() for path in (folder / "results").rglob("*")
             if path.is_file()}  # fmt: skip
    return {path: content for path, content in found.items() if not path.endswith("sources.json")}


def both(exam: Exam, room: Path, frame: pl.DataFrame, size: int, name: str = "responses.csv") -> tuple[Path, Path]:
    """The exam graded whole, and in partitions, with the same words."""
    whole, parts = sealed(exam, room / "whole"), sealed(exam, room / "parts")
    intake.write(room / name, frame)
    said = grade(whole, room / name)
    outcome = grade_large.grade_large(parts, room / name, size=size)

    assert [str(each) for each in outcome.problems] == [str(each) for each in said.problems]
    assert outcome.undecided == said.undecided
    assert outcome.away == said.away("en")
    assert len(outcome.totals) == said.sat.sum()
    assert [path.name for path in parts.iterdir() if path.name.startswith(".")] == []
    return whole, parts


@pytest.mark.parametrize("size", [1, 16, 69, 1000])
@pytest.mark.parametrize("name", ["responses.csv", "responses.parquet"])
def test_partitions_give_the_results_of_the_whole(
    exam: Exam, frame: pl.DataFrame, tmp_path: Path, size: int, name: str
) -> None:
    whole, parts = both(exam, tmp_path, frame, size, name)

    assert results(parts) == results(whole)
    told = [json.loads((folder / "results/sources.json").read_bytes()) for folder in (whole, parts)]
    assert told[0]["files"] == told[1]["files"]
    assert told[0]["responses"] == told[1]["responses"]


def test_a_shuffled_file_with_gaps_gives_the_same_marks(exam: Exam, frame: pl.DataFrame, tmp_path: Path) -> None:
    """Its own copy of the responses stands in the order of the roster."""
    shuffled = frame.sample(60, shuffle=True, seed=3)
    whole, parts = both(exam, tmp_path, shuffled, 9)
    one, other = results(whole), results(parts)

    assert {path for path in one if one[path] != other[path]} == {"results/responses.csv"}
    copies = [sorted(each["results/responses.csv"].splitlines()) for each in (one, other)]
    assert copies[0] == copies[1]


def test_a_nation_without_a_roster_has_its_forms_from_the_file(gallery: Bank, tmp_path: Path) -> None:
    listed = papers.compose(gallery.blueprint("everything"), gallery, seed="nation 4b1d 77", forms=("A", "B"),
                            candidates=simulate.roster(40, "nation"), langs=("en",))  # fmt: skip
    exam = papers.compose(gallery.blueprint("everything"), gallery, seed="nation 4b1d 77", forms=("A", "B"),
                          langs=("en",))  # fmt: skip
    forms = [listed.forms[form] for form in listed.form_of]
    frame = simulate.responses(listed, "nation").with_columns(pl.Series("form", forms))
    whole, parts = both(exam, tmp_path, frame, 7)

    assert results(parts) == results(whole)


def test_more_candidates_than_a_spreadsheet_holds_are_written_as_parquet(
    exam: Exam, frame: pl.DataFrame, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(grade_large, "SPREADSHEET", COUNT - 1)
    whole, parts = both(exam, tmp_path, frame, 16)
    one, other = results(whole), results(parts)
    marks = pl.read_parquet(parts / "results/marks/*.parquet")

    assert intake.csv_bytes(marks) == one["results/marks.csv"]
    assert intake.csv_bytes(pl.read_parquet(parts / "results/steps/*.parquet")) == one["results/steps.csv"]
    assert sorted(path for path in other if path.startswith("results/marks/")) == [
        f"results/marks/0000{number}.parquet" for number in range(5)
    ]
    same = sorted(one.keys() & other.keys())
    assert [other[path] == one[path] for path in same] == [True] * 7
    again = grade_large.grade_large(parts, size=30)
    assert [str(each) for each in again.problems] == [
        str(each).replace(str(tmp_path / "responses.csv"), str(parts / "results/responses.parquet"))
        for each in grade_large.grade_large(parts, tmp_path / "responses.csv", size=16, write=False).problems
    ]
    assert {path: content for path, content in results(parts).items() if "history" not in path and path in same} == {
        path: one[path] for path in same
    }


def test_every_fault_is_told_and_nothing_is_written(exam: Exam, frame: pl.DataFrame, tmp_path: Path) -> None:
    folder = sealed(exam, tmp_path / "exam")
    numbers, hand = frame["candidate"].to_list(), f"{list(exam.columns())[-1]} marks"
    typed = [*[""] * (COUNT - 1), "x"]
    tables = {
        "a number twice": frame.with_columns(pl.Series("candidate", [numbers[5], *numbers[1:]])),
        "a stranger, marks that are none": frame.with_columns(
            pl.Series("candidate", ["9999999", *numbers[1:]]), pl.Series("absent", ["perhaps", *[""] * (COUNT - 1)])),
        "marks that are none": frame.with_columns(pl.Series(hand, typed)),
    }
    for table in tables.values():
        intake.write(tmp_path / "responses.csv", table)
        with pytest.raises(Refused) as one:
            grade(folder, tmp_path / "responses.csv")
        with pytest.raises(Refused) as other:
            grade_large.grade_large(folder, tmp_path / "responses.csv", size=9)

        assert [str(each) for each in other.value.problems] == [str(each) for each in one.value.problems]
    assert not (folder / "results").exists()
    assert [path.name for path in folder.iterdir() if path.name.startswith(".")] == []
