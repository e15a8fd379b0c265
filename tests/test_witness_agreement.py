"""A witness is held against the key, against wrong keys, and against sharing anything with the key."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from qbank import algebra, bank, checks, registry
from qbank.actions.witness import witness
from qbank.bank import Bank, Source
from qbank.checks import _sharing, mutation
from qbank.cli.witness import command
from qbank.model import Problem
from qbank.witnesses import Agreement

QUESTIONS = Path(__file__).parents[1] / "questions"
ITEM = """\
id: sample.power
title: {{zh: 功率, en: Power}}
topic: electronics
level: 1
parameters:
  V: {{values: [6, 9, 12, 15], unit: V}}
  R: {{values: [4, 8, 16], unit: Ω}}
derive:
  U: 0.8*V
  P: {key}
stem:
  zh: 振幅为电源 $V = {{{{ V }}}}$ 的 80 %，$R = {{{{ R }}}}$。
  en: The amplitude is 80 % of the supply $V = {{{{ V }}}}$ across $R = {{{{ R }}}}$.
parts:
  - id: power
    answer:
      kind: number
      key: P
      unit: W
      tolerance: 1%
      mistakes:
        other: {{value: 2*P + V, zh: 另一, en: other}}
        {mistake}
    witness: {witness}
"""
RIGHT = "U*U/(2*R)"
PROOF = "{simulation: mean, over: {t: [0, 1]}, given: {u: 0.8*V*sin(2*pi*t)}, of: u*u/R, within: 1e-6}"


def of(key: str = RIGHT, proof: str = PROOF, mistake: str = "") -> Bank:
    source = Source("sample.yaml", ITEM.format(key=key, witness=proof, mistake=mistake).encode())
    item, problems = bank.read_item(source, {})
    assert item is not None, "\n".join(map(str, problems))
    return replace(Bank(), items={item.id: item}, sources={item.id: source})


def found(tag: str, sample: Bank) -> list[Problem]:
    return list(registry.load("checks", tag).check(checks.scene(sample, "sample.power", 12)))


def test_a_right_key_and_a_sharp_witness_leave_nothing_to_say() -> None:
    assert found("witness", of()) == []
    assert found("mutation", of()) == []


@pytest.mark.parametrize("key", ["-U*U/(2*R)", "U*U/R", "10*U*U/(2*R)", "V*V/(2*R)", "U*U/(2*R) + 1", "U*U*R/2",
                                 "U*U/(2*R)*(1 + 3e-6)", "U/(2*R)"])  # fmt: skip
def test_a_wrong_key_is_found_with_its_variant(key: str) -> None:
    (problem,) = found("witness", of(key))

    assert problem.code == "witness.disagrees"
    assert problem.severity == "error"
    assert problem.message.startswith("the key is ")
    assert "see it: qbank show sample.power --seed check --seat" in problem.message


@given(factor=st.floats(-3, 3).filter(lambda x: abs(x - 1) > 1e-4))
def test_no_wrong_factor_is_agreed_with(factor: float) -> None:
    key = np.array([1e-6, 1.0, 4.7e6])
    agreement = Agreement(key, key * (1 + 1e-12), 1e-6, 0.0)

    assert agreement.accepts(key).all()
    assert not agreement.accepts(factor * key).any()


def test_a_vector_is_off_by_its_largest_component_and_not_a_number_never_agrees() -> None:
    key = np.array([[1e-9, 1.0], [3.0, 4.0], [1.0, 2.0]])
    says = np.array([[2e-9, 1.0], [3.0, 4.4], [1.0, np.nan]])

    agreement = Agreement(key, says, 1e-6, 0.0)

    assert agreement.accepts(key).tolist() == [True, False, False]
    assert agreement.error(key)[:2] == pytest.approx([1e-9, 0.1])


SHARED: list[tuple[str, str]] = [
    ("{simulation: mean, over: {t: [0, 1]}, of: U*U*t/R, within: 1e-6}",
     "it uses U, which the key is made of; start from the parameters"),
    ("{simulation: mean, over: {t: [0, 1]}, of: P, within: 1e-6}",
     "it uses P, which the key is made of; start from the parameters"),
    ("{simulation: mean, over: {t: [0, 1]}, of: 0.8*V*(V*0.8)/(R*2), within: 1e-6}",
     "0.8*V*(V*0.8)/(R*2) is the key's own formula"),
    ("{simulation: mean, over: {t: [0, 1]}, given: {a: 0.8*V}, of: a*a/(2*R), within: 1e-6}",
     "a*a/(2*R) is the key's own formula"),
    ("{onnx: rnn, solve: h, x: R, W: U, U: R, within: 1e-5}",
     "it uses U, which the key is made of; start from the parameters"),
    ("{layout: keras, layers: [{layer: Dense, units: P}], input: [1, R], solve: parameters, within: 0}",
     "it uses P, which the key is made of; start from the parameters"),
    ("{gradient: U*R, with respect to: V, within: 1e-6}",
     "it uses U, which the key is made of; start from the parameters"),
]  # fmt: skip


@pytest.mark.parametrize(("proof", "reason"), SHARED, ids=[row[1] for row in SHARED])
def test_a_witness_that_shares_something_with_the_key_is_refused(proof: str, reason: str) -> None:
    messages = [problem.message for problem in found("witness", of(proof=proof)) if problem.code == "witness.shares"]

    assert messages == [f"the witness is not independent: {reason}"]


def test_a_subjects_function_that_the_key_calls_is_not_called_again() -> None:
    proof = "{simulation: root, over: {a: [0, 99]}, of: 'a - parallel(V, R)', within: 1e-9}"

    messages = {problem.code: problem.message for problem in found("witness", of("parallel(R, V)", proof))}

    assert messages["witness.shares"] == (
        "the witness is not independent: it calls parallel, as the key does; write out what it computes"
    )


def test_a_derived_value_that_would_stand_still_is_no_part_of_a_gradient() -> None:
    item = of("R + 1").item("sample.power")
    spec = registry.load("witnesses", "gradient").Spec.model_validate(
        {"gradient": "U*V", "with respect to": "V", "within": "1e-6"}
    )

    assert _sharing.shared(item, item.parts[0], spec) == (
        "it uses U, which depends on V but would not change with it; define it in given:"
    )


@pytest.mark.parametrize(
    ("one", "other"), [("a + b*c", "c*b + a"), ("2k*x", "x*2000"), ("+a", "a"), ("ln(x)", "log(x)")]
)
def test_formulas_that_are_written_differently_are_the_same(one: str, other: str) -> None:
    assert _sharing.canonical(algebra.read(one).root, {}) == _sharing.canonical(algebra.read(other).root, {})


@pytest.mark.parametrize(("one", "other"), [("a - b", "b - a"), ("a/b", "b/a"), ("a**b", "b**a"), ("a < b", "a > b"),
                                            ("a + b", "a*b"), ("sin(a)", "cos(a)"), ("-a", "a")])  # fmt: skip
def test_formulas_that_differ_are_not_the_same(one: str, other: str) -> None:
    assert _sharing.canonical(algebra.read(one).root, {}) != _sharing.canonical(algebra.read(other).root, {})


def test_a_witness_too_weak_for_a_mistake_is_found_out() -> None:
    weak = PROOF.replace("1e-6", "0.1")

    (problem,) = found("mutation", of(proof=weak, mistake="near: {value: 1.05*P, zh: 近, en: near}"))

    assert (problem.code, problem.severity) == ("mutation.survives", "error")
    assert problem.message == "the witness also agrees with wrong keys: the mistake near"


def test_a_key_of_nothing_but_zeros_is_a_warning() -> None:
    proof = "{simulation: mean, over: {t: [0, 1]}, of: V*sin(2*pi*t), within: 1e-6}"

    (problem,) = found("mutation", of("U - 0.8*V", proof, "one: {value: P + 1, zh: 一, en: one}"))

    assert (problem.code, problem.severity) == ("mutation.zero", "warning")


@pytest.mark.parametrize("slip", mutation.SLIPS)
def test_every_slip_changes_a_key(slip: str) -> None:
    key = np.array([0.3, -2.0, 5e3])

    assert (mutation.SLIPS[slip](key) != key).all()


def test_a_missing_program_is_a_warning_that_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda _: None)
    scene = checks.scene(bank.load(QUESTIONS, only=[QUESTIONS / "electronics/rectifier/rect.half.multi.yaml"]),
                         "rect.half.multi", 4)  # fmt: skip

    problems = list(registry.load("checks", "witness").check(scene))

    assert {(each.code, each.severity) for each in problems} == {("witness.missing", "warning")}
    assert problems[0].message == "part 'uo' was not verified: ngspice is not installed"
    assert problems[0].proposal == "install ngspice: on Debian or Ubuntu, apt install ngspice"
    assert list(registry.load("checks", "mutation").check(scene)) == []


def test_a_slow_witness_is_asked_on_few_variants() -> None:
    (proof,) = witness(of(proof=PROOF.replace("within", "seats: 3, within")), "sample.power", seats=12)

    assert proof.found is not None
    assert len(proof.found) == 3


@pytest.fixture
def said(tmp_path: Path) -> Callable[..., Any]:
    def run(key: str, proof: str = PROOF) -> Any:
        (tmp_path / "sample.power.yaml").write_text(ITEM.format(key=key, witness=proof, mistake=""), encoding="utf-8")
        return CliRunner().invoke(command, ["sample.power", "--seats", "2", "--bank", str(tmp_path)])

    return run


def test_the_command_shows_key_and_witness_side_by_side(said: Callable[..., Any]) -> None:
    shown = said(RIGHT)

    lines = [line.split() for line in shown.output.splitlines()]
    assert lines[0] == ["power:", "by", "simulation,", "within", "1e-06"]
    assert lines[1] == ["seat", "key", "witness", "deviation"]
    assert [line[0] for line in lines[2:]] == ["0", "1"]
    assert all(line[1] == line[2] and line[-1] == "✓" for line in lines[2:])
    assert shown.exit_code == 0


def test_the_command_fails_where_they_disagree_or_nobody_answers(said: Callable[..., Any]) -> None:
    wrong, silent, none = said("U*U/R"), said(RIGHT, PROOF.replace("u*u/R", "u*u/RL")), said(RIGHT, "none")

    assert wrong.exit_code == 1
    assert "✗ they disagree" in wrong.output
    assert silent.exit_code == 1
    assert silent.output == (
        "power: by simulation, the witness cannot be asked: the name 'RL' is not known; did you mean 'R'?\n"
    )
    assert (none.exit_code, none.output) == (0, "power: this part has no witness\n")
