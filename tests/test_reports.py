"""Reports: every mark with its reason, what waits for a person, and candidates' texts as mere text."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sat_exam import right

from qbank import grading, intake
from qbank.actions.grade import results
from qbank.actions.review import waiting
from qbank.grading import Graded
from qbank.model import LANGS, Lang
from qbank.papers import Exam
from qbank.reports import answers, classreport, findings, marks, questions, unreadable
from qbank.reports._reasons import reasons
from qbank.reports.classreport import _people, _tables

Sat = Callable[..., Graded]
SCRIPT = "<script>alert(1)</script>"


@pytest.fixture
def sat(tmp_path: Path, exam: Exam) -> Sat:
    """Grades a class that is right everywhere but for what is changed: {("2001", "Q9"): "10"}."""

    def graded(changed: dict[tuple[str, str], str], away: tuple[str, ...] = ()) -> Graded:
        extra = sorted({column for _, column in changed} - set(exam.columns()))
        text = io.StringIO()
        rows = csv.writer(text)
        rows.writerow(["candidate", "absent", *exam.columns(), *extra])
        for candidate, form in zip(exam.candidates, exam.form_of, strict=True):
            own = [changed.get((candidate.id, column), right(exam, column, int(form))) for column in exam.columns()]
            more = [changed.get((candidate.id, column), "") for column in extra]
            rows.writerow([candidate.id, "yes" if candidate.id in away else "", *own, *more])
        path = tmp_path / "responses.csv"
        path.write_text(text.getvalue(), encoding="utf-8")
        return grading.grade(exam, intake.responses(path, list(exam.columns())))

    return graded


def said(graded: Graded, column: str, lang: Lang = "en", row: int = 0) -> str:
    return reasons(graded, column, row, lang)


def test_the_table_of_marks_has_every_part_section_and_total(sat: Sat, exam: Exam) -> None:
    table = marks.frame(sat({("2002", "Q9"): "?", ("2003", "Q15 marks"): "4.5"}, away=("2001",)))

    assert table.columns == [
        "candidate", "name", "group", "form", "state", "total", "section 1", "section 2", "section 3", "section 4",
        *exam.columns(), "waiting", "doubtful", "carried",
    ]  # fmt: skip
    rows = table.rows(named=True)
    assert [row["state"] for row in rows] == ["缺考", "", ""]
    assert [row["total"] for row in rows] == [0, 26, 33.5]
    assert [row["Q9"] for row in rows] == [0, 0, 3]
    assert [row["form"] for row in rows] == ["A", "B", "A"]
    for row in rows[1:]:
        assert sum(row[name] for name in exam.columns()) == sum(row[f"section {number}"] for number in (1, 2, 3, 4))


def test_what_could_not_be_read_is_listed_for_a_person(sat: Sat) -> None:
    graded = sat({("2001", "Q9"): "about ten?", ("2002", "Q14"): "[1, 2", ("2003", "Q9"): ""})

    rows = unreadable.frame(graded, "en").rows(named=True)

    assert [(row["candidate"], row["part"], row["written"], row["worth"]) for row in rows] == [
        ("2001", "Q9", "about ten?", "3"), ("2002", "Q14", "[1, 2", "2"),
    ]  # fmt: skip
    assert all(int(row["stopped at"]) > 0 and row["expected"] for row in rows)
    assert [row["give the marks in column"] for row in rows] == ["Q9 marks", "Q14 marks"]


def test_marks_in_the_column_that_the_list_names_settle_it(sat: Sat) -> None:
    changed = {("2001", "Q9"): "about ten?"}
    column = unreadable.frame(sat(changed), "en")["give the marks in column"][0]

    settled = sat({**changed, ("2001", column): "1.5"})

    assert unreadable.frame(settled, "en").is_empty()
    assert settled.marks("Q9")[0] == 1.5


def test_every_lost_mark_has_a_reason_in_the_papers_language(sat: Sat, exam: Exam) -> None:
    drawn = exam.drawn["gallery.number"].columns
    gain = f"{drawn['Rf'].values[0] / drawn['R1'].values[0]:.4g}"
    graded = sat({("2001", "Q9"): gain, ("2001", "Q1.1"): "反偏", ("2001", "Q12"): "", ("2001", "Q13"): "?"})

    assert "minus sign is missing" in said(graded, "Q9")
    assert "漏掉负号" in said(graded, "Q9", "zh")
    assert "onfused with the collector junction" in said(graded, "Q1.1")
    assert said(graded, "Q12") == "Nothing was written."
    assert said(graded, "Q12", "zh") == "未作答。"
    assert "aits for a person" in said(graded, "Q13")
    for lang in LANGS:
        for name in exam.columns():
            if graded.marks(name)[0] < float(exam.columns()[name][2]):
                assert said(graded, name, lang), name


def test_blanks_in_any_order_give_the_reason_of_the_part_they_were_marked_against(sat: Sat) -> None:
    graded = sat({("2001", "Q1.2"): "离子", ("2001", "Q1.3"): "电子"})

    assert "ons do not move" in said(graded, "Q1.2")
    assert graded.marks("Q1.3")[0] == 1
    assert "离子不移动" in classreport.page(graded, "zh")


def test_an_own_earlier_value_is_said_to_have_counted(sat: Sat, exam: Exam) -> None:
    own = float(exam.drawn["gallery.chain"].columns["p"].values[0]) + 5
    graded = sat({("2001", "Q10.1"): f"{own:g}", ("2001", "Q10.2"): f"{own + 100:g}",
                  ("2001", "Q10.3"): f"{1000 / (own + 50):.5g}"})  # fmt: skip

    assert said(graded, "Q10.2") == "Marked with your own value of (1). Right."
    assert said(graded, "Q10.3").startswith("Marked with your own value of (2). ")
    assert said(graded, "Q10.3").endswith("Reduced because an earlier value was wrong.")
    assert marks.frame(graded)["carried"].to_list() == [2, 0, 0]


def test_the_absent_and_those_whom_a_person_marked_are_told_so(sat: Sat) -> None:
    graded = sat({("2002", "Q9 marks"): "2"}, away=("2001",))

    assert said(graded, "Q9") == "Absent."
    assert said(graded, "Q9", "zh") == "缺考。"
    assert said(graded, "Q9", row=1).startswith("Marked by a person.")


@pytest.mark.parametrize("lang", LANGS)
def test_the_class_report_is_one_page_with_everyone_on_it(sat: Sat, exam: Exam, lang: Lang) -> None:
    page = classreport.page(sat({("2001", "Q9"): "7"}, away=("2003",)), lang)

    for candidate in exam.candidates:
        assert candidate.id in page
        assert candidate.name.replace("'", "&#39;") in page
    for name in exam.columns():
        assert name in page
    assert "<script" not in page
    assert "http://" not in page.replace("http://www.w3.org/", "")


def test_the_report_shows_the_most_frequent_answers_and_says_what_it_leaves_out(
    sat: Sat, monkeypatch: pytest.MonkeyPatch
) -> None:
    graded = sat({("2001", "Q9"): "7", ("2002", "Q9"): "7", ("2003", "Q9"): "8"})
    found = answers.of(graded, "Q9")

    assert found.frame.select("written", "candidates").rows() == [("7", 2), ("8", 1)]

    monkeypatch.setattr(answers, "TOP", 1)
    monkeypatch.setattr(_people, "LISTED", 2)
    page = classreport.page(graded, "en")

    assert "Other answers: 1 (candidates: 1), see answers.csv." in page
    assert "The 3 candidates are not listed here: marks.csv has their marks" in page
    assert "2001" not in page

    table = answers.frame(findings.of(graded)).filter(question="Q9")

    assert table["candidates"].sum() == 3, "the rest is in the table"
    assert table["answer"].to_list() == ["7", "8"]


def test_what_each_question_is_worth_is_in_the_results(sat: Sat, exam: Exam) -> None:
    table = questions.frame(findings.of(sat({("2002", "Q9"): "?"})), "en")

    assert table["question"].to_list() == list(exam.columns())
    assert table["worth"].sum() == float(exam.total)
    asked = ("worth", "counts", "blank", "unreadable", "waiting", "doubtful")
    assert table.filter(question="Q9").select(asked).rows() == [(3.0, 3.0, 0, 1, 1, 0)]


def test_how_hard_a_question_was_is_in_the_results(sat: Sat) -> None:
    """Two of three right: the facility is 2/3, and those who were right here were right elsewhere, or not."""
    own = [("2001", "Q9")] + [("2001", column) for column in ("Q1", "Q2")]
    table = questions.frame(findings.of(sat(dict.fromkeys(own, ""))), "en")

    row = table.filter(question="Q9").row(0, named=True)
    assert (row["facility"], row["blank"]) == (0.6667, 1)
    assert row["discrimination"] > 0
    assert table.filter(question="Q3")["discrimination"].to_list() == [None], "everybody was right"
    nobody = questions.frame(findings.of(sat({}, away=("2001", "2002", "2003"))), "en")
    assert nobody["facility"].null_count() == len(nobody)


def test_what_waits_and_what_is_doubtful_is_counted_alike_everywhere(sat: Sat) -> None:
    graded = sat({("2001", "Q9"): "?", ("2002", "Q9"): "-39 blah", ("2003", "Q9"): "-39 blah"})
    table, facts = marks.frame(graded), dict(_tables.facts(findings.of(graded), "en"))
    listed = [each.why for each in waiting(graded, "en")]
    waits, doubtful = graded.undecided

    assert (table["waiting"].sum(), table["doubtful"].sum()) == (waits, doubtful)
    assert (facts["waiting for a person"], facts["doubtful"]) == (str(waits), str(doubtful))
    assert (len(listed) - listed.count("doubtful"), listed.count("doubtful")) == (waits, doubtful)


def test_a_class_in_which_all_were_absent_has_a_report(sat: Sat) -> None:
    graded = sat({}, away=("2001", "2002", "2003"))

    assert dict(_tables.facts(findings.of(graded), "en")) == {
        "sat the exam": "0", "absent": "3", "marked with an own earlier value": "0", "waiting for a person": "0",
        "doubtful": "0",
    }  # fmt: skip
    for lang in LANGS:
        assert "2001" in classreport.page(graded, lang)


def test_a_candidates_text_is_text_wherever_it_is_shown(sat: Sat) -> None:
    """No script in a page, no formula in a spreadsheet."""
    graded = sat({("2001", "Q9"): SCRIPT, ("2002", "Q9"): "=cmd|' /C calc'!A0", ("2003", "Q1.1"): SCRIPT})
    files = dict(results(graded))

    for name, content in files.items():
        text = content.decode("utf-8-sig")
        if name.endswith(".html"):
            assert "<script>" not in text, name
        elif name.endswith(".csv"):
            for row in csv.reader(io.StringIO(text)):
                assert not [cell for cell in row if cell[:1] in tuple("=@\t\r")], name
    assert "=cmd|' /C calc'!A0" in files["results/unreadable.csv"].decode("utf-8-sig")


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=20), lang=st.sampled_from(LANGS))
def test_any_answer_can_be_reported(sat: Sat, exam: Exam, text: str, lang: Lang) -> None:
    graded = sat({("2001", name): text for name in exam.columns()})

    for name in exam.columns():
        reasons(graded, name, 0, lang)
    unreadable.frame(graded, lang)
    marks.frame(graded)
    classreport.page(graded, lang)
