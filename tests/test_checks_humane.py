"""Students who round, or who use an approximation that the item lists, and what they lose."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from qbank import algebra, bank
from qbank.checks import _students, scene
from qbank.checks._sample import over
from qbank.model import Column, Problem
from qbank.numerals.rounding import rounded

STEPS, EVERY = _students.ROUNDING


def losses(tmp_path: Path, snippet: str, student: _students.Student = EVERY) -> dict[str, float]:
    """The share of variants on which each part of the plain item, with the snippet, is lost."""
    (tmp_path / "topics.yaml").write_text("electronics/opamp/inverting: {zh: 反相, en: inverting}\n", encoding="utf-8")
    (tmp_path / "sample.item.yaml").write_text(over(snippet), encoding="utf-8")
    source = bank.load(tmp_path)
    assert source.problems == ()
    drawn = scene(source, "sample.item", 500).drawn
    return {loss.part.id: loss.share for loss in _students.losses(drawn, student)}


def rounding(values: np.ndarray) -> np.ndarray:
    return np.asarray(rounded(values, figures=3))


@pytest.mark.parametrize(
    ("text", "value", "remark"),
    [
        ("sqrt(2) * 100", 141.0, "√2 = 1.41"),
        ("2 * pi", 6.28, "π = 3.14"),
        ("x / 3 * 3", 9.99, "10/3 = 3.33, and so 9.99"),
        ("x - 9.987", 0.01, "what is written is not rounded, what is computed is"),
        ("exp(-x) + 1", 1.0, "1.00"),
        ("1.2345", 1.2345, "a number that is given"),
        ("-x", -10.0, "a sign"),
    ],
)
def test_every_result_in_between_is_rounded(text: str, value: float, remark: str) -> None:
    found = algebra.evaluate(algebra.read(text), {"x": Column(np.array([10.0]))}, 1, rounding)

    assert found.values[0] == pytest.approx(value, abs=5e-3 if "9.987" in text else 1e-12), remark


DIFFERENCE = """
parameters:
  R1: {grid: [10, 11, 0.1], symbol: R_1}
  Rf: {grid: [10.3, 11.5, 0.1], symbol: R_f}
require: ["Rf - R1 > 0.2"]
derive:
  a: {value: R1*1.37, symbol: a}
  b: {value: Rf*1.37, symbol: b}
  A: {value: b - a, symbol: A_u}
parts:
  - id: gain
    ask: {zh: 求 $A$。, en: Find $A$.}
    answer: {kind: number, key: A, tolerance: 1%}
    witness: none
    because: the sample has no circuit
"""


def test_a_small_difference_of_rounded_values_is_lost_by_whoever_rounds_on_the_way(tmp_path: Path) -> None:
    assert losses(tmp_path, DIFFERENCE, STEPS)["gain"] > 0.5


CARRIED = """
parameters:
  R1: {grid: [100, 110, 1], symbol: R_1}
  Rf: {grid: [113, 120, 1], symbol: R_f}
derive:
  a: {value: Rf/R1, symbol: a}
  A: {value: 100*(a - 1), symbol: A_u}
parts:
  - id: first
    ask: {zh: 求 $a$。, en: Find $a$.}
    answer: {kind: number, key: a, tolerance: 1%}
    witness: none
    because: the sample has no circuit
  - id: gain
    ask: {zh: 求 $A$。, en: Find $A$.}
    answer: {kind: number, key: A, tolerance: 1%}
    witness: none
    because: the sample has no circuit
"""


def test_a_rounded_answer_is_carried_into_the_part_that_follows_it(tmp_path: Path) -> None:
    free = losses(tmp_path, CARRIED, STEPS)
    followed = losses(tmp_path, CARRIED.replace("  - id: gain", "  - id: gain\n    follows: [first]"), STEPS)

    assert free["gain"] > 0.3
    assert followed == {}


ANSWER = """
parts:
  - id: gain
    ask: {zh: 求电压放大倍数。, en: Find the voltage gain.}
    answer: {kind: number, key: A, tolerance: %s}
    witness: none
    because: the sample has no circuit
"""


@pytest.mark.parametrize(
    ("tolerance", "lost", "remark"),
    [
        ("0.1%", True, "three figures do not hold a thousandth"),
        ("1%", False, ""),
        ("sf 4", False, "who is asked for four figures keeps four"),
        ("exact", False, "an exact answer is no rounded one"),
    ],
)
def test_what_a_tolerance_costs_whoever_rounds(tmp_path: Path, tolerance: str, lost: bool, remark: str) -> None:
    assert bool(losses(tmp_path, ANSWER % tolerance)) == lost, remark


def test_a_printed_value_is_taken_from_the_sheet_and_not_computed_again(tmp_path: Path) -> None:
    stem = """
derive:
  a: {value: sqrt(R1), shown: 6, symbol: a}
  A: {value: a*Rf, symbol: A_u}
stem:
  zh: 已知 $a = {{ a }}$，$R_f = {{ Rf }}$，$R_1 = {{ R1 }}$。
  en: Given are $a = {{ a }}$, $R_f = {{ Rf }}$ and $R_1 = {{ R1 }}$.
"""
    assert losses(tmp_path, stem) == {}


def test_an_approximation_counts_as_kept_where_it_is_accepted_or_earns_something(tmp_path: Path) -> None:
    student = _students.Student(instead={"A": algebra.read("-Rf/(R1 + 2000)")})
    plain = ANSWER % "1%"
    accepted = plain.replace("tolerance: 1%", "tolerance: 1%, accept: [A, -Rf/(R1 + 2000)]")

    assert losses(tmp_path, plain, student)["gain"] == 1.0
    assert losses(tmp_path, accepted, student) == {}


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("{R1: Rf}", "$.approximations[0]: the derived value 'R1' is not known; the known ones are: A"),
        ("{A: Rg/R1}", "$.approximations[0].A: 'Rg' is not defined; this item has R1, Rf, A"),
    ],
)
def test_an_approximation_names_derived_values_and_known_names(tmp_path: Path, line: str, message: str) -> None:
    (tmp_path / "topics.yaml").write_text("electronics/opamp/inverting: {zh: 反相, en: inverting}\n", encoding="utf-8")
    (tmp_path / "sample.item.yaml").write_text(over(f"approximations:\n  - {line}\n"), encoding="utf-8")

    def told(problem: Problem) -> str:
        return f"{problem.path}: {problem.message}"

    assert [told(problem) for problem in bank.load(tmp_path).problems] == [message]
