"""Grading: everyone gets exactly what their row says, and what cannot be graded stops nothing else unsaid."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import numpy as np
import pytest
from conftest import CLASS, SEED
from hypothesis import given
from hypothesis import strategies as st

from qbank import grading, intake, papers
from qbank.bank import Bank
from qbank.grading import Graded, _graded
from qbank.model import Marks, Refused, Steps
from qbank.papers import Exam
from qbank.reviews import Review

Grade = Callable[..., Graded]


@pytest.fixture
def grade(tmp_path: Path, exam: Exam) -> Grade:
    """Grades the text of a responses file, which is called responses.csv in every message."""

    def graded(text: str, of: Exam = exam, verdicts: Sequence[Review] = ()) -> Graded:
        path = tmp_path / "responses.csv"
        path.write_text(text, encoding="utf-8")
        return grading.grade(of, intake.responses(path, list(of.columns())), verdicts)

    return graded


def refused(grade: Grade, text: str, *of: Exam) -> list[str]:
    with pytest.raises(Refused) as error:
        grade(text, *of)
    return [str(problem).split("responses.csv", 1)[1] for problem in error.value.problems]


@pytest.fixture(scope="module")
def open_exam(gallery: Bank) -> Exam:
    """The same paper with forms A and B and no roster: whoever hands in is graded."""
    return papers.compose(gallery.blueprint("everything"), gallery, seed=SEED, forms=("A", "B"))


def right(exam: Exam, candidate: str, form: int, **other: str) -> str:
    """A row with the printed key of every part of a form, save what stands in `other` (Q10_1 for Q10.1)."""
    given = {name.replace("_", "."): text for name, text in other.items()}
    cells = [candidate]
    for name, (placed, part, _) in exam.columns().items():
        text = given.get(name, papers.key(exam.drawn[placed.item.id], part, form, "en").text)
        cells.append(f'"{text}"')
    return ",".join(cells)


def head(exam: Exam) -> str:
    return ",".join(["candidate", *exam.columns()])


def test_the_printed_keys_earn_everything_but_the_long_answer(grade: Grade, exam: Exam) -> None:
    graded = grade(f"{head(exam)}\n{right(exam, '2001', 0)}\n{right(exam, '2002', 1)}\n{right(exam, '2003', 0)}\n")

    assert graded.totals().tolist() == [29.0, 29.0, 29.0], "34 marks, 5 of them for a person"
    assert graded.rows.tolist() == [0, 1, 0]
    assert [graded.of_section(section).tolist()[0] for section in exam.sections] == [4, 4, 5, 16]
    assert graded.problems == ()


def test_another_forms_keys_earn_less(grade: Grade, exam: Exam) -> None:
    graded = grade(f"{head(exam)}\n{right(exam, '2001', 1)}\n")

    assert graded.totals()[0] < 20


def test_the_form_that_a_candidate_had_is_what_the_responses_say(grade: Grade, exam: Exam) -> None:
    """2001 was handed A; the sheet that came back says B."""
    text = head(exam).replace("candidate", "candidate,form") + "\n"
    rows = [right(exam, "2001", 1).replace("2001", "2001,B", 1), right(exam, "2002", 1).replace("2002", "2002,b", 1)]

    graded = grade(text + "\n".join(rows) + "\n")

    assert graded.totals().tolist() == [29.0, 29.0, 0.0]
    assert graded.rows.tolist() == [1, 1, 0]


def test_without_a_form_column_each_has_the_form_that_was_handed_out(grade: Grade, exam: Exam) -> None:
    text = head(exam).replace("candidate", "candidate,form") + "\n" + right(exam, "2002", 1).replace("2002", "2002,", 1)

    assert grade(text + "\n").totals().tolist() == [0.0, 29.0, 0.0]


FORM = "\n  → add a column 'form' with each candidate's form"


@pytest.mark.parametrize(
    ("text", "expected", "remark"),
    [
        ("candidate,Q9\n2009,1\n", [(", line 2: candidate '2009' is not known; did you mean '2003'?"
          "\n  → correct the number or delete the row")], "an unknown candidate"),
        ("candidate,Q9\n2001,1\n2001,2\n", None, "the same candidate twice"),
        ("candidate,form,Q9\n2001,C,1\n", [", line 2: form 'C' is not known; the known ones are: A, B"],
         "an unknown form"),
        ("candidate,form,Q9\n2001,²,1\n", [", line 2: form '²' is not known; the known ones are: A, B"], "no digit"),
        ("candidate,Q9,Q9 marks\n2001,1,4\n", [", line 2: Q9 marks: '4' is not a number from 0 to 3"], "too many"),
        ("candidate,Q9,Q9 marks\n2001,1,-1\n", [", line 2: Q9 marks: '-1' is not a number from 0 to 3"], "below 0"),
        ("candidate,Q9,Q9 marks\n2001,1,nan\n", [", line 2: Q9 marks: 'nan' is not a number from 0 to 3"], "nan"),
        ("candidate,Q9,Q9 marks\n2001,1,two\n", [", line 2: Q9 marks: 'two' is not a number from 0 to 3"], "a word"),
        (
            "candidate,form,Q9,Q9 marks\n2001,D,1,4\n7,A,,\n",
            [
                (", line 3: candidate '7' is not known; the known ones are: 2001, 2002, 2003\n"
                "  → correct the number or delete the row"),
                ", line 2: form 'D' is not known; the known ones are: A, B",
                ", line 2: Q9 marks: '4' is not a number from 0 to 3",
            ],
            "three faults in one go",
        ),
    ],
    ids=lambda value: value if isinstance(value, str) and "\n" not in value else "",
)  # fmt: skip
def test_what_cannot_be_graded_is_refused_line_by_line(
    grade: Grade, text: str, expected: list[str] | None, remark: str
) -> None:
    told = refused(grade, text)

    if expected is None:
        assert "2001" in told[0], remark
        assert "2" in told[0], remark
        assert "3" in told[0], remark
    else:
        assert told == expected, remark


@pytest.mark.parametrize(
    ("text", "expected", "remark"),
    [
        ("candidate,Q9\n1,1\n",
         [": the exam has the forms A, B, and no column gives each candidate's form" + FORM], "no column"),
        ("candidate,form,Q9\n1,A,1\n2,,1\n", [", line 3: candidate '2' has no form\n  → write one of A, B"], "no form"),
    ],
)
def test_without_a_roster_everyone_must_say_their_form(
    grade: Grade, open_exam: Exam, text: str, expected: list[str], remark: str
) -> None:
    assert refused(grade, text, open_exam) == expected, remark


def test_without_a_roster_whoever_hands_in_is_graded(grade: Grade, open_exam: Exam) -> None:
    text = "candidate,form,absent,Q9\nx,A,,1\ny,b,,1\nz,,yes,\n"

    graded = grade(text, open_exam)

    assert [candidate.id for candidate in graded.candidates] == ["x", "y", "z"]
    assert graded.rows.tolist() == [0, 1, 0]
    assert [state == "absent" for state in graded.states] == [False, False, True]


def test_absent_is_not_blank(grade: Grade) -> None:
    graded = grade("candidate,absent,Q9,Q15 marks\n2001,yes,,\n2002,,,\n")

    assert [state == "absent" for state in graded.states] == [True, False, True]
    assert graded.totals().tolist() == [0, 0, 0]
    told = [(problem.message.partition("responses.csv: ")[2], problem.severity) for problem in graded.problems[-2:]]
    assert told == [
        ("candidate 2003 has no row and counts as absent", "warning"),
        ("1 candidate (2002) has no answer and is not marked absent: 0 marks", "warning"),
    ]


def test_answers_of_the_absent_are_told_and_do_not_count(grade: Grade) -> None:
    graded = grade("candidate,absent,Q9,Q15 marks\n2001,yes,C,1\n2002,,C,\n2003,yes,,\n")

    assert graded.totals().tolist()[::2] == [0, 0]
    message = "responses.csv: 1 candidate (2001) is marked absent and has answers, which do not count"
    assert graded.problems[-1].message.endswith(message)


@pytest.mark.parametrize("text", ["candidate,Q9\n", "candidate,form,Q9\n"], ids=["no form column", "form column"])
def test_a_form_that_nobody_filled_in_makes_everyone_absent(grade: Grade, text: str) -> None:
    graded = grade(text)

    assert all(state == "absent" for state in graded.states)
    assert graded.totals().tolist() == [0, 0, 0]


def test_without_a_roster_and_without_rows_nobody_is_graded(grade: Grade, open_exam: Exam) -> None:
    told = refused(grade, "candidate,form,Q9\n", open_exam)

    assert told == [": there is nobody to grade: the file has no row, and the exam has no roster"]


def test_a_persons_marks_stand_instead_of_the_machines(grade: Grade, exam: Exam) -> None:
    rows = [right(exam, "2001", 0) + ",4.5,", right(exam, "2002", 1, Q9="?") + ",,1", right(exam, "2003", 0) + ", 0 ,0"]
    graded = grade(f"{head(exam)},Q15 marks,Q9得分\n" + "\n".join(rows) + "\n")

    assert graded.marks("Q15").tolist() == [4.5, 0, 0]
    assert graded.marks("Q9").tolist() == [3, 1, 0], "a zero by hand is a zero"
    assert graded.totals().tolist() == [33.5, 27, 26]
    assert np.isnan(graded.by_hand["Q9"][0])


def test_what_cannot_be_read_waits_until_a_person_marks_it(grade: Grade) -> None:
    graded = grade("candidate,Q9,Q9 marks\n2001,?,\n2002,?,2\n2003,5,\n")

    assert graded.waiting("Q9").tolist() == [True, False, False]
    assert graded.marks("Q9").tolist() == [0, 2, 0]


def test_a_person_may_forgive_what_was_nearly_right(grade: Grade, exam: Exam) -> None:
    """A slip of the pen is doubtful and does not wait; what cannot be read waits and is not doubtful."""
    first = next(name for name, (placed, _, _) in exam.columns().items() if placed.item.id == "gallery.blanks")
    graded = grade(f"candidate,Q9,{first}\n2001,?,forward-biasd\n2002,1,forward-biassed\n2003,1,forward-biased\n")

    assert graded.doubtful(first).tolist() == [True, True, False]
    assert graded.doubtful("Q9").tolist() == [False, False, False]
    assert graded.waiting("Q9").tolist() == [True, False, False]


def test_what_cost_nothing_and_what_was_wrong_is_not_doubtful() -> None:
    steps = Steps(4).where(np.array([True, False, False, False]), "text.spelling", 0.5)
    steps = steps.where(np.array([False, True, False, False]), "unit.unknown", 1.0)
    steps = steps.where(np.array([False, False, True, False]), "text.wrong", 0.0)

    assert _graded.doubts(cast(Any, SimpleNamespace(steps=steps, credit=steps.credit))).tolist() == [
        True, False, False, False,
    ]  # fmt: skip


def test_what_a_person_read_is_marked_in_its_own_place_alone() -> None:
    reading = cast(Any, SimpleNamespace(reading="5 V"))
    marks = cast(Any, SimpleNamespace(reading=""))
    judged = {("Q1", 1): reading, ("Q1", 2): marks, ("Q2", 0): reading}

    assert list(_graded.read_as("Q1", ["a", "b", "c"], judged)) == ["a", "5 V", "c"]
    assert list(_graded.read_as("Q2", ["a", "b", "c"], judged)) == ["5 V", "b", "c"]
    assert list(_graded.read_as("Q3", ["a", "b", "c"], judged)) == ["a", "b", "c"]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("candidate,Q9,Q15 marks,Q9 marks\n2001,,2,\n2002,1,,\n2003,,,\n",
         "1 candidate (2003) has no answer and is not marked absent: 0 marks"),
        ("candidate,Q9\n2001, \n2002,1\n2003,\n",
         "2 candidates (2001, 2003) have no answer and are not marked absent: 0 marks"),
    ],
    ids=["a mark in one of two columns", "no column of marks"],
)  # fmt: skip
def test_marks_by_hand_are_something_that_a_candidate_wrote(grade: Grade, text: str, told: str) -> None:
    assert grade(text).problems[-1].message.partition("responses.csv: ")[2] == told


def test_verdicts_count_in_any_company(grade: Grade) -> None:
    """Beside verdicts on answers that the exam does not have, and over marks that were typed."""
    at = "2026-01-05T08:00:00Z"
    verdicts = [Review(who, part, "5", marks, "Li", at) for who, part, marks in (
        ("2001", "Q99", 1), ("2009", "Q9", 1), ("2001", "Q9", 3), ("2002", "Q9", 2), ("2003", "Q9", 1),
    )]  # fmt: skip
    graded = grade("candidate,Q9,Q9 marks\n2001,5,\n2002,5,1\n2003,5,0\n", verdicts=verdicts)

    assert graded.marks("Q9").tolist() == [3, 2, 1]
    assert [problem.message.rpartition(": ")[2] for problem in graded.problems if "review" in problem.code] == [
        "the exam has no such answer", "the exam has no such answer",
        "the column 'Q9 marks' has 1, but Li gave 2 on 2026-01-05T08:00:00Z, and that counts",
        "the column 'Q9 marks' has 0, but Li gave 1 on 2026-01-05T08:00:00Z, and that counts",
    ]  # fmt: skip


def test_nobody_waits_who_is_absent(grade: Grade) -> None:
    graded = grade("candidate,absent,Q9\n2001,yes,?\n")

    assert not graded.waiting("Q9").any()


def test_marks_are_those_of_the_paper_and_not_of_the_item(grade: Grade, exam: Exam) -> None:
    """The item gives r two marks, the paper one."""
    graded = grade(f"{head(exam)}\n{right(exam, '2001', 0)}\n")

    assert [graded.marks(name)[0] for name in ("Q10.1", "Q10.2", "Q10.3")] == [2, 2, 1]


def test_an_error_carried_forward_counts_on_the_paper(grade: Grade, exam: Exam) -> None:
    drawn = exam.drawn["gallery.chain"].columns
    own = float(drawn["p"].values[0]) + 5
    cells = {"Q10_1": f"{own:g}", "Q10_2": f"{own + 100:g}", "Q10_3": f"{1000 / (own + 50):.5g}"}

    graded = grade(f"{head(exam)}\n{right(exam, '2001', 0, **cells)}\n")

    assert [graded.marks(name)[0] for name in ("Q10.1", "Q10.2", "Q10.3")] == [0, 2, 0.5]
    assert [graded.marked[name].carried[0] for name in ("Q10.1", "Q10.2", "Q10.3")] == [False, True, True]


@pytest.mark.parametrize(
    ("total", "step", "expected", "remark"),
    [
        (71.25, "1/2", 71.5, "a half goes up"),
        (71.24, "1/2", 71.0, ""),
        (0.25, "1/2", 0.5, "where half-even would say 0"),
        (0.75, "1/2", 1.0, ""),
        (59.5, "1", 60.0, "the pass mark"),
        (60.5, "1", 61.0, "where half-even would say 60"),
        (0.1 + 0.2 + 0.2, "1", 1.0, "a sum that is a hair short of a half in floats"),
        (70.333, "0", 70.333, "no rounding"),
        (-0.25, "1/2", 0.0, "halves go up below zero too"),
    ],
)
def test_totals_are_rounded_half_up(total: float, step: str, expected: float, remark: str) -> None:
    assert Marks.of(np.array([total])).rounded(Fraction(step)).tolist() == [expected], remark


@given(st.lists(st.floats(0, 200), max_size=5), st.sampled_from(["1/2", "1", "1/4", "1/10"]))
def test_rounding_moves_a_total_by_half_a_step_at_most_and_only_once(totals: list[float], step: str) -> None:
    once = Marks.of(np.array(totals, dtype=float)).rounded(Fraction(step))

    assert (np.abs(once.floats - np.array(totals)) <= float(Fraction(step)) / 2 + 1e-6).all()
    assert once.rounded(Fraction(step)).tolist() == once.tolist()


def test_the_total_is_rounded_once_and_not_part_by_part(grade: Grade, exam: Exam) -> None:
    """Two parts of 0.2 each are 0.4 and so 0.5 at a step of a half; rounded one by one they would be nothing."""
    graded = grade("candidate,Q9 marks,Q15 marks\n2001,0.2,0.2\n")

    assert graded.exact()[0] == pytest.approx(0.4)
    assert graded.totals()[0] == 0.5
    assert sum(graded.of_section(section)[0] for section in exam.sections) == pytest.approx(0.4)


def test_the_order_of_the_rows_changes_nothing(grade: Grade, exam: Exam) -> None:
    rows = [right(exam, candidate.id, 0) for candidate in CLASS]
    straight = grade("\n".join([head(exam), *rows]) + "\n")
    turned = grade("\n".join([head(exam), *rows[::-1]]) + "\n")

    assert straight.totals().tolist() == turned.totals().tolist()
    assert [candidate.id for candidate in turned.candidates] == ["2001", "2002", "2003"]
