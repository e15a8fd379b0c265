"""Marks step by step, and what a person read: from the list that is filled in to the marks, reports and feedback."""

from __future__ import annotations

import csv
from collections.abc import Callable, Mapping
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner
from sample_items import HEAD, faults, item_of
from sat_exam import respond, sealed

from qbank import answers, bank, cli, papers, reviews, variants
from qbank.actions import review
from qbank.actions.explain import explain
from qbank.actions.grade import grade
from qbank.model import Candidate, Refused
from qbank.outputs import html, text
from qbank.papers import Exam
from qbank.reports import classreport, reasons, stepmarks
from qbank.reviews import Review

Sat = Callable[[Mapping[tuple[str, str], str]], Path]
ESSAY = {("2001", "Q15"): "温度升高，电流增大", ("2003", "Q15"): "见草稿纸"}
NUMBER = """
parameters: {a: {integers: [2, 9], symbol: a}}
derive: {k: 3*a, twice: 2*k}
stem: {zh: "已知 $a = {{ a }}$。", en: "Let $a = {{ a }}$."}
parts:
  - id: k
    marks: 3
    ask: {zh: 求 $3a$。, en: Find $3a$.}
    answer: {kind: number, key: k, tolerance: exact}
"""


@pytest.fixture
def sat(exam: Exam, tmp_path: Path) -> Sat:
    """Seals the exam, grades responses that are right save where changed, and gives its folder."""

    def made(changed: Mapping[tuple[str, str], str]) -> Path:
        folder = sealed(exam, tmp_path / "exam")
        grade(folder, respond(exam, tmp_path / "given.csv", changed))
        return folder

    return made


def run(*arguments: object, typed: str = "") -> str:
    done = CliRunner().invoke(cli.group, [str(each) for each in arguments], input=typed)
    assert done.exit_code == 0, done.exception
    return done.output


def filled(path: Path, *lines: str) -> Path:
    """A review list with the columns that a person needs."""
    path.write_text("\n".join(["candidate,part,step,marks,read as,comment,by", *lines]) + "\n", encoding="utf-8")
    return path


# --- what an author writes -----------------------------------------------------------------------------------------

STEPS = "    steps: {{one: {{marks: {0}, zh: 甲, en: one}}, two: {{marks: {1}, zh: 乙, en: two}}}}\n"
MISUSES = [
    (NUMBER + STEPS.format("1", "1"),
     "the steps are worth 2 together, but the part is worth 3; write marks: so that they add up"),
    (NUMBER.replace("marks: 3", "marks: 1") + STEPS.format("1/3", "1/3"),
     "the steps are worth 2/3 together, but the part is worth 1; write marks: so that they add up"),
    (NUMBER + STEPS.format("1", "-2"), "'-2' is not a number of marks between 0 and 1000"),
    (NUMBER + "    steps: {one: {marks: 3, when: b > 2, zh: 甲, en: one}}\n", "'b' is not defined"),
    (NUMBER + "    steps: {one: {marks: 3, zh: '{{ b }}', en: one}}\n", "'b' is not defined"),
    (NUMBER + "    steps: {one: {marks: 3, zh: $a, en: one}}\n", "$"),
    (NUMBER + "    steps: {one: {marks: 3, zh: 甲}}\n", "en"),
    (NUMBER + "    steps:\n      one: {marks: 1, zh: 甲, en: one}\n      one: {marks: 2, zh: 甲, en: one}\n", "one"),
    ("stem: {zh: 说明理由。, en: Say why.}\nparts:\n  - {id: why, marks: 2, answer: {kind: essay}}\n",
     ("part 'why' is marked by a person; write steps: with what earns its marks, "
     "such as steps: {cause: {marks: 2, zh: …, en: …}}")),
    (("stem: {zh: 填空。, en: Fill in.}\nparts:\n  - id: w\n    marks: 1\n    answer: {kind: text, zh: 甲, en: one}\n"
     "    steps: {one: {marks: 1, zh: 甲, en: one}}\n"),
     ("a part of kind text is marked as a whole and has no steps; steps: belongs to a part with written working: "
      "a number, a formula, a vector, an essay")),
]  # fmt: skip


@pytest.mark.parametrize(("body", "message"), MISUSES, ids=[message[:40] for _, message in MISUSES])
def test_a_scheme_that_a_marker_could_not_follow_is_a_problem_with_its_place(body: str, message: str) -> None:
    told = faults(HEAD + body)

    assert len(told) >= 1
    assert message in told[0]
    assert told[0].startswith("item.yaml:")


