"""What waits for a person, and a person's marks: beside the machine's, never in them."""

from __future__ import annotations

import csv
import os
from collections.abc import Callable, Mapping
from pathlib import Path

import numpy as np
import polars as pl
import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st
from sat_exam import digest, respond, sealed

from qbank import cli, intake, reviews
from qbank.actions import review
from qbank.actions.grade import RESPONSES, as_read, grade
from qbank.grading import Graded, _by_hand
from qbank.model import Refused
from qbank.papers import Exam
from qbank.reviews import Review

Sat = Callable[[Mapping[tuple[str, str], str]], Path]
WAITING = {
    ("2001", "Q1.3"): "夹断",  # another word altogether
    ("2001", "Q9"): "大约两倍",
    ("2002", "Q2"): "B/C",
    ("2001", "Q15"): "温度升高，电流增大",
    ("2003", "Q15"): " 温度升高，电流增大 ",
    ("2003", "Q1.1"): "正篇",  # one sign other than 正偏
    ("2003", "Q14"): "[1, 2",
}
AT = "2026-01-05T08:00:00Z"


@pytest.fixture
def sat(exam: Exam, tmp_path: Path) -> Sat:
    """Seals the exam, grades responses that are right save where changed, and gives its folder."""

    def made(changed: Mapping[tuple[str, str], str]) -> Path:
        folder = sealed(exam, tmp_path / "exam")
        grade(folder, respond(exam, tmp_path / "given.csv", changed))
        return folder

    return made


def waiting(graded: Graded) -> list[tuple[str, str, str]]:
    return [(each.candidate, each.part, each.why) for each in review.waiting(graded, "en")]


def run(*arguments: object, typed: str = "") -> str:
    done = CliRunner().invoke(cli.group, [str(each) for each in arguments], input=typed)
    assert done.exit_code == 0, done.exception
    return done.output


def refused(*arguments: object) -> str:
    done = CliRunner().invoke(cli.group, [str(each) for each in arguments])
    assert isinstance(done.exception, Refused), done.output
    return str(done.exception)


def test_what_waits_is_unreadable_long_or_doubtful(sat: Sat) -> None:
    graded = grade(sat(WAITING), write=False)

    assert waiting(graded) == [
        ("2003", "Q1.1", "doubtful"), ("2002", "Q2", "unreadable"), ("2001", "Q9", "unreadable"),
        ("2003", "Q14", "unreadable"), ("2001", "Q15", "waits"), ("2003", "Q15", "waits"),
    ]  # fmt: skip


