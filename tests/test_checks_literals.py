"""A number without a unit is told beside a quantity that is written in another unit."""

from __future__ import annotations

from dataclasses import replace

import pytest
from test_checks_samples import library

from qbank import bank, checks, registry
from qbank.bank import Source
from qbank.model import Problem

ITEM = """\
id: sample.literals
title: {{zh: 样题, en: A sample}}
topic: electronics/opamp/inverting
level: 1
parameters:
  V: {{integers: [5 mL, 50 mL]}}
  S: {{integers: [5 µL, 50 µL]}}
  U: {{integers: [1 mV, 9 mV]}}
  E: {{integers: [1, 9], unit: V}}
  T: {{integers: [20 °C, 80 °C]}}
  t: {{integers: [2 h, 20 h]}}
  p: {{integers: [1 %, 10 %]}}
  a: {{integers: [10°, 80°]}}
  n: {{integers: [5, 50]}}
  W: {{matrix: [2, 2], values: [1 mm, 2 mm]}}
derive:
  v: {{value: V/4, unit: mL}}
  limit: 30
  x: {{value: "{derive}"}}
stem: {{zh: 求, en: Find}}
parts:
  - id: first
    ask: {{zh: 体积, en: the volume}}
    answer: {{kind: number, key: v, unit: mL, tolerance: 1%}}
  - id: part
    ask: {{zh: 体积, en: the volume}}
    answer: {{kind: number, key: {key}, unit: mL, tolerance: 1%}}
    follows: [first]
    carry_if: {carry_if}
require:
  - {require}
"""


def told(*, require: str = "n > 6", derive: str = "n", key: str = "V", carry_if: str = "carried > 0") -> list[Problem]:
    text = ITEM.format(require=require, derive=derive, key=key, carry_if=carry_if)
    item, problems = bank.read_item(Source("sample.yaml", text.encode()), library().circuits)
    assert item is not None, "\n".join(map(str, problems))
    source = Source("sample.yaml", text.encode())
    held = replace(library(), items={item.id: item}, sources={item.id: source})
    return list(registry.load("checks", "literals").check(checks.scene(held, item.id, 20)))


@pytest.mark.parametrize(
    ("require", "message", "proposal"),
    [
        ("V < 30", "30 has no unit and is read in SI, where it is 30000000 mL", "write 0.00003 if 30 mL is meant"),
        ("30 > V", "30 has no unit and is read in SI, where it is 30000000 mL", "write 0.00003 if 30 mL is meant"),
        ("5 < V + v <= 30", "5 has no unit and is read in SI, where it is 5000000 mL",
         "write 0.000005 if 5 mL is meant"),
        ("V + S + v < 30", "30 has no unit and is read in SI, where it is 30000000000 µL",
         "write 0.00000003 if 30 µL is meant"),  # of several units, the one of the name that comes first by its letters
        ("V < 30m", "0.03 has no unit and is read in SI, where it is 30000 mL", "write 0.00003 if 30 mL is meant"),
        ("V < limit", "30 has no unit and is read in SI, where it is 30000000 mL", "write 0.00003 if 30 mL is meant"),
        ("not V > 70 - 40", "30 has no unit and is read in SI, where it is 30000000 mL",
         "write 0.00003 if 30 mL is meant"),
        ("abs(V - v) > 8", "8 has no unit and is read in SI, where it is 8000000 mL",
         "write 0.000008 if 8 mL is meant"),
        ("U >= 2 or n < 9", "2 has no unit and is read in SI, where it is 2000 mV", "write 0.002 if 2 mV is meant"),
        ("T > 50", "50 has no unit and is read in SI, where it is -223.15 °C", "write 323.15 if 50 °C is meant"),
        ("t != 12", "12 has no unit and is read in SI, where it is 0.00333333333333 h",
         "write 43200 if 12 h is meant"),
        ("p < 5", "5 has no unit and is read in SI, where it is 500 %", "write 0.05 if 5 % is meant"),
        ("a < 45", "45 has no unit and is read in SI, where it is 2578.31007809 °",
         "write 0.785398163397 if 45 ° is meant"),
        ("max(V, 10) > 0", "10 has no unit and is read in SI, where it is 10000000 mL",
         "write 0.00001 if 10 mL is meant"),
        ("all(W < 1.5)", "1.5 has no unit and is read in SI, where it is 1500 mm", "write 0.0015 if 1.5 mm is meant"),
    ],
)  # fmt: skip
def test_a_number_beside_a_quantity_in_another_unit_is_told(require: str, message: str, proposal: str) -> None:
    (problem,) = told(require=require)

    assert (problem.code, problem.severity, problem.path) == ("literals.unit", "warning", "$.require[0]")
    assert (problem.message, problem.proposal) == (message, proposal)


@pytest.mark.parametrize(
    "require",
    [
        "V > 0",  # zero has every unit
        "V < 30u",
        "V < 0.00003",
        "V < 30*1u",
        "U > 2m",
        "U < 0.005",
        "E > 2.5",  # written in SI
        "E + 0.7 < 9",
        "T > 300",
        "T - 273.15 > 30",
        "t > 12*3600",
        "1 - p > 0.92",
        "(1 + p)**2 < 1.2",
        "n*p > 1",
        "a < pi/4",
        "n > 30",
        "V/v < 5",  # a ratio
        "V*E > 2",  # no name has the unit of the product
    ],
)
def test_a_number_that_fits_in_si_is_not(require: str) -> None:
    assert told(require=require) == []


def test_it_is_told_wherever_a_number_can_stand() -> None:
    assert [each.path for each in told(derive="V + 5")] == ["$.derive.x"]
    assert [each.path for each in told(derive="V if V > 5 else v")] == ["$.derive.x"]
    assert [each.path for each in told(key="V - 5")] == ["$.parts[1].answer"]
    assert [each.path for each in told(carry_if="carried < 20")] == ["$.parts[1].carry_if"]
    assert told(carry_if="0 < carried < 2*key") == []
