"""Marks for other systems: a total a candidate, and what is not final said."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest
from conftest import Run
from sat_exam import respond, sealed

from qbank import intake, outputs
from qbank.actions.export import export
from qbank.actions.grade import grade
from qbank.actions.marks import Rule
from qbank.model import Candidate, Refused
from qbank.papers import Exam

HOSTILE = "=HYPERLINK(1)"


@pytest.fixture
def quiz(exam: Exam, tmp_path: Path) -> Path:
    """A graded exam: the first candidate right but for an essay that waits, the second blank, the third absent."""
    first, second, third = exam.candidates
    named = (first, Candidate(second.id, "Wang, Li", "2"), Candidate(third.id, HOSTILE))
    folder = sealed(replace(exam, candidates=named), tmp_path / "quiz")
    blank = {(who.id, column): "" for who in (second, third) for column in exam.columns()}
    essay = next(name for name, (_, part, _) in exam.columns().items() if part.kind == "essay")
    given = {(first.id, essay): "a long answer", (third.id, "absent"): "yes", **blank}
    grade(folder, respond(replace(exam, candidates=named), tmp_path / "responses.csv", given))
    return folder


def rows(content: bytes) -> Sequence[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))


def test_moodle_reads_a_row_a_candidate(quiz: Path) -> None:
    head, first, second, third = rows(export("moodle_grades", quiz, lang="en").written.content)

    assert head == ["ID number", "Name", "Sample paper (34)", "Sample paper (34) (feedback)"]
    assert [first[0], first[3]] == ["2001", "answers that wait for a person: 1; the total may change"]
    assert 0 < float(first[2]) < 34
    assert second == ["2002", "Wang, Li", "0", ""]
    assert third == ["2003", f"'{HOSTILE}", "0", "absent"], "a spreadsheet computes nothing"


def test_canvas_reads_what_the_exam_is_worth_in_the_second_row(quiz: Path) -> None:
    head, points, first, second, _ = rows(export("canvas_grades", quiz, lang="zh").written.content)

    assert head == ["Student", "ID", "SIS User ID", "SIS Login ID", "Section", "样例试卷 (34)"]
    assert points == ["    Points Possible", "", "", "", "", "34"]
    assert first[2] == "2001"
    assert second == ["Wang, Li", "", "2002", "", "2", "0"]


@pytest.mark.parametrize("tag", outputs.tags(taking="totals"))
def test_the_totals_are_those_of_the_results_and_what_waits_is_a_loss(quiz: Path, tag: str) -> None:
    written = export(tag, quiz, lang="en").written
    totals = {row[0]: row[5] for row in rows((quiz / "results/marks.csv").read_bytes())[1:]}

    told = rows(written.content)
    place = 2 if tag == "canvas_grades" else 0
    assert {row[place]: float(row[5 if place else 2]) for row in told[1:] if row[place]} == {
        who: float(total) for who, total in totals.items()
    }
    assert written.count == 3
    assert [str(loss) for loss in written.losses] == ["2001: 1 answer waits for a person: this total is not final"]
    with pytest.raises(Refused, match="2001: 1 answer waits for a person: this total is not final"):
        export(tag, quiz, lang="en", strict=True)


@pytest.mark.parametrize("tag", outputs.tags(taking="totals"))
def test_what_was_written_is_read_as_a_roster(quiz: Path, tmp_path: Path, tag: str) -> None:
    path = tmp_path / "back.csv"
    path.write_bytes(export(tag, quiz, lang="en").written.content)

    assert [who.id for who in intake.roster(path).candidates] == ["2001", "2002", "2003"]


def test_an_exam_that_was_not_graded_has_no_marks(exam: Exam, tmp_path: Path) -> None:
    folder = sealed(exam, tmp_path / "quiz")

    with pytest.raises(Refused, match=r"has not been graded yet"):
        export("moodle_grades", folder)


def test_the_command_says_what_it_wrote(run: Run, quiz: Path, tmp_path: Path) -> None:
    code, out, err = run("export", "moodle_grades", str(quiz), "--lang", "en", "-o", "up.csv")

    assert (code, out) == (0, "up.csv: 3 candidates, 1 loss\n")
    assert err == "lost: 2001: 1 answer waits for a person: this total is not final\n"
    assert len(rows((tmp_path / "up.csv").read_bytes())) == 4


@pytest.mark.parametrize("tag", outputs.tags(taking="totals"))
def test_a_gradebook_takes_a_scale(run: Run, quiz: Path, tmp_path: Path, tag: str) -> None:
    rules = (Rule(), Rule("to-100", step=Fraction(1)))
    before, scaled = (export(tag, quiz, lang="en", rule=rule).written for rule in rules)
    code, _, err = run("export", tag, str(quiz), "--lang", "en", "--scale", "to-100", "--round", "1", "-o", "up.csv")

    assert code == 0, err
    assert (tmp_path / "up.csv").read_bytes() == scaled.content
    place = 5 if tag == "canvas_grades" else 2
    one, other = (rows(each.content) for each in (before, scaled))
    assert (one[0][place], other[0][place]) == ("Sample paper (34)", "Sample paper (100)")
    expected = [int(100 * Fraction(row[place]) / 34 + Fraction(1, 2)) for row in one[1:]]
    assert [int(row[place]) for row in other[1:]] == expected


def test_the_record_of_an_exam_is_not_an_item(run: Run, quiz: Path) -> None:
    code, _, err = run("export", "gift", str(quiz / "exam.yaml"))

    belongs = "belongs to a sealed exam; give the exam by its folder"
    assert (code, err) == (2, f"qbank: {quiz / 'exam.yaml'} {belongs}: {quiz}\n")