def test_a_rubric_of_an_earlier_version_is_the_steps_of_its_part() -> None:
    old = item_of(HEAD + """
stem: {zh: 说明理由。, en: Say why.}
parts:
  - id: why
    marks: 5
    answer: {kind: essay, lines: 3, rubric: {a: {marks: 1, zh: 甲, en: one}, b: {marks: 2, zh: 乙, en: two}}}
""").parts[0]

    assert {name: line.marks for name, line in old.steps.items()} == {"a": Fraction(5, 3), "b": Fraction(10, 3)}
    assert old.steps["b"].text.en == "two"


@pytest.mark.parametrize(("worth", "marks"), [("3", ["1", "2"]), ("2", ["2/3", "4/3"]), ("0", ["0", "0"])])
def test_steps_follow_the_marks_of_the_part_exactly(worth: str, marks: list[str]) -> None:
    item = item_of(HEAD + NUMBER + STEPS.format("1", "2"))
    scheme = variants.scheme(variants.make(item, "s", [0]), item.parts[0], 0, Fraction(worth))

    assert [own for _, own in scheme] == [Fraction(own) for own in marks]
    assert sum(own for _, own in scheme) == Fraction(worth)


def test_a_step_with_a_condition_is_there_on_its_variants_alone() -> None:
    steps = "    steps: {small: {marks: 3, when: a < 5, zh: 小, en: s}, big: {marks: 3, when: a >= 5, zh: 大, en: b}}\n"
    item = item_of(HEAD + NUMBER + steps)
    drawn = variants.make(item, "s", np.arange(8))
    found = [[name for name, _ in variants.scheme(drawn, item.parts[0], row, Fraction(3))] for row in range(8)]

    assert found == [["small"] if a < 5 else ["big"] for a in drawn.columns["a"].values.tolist()]


def test_the_answer_book_prints_the_steps_with_their_marks() -> None:
    item = item_of(HEAD + NUMBER + "    steps: {one: {marks: 1, zh: '$3a$', en: '$3a$'}, "
                   "two: {marks: 2, zh: '结果 {{ k }}', en: 'the result {{ k }}'}}\n")  # fmt: skip
    drawn = variants.make(item, "s", [0])
    key = f"{drawn.columns['k'].values[0]:g}"
    for lang, scheme, marks in (("zh", "评分标准", "（2/3 分）"), ("en", "Mark scheme", "[2/3]")):
        done = papers.worked(drawn, 0, lang, {}, 1, (Fraction(1),))  # type: ignore[arg-type]  # the language is one
        page = html.book(papers.alone(done, lang))  # type: ignore[arg-type]
        assert scheme in page
        assert marks in page
        assert (f"结果 {key}" if lang == "zh" else f"the result {key}") in text.worked(done, lang)  # type: ignore[arg-type]
        assert done.solution == ()  # the steps are the solution


# --- marks by hand -------------------------------------------------------------------------------------------------


