"""A lecturer's week on one exam: made, printed, late comers, a lost paper, graded, reviewed, a faulty key, a complaint,
a resit without repeats, the registry's file, statistics back into the bank, next year's paper by measured difficulty.
"""

from __future__ import annotations

import csv
import shutil
from pathlib import Path

import polars as pl
import pytest
from click.testing import CliRunner
from sat_exam import respond, right

from qbank import bank, cli, intake, resources, store
from qbank.actions import next_paper
from qbank.actions.grade import grade, open_exam

HERE = Path(__file__).parent / "exams"
SEED = "a seed that nobody would guess"
BLUEPRINT = """id: next-year
title: {zh: 明年的测验, en: Next year}
minutes: 40
total: 12
table: [{facility: at least 0.4}]
sections:
  - title: {zh: 计算, en: Calculations}
    marks: 12
    items: [{draw: 3 to 6, topic: electronics/opamp, kind: number}]
"""


def run(*arguments: object, code: int = 0) -> str:
    done = CliRunner().invoke(cli.group, [str(each) for each in arguments])
    assert done.exit_code == code, (done.output, done.exception)
    return done.output


def totals(folder: Path) -> dict[str, tuple[str, str]]:
    """The total and the state of every candidate, as results/marks.csv has them."""
    with (folder / "results/marks.csv").open(encoding="utf-8-sig", newline="") as file:
        return {row["candidate"]: (row["total"] and f"{float(row['total']):g}", row["state"])
                for row in csv.DictReader(file)}  # fmt: skip


