"""A candidate who rounds as most do, or uses an approximation that the item allows, gets the marks."""

from __future__ import annotations

from collections.abc import Iterator

from qbank import messages
from qbank.checks._sample import Sample
from qbank.checks._scene import Scene
from qbank.checks._students import ROUNDING, Loss, Student, losses
from qbank.model import Problem

RATIONALE = "A key with ten digits is unfair where correct work with three figures falls outside its tolerance."
PROPOSAL = (
    "widen the tolerance, ask for an intermediate value, or use require: so that nearly equal values are not subtracted"
)
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
    Sample("humane.approximation", _LISTED % "300", _LISTED % "5", "a source resistance that the item calls small"),
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
            yield _problem(scene, "humane.rounding", _rounds(student), loss, ("parts", number, "answer"))
    for place, instead in enumerate(scene.item.approximations):
        student = Student(instead=instead)
        formulas = messages.listed(f"{name} = {formula}" for name, formula in instead.items())
        for loss in losses(scene.drawn, student, all_marks=False):
            if loss.share > ALLOWED:
                who = messages.tell("a student who uses {formulas}", formulas=formulas)
                yield _problem(scene, "humane.approximation", who, loss, ("approximations", place), messages.tell(
                    "add the formula to accept:, list it as a mistake with credit, or delete it from approximations:"
                ))  # fmt: skip


def _rounds(student: Student) -> str:
    """How a student rounds, as the subject of a sentence."""
    if student.every:
        return messages.tell("a student who rounds to three figures at every step, with √2 = 1.41 and π = 3.14,")
    return messages.tell("a student who rounds intermediate values to three figures, or to as many as the data have,")


def _problem(
    scene: Scene, code: str, who: str, loss: Loss, path: tuple[str | int, ...], proposal: str = PROPOSAL
) -> Problem:
    message = messages.tell("{who} loses the part {part!r} on {share:.1%} of the variants, here with {answer!r}",
                            who=who, part=loss.part.id, share=loss.share, answer=loss.text)  # fmt: skip
    seat = int(scene.drawn.seats[loss.row])
    return scene.problem(code, message, path, seat=seat, severity="warning", proposal=proposal)
