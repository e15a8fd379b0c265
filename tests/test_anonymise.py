"""A copy of an exam without people: nothing in it names anybody, and everybody has the same marks."""

from __future__ import annotations

import io
import shutil
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import numpy as np
import polars as pl
import pytest
from conftest import SEED, Run
from sat_exam import digest, respond, sealed

from qbank import papers, reviews, roll, store
from qbank.actions.anonymise import anonymise
from qbank.actions.grade import grade
from qbank.bank import Bank
from qbank.model import Candidate, Refused
from qbank.papers import Exam

CLASS = tuple(Candidate(f"2026{number:04d}", name, group) for number, name, group in (
    (1, "张小三", "电子一班"), (2, "李小四", "电子一班"), (3, "O'Hara", "电子二班"), (4, "王小五", "电子二班"),
    (5, "赵小六", "电子二班")))  # fmt: skip
AT = "2026-01-05T08:00:00Z"
NOW = Candidate("20269999", "李晓四")
"""The second candidate, whose number and name are corrected later."""
AFTER = (CLASS[0], NOW, *CLASS[2:])
SECRETS = (NOW.id, NOW.name, *(who.id for who in CLASS), *(who.name for who in CLASS), "电子一班", "电子二班",
           "Prof. Wang", "病假", SEED)  # fmt: skip


