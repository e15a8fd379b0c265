"""A bank of other subjects, written from the documents alone, beside the shipped one: loaded, checked, sat, graded."""

from __future__ import annotations

import warnings
from pathlib import Path

import numpy as np
import pytest
from sat_exam import respond, sealed

from qbank import answers, bank, marking, papers, registry, resources, variants
from qbank.actions.check import check
from qbank.actions.grade import grade
from qbank.bank import Bank
from qbank.model import LANGS, Candidate

SECOND = Path(__file__).parent / "second_bank"
SEATS = 25
CLASS = (Candidate("2001", "张三", "一班"), Candidate("2002", "李四", "一班"))
JOINT = """\
id: joint
title: {zh: 联合测验, en: A joint test}
minutes: 60
total: 21
sections:
  - title: {zh: 两个题库, en: Of two banks}
    marks: 21
    items:
      - {item: opamp.inverting.gain, marks: 3}
      - stats.regression
      - phys.vernier
      - phys.motion_graph
      - {draw: 1, topic: linear, kind: vector, marks: 5}
      - {draw: 1, topic: electronics/opamp, kind: truth, marks: 1}
"""


@pytest.fixture(scope="module")
def second() -> Bank:
    loaded = bank.load(SECOND)
    assert loaded.problems == ()
    return loaded


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> Bank:
    """The shipped bank, the second one, and a folder with a blueprint that takes from both."""
    plans = tmp_path_factory.mktemp("plans")
    (plans / "blueprints").mkdir()
    (plans / "blueprints/joint.yaml").write_text(JOINT, encoding="utf-8")
    return bank.load(resources.folder("questions"), SECOND, plans)


def test_it_asks_what_other_departments_ask(second: Bank) -> None:
    """Every kind of answer but the shape of an array; pictures, graphs, gates; a data file; steps; Chinese alone."""
    kinds = {part.kind for item in second.items.values() for part in item.parts}
    drawn = [type(figure).__module__ for item in second.items.values() for figure in item.figures.values()]

    assert len(second.items) >= 25
    assert kinds == set(registry.tags("answers")) - {"shape"}
    assert {module.split(".")[2] for module in drawn} == {"circuit", "graph", "image"}
    assert any(part.steps for item in second.items.values() for part in item.parts)
    assert any(item.files for item in second.items.values())
    assert [item.id for item in second.items.values() if item.languages == ("zh",)] == ["lang.idiom"]


def test_it_stands_beside_the_shipped_bank(second: Bank, both: Bank) -> None:
    assert both.problems == ()
    assert set(second.items) < set(both.items)
    assert "opamp.inverting.gain" in both.items


def test_its_check_finds_nothing() -> None:
    """Trials and witnesses too. No library warns about what the items do."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        found = check([SECOND], seats=SEATS)

    assert [str(problem) for problem in found.problems] == []


def test_the_key_that_is_printed_earns_full_marks(second: Bank) -> None:
    for item in second.items.values():
        drawn = variants.make(item, "printed", np.arange(SEATS))
        for lang in item.languages:
            printed = {
                part.id: [
                    answers.kind_of(part.kind).show(
                        part.answer, drawn.keys[part.id], drawn.arrangements[part.id], row, lang
                    ).text
                    for row in range(SEATS)
                ]
                for part in item.parts
            }  # fmt: skip
            marked = marking.mark(item, drawn, printed)
            earned = {part.id: marked[part.id].credit.min() for part in item.parts if not part.facts.waits}
            assert earned == dict.fromkeys(earned, 1.0), (item.id, lang)


@pytest.mark.parametrize("plan", ["term", "joint"])
def test_its_papers_are_sat_and_graded(both: Bank, tmp_path: Path, plan: str) -> None:
    """Whoever writes what is right earns everything that no person has to read; whoever writes nothing, nothing."""
    exam = papers.compose(both.blueprint(plan), both, seed="sat", candidates=CLASS, forms=("A", "B"), langs=LANGS)
    blank = {("2002", column): "" for column in exam.columns()}
    folder = sealed(exam, tmp_path / "exam")

    graded = grade(folder, respond(exam, tmp_path / "responses.csv", blank), write=False)

    assert graded.totals().tolist() == [float(exam.total), 0.0]
