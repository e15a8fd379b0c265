"""What the class report measures, against the marks that it is made from."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import numpy as np
import pytest
from sat_exam import respond, sealed

from qbank.actions.grade import grade
from qbank.papers import Exam
from qbank.reports import bands, classreport, shares
from qbank.reports.findings import Findings

CHANGES = {
    ("2001", "Q9"): "39", ("2002", "Q9"): "", ("2003", "Q2"): "A", ("2001", "Q15"): "温度升高",
    ("2002", "Q14"): "[1, 2",
}  # fmt: skip
Sat = Callable[[Mapping[tuple[str, str], str]], Path]


@pytest.fixture
def found(exam: Exam, tmp_path: Path) -> Findings:
    folder = sealed(exam, tmp_path / "exam")
    return Findings(grade(folder, respond(exam, tmp_path / "given.csv", CHANGES)))


def test_questions_and_sections_add_up_to_the_total(found: Findings) -> None:
    questions = sum(each.measures.marks for each in found.questions)
    sections = sum(measures.marks for _, measures in found.sections)

    np.testing.assert_allclose(questions, found.graded.exact().floats)
    np.testing.assert_allclose(sections, found.graded.exact().floats)
    assert sum(each.measures.worth for each in found.questions) == float(found.graded.exam.total)


def test_facility_is_the_share_that_was_earned(found: Findings) -> None:
    for column, measures in found.parts.items():
        worth = float(found.graded.exam.columns()[column][2])
        assert measures.facility == pytest.approx(found.graded.marks(column).floats.mean() / worth)
        assert measures.facility <= measures.highest + 1e-12
        assert measures.waiting == int(found.graded.waiting(column).sum())


def test_what_waits_can_raise_the_mean_and_never_lower_it(found: Findings) -> None:
    assert (found.highest >= found.totals).all()
    assert found.highest.sum() > found.totals.sum()  # an essay and a vector wait


def test_every_option_is_counted_once(found: Findings) -> None:
    for column, picks in found.picks.items():
        answered = [text for text in found.graded.texts[column] if text.strip()]
        assert all(0 <= pick.count <= len(answered) for pick in picks), column


def test_the_marks_of_all_levels_are_those_of_the_paper(found: Findings) -> None:
    assert sum(each.worth for each in shares.levels(found)) == float(found.graded.exam.total)


def test_the_report_says_what_waits_beside_the_mean_and_links_to_it(found: Findings) -> None:
    page = classreport.page(found.graded, "en")

    assert 'href="#waiting"' in page
    assert 'id="waiting"' in page
    assert page.count("<svg") >= 2
    assert page.count("role=\"img\"") >= page.count("<svg")
    assert "<script" not in page


def test_bands_hold_everybody_once(found: Findings) -> None:
    assert sum(band.count for band in bands.table(found.totals, float(found.graded.exam.total))) == len(found.totals)
