"""qbank from Python: banks, items and exams as values, tables as frames, numbers as numbers, short reprs."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
import pytest
from conftest import CLASS, GALLERY
from sat_exam import right

import qbank
from qbank import bank
from qbank.api import Bank, Exam, Item
from qbank.intake import written
from qbank.model import Refused


@pytest.fixture(scope="module")
def own() -> Bank:
    return qbank.open_bank(str(GALLERY))


@pytest.fixture
def quiz(own: Bank, tmp_path: Path) -> Exam:
    return own.make_exam("everything", tmp_path / "quiz", roster=CLASS, forms="A,B", langs=("zh", "en"), seed="s")


def answers(exam: Exam, **changed: str) -> pl.DataFrame:
    """Right answers of everyone, save what stands in `changed` by the column, for the first candidate."""
    rows = []
    for place, (who, form) in enumerate(zip(exam.read.candidates, exam.read.form_of, strict=True)):
        given = {column: right(exam.read, column, int(form)) for column in exam.columns}
        rows.append({"candidate": who.id, **given, **(changed if place == 0 else {})})
    return pl.DataFrame(rows)


# --- banks and items ---------------------------------------------------------------------------------------------


def test_a_bank_is_opened_by_text_or_path_and_is_a_collection_of_items(own: Bank) -> None:
    assert len(own) == len(list(own)) == len(qbank.open_bank(GALLERY)) > 10
    assert "gallery.number" in own
    assert "gallery.nothing" not in own
    assert own["gallery.number"].title["en"]
    assert {item.id for item in own} == set(own.frame()["id"])
    assert [item.id for item in own.select("gallery.number", kind="number")] == ["gallery.number"]
    assert own.problems == ()


def test_a_misspelt_item_is_a_key_error_with_the_nearest_one(own: Bank) -> None:
    with pytest.raises(KeyError, match=r"the item 'gallery.numbr' is not known; did you mean 'gallery.number'\?"):
        own["gallery.numbr"]


def test_without_a_folder_it_is_the_bank_that_comes_with_qbank() -> None:
    item = qbank.open_bank()["opamp.inverting.gain"]

    assert isinstance(item, Item)
    assert item.parts == ("gain",)


@pytest.mark.parametrize("value", [
    qbank.open_bank(GALLERY), qbank.open_bank(GALLERY)["gallery.number"], bank.load(GALLERY),
    bank.load(GALLERY).items["gallery.number"], qbank.ask("gallery.number", source=GALLERY),
    qbank.ask("gallery.number", source=GALLERY).drawn,
], ids=lambda value: type(value).__module__ + "." + type(value).__name__)  # fmt: skip
def test_what_is_printed_by_chance_is_short(value: object) -> None:
    assert len(repr(value)) < 200
    assert "\n" not in repr(value)


def test_an_exam_and_its_results_print_no_seed_and_no_key(quiz: Exam) -> None:
    results = quiz.grade(answers(quiz), write=False)

    for value in (quiz, quiz.read, results, results.graded):
        assert len(repr(value)) < 300
        assert quiz.read.seed not in repr(value).replace(str(quiz.folder), "").split("'")


def test_the_variants_are_a_frame_of_numbers(own: Bank) -> None:
    shipped = qbank.open_bank()["rnn.clip.norm"].variants(5, seed="a")
    again = qbank.open_bank()["rnn.clip.norm"].variants(5, seed="a")

    assert shipped.equals(again)
    assert shipped["seat"].to_list() == [0, 1, 2, 3, 4]
    assert shipped.schema["g1"] == pl.Float64
    assert shipped.schema["clipped"] == pl.List(pl.Float64)
    words = own["gallery.choice"].variants(3)
    assert len(words) == 3


@pytest.mark.parametrize(("answer", "text"), [
    ("-10", "-10"), (None, ""), (-10, "-10"), (2.5, "2.5"), (1e-7, "1e-07"), (np.float64(0.1), "0.1"),
    (np.int8(3), "3"),
    (True, "true"), (np.False_, "false"), (3 - 4j, "3-4j"), (2j, "2j"), ([1, 2.5], "[1, 2.5]"), ((1, 2), "[1, 2]"),
    (np.eye(2), "[[1.0, 0.0], [0.0, 1.0]]"), ([], "[]"),
])  # fmt: skip
def test_numbers_are_given_as_numbers(answer: object, text: str) -> None:
    assert written(answer) == text


@pytest.mark.parametrize("answer", [{1: 2}, object(), {1, 2}, b"1"])
def test_what_nobody_can_write_is_no_answer(answer: object) -> None:
    with pytest.raises(TypeError, match=r"^an answer must be a text or a number, not "):
        written(answer)


def test_a_column_of_answers_is_marked_against_the_variants_of_its_seats() -> None:
    item = qbank.open_bank()["opamp.inverting.gain"]
    drawn = item.variants(50)
    keys = drawn["A"].to_list()

    right = item.mark(keys, seat=drawn["seat"].to_list())
    signs = item.mark([-key for key in keys], seat=drawn["seat"].to_list(), lang="en")

    assert right.columns == ["seat", "part", "answer", "credit", "marks", "waits", "notes", "reason"]
    assert right["credit"].to_list() == [1.0] * 50
    assert set(signs["marks"]) == {1.5}
    assert signs["notes"].to_list() == [["number.mistake.sign"]] * 50
    assert all(each.startswith("The minus sign is missing; expected −") for each in signs["reason"])


def test_one_seat_is_that_of_every_answer(own: Bank) -> None:
    marked = own["gallery.number"].mark(["?", None, "abc"], seat=3)

    assert marked["seat"].to_list() == [3, 3, 3]
    assert marked["waits"].to_list() == [True, False, True]


def test_several_parts_are_answered_by_name(own: Bank) -> None:
    item = own["gallery.chain"]
    first = item.parts[0]

    marked = item.mark({first: ["1", "2"]})

    assert marked["part"].to_list() == [part for part in item.parts for _ in range(2)]
    assert set(marked.filter(part=item.parts[1])["answer"]) == {""}


@pytest.mark.parametrize(("given", "message"), [
    (["1"], "gallery.chain has the parts p, q, r; give a column for each part by its name"),
    ({"s": ["1"]}, "gallery.chain: the part 's' is not known; the known ones are: p, q, r"),
    ({"p": ["1"], "q": ["1", "2"]},
     "gallery.chain: the columns of answers must have the same length: p 1, q 2"),
    ({}, "gallery.chain: there are no columns of answers"),
])  # fmt: skip
def test_a_column_that_fits_no_part_is_refused(own: Bank, given: Any, message: str) -> None:
    with pytest.raises(Refused) as refused:
        own["gallery.chain"].mark(given)

    assert str(refused.value) == message


def test_as_many_seats_as_answers(own: Bank) -> None:
    with pytest.raises(Refused, match="the number of seats is 2, but the number of answers is 3; name one seat, or"):
        own["gallery.number"].mark(["1", "2", "3"], seat=[0, 1])


def test_the_checks_are_a_frame(own: Bank, tmp_path: Path) -> None:
    assert own.check("gallery.truth_1", seats=50).is_empty()
    broken = tmp_path / "own"
    broken.mkdir()
    (broken / "own.item.yaml").write_text("id: own.item\n", encoding="utf-8")

    found = qbank.open_bank(broken).check()

    assert found["severity"].to_list().count("error") >= 1
    assert "own.item.yaml" in found["place"][0]


def test_a_drafts_faults_are_warnings_as_the_command_says(tmp_path: Path) -> None:
    text = (GALLERY / "items/number.yaml").read_text(encoding="utf-8").replace("tolerance: 1%", "tolerance: 30%")
    (tmp_path / "gallery.number.yaml").write_text(f"status: draft\n{text}", encoding="utf-8")
    shutil.copy(GALLERY / "topics.yaml", tmp_path)
    shutil.copytree(GALLERY / "circuits", tmp_path / "circuits")

    found = qbank.open_bank(tmp_path).check("gallery.number", seats=50)

    assert "tolerance.wide" in found["code"].to_list()
    assert set(found["severity"]) == {"warning"}


# --- exams -------------------------------------------------------------------------------------------------------


def test_an_exam_is_made_opened_and_graded(quiz: Exam) -> None:
    opened = qbank.open_exam(str(quiz.folder))
    results = opened.grade(answers(opened, Q9="?"))

    assert opened.title["en"] == "Sample paper"
    assert opened.candidates["candidate"].to_list() == ["2001", "2002", "2003"]
    assert len(results) == 3
    assert results.marks["waiting"].sum() == results.graded.undecided[0]
    assert results.questions["question"].to_list() == list(opened.columns)
    assert results.answers.filter(question="Q9")["answer"].to_list().count("?") == 1
    assert results.unreadable.height >= 1
    assert results.mistakes.columns
    assert results.summary.count == 3
    assert (quiz.folder / "results/marks.csv").is_file()
    assert opened.grade().marks.equals(results.marks), "those that were graded last"


def test_a_dry_run_writes_nothing(quiz: Exam) -> None:
    quiz.grade(answers(quiz), write=False)

    assert not (quiz.folder / "results").exists()


def test_what_waits_is_a_frame_that_comes_back_filled_in(quiz: Exam, tmp_path: Path) -> None:
    quiz.grade(answers(quiz, Q9="about forty", Q15="温度升高"))
    waiting = quiz.waiting()
    own = waiting.filter(pl.col("candidate") == quiz.read.candidates[0].id, pl.col("part") == "Q9")

    assert own["written"].to_list() == ["about forty"]
    assert quiz.review(waiting, by="Li") == 0, "nothing is filled in"
    assert quiz.review(own.with_columns(pl.lit("2").alias("marks")), by="Li") == 1
    assert quiz.review(own.with_columns(pl.lit("2").alias("marks")), by="Li") == 0, "it was recorded before"
    assert quiz.grade().marks["Q9"][0] == 2
    assert len(quiz.waiting()) < len(waiting)
    filled = tmp_path / "list.csv"
    own.with_columns(pl.lit("9").alias("marks")).write_csv(filled)
    with pytest.raises(Refused, match="from 0 to 3"):
        quiz.review(filled, by="Li")


def test_a_regrade_is_looked_at_before_it_is_kept(quiz: Exam, tmp_path: Path) -> None:
    quiz.grade(answers(quiz, Q9="100"))
    fixed = tmp_path / "fixed.yaml"
    text = (GALLERY / "items/number.yaml").read_text(encoding="utf-8")
    fixed.write_text(text.replace("A: {value: -Rf/R1,", "A: {value: Rf/R1,"), encoding="utf-8")
    looked = quiz.regrade(item="gallery.number", policy="full")

    assert (repr(looked), len(looked)) == ("Regraded('gallery.number': 1 gain, 0 lose of 3)", 1)
    assert (looked.gain, looked.lose, looked.problems) == (1, 0, ())
    assert looked.changes.select("before", "after").rows() == [(0.0, 3.0)]
    assert quiz.grade(write=False).marks["Q9"][0] == 0
    looked.keep()
    assert quiz.grade(write=False).marks["Q9"][0] == 3
    assert quiz.regrade(fixed, policy="either").changes.height == 0
    with pytest.raises(Refused, match="needs a corrected item"):
        quiz.regrade(item="gallery.number")


def test_feedback_is_a_page_a_candidate(quiz: Exam, tmp_path: Path) -> None:
    quiz.grade(answers(quiz))
    one = quiz.read.candidates[1].id

    assert quiz.feedback(one, key=True) == 1
    assert [path.stem for path in (quiz.folder / "results/feedback").iterdir()] == [one]
    assert quiz.feedback(to=tmp_path / "all.zip", lang="en") == 3
    assert (tmp_path / "all.zip").stat().st_size > 10_000


def test_responses_from_a_file(quiz: Exam, tmp_path: Path) -> None:
    path = tmp_path / "own.csv"
    answers(quiz).write_csv(path)

    assert quiz.grade(str(path)).marks["total"].to_list() == quiz.grade(answers(quiz)).marks["total"].to_list()


@pytest.mark.parametrize("show", ["bank", "item", "asked", "results"])
def test_everything_that_can_be_looked_at_shows_itself_in_a_notebook(own: Bank, quiz: Exam, show: str) -> None:
    values: dict[str, Any] = {
        "bank": own, "item": own["gallery.number"], "asked": own["gallery.number"].ask(3),
        "results": quiz.grade(answers(quiz), write=False),
    }  # fmt: skip
    html = values[show]._repr_html_()

    assert "<script" not in html
    assert html.startswith("<p>" if show == "bank" else '<iframe sandbox=""')


def test_a_question_that_is_shown_has_no_key() -> None:
    item = qbank.open_bank()["opamp.inverting.gain"]
    key = f"{item.variants(8)['A'][7]:.4g}"

    assert key not in item.ask(7)._repr_html_()
    assert "&lt;details" not in item.ask(7)._repr_html_()