def test_the_list_has_a_line_for_each_step(sat: Sat, tmp_path: Path) -> None:
    run("review", sat(ESSAY), "--out", tmp_path / "list.csv")
    with (tmp_path / "list.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["part"] == "Q15"]

    assert [(row["candidate"], row["step"], row["key"], row["worth"]) for row in rows] == [
        ("2001", "", "见评分标准", "5"),
        ("2001", "cause", "温度使电流增大", "2"), ("2001", "feedback", "发射极电阻的负反馈", "3"),
        ("2003", "", "见评分标准", "5"),
        ("2003", "cause", "温度使电流增大", "2"), ("2003", "feedback", "发射极电阻的负反馈", "3"),
    ]  # fmt: skip


def test_marks_by_steps_reach_the_totals_the_tables_the_report_and_the_reasons(sat: Sat, tmp_path: Path) -> None:
    folder = sat(ESSAY)
    lines = ("2001,Q15,cause,2,,,", "2001,Q15,feedback,1/2,,,", "2003,Q15,,0,,字迹不清,李",
             "2003,Q15,cause,0,,,", "2003,Q15,feedback,0,,,")  # fmt: skip
    run("review", folder, "--read", filled(tmp_path / "list.csv", *lines), "--by", "王")
    graded = grade(folder)

    assert graded.marks("Q15").tolist() == [2.5, 0, 0]
    assert graded.undecided == (0, 0)
    with (folder / "results/step-marks.csv").open(encoding="utf-8-sig", newline="") as file:
        assert [tuple(row.values()) for row in csv.DictReader(file)] == [
            ("2001", "Q15", "gallery.essay", "explanation", "cause", "2.0", "2.0", "王"),
            ("2001", "Q15", "gallery.essay", "explanation", "feedback", "0.5", "3.0", "王"),
            ("2003", "Q15", "gallery.essay", "explanation", "cause", "0.0", "2.0", "李"),
            ("2003", "Q15", "gallery.essay", "explanation", "feedback", "0.0", "3.0", "李"),
        ]
    assert [(step.name, step.answers, step.full, round(step.share, 3)) for step in stepmarks.table(
        graded.exam, stepmarks.counted(graded),
    )] == [
        ("cause", 2, 1, 0.5), ("feedback", 2, 0, 0.083),
    ]  # fmt: skip
    with (folder / "results/mistakes.csv").open(encoding="utf-8-sig", newline="") as file:
        counted = {row["note"]: row["candidates"] for row in csv.DictReader(file) if row["question"] == "Q15"}
    assert counted == {"step.cause": "1", "step.feedback": "2"}
    assert reasons(graded, "Q15", 0, "zh") == "人工评分。温度使电流增大：2/2 分。发射极电阻的负反馈：0.5/3 分。"
    assert reasons(graded, "Q15", 2, "en").startswith("Marked by a person (字迹不清). Heat raises the current: 0 of 2.")
    assert "Marks by steps" in classreport.page(graded, "en")
    assert [one.review.steps for one in explain(folder, "2001", "Q15") if one.review] == [{"cause": 2, "feedback": 0.5}]


REFUSED = [
    (("2001,Q15,cause,3,,,", "2001,Q15,feedback,1,,,"), 2, "step 'cause' of Q15: '3' is not a number from 0 to 2"),
    (("2001,Q15,cause,1,,,",), 2,
     "candidate 2001, Q15: step feedback has no marks; write 0 where nothing is earned"),
    (("2001,Q15,cause,1,,,", "2001,Q15,cause,1,,,"), 3, "candidate 2001, Q15, step 'cause' appears twice"),
    (("2001,Q15,,4,,,", "2001,Q15,cause,1,,,", "2001,Q15,feedback,1,,,"), 2,
     "Q15 has 4 marks, but its steps have 2 together; leave one of the two empty"),
    (("2001,Q15,couse,1,,,",), 2, "Q15, step 'couse' is not known; did you mean 'cause'?"),
    (("2001,Q2,cause,1,,,",), 2, "Q2, step 'cause': the part has no steps"),
    (("2001,Q15,cause,x,,,",), 2, "step 'cause' of Q15: 'x' is not a number from 0 to 2"),
    (("2001,Q15,,,1,,",), 2, "Q15 is a long answer, which has no reading; give it marks"),
    (("2001,Q15,cause,1,1,,",), 2, "Q15, step 'cause': only a whole answer can have a reading"),
    (("2001,Q9,,,zwei,,",), 2, "Q9 read as 'zwei' is not recognised either (at character 1; expected "),
]  # fmt: skip


@pytest.mark.parametrize(("lines", "number", "message"), REFUSED, ids=[message[:40] for _, _, message in REFUSED])
def test_a_line_that_does_not_fit_is_named_and_nothing_is_kept(
    sat: Sat, tmp_path: Path, lines: tuple[str, ...], number: int, message: str
) -> None:
    folder, path = sat(ESSAY), filled(tmp_path / "list.csv", *lines)
    done = CliRunner().invoke(cli.group, ["review", str(folder), "--read", str(path)])

    assert isinstance(done.exception, Refused), done.output
    assert str(done.exception).startswith(f"{path}, line {number}: {message}")
    assert not (folder / reviews.RECORD).exists()


def test_a_session_takes_steps_and_readings(sat: Sat) -> None:
    folder = sat({("2001", "Q9"): "大约两倍", ("2001", "Q15"): "温度升高"})
    told = run("review", folder, "--interactive", "--by", "Li", typed="r\n?\nr\n1\nt\n3\nt\n2\n1\n")
    after = grade(folder, write=False)

    assert "Q9 read as '?' is not recognised either" in told
    assert "read as '1'\n" in told
    assert "'3' is not a number from 0 to 2; nothing was kept\n" in told
    assert "3 marks\n" in told
    assert after.reviews["Q15", 0].steps == {"cause": 2, "feedback": 1}
    assert (after.reviews["Q9", 0].marks, after.reviews["Q9", 0].reading) == (None, "1")


# --- what a person read --------------------------------------------------------------------------------------------


def test_what_a_person_reads_is_marked_and_carried_on(exam: Exam, sat: Sat, tmp_path: Path) -> None:
    """The first of three parts cannot be read; the second goes on with the candidate's own wrong value of it."""
    placed, first, _ = exam.columns()["Q10.1"]
    assert exam.columns()["Q10.2"][1].follows == (first.id,)
    drawn, form = exam.drawn[placed.item.id], int(exam.form_of[0])
    own, carried = _own(drawn, form)
    folder = sat({("2001", "Q10.1"): f"I = {own} ??", ("2001", "Q10.2"): carried})
    before = grade(folder, write=False)
    assert [float(before.marks(name)[0]) for name in ("Q10.1", "Q10.2")] == [0, 0]
    assert bool(before.waiting("Q10.1")[0])

    run("review", folder, "--read", filled(tmp_path / "list.csv", f"2001,Q10.1,,,{own},,Wang"))
    after = grade(folder)

    assert [float(after.marks(name)[0]) for name in ("Q10.1", "Q10.2")] == [0, 2]
    assert not after.waiting("Q10.1")[0]
    assert reasons(after, "Q10.1", 0, "en").startswith(f"Read by a person as “{own}”.")
    assert after.texts["Q10.1"][0] == f"I = {own} ??"
    run("review", folder, "--read", filled(tmp_path / "list.csv", f"2001,Q10.1,,1,{own},,Wang"))
    assert [float(grade(folder).marks(name)[0]) for name in ("Q10.1", "Q10.2")] == [1, 2]


def _own(drawn: variants.Variants, form: int) -> tuple[str, str]:
    """A wrong answer to the first part of the chain, and the answer to the second that follows from it."""
    part, later = drawn.item.parts[:2]
    value = 2 * float(drawn.columns["p"].values[form])
    columns = {name: column.take(np.array([form])) for name, column in drawn.columns.items()}
    fixed = {"p": type(columns["p"])(np.array([value]))}
    again = variants.derived(drawn.item, {name: columns[name] for name in drawn.item.parameters} | fixed, 1, fixed)
    key = variants.bind(drawn.item, later, again, {}, 1)
    assert part.facts.carried == ("p",)
    return f"{value:.12g}", answers.kind_of(later.kind).show(later.answer, key, {}, 0, "en").text


def test_a_review_without_marks_or_reading_is_none() -> None:
    with pytest.raises(ValueError, match="a review needs marks or a reading"):
        Review("1", "Q1", "x", None, "Li", "2026-01-05T08:00:00Z")
    with pytest.raises(Refused):
        reviews.parsed(b'{"candidate":"1","part":"Q1","text":"x","marks":null,"by":"","at":""}', "reviews.jsonl")


def test_a_review_of_an_earlier_version_reads_as_it_did() -> None:
    line = b'{"candidate": "1", "part": "Q1", "text": "x", "marks": 2.0, "by": "Li", "at": "t", "why": ""}\n'
    (one,) = reviews.parsed(line, "reviews.jsonl")

    assert (one.marks, one.reading, one.steps) == (2.0, "", {})
    assert reviews.written([one]) == line


def test_the_working_of_a_wrong_number_can_be_listed_and_marked(tmp_path: Path) -> None:
    (tmp_path / "sample.yaml").write_text(HEAD + NUMBER + STEPS.format("1", "2"), encoding="utf-8")
    plan = "id: quiz\ntitle: {zh: 小测, en: Quiz}\nminutes: 5\ntotal: 2\nsections:\n"
    plan += "  - {title: {zh: 一, en: One}, marks: 2, items: [{item: sample, marks: 2}]}\n"
    (tmp_path / "blueprints").mkdir()
    (tmp_path / "blueprints/quiz.yaml").write_text(plan, encoding="utf-8")
    class_ = (Candidate("1", "甲"), Candidate("2", "乙"))
    exam = papers.compose(
        (source := bank.load(tmp_path)).blueprint("quiz"), source, seed="never on a sheet", candidates=class_,
        forms=("A",), langs=("en",),
    )  # fmt: skip
    folder = sealed(exam, tmp_path / "exam")
    path = respond(exam, tmp_path / "given.csv", {("1", "Q1"): "1"})
    grade(folder, path)
    assert review.waiting(grade(folder, write=False), "en") == ()

    run("review", folder, "--steps", "--out", tmp_path / "list.csv")
    with (tmp_path / "list.csv").open(encoding="utf-8-sig", newline="") as file:
        assert [(row["step"], row["worth"]) for row in csv.DictReader(file)] == [
            ("", "2"), ("one", "2/3"), ("two", "4/3"),
        ]  # fmt: skip
    run("review", folder, "--read", filled(tmp_path / "some.csv", "1,Q1,one,2/3,,,", "1,Q1,two,1.3333,,,"))

    assert grade(folder).marks("Q1")[0] == Fraction(2)
