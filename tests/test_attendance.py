"""Whose row it is: lost zeros, other names, spare papers, and files that are not of this exam."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner
from conftest import GALLERY, SEED

from qbank import cli, grading, intake, papers
from qbank.actions.explain import explain
from qbank.bank import Bank
from qbank.grading import Graded
from qbank.model import Candidate, Refused
from qbank.papers import Exam

Grade = Callable[[str], Graded]
PEOPLE = tuple(Candidate(f"{number:04d}", name) for number, name in enumerate(("王 伟", "Li Na", "", "O'Hara Ann"), 71))


@pytest.fixture(scope="module")
def each(gallery: Bank) -> Exam:
    """Four candidates with papers of their own, and two spare ones."""
    return papers.compose(gallery.blueprint("everything"), gallery, seed=SEED, candidates=PEOPLE, each=True, spares=2)


@pytest.fixture
def grade(tmp_path: Path, each: Exam) -> Grade:
    def graded(text: str) -> Graded:
        (tmp_path / "r.csv").write_text(text, encoding="utf-8")
        return grading.grade(each, intake.responses(tmp_path / "r.csv", list(each.columns())))

    return graded


def told(graded: Graded, code: str) -> list[str]:
    return [str(problem).split("r.csv", 1)[1] for problem in graded.problems if problem.code == code]


def refused(grade: Grade, text: str) -> list[str]:
    with pytest.raises(Refused) as caught:
        grade(text)
    return [str(problem).split("r.csv", 1)[1] for problem in caught.value.problems]


ZEROS = "\n  → format the column of numbers as text, and enter the numbers again"


def test_a_class_that_lost_its_zeros_is_one_message_with_the_numbers_that_are_meant(grade: Grade) -> None:
    (class_message,) = refused(grade, "id,Q9\n71,1\n72,1\n73,1\n")
    lines = "line 2: '71' is '0071', line 3: '72' is '0072', line 4: '73' is '0073'"
    assert class_message == f": 3 candidates' numbers have lost their leading zeros ({lines}){ZEROS}"
    assert refused(grade, "id,Q9\n0071,1\n72,1\n") == [
        ": a candidate's number has lost its leading zeros (line 3: '72' is '0072')" + ZEROS
    ]


def test_three_thousand_lost_zeros_are_still_one_message(gallery: Bank, tmp_path: Path) -> None:
    people = tuple(Candidate(f"{number:06d}") for number in range(1, 3001))
    exam = papers.compose(gallery.blueprint("everything"), gallery, seed=SEED, candidates=people)
    (tmp_path / "r.csv").write_text("id,Q9\n" + "".join(f"{number},1\n" for number in range(1, 3001)), encoding="utf-8")
    with pytest.raises(Refused) as caught:
        grading.grade(exam, intake.responses(tmp_path / "r.csv", list(exam.columns())))

    (problem,) = caught.value.problems
    assert problem.message.endswith("line 9: '8' is '000008', …)")


def test_rows_of_another_class_are_counted_and_the_first_have_the_nearest_number(grade: Grade) -> None:
    said = refused(grade, "id,Q9\n0071,1\n" + "".join(f"9{number:04d},1\n" for number in range(71, 91)))

    assert len(said) == 9
    assert said[0] == (
        ", line 3: candidate '90071' is not known; did you mean '0071'?\n  → correct the number or delete the row"
    )
    assert said[8] == (
        ": the numbers of 12 more rows are not known (lines 11, 12, 13, 14, 15, 16, 17, 18, …)\n"
        "  → check that this is the right file"
    )


NAMES = [
    ("0071,王伟", [], "spaces do not matter"),
    ("0072,\"LI, Na\"", [], "nor the order of words, nor capitals"),
    ("0072,Lǐ Nà", [], "nor accents"),
    ("0074,Ann O’Hara", [], "nor apostrophes"),
    ("0073,Anybody", [], "the roster has no name"),
    ("0071,", [], "the file has no name"),
    ("0071,李娜", ["line 2: '0071' is '王 伟', here '李娜'"], "a wrong number, or a row that has moved"),
]  # fmt: skip


@pytest.mark.parametrize(("row", "expected", "remark"), NAMES)
def test_a_name_that_is_not_the_rosters_is_told(grade: Grade, row: str, expected: list[str], remark: str) -> None:
    assert told(grade(f"id,name,Q9\n{row},1\n"), "responses.name") == [
        f": 1 name differs from the roster ({each})\n  → check that these rows have the right numbers"
        for each in expected
    ], remark


def test_a_number_with_a_sign_that_nobody_sees_is_the_same_person(grade: Grade) -> None:
    assert grade("id,Q9\n\u200b００71,x\n").texts["Q9"][0] == "x"


def test_whoever_has_a_spare_paper_need_not_be_on_the_roster(grade: Grade, each: Exam) -> None:
    key = papers.key(each.drawn["gallery.number"], each.columns()["Q9"][1], 4, "zh").text
    graded = grade(f"id,name,form,Q9\n0071,王伟,6,1\n0900,Late Comer,005,{key}\n")

    assert graded.candidates[4:] == (Candidate("0900", "Late Comer"),)
    assert graded.rows.tolist() == [5, 1, 2, 3, 4]
    assert graded.marks("Q9").tolist()[4] == 3
    assert told(graded, "responses.spare") == [": not on the roster, but with a spare paper: 0900"]
    assert refused(grade, "id,form,Q9\n0900,001,1\n")[0].startswith(", line 2: candidate '0900' is not known")


def test_a_paper_that_two_people_have_is_told(grade: Grade) -> None:
    assert told(grade("id,form,Q9\n0071,002,1\n0072,,1\n0073,1,1\n"), "responses.form") == [
        ": several candidates have the same paper (002: 0071 / 0072)\n  → check the column 'form' of these rows"
    ]


NO_ANSWERS = [
    ("id,name\n0071,x\n", "'id', 'name'", "a roster"),
    ("id,absent\n0071,yes\n", "'id', 'absent'", "nothing but who was absent"),
    ("id,Frage 1\n0071,x\n", "'id', 'Frage 1'", "headings in no language that is known"),
]


@pytest.mark.parametrize(("text", "columns", "remark"), NO_ANSWERS)
def test_a_file_without_an_answer_column_changes_nothing(grade: Grade, text: str, columns: str, remark: str) -> None:
    (said,) = refused(grade, text)
    assert said == (
        f": no column has answers to this exam (Q1.1, Q1.2, Q1.3, …); the columns are {columns}\n"
        "  → nothing was changed; is it the right file?"
    ), remark


def test_a_file_without_an_answer_column_leaves_the_results_of_before(tmp_path: Path) -> None:
    folder = tmp_path / "quiz"
    (tmp_path / "class.csv").write_text("id\n0071\n", encoding="utf-8")
    (tmp_path / "r.csv").write_text("id,Q9\n0071,1\n", encoding="utf-8")
    runner = CliRunner()
    made = ["paper", "everything", "-o", str(folder), "--roster", str(tmp_path / "class.csv"), "--forms", "each",
            "--no-html", "--one-book", "--bank", str(GALLERY)]  # fmt: skip
    for arguments in (made, ["grade", str(folder), str(tmp_path / "r.csv")]):
        assert runner.invoke(cli.group, arguments).exit_code == 0
    before = (folder / "results/marks.csv").read_bytes()
    failed = runner.invoke(cli.group, ["grade", str(folder), str(tmp_path / "class.csv")])

    assert isinstance(failed.exception, Refused)
    assert (folder / "results/marks.csv").read_bytes() == before
    assert not (folder / "results/history").exists()
    assert explain(folder, "\u200b００71", "Q9")[0].candidate == "0071", "one folding of numbers everywhere"


DOUBLE = [("id,absent,缺考,Q9\n0071,,,1\n", "缺考", "absent"), ("id,form,卷型,Q9\n0071,1,1,1\n", "卷型", "form")]


@pytest.mark.parametrize(("text", "column", "what"), DOUBLE)
def test_a_column_with_one_meaning_stands_once(grade: Grade, text: str, column: str, what: str) -> None:
    assert refused(grade, text) == [f": column {column!r} contains {what!r} a second time"]