@pytest.fixture(scope="session", params=["forms", "each"])
def sat(request: pytest.FixtureRequest, gallery: Bank, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A graded exam with a long answer that names somebody, a verdict on it, and somebody who was excused."""
    root = tmp_path_factory.mktemp("people")
    forms = {"forms": ("A", "B")} if request.param == "forms" else {"each": True}
    exam = papers.compose(gallery.blueprint("everything"), gallery, seed=SEED, candidates=CLASS, langs=("zh",), **forms)
    folder = sealed(exam, root / "quiz")
    grade(folder, respond(exam, root / "responses.csv", changes(exam)))
    essay = essay_of(exam)
    with store.writing(folder) as writing:
        store.append(writing, reviews.RECORD, reviews.written([
            reviews.Review(CLASS[0].id, essay, "我是张小三，学号20260001", 1.5, "Prof. Wang", AT, "给张小三"),
            reviews.Review(CLASS[1].id, essay, "an answer", 1.0, "Prof. Wang", AT),
        ]))  # fmt: skip
        store.append(writing, roll.RECORD, roll.written([
            roll.Status(CLASS[3].id, "excused", "Prof. Wang", AT, "病假"),
            roll.Correction(CLASS[1].id, NOW.id, NOW.name, "Prof. Wang", AT, "写错"),
        ]))  # fmt: skip
    grade(folder)
    return folder


def essay_of(exam: Exam) -> str:
    return next(name for name, (_, part, _) in exam.columns().items() if part.kind == "essay")


def changes(exam: Exam) -> Mapping[tuple[str, str], str]:
    columns, essay = list(exam.columns()), essay_of(exam)
    given = {(CLASS[0].id, essay): "我是张小三，学号20260001", (CLASS[1].id, essay): "an answer"}
    given |= {(CLASS[1].id, column): "" for column in columns[:5]} | {(CLASS[4].id, columns[0]): ""}
    return given | {(CLASS[2].id, column): "" for column in columns} | {(CLASS[2].id, "absent"): "yes"}


def marks(folder: Path) -> dict[str, list[object]]:
    frame = pl.read_csv(io.BytesIO((folder / "results/marks.csv").read_bytes()), infer_schema=False)
    numbers = frame["candidate"].to_list()
    rest = frame.drop("candidate", "name", "group", "form")
    return dict(zip(numbers, map(list, rest.rows()), strict=True))


def test_nothing_names_anybody(sat: Path, tmp_path: Path) -> None:
    before = digest(sat)
    done = anonymise(sat, tmp_path / "copy")

    assert done.hidden == 1
    files = [path for path in (tmp_path / "copy").rglob("*") if path.is_file()]
    told = {str(path): secret for path in files for secret in SECRETS
            if secret in str(path.relative_to(tmp_path)) or secret in contents(path)}  # fmt: skip
    assert told == {}
    assert not (tmp_path / "copy/sheets").exists()
    assert digest(sat) == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["copy"]


def contents(path: Path) -> str:
    """What a file says; of a table of values every cell."""
    if path.suffix == ".parquet":
        return str(pl.read_parquet(path).to_dicts())
    return path.read_bytes().decode("utf-8", "replace")


def test_everybody_has_the_same_marks(sat: Path, tmp_path: Path) -> None:
    done = anonymise(sat, tmp_path / "copy")

    before, after = marks(sat), marks(tmp_path / "copy")
    assert {code: before[who.id] for who, code in zip(AFTER, done.codes, strict=True)} == after
    assert list(after) == sorted(after), "the order tells nothing"
    again = grade(tmp_path / "copy")
    assert again.totals().texts() == [row[1] if row[1] is not None else "0" for row in map(list, marks_rows(after))]


def marks_rows(rows: Mapping[str, list[object]]) -> list[list[object]]:
    return [[row[0], plain(row[1])] for row in rows.values()]


def plain(text: object) -> object:
    return None if text in (None, "") else f"{float(str(text)):g}"


def test_it_is_an_exam_of_its_own(run: Run, sat: Path, tmp_path: Path) -> None:
    code, out, err = run("anonymise", str(sat), "-o", "copy")

    assert (code, err) == (0, "")
    told = "copy: 5 candidates under random codes, with the same marks; no record links codes and candidates\n"
    assert out.startswith(told)
    assert "kept: the answers; names were hidden in 1 long answer (to" in out
    code, out, err = run("history", "copy", "--verify")
    assert code == 0, err
    assert ", an anonymised copy, without sheets, answer books, marking lists, feedback" in out
    assert "marker 1" in (tmp_path / "copy/reviews.jsonl").read_text("utf-8")
    assert run("feedback", "copy")[0] == 0


def test_long_answers_can_be_left_out(sat: Path, tmp_path: Path) -> None:
    done = anonymise(sat, tmp_path / "copy", answers=False)

    assert (done.dropped, done.hidden) == (2, 0)
    assert "an answer" not in (tmp_path / "copy/results/responses.csv").read_text("utf-8")
    before, after = marks(sat), marks(tmp_path / "copy")
    assert {code: before[who.id] for who, code in zip(AFTER, done.codes, strict=True)} == after


def test_a_seat_does_not_tell_who_had_it(gallery: Bank, tmp_path: Path) -> None:
    """With a form each, seats follow the numbers: they are given again, with their values."""
    many = tuple(Candidate(f"{number:08d}") for number in range(30))
    everything = gallery.blueprint("everything")
    exam = papers.compose(everything, gallery, seed=SEED, candidates=many, each=True, langs=("zh",))
    folder = sealed(exam, tmp_path / "quiz")
    grade(folder, respond(exam, tmp_path / "responses.csv", {}))
    done = anonymise(folder, tmp_path / "copy")

    copy = papers.opened(store.opened(tmp_path / "copy").read)
    rows = {who.id: int(form) for who, form in zip(copy.candidates, copy.form_of, strict=True)}
    seats = [rows[code] for code in done.codes]
    assert sorted(seats) == list(range(30)) and seats != list(range(30))
    for name, drawn in copy.drawn.items():
        for column, values in drawn.columns.items():
            assert np.array_equal(values.values[seats], exam.drawn[name].columns[column].values, equal_nan=False)
        assert drawn.seats.tolist() == list(range(30))


@pytest.mark.parametrize(
    ("target", "said"),
    [("full", "is not empty; choose another folder"), ("quiz/copy", "is inside the exam; choose another folder")],
)
def test_what_is_there_stays(exam: Exam, tmp_path: Path, target: str, said: str) -> None:
    folder = sealed(replace(exam, candidates=exam.candidates), tmp_path / "quiz")
    grade(folder, respond(exam, tmp_path / "responses.csv", {}))
    (tmp_path / "full").mkdir()
    (tmp_path / "full/mine.txt").write_text("mine", "utf-8")
    before = digest(tmp_path)

    with pytest.raises(Refused, match=said):
        anonymise(folder, tmp_path / target)
    assert digest(tmp_path) == before


def test_an_exam_that_was_not_graded_is_refused(exam: Exam, tmp_path: Path) -> None:
    with pytest.raises(Refused, match="has not been graded yet"):
        anonymise(sealed(exam, tmp_path / "quiz"), tmp_path / "copy")


def test_an_exam_of_the_first_version_with_regrades_keeps_its_marks(tmp_path: Path) -> None:
    """A regrade compares the key that was sealed with the corrected one: the copy holds both."""
    shutil.copytree(Path(__file__).parent / "exams/format-1", tmp_path / "old")
    before = grade(tmp_path / "old", write=False)
    done = anonymise(tmp_path / "old", tmp_path / "copy")

    after = grade(tmp_path / "copy")
    totals = dict(zip([who.id for who in after.candidates], after.totals().texts(), strict=True))
    assert [totals[code] for code in done.codes] == before.totals().texts()
    assert len(after.regrades) == len(before.regrades) == 2
