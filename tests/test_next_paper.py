"""The next paper: items by rule, forms of different items, what earlier exams asked, a resit without repeats."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st
from sat_exam import respond, sealed

from qbank import bank, cli, papers, resources
from qbank.actions import next_paper, status
from qbank.actions.grade import grade
from qbank.bank import Bank, Source
from qbank.bank.blueprint import Blueprint
from qbank.bank.table import bound
from qbank.model import Candidate, Refused
from qbank.papers import Exam, Past

HEAD = "id: r\ntitle: {zh: 题, en: R}\nminutes: 60\ntotal: 30\n"
SECTIONS = """sections:
  - title: {zh: 选择, en: Choice}
    marks: 10
    each: 2
    items: [{draw: 5, topic: electronics, kind: choice}]
  - title: {zh: 计算, en: Calculations}
    marks: 20
    items: [{draw: 4 to 6, topic: electronics, kind: number}]
"""
TABLE = """table:
  - {topic: electronics/opamp, marks: 8 to 12}
  - {level: [3, 4], marks: at least 6}
  - {each: circuit, items: at most 1}
  - {minutes: at most 60}
"""


@pytest.fixture(scope="module")
def shipped() -> Bank:
    return bank.load(resources.folder("questions"))


def plan(text: str) -> Blueprint:
    read, problems = bank.read(Source("r.yaml", (HEAD + text).encode()), Blueprint)
    assert read is not None, problems
    return read


def composed(source: Bank, text: str, seed: str = "a", **asked: object) -> tuple[Exam, ...]:
    return papers.composed(plan(text), source, seed=seed, **asked)  # type: ignore[arg-type]


def items(exam: Exam) -> list[str]:
    return [placed.item.id for _, placed in exam.placed()]


@settings(max_examples=5, deadline=None)
@given(seed=st.text("abcdef", min_size=1, max_size=6))
def test_a_paper_by_rule_meets_every_rule(shipped: Bank, seed: str) -> None:
    (exam,) = composed(shipped, TABLE + SECTIONS, seed)
    placed = [each for _, each in exam.placed()]

    assert len(set(items(exam))) == len(placed)
    assert sum(each.total for each in placed) == 30
    assert 8 <= sum(each.total for each in placed if bank.within(each.item.topic, "electronics/opamp")) <= 12
    assert sum(each.total for each in placed if each.item.level in (3, 4)) >= 6
    circuits = [name for each in placed for name in each.item.circuits]
    assert len(circuits) == len(set(circuits))
    assert items(exam) == items(composed(shipped, TABLE + SECTIONS, seed)[0])


def test_another_seed_gives_another_paper(shipped: Bank) -> None:
    assert items(composed(shipped, SECTIONS, "a")[0]) != items(composed(shipped, SECTIONS, "b")[0])


def test_forms_of_different_items_are_alike(shipped: Bank) -> None:
    exams = composed(shipped, "parallel: {forms: 4, difficulty: 2%, minutes: 4}\n" + TABLE + SECTIONS)
    told = next_paper.alike(exams, {})

    def cells(exam: Exam) -> dict[tuple[str, str, int], Fraction]:
        found: dict[tuple[str, str, int], Fraction] = {}
        for section, each in exam.placed():
            topic = "electronics/opamp" if bank.within(each.item.topic, "electronics/opamp") else "electronics"
            key = section.title.en, topic, each.item.level
            found[key] = found.get(key, Fraction(0)) + each.total
        return found

    assert len(exams) == 4
    assert all(cells(exam) == cells(exams[0]) for exam in exams)
    assert max(each.facility for each in told) - min(each.facility for each in told) <= 0.02 + 1e-6
    assert max(each.minutes for each in told) - min(each.minutes for each in told) <= 4 + 1e-6
    assert sum(each.again for each in told) <= 3  # of some forty


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        ("  - {topic: electronics/opamp, level: [5], items: at least 50}\n",
         "level 5 of electronics/opamp: at least 50 items required, but the bank has"),
        ("  - {level: [1], marks: at least 28}\n  - {level: [3], marks: at least 28}\n",
         "these rules cannot hold together"),
        ("  - {minutes: at most 3}\n", "minutes"),
    ],
)  # fmt: skip
def test_rules_that_cannot_be_met_are_named_with_what_is_missing(shipped: Bank, rule: str, said: str) -> None:
    with pytest.raises(Refused, match="blueprint r:") as refusal:
        composed(shipped, "table:\n" + rule + SECTIONS)
    assert said in str(refusal.value)


def test_what_is_required_is_there_and_what_is_excluded_is_not(shipped: Bank) -> None:
    first = items(composed(shipped, SECTIONS)[0])
    asked = f"require: [opamp.gbw]\nexclude: [{first[0]}, electronics/fet]\n"
    (exam,) = composed(shipped, asked + SECTIONS)

    assert "opamp.gbw" in items(exam)
    assert first[0] not in items(exam)
    assert not any(bank.within(placed.item.topic, "electronics/fet") for _, placed in exam.placed())


def test_what_an_earlier_exam_asked_is_not_drawn(shipped: Bank, tmp_path: Path) -> None:
    (first,) = composed(shipped, SECTIONS)
    folder = sealed(first, tmp_path / "years" / "midterm")
    for name in (str(folder), str(tmp_path / "years")):
        past = next_paper.past(shipped, [name])
        (exam,) = composed(shipped, SECTIONS, avoid=past)
        assert set(items(exam)).isdisjoint(items(first))
    with pytest.raises(Refused, match="'nowhere' is not a sealed exam, a folder"):
        next_paper.past(shipped, ["nowhere"])


def test_a_paper_like_another_repeats_no_item_with_its_values(shipped: Bank) -> None:
    source = shipped.blueprint("opamp-quiz")
    first = papers.compose(source, shipped, seed="first", forms=("A", "B"))
    again = papers.compose(papers.again(first), shipped, seed="again", forms=("A", "B"), like=first)

    assert [section.marks for section in again.sections] == [section.marks for section in first.sections]
    assert [placed.total for _, placed in again.placed()] == [placed.total for _, placed in first.placed()]
    for _, placed in again.placed():
        if placed.item.id in first.drawn:
            shown = [papers.question(exam.drawn[placed.item.id], form, "zh", exam.circuits, 1, placed.marks)
                     for exam in (first, again) for form in range(2)]  # fmt: skip
            assert not {each.stem for each in shown[:2]} & {each.stem for each in shown[2:]}
    told = next_paper.drawn(again, shipped, Past({"first": first}))
    assert all(bool(each.before) == (each.item in first.drawn) for each in told)


def test_who_failed_or_was_excused_sits_it_again(exam: Exam, tmp_path: Path) -> None:
    folder = sealed(exam, tmp_path / "exam")
    blank = {("2001", column): "" for column in exam.columns()}
    grade(folder, respond(exam, tmp_path / "given.csv", blank))
    status.status(folder, ["2003"], "excused", by="Wang")
    grade(folder)

    assert [each.id for each in next_paper.resitting(folder)] == ["2001", "2003"]
    assert [each.id for each in next_paper.resitting(folder, 0)] == ["2003"]


def test_the_command_says_what_it_drew(tmp_path: Path) -> None:
    blueprint = tmp_path / "r.yaml"
    blueprint.write_text(HEAD + SECTIONS, encoding="utf-8")
    done = CliRunner().invoke(cli.group, ["paper", str(blueprint), "-o", str(tmp_path / "exam"), "--bank", "shipped",
                                          "--no-html", "--one-book"])  # fmt: skip
    assert done.exit_code == 0, done.exception
    assert "asked before" in done.output
    assert done.output.count("new") >= 9
    both = CliRunner().invoke(cli.group, ["paper", "--like", str(tmp_path / "exam"), "r", "-o", str(tmp_path / "x")])
    assert both.exit_code == 2


@pytest.mark.parametrize(
    ("text", "told"),
    [("3", "3"), ("2 to 4", "2 to 4"), ("至少 3", "at least 3"), ("≤ 2", "at most 2"), ("20% to 30%", "0.2 to 0.3")],
)
def test_bounds_are_read_as_people_write_them(text: str, told: str) -> None:
    assert str(bound(text)) == told


@pytest.mark.parametrize("text", ["many", "4 to 2", "-1", "", "1 to", "nan"])
def test_other_bounds_are_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"not a number|empty range"):
        bound(text)


def test_a_candidate_has_one_of_the_forms(shipped: Bank) -> None:
    people = tuple(Candidate(f"{number}") for number in range(7))
    exams = composed(shipped, "parallel: 3\n" + SECTIONS, candidates=people)

    assert sorted(each.id for exam in exams for each in exam.candidates) == sorted(each.id for each in people)
    assert [len(exam.candidates) for exam in exams] == [3, 2, 2]