def test_the_list_says_what_a_person_needs(sat: Sat, tmp_path: Path) -> None:
    folder = sat(WAITING)
    told = run("review", folder, "--out", tmp_path / "list.csv")
    with (tmp_path / "list.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))

    assert told == (
        f"answers in {tmp_path / 'list.csv'}: 6, in 5 lines; fill in the column marks or read as, then: "
        f"qbank review {folder} --read {tmp_path / 'list.csv'}\n"
    )
    assert tuple(rows[0]) == review.COLUMNS
    assert rows[0] | {"expected": ""} == {
        "candidate": "2003", "name": "O'Hara", "answers": "", "part": "Q1.1", "step": "", "written": "正篇",
        "stopped at": "", "expected": "", "key": "正偏", "why": "可疑，请过目", "earned": "0", "worth": "1",
        "marks": "", "read as": "", "comment": "", "by": "",
    }  # fmt: skip
    assert rows[1] | {} == rows[1] | {"written": "B/C", "stopped at": "2", "expected": "A～D 中的字母", "worth": "2"}


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_marks_of_a_filled_list_stand_beside_the_machines(sat: Sat, tmp_path: Path, ending: str) -> None:
    folder, path = sat(WAITING), tmp_path / f"list.{ending}"
    before = grade(folder, write=False)
    found = review.waiting(before, "zh")
    blank = review.frame(found, "zh")
    given = {"Q15": "3.5", "Q9": "1/2"}
    marks = ["" if step else given.get(part, "") for part, step in blank.select("part", "step").iter_rows()]
    filled = blank.with_columns(
        pl.Series("marks", marks), pl.lit("要点齐全").alias("comment"), pl.lit("王老师").alias("by")
    )
    intake.write(path, filled)
    told = run("review", folder, "--read", path, "--by", "nobody")
    after = grade(folder)

    assert told == f"verdicts kept: 3; qbank grade {folder} counts them\n"
    assert after.marks("Q15").tolist() == [3.5, 0, 3.5]
    assert after.marks("Q9").tolist() == [0.5, 3, 3]
    assert [after.marked[name].credit.tolist() for name in after.marked] == [
        before.marked[name].credit.tolist() for name in before.marked
    ]
    assert after.reviews["Q15", 0].by == "王老师"
    assert waiting(after) == [
        ("2003", "Q1.1", "doubtful"), ("2002", "Q2", "unreadable"), ("2003", "Q14", "unreadable"),
    ]  # fmt: skip
    report = (folder / "results/report.html").read_text(encoding="utf-8")
    assert "人工评分 3 处（王老师 3）。" in report
    assert "人工评分 (要点齐全)。" in report


FAULTS = [
    ({"candidate": "2009"}, "candidate '2009' is not known; did you mean '2003'?"),
    ({"part": "Q115"}, "part 'Q115' is not known; did you mean 'Q15'?"),
    ({"marks": "6"}, "Q15: '6' is not a number from 0 to 5"),
    ({"marks": "-1"}, "Q15: '-1' is not a number from 0 to 5"),
    ({"marks": "五"}, "Q15: '五' is not a number from 0 to 5"),
    ({"written": "别的"},
     ("candidate 2001, Q15: '别的' was judged, but the answer is '温度升高，电流增大'; "
      "if a spreadsheet has changed it, empty the cell")),
]  # fmt: skip


@pytest.mark.parametrize(("change", "message"), FAULTS, ids=[message[:30] for _, message in FAULTS])
def test_a_list_that_does_not_fit_is_refused_whole(
    sat: Sat, tmp_path: Path, change: dict[str, str], message: str
) -> None:
    folder, path = sat(WAITING), tmp_path / "list.csv"
    row = {"candidate": "2001", "part": "Q15", "written": "温度升高，电流增大", "marks": "2"}
    other = {"candidate": "2003", "part": "Q15", "written": "温度升高，电流增大", "marks": "2"}
    intake.write(path, pl.DataFrame([other, row | change]))

    assert refused("review", folder, "--read", path).startswith(f"{path}, line 3: {message}")
    assert not (folder / reviews.RECORD).exists()


def test_an_emptied_cell_judges_the_answer_as_it_is(sat: Sat, tmp_path: Path) -> None:
    folder, path = sat(WAITING), tmp_path / "list.csv"
    intake.write(path, pl.DataFrame({"candidate": ["2001"], "part": ["Q15"], "written": [""], "marks": ["2"]}))
    run("review", folder, "--read", path, "--by", "Li")

    assert grade(folder, write=False).reviews["Q15", 0].text == "温度升高，电流增大"


def test_a_table_that_is_no_such_list_is_refused(sat: Sat, tmp_path: Path) -> None:
    folder, path = sat({}), tmp_path / "list.csv"
    path.write_text("candidate,part\n2001,Q15\n", encoding="utf-8")

    assert refused("review", folder, "--read", path) == (
        f"{path}: the column 'marks' is missing; 'qbank review EXAM --out' writes a list with all columns"
    )


def test_a_session_decides_equal_answers_together_and_keeps_each_verdict_at_once(sat: Sat) -> None:
    folder = sat(WAITING)
    told = run("review", folder, "--interactive", "--by", "Li",
               typed="s\n7\nn\nb\nh\nx\n1.5\nc\n思路对\ns\nc\n要点齐全\n4\n")  # fmt: skip
    after = grade(folder, write=False)

    assert "'7' is neither one of the keys nor a number from 0 to 2\n" in told
    assert "'x' is neither one of the keys nor a number from 0 to 3\n" in told
    assert "  2 answers with this text and this key\n" in told
    assert "4 marks for 2 equal answers\n" in told
    assert told.endswith(f"verdicts kept: 4; qbank grade {folder} counts them\n")
    assert [float(after.marks(name)[row]) for name, row in (("Q2", 1), ("Q9", 0), ("Q14", 2))] == [1, 1.5, 0]
    assert after.marks("Q15").tolist() == [4, 0, 4]
    assert (after.reviews["Q15", 2].by, after.reviews["Q15", 2].why) == ("Li", "要点齐全")
    assert [each.part for each in reviews.parsed((folder / reviews.RECORD).read_bytes(), "")] == [
        "Q2", "Q2", "Q9", "Q15", "Q15",
    ]  # fmt: skip


def test_one_text_is_two_answers_where_the_keys_differ(sat: Sat) -> None:
    graded = grade(sat({(number, "Q9"): "约两倍" for number in ("2001", "2002", "2003")}), write=False)

    assert [each.alike for each in review.waiting(graded, "zh") if each.part == "Q9"] == [(0, 2), (1,), (0, 2)]


def test_a_session_that_ends_early_keeps_what_was_decided(sat: Sat) -> None:
    folder = sat(WAITING)
    told = run("review", folder, "--interactive", "--by", "Li", typed="f\n")

    assert told.endswith(f"verdicts kept: 1; qbank grade {folder} counts them\n")
    assert grade(folder, write=False).marks("Q1.1")[2] == 1


def test_a_verdict_is_on_the_text_that_was_judged(exam: Exam, sat: Sat, tmp_path: Path) -> None:
    folder = sat(WAITING)
    review.keep(folder, [Review("2001", "Q15", "温度升高，电流增大", 4, "Li", AT)])
    again = grade(folder, respond(exam, tmp_path / "later.csv", WAITING | {("2001", "Q15"): "改了"}))

    assert again.marks("Q15")[0] == 0
    assert ("2001", "Q15", "waits") in waiting(again)
    assert "\n".join(map(str, again.problems)) == (
        "reviews.jsonl: the review of candidate 2001, Q15: it judged '温度升高，电流增大', and the answer is now "
        "'改了'\n  → review it again"
    )


def test_marks_in_the_responses_are_a_persons_too_and_a_review_goes_before_them(
    exam: Exam, sat: Sat, tmp_path: Path
) -> None:
    folder = sat(WAITING)
    review.keep(folder, [Review("2001", "Q15", "温度升高，电流增大", 4, "Li", AT)])
    path = respond(exam, tmp_path / "later.csv", WAITING | {("2001", "Q15 marks"): "2", ("2003", "Q15 marks"): "3"})
    graded = grade(folder, path)

    assert graded.marks("Q15").tolist() == [4, 0, 3]
    assert [str(problem) for problem in graded.problems] == [
        f"{path}: candidate 2001: the column 'Q15 marks' has 2, but Li gave 4 on {AT}, and that counts"
    ]
    assert grade(folder).marks("Q15").tolist() == [4, 0, 3]


def test_the_last_verdict_counts_and_the_sealed_half_does_not_change(sat: Sat) -> None:
    folder = sat(WAITING)
    before = digest(folder / "private")
    for marks in (4.0, 1.0):
        review.keep(folder, [Review("2001", "Q15", "温度升高，电流增大", marks, "Li", AT)])

    assert grade(folder).marks("Q15")[0] == 1
    assert digest(folder / "private") == before
    assert (folder / reviews.RECORD).stat().st_mode & 0o077 == 0


def test_half_a_line_that_a_killed_run_left_is_nobodys_verdict(sat: Sat) -> None:
    folder = sat(WAITING)
    review.keep(folder, [Review("2001", "Q15", "温度升高，电流增大", 4, "Li", AT)])
    with (folder / reviews.RECORD).open("ab") as file:
        file.write(b'{"candidate": "2003", "pa')
    assert grade(folder, write=False).marks("Q15").tolist() == [4, 0, 0]
    review.keep(folder, [Review("2003", "Q15", "温度升高，电流增大", 2, "Li", AT)])

    assert grade(folder, write=False).marks("Q15").tolist() == [4, 0, 2]


def test_a_journal_that_cannot_grow_stays_as_it_was(sat: Sat, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = sat(WAITING)
    review.keep(folder, [Review("2001", "Q15", "温度升高，电流增大", 4, "Li", AT)])
    before, write = (folder / reviews.RECORD).read_bytes(), os.write
    monkeypatch.setattr(os, "write", lambda handle, content: write(handle, content[:10]))
    with pytest.raises(Refused) as refusal:
        review.keep(folder, [Review("2003", "Q15", "温度升高，电流增大", 2, "Li", AT)])

    assert str(refusal.value) == f"{folder / reviews.RECORD}: the disk is full; nothing was written"
    assert (folder / reviews.RECORD).read_bytes() == before


@pytest.mark.parametrize("line", ["{", "[]", '{"candidate": "2001"}', '{"marks": "x"}'])
def test_a_line_that_is_no_review_is_named(sat: Sat, line: str) -> None:
    folder = sat({})
    with (folder / reviews.RECORD).open("a", encoding="utf-8") as file:
        file.write(f"{line}\n")

    assert refused("grade", folder) == (
        "reviews.jsonl, line 1: this is not a review, which has the fields candidate, part, text, marks, by, at, why, "
        "reading, steps, withdrawn\n"
        "  → restore the line from a copy of the file"
    )


def test_marks_that_a_part_is_not_worth_are_refused(sat: Sat) -> None:
    folder = sat(WAITING)
    review.keep(folder, [Review("2001", "Q15", "温度升高，电流增大", 40, "Li", AT)])

    assert refused("grade", folder) == (
        "reviews.jsonl: the review of candidate 2001, Q15: 40 is not a number from 0 to 5"
    )


def test_an_exam_that_was_never_graded_has_nothing_to_review(exam: Exam, tmp_path: Path) -> None:
    folder = sealed(exam, tmp_path / "exam")

    assert refused("review", folder) == (
        f"{folder} has not been graded yet (it has no {RESPONSES}); "
        f"fill in {folder}/responses.csv, then run: qbank grade {folder} {folder}/responses.csv"
    )


WRITTEN = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=12)


@settings(max_examples=30)
@given(texts=st.lists(WRITTEN, min_size=3, max_size=3))
def test_the_responses_that_are_kept_read_as_they_did(
    texts: list[str], tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.mktemp("kept") / "responses.csv"
    columns = {"candidate": ["1", "2", "3"], "form": ["A", "B", "A"], "Q1": texts, "Q1 marks": ["", "1", ""],
               "name": ["王伟", "=1+1", ""]}  # fmt: skip
    frame = pl.DataFrame(columns)
    intake.write(path, frame)
    table = intake.responses(path, ["Q1"])
    intake.write(path, as_read(table))
    again = intake.responses(path, ["Q1"])

    assert table.frame["Q1"].to_list() == texts
    assert again.frame.equals(table.frame)
    assert again.marks.equals(table.marks)
    assert (again.forms, again.names, again.problems) == (table.forms, table.names, table.problems)


def test_marks_do_not_change_when_graded_again_from_what_is_kept(sat: Sat) -> None:
    folder = sat(WAITING)
    first = (folder / "results/marks.csv").read_bytes()
    graded = grade(folder)

    assert (folder / "results/marks.csv").read_bytes() == first
    assert np.isfinite(graded.totals()).all()


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_an_answer_longer_than_a_cell_is_judged_by_the_part_that_is_seen(
    sat: Sat, tmp_path: Path, ending: str
) -> None:
    answers = {("2001", "Q15"): "甲" * 40_000, ("2002", "Q15"): "甲" * 40_001}
    folder, path = sat(answers), tmp_path / f"list.{ending}"
    found = review.waiting(grade(folder, write=False), "zh")
    blank = review.frame(found, "zh")
    marks = ["4" if (part, step) == ("Q15", "") else "" for part, step in blank.select("part", "step").iter_rows()]
    intake.write(path, blank.with_columns(pl.Series("marks", marks)))
    told = run("review", folder, "--read", path, "--by", "Li")

    assert told.startswith("verdicts kept: 2;")
    assert max(len(text) for text in blank["written"]) < 32_767
    assert grade(folder).marks("Q15").tolist() == [4, 4, 0]
    assert [len(each.text) for each in reviews.parsed((folder / reviews.RECORD).read_bytes(), "")] == [40_000, 40_001]

    whole = blank.filter(pl.col("step") == "")
    swapped = whole.with_columns(pl.lit("3").alias("marks"), pl.Series("candidate", list(reversed(whole["candidate"]))))
    intake.write(path, swapped)
    assert "was judged, but the answer is" in refused("review", folder, "--read", path)


def test_a_list_whose_numbers_lost_their_zeros_is_one_message(sat: Sat, tmp_path: Path) -> None:
    folder, path = sat(WAITING), tmp_path / "list.csv"
    path.write_text("candidate,part,marks,marks\n2001,Q15,2,3\n", encoding="utf-8")
    assert refused("review", folder, "--read", path) == (
        f"{path}: 2 columns have the heading 'marks'; delete those that do not count"
    )


@pytest.mark.parametrize(
    ("part", "marks", "reading", "steps", "code"),
    [
        ("Q9", 3.0, "", {}, ""),
        ("Q9", 0.0, "", {}, ""),
        ("Q9", 3.5, "", {}, "review.marks"),
        ("Q9", -0.5, "", {}, "review.marks"),
        ("Q9", None, "-39", {}, ""),  # the rules mark what the person read
        ("Q9", 3.0, "", {"idea": 1.0, "value": 2.0}, ""),
        ("Q9", 3.0, "", {"idea": 1.0, "value": 1.5}, "review.steps"),
        ("Q9", None, "-39", {"idea": 1.0}, "review.steps"),  # steps without marks add up to nothing
        ("Q99", 3.0, "", {}, "review.unknown"),
    ],
)
def test_a_record_that_was_edited_by_hand_counts_only_where_it_fits(
    exam: Exam, part: str, marks: float | None, reading: str, steps: dict[str, float], code: str
) -> None:
    verdict = Review("2001", part, "39", marks, "Li", "2026-01-01T00:00:00", "", reading, steps)
    kept, told = _by_hand.judged(exam, {0: verdict}, {"2001": 0}, {"Q9": ["39 "]})
    told += _by_hand.unknown(exam, [verdict], {0})

    expected: object = ([code], []) if code else ([], [(part, 0)])

    assert ([problem.code for _, problem in told], list(kept)) == expected
