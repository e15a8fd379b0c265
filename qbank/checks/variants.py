"""The requirements can be met, and every key is a number on every variant that can be drawn."""

from __future__ import annotations

from collections.abc import Iterator

from qbank import algebra, messages, variants
from qbank.checks import _shown
from qbank.checks._sample import Sample
from qbank.checks._scene import Scene
from qbank.model import Problem, Refused

RATIONALE = "An item that cannot be drawn stops a whole paper on the day it is printed."
PROPOSAL = "loosen a line of require:, or widen the domain of a parameter"
_CHOICE = """
parts:
  - id: pick
    ask: {zh: 输入电阻为, en: The input resistance is}
    answer:
      kind: choice
      options:
        first: {right: yes, zh: "{{ R1 }}", en: "{{ R1 }}"}
        second: {zh: %s, en: %s}
        third: {zh: 0 Ω, en: 0 Ω}
    witness: none
"""
_KEY = """
parts:
  - id: gain
    ask: {zh: 求电压放大倍数 $A_u$。, en: Find the voltage gain $A_u$.}
    answer: {kind: number, key: %s, tolerance: 1%%}
    witness: none
    because: the sample has no circuit
"""
_MISTAKE = """
parts:
  - id: gain
    ask: {zh: 求电压放大倍数 $A_u$。, en: Find the voltage gain $A_u$.}
    answer:
      kind: number
      key: A
      tolerance: 1%%
      mistakes:
        sign: {value: %s, zh: 漏掉负号, en: the minus sign is missing}
    witness: none
    because: the sample has no circuit
"""
EXAMPLES = (
    Sample("variants.none", "require:\n  - Rf < R1\n", "require:\n  - Rf > 2*R1\n", "20k to 200k is never below 10k"),
    Sample("variants.options", _CHOICE % ('"{{ R1 }}"', '"{{ R1 }}"'), _CHOICE % ('"{{ Rf }}"', '"{{ Rf }}"')),
    Sample("variants.options", _CHOICE % ("0.0 kΩ", "0.0 kΩ"), _CHOICE % ('"{{ Rf }}"', '"{{ Rf }}"'), "0 Ω is 0 kΩ"),
    Sample("variants.mistake", _MISTAKE % "-Rf/R1", _MISTAKE % "Rf/R1", "the mistake equals the key"),
    Sample("variants.key", _KEY % "log(-R1)", _KEY % "log(R1)", "the logarithm of a negative number"),
    Sample("variants.always", "require:\n  - Rf > R1\n", "require:\n  - Rf > 2.5*R1\n", "R1 is at most 10k"),
    Sample("variants.scarce", "require:\n  - Rf/R1 >= 195\n", "require:\n  - Rf/R1 >= 10\n"),
)
SCARCE = 0.01
"""Below this share of feasible combinations, drawing wastes its time and the seats get few variants."""


def check(scene: Scene) -> Iterator[Problem]:
    """No variant at all, or hardly any of the combinations; a requirement that excludes none."""
    for number, condition in enumerate(scene.item.require):
        holds = variants.everywhere(scene.item, condition, _shown.behind(scene.item, algebra.names(condition)))
        if holds is not None and holds.all():
            yield scene.problem(
                "variants.always",
                messages.tell("{condition} holds on every combination of values, so it excludes none",
                              condition=condition),
                ("require", number), severity="warning",
                proposal=messages.tell("correct the condition, or delete the line"),
            )  # fmt: skip
    try:
        drawn = scene.drawn
    except Refused as refused:
        if not refused.at:
            raise
        for problem in refused.problems:
            yield scene.problem(problem.code, problem.message, refused.at, proposal=problem.proposal)
        return
    feasible = scene.space.feasible
    if feasible is not None and len(feasible) < SCARCE * scene.space.combinations:
        found = variants.hindered(scene.space)
        why = messages.clauses(
            messages.tell("on {count:,}, {reason}", count=one.rows, reason=one.message) for one in found
        )  # fmt: skip
        most = max(found, key=lambda one: one.rows)
        yield scene.problem(
            "variants.scarce",
            messages.tell("only {count:,} of {total:,} combinations can be drawn: {why}",
                          count=len(feasible), total=scene.space.combinations, why=why),
            most.path, severity="warning", proposal=most.proposal,
        )  # fmt: skip
    assert len(drawn) == scene.seats