@pytest.mark.parametrize("forms", ["each", "A,B"])
def test_a_week_on_one_exam(tmp_path: Path, forms: str) -> None:
    exam, moved = tmp_path / "quiz", tmp_path / "elsewhere" / "copy"
    roster, late = tmp_path / "class.csv", tmp_path / "late.csv"
    roster.write_text("number,name\n" + "".join(f"70{n:02},学生{n}\n" for n in range(1, 9)), encoding="utf-8")
    late.write_text("number,name\n7050,迟到者\n", encoding="utf-8")

    # Monday: the exam is made; somebody comes late; one sheet is printed again; a number was wrong.
    run("paper", "opamp-quiz", "-o", exam, "--roster", roster, "--forms", forms, "--seed", SEED, "--no-html",
        "--one-book", "--bank", "shipped")  # fmt: skip
    run("add", exam, "--roster", late, "--by", "Wang", "--why", "选课迟到")
    run("reprint", exam, "7050", "-o", tmp_path / "again")
    run("correct", exam, "7008", "--number", "7088", "--by", "Wang")
    assert store.verified(exam) == ()

    # Thursday: it is sat; the week goes on from a copy on another machine.
    shutil.copytree(exam, moved)
    sat = open_exam(moved)
    column = next(name for name, (_, part, _) in sat.columns().items() if part.kind == "number")
    blank = {("7001", name): "" for name in sat.columns()}
    given = respond(sat, tmp_path / "given.csv", blank | {(n, column): "不会" for n in ("7002", "7003", "7004")})
    assert "9 candidates graded" in run("grade", moved, given)
    for state, number in (("lost", "7005"), ("缓考", "7006"), ("作弊", "7007")):
        run("status", moved, state, number, "--by", "Wang")
    run("grade", moved)
    told = totals(moved)
    full = f"{float(sat.total):g}"
    assert told["7088"] == (full, "")
    assert told["7050"] == (full, "")
    assert [told[n] for n in ("7005", "7006", "7007")] == [("", "答卷遗失"), ("", "缓考"), ("0", "违纪")]

    # Friday: one verdict for all who wrote the same; a faulty key; a complaint.
    run("review", moved, "-o", tmp_path / "list.csv")
    listed = pl.read_csv(tmp_path / "list.csv", infer_schema_length=0)
    assert listed["answers"].to_list() == ["3"]
    intake.write(tmp_path / "list.csv", listed.with_columns(pl.lit("0分").alias("marks")))
    run("review", moved, "--read", tmp_path / "list.csv", "--by", "Wang")
    run("grade", moved)
    run("complaint", moved, "7002", column, "题目有误", "--by", "Wang")
    placed, part, worth = sat.columns()[column]
    run("regrade", moved, "--item", placed.item.id, "--part", part.id, "--policy", "full", "--write", "--by", "Wang",
        "--why", "题目有误")  # fmt: skip
    outcome = run("complaint", moved, "--settle", "1", "--outcome", "upheld", "--by", "Wang")
    assert "regrade at" in outcome
    assert totals(moved)["7002"][0] == full
    assert float(totals(moved)["7001"][0]) == pytest.approx(float(worth))

    # The registry's own file, feedback for everyone, the photographed paper.
    template = tmp_path / "registry.csv"
    template.write_bytes("学号,姓名,总评,备注\r\n7001,学生1,,\r\n7006,学生6,,\r\n7088,学生8,,\r\n".encode("gbk"))
    run("marks", moved, "--into", template, "-o", tmp_path / "filled.csv", "--scale", "to-100")
    filled = (tmp_path / "filled.csv").read_bytes().decode("gbk").split("\r\n")
    assert filled[3].startswith("7088,学生8,100,")
    assert "缓考" in filled[2]
    run("feedback", moved, "--key", "--zip", tmp_path / "feedback.zip")
    assert (tmp_path / "feedback.zip").stat().st_size > 10_000
    shown = right(sat, column, 0)
    assert shown
    assert len(next_paper.resitting(moved)) == 3  # who failed, was excused, or whose paper is lost

    # The resit asks nothing again with its values; statistics go into a bank of one's own; next year's paper.
    told_again = run("paper", "--like", moved, "-o", tmp_path / "resit", "--for-failed", moved, "--no-html",
                     "--one-book", "--bank", "shipped")  # fmt: skip
    assert "3 candidates" in told_again
    resit = open_exam(tmp_path / "resit")
    assert [each.id for each in resit.candidates] == ["7001", "7005", "7006"]
    own = tmp_path / "bank"
    shutil.copytree(resources.folder("questions"), own)
    run("stats", moved, "--write", "--into", own, "--bank", own)
    source = bank.load(own)
    assert all(source.measured(name) is not None for name in sat.drawn)
    (own / "blueprints/next-year.yaml").write_text(BLUEPRINT, encoding="utf-8")
    drawn = run("paper", "next-year", "-o", tmp_path / "next", "--avoid", "opamp-quiz", "--bank", own, "--no-html")
    assert set(open_exam(tmp_path / "next").drawn).isdisjoint(sat.drawn)
    assert "new" in drawn

    # All of it can be read back, and nothing that was sealed has changed.
    events = run("history", moved, "--verify")
    for what in ("sealed", "addition", "correction", "status", "review", "complaint", "regrade", "graded"):
        assert what in events
    assert "not as it was written" not in events


def test_a_week_on_an_exam_of_the_first_version(tmp_path: Path) -> None:
    exam = Path(shutil.copytree(HERE / "format-1", tmp_path / "exam"))
    before = grade(exam, write=False)
    late = tmp_path / "late.csv"
    late.write_text("number,name\n9050,迟到者\n", encoding="utf-8")
    run("add", exam, "--roster", late, "--by", "Wang")
    run("status", exam, "excused", "9050", "--by", "Wang")
    run("grade", exam)
    told = totals(exam)

    kept = {number: total for number, (total, state) in told.items() if not state}
    assert told["9050"] == ("", "excused")
    assert kept == {
        who.id: f"{float(before.totals()[row]):g}" for row, who in enumerate(before.candidates) if before.sat[row]
    }
    run("feedback", exam, "--zip", tmp_path / "feedback.zip")
    run("marks", exam, "-o", tmp_path / "marks.csv")
    assert "addition" in run("history", exam, "--verify")
