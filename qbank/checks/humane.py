"""Whoever rounds as most do, or uses an approximation that the item allows, gets the marks."""

from __future__ import annotations

from collections.abc import Iterator

from qbank.checks._sample import Sample
from qbank.checks._scene import Scene
from qbank.checks._students import ROUNDING, Loss, Student, losses
from qbank.model import Problem

RATIONALE = "A key that is right to ten digits is unfair where right work with three figures falls out of its band."
PROPOSAL = "widen the tolerance, ask a value on the way, or require: that no two nearly equal values are subtracted"
ALLOWED = 0.01
"""The share of variants on which a student may lose a part."""
_TOLERANCE = """
parts:
  - id: gain
    ask: {zh: 求电压放大倍数。, en: Find the voltage gain.}
    answer: {kind: number, key: A, tolerance: %s}
    witness: none
    because: the sample has no circuit
"""
_LISTED = """
approximations:
  - {A: -Rf/(R1 + %s)}
"""
EXAMPLES = (
    Sample("humane.rounding", _TOLERANCE % "0.1%", _TOLERANCE % "1%", "a gain of −12.3 is written, not −12.35"),
    Sample("humane.approximation", _LISTED % "300", _LISTED % "5", "a source resistance that the item says is small"),
)


def check(scene: Scene) -> Iterator[Problem]:
    """Every part that a student loses on too many variants: by rounding, or by an approximation that is listed."""
    worst: dict[str, tuple[Loss, Student]] = {}
    for student in ROUNDING:
        for loss in losses(scene.drawn, student):
            if loss.share > max(ALLOWED, worst[loss.part.id][0].share if loss.part.id in worst else 0):
                worst[loss.part.id] = loss, student
    for number, part in enumerate(scene.item.parts):
        if part.id in worst:
            loss, student = worst[part.id]
            yield _problem(scene, "humane.rounding", f"a student who {student.says}", loss, ("parts", number, "answer"))
    for place, instead in enumerate(scene.item.approximations):
        student = Student("", instead=instead)
        said = " and ".join(f"{name} = {formula}" for name, formula in instead.items())
        for loss in losses(scene.drawn, student, all_marks=False):
            if loss.share > ALLOWED:
                yield _problem(scene, "humane.approximation", f"a student who takes {said}", loss,
                               ("approximations", place),
                               "accept: the formula, name it as a mistake with credit, or take it off the list")


def _problem(
    scene: Scene, code: str, who: str, loss: Loss, path: tuple[str | int, ...], proposal: str = PROPOSAL
) -> Problem:
    return scene.problem(
        code, f"{who} loses the part {loss.part.id!r} on {loss.share:.1%} of the variants, here by {loss.text!r}",
        path, seat=int(scene.drawn.seats[loss.row]), severity="warning", proposal=proposal,
    )  # fmt: skip
