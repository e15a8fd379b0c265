"""Every calculation for two marks or more has space for its working on paper."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from qbank import messages
from qbank.checks._sample import Sample
from qbank.checks._scene import Scene
from qbank.model import Problem

RATIONALE = (
    "Candidates without space write in the margin, where markers do not look; marks for steps need visible steps."
)
PROPOSAL = "write space: in the part, about 1.2cm for each mark; space: 0cm if only the result is asked for"
LEAST = Fraction(2)
"""A part that is worth less is done in the head, or beside the answer."""
_ASKED = """
parts:
  - id: gain
    ask: {{zh: 求 $A_u$。, en: Find $A_u$.}}
    marks: {marks}{space}
    answer: {{kind: number, key: A, tolerance: 1%}}
    witness: none
    because: the sample has no circuit
"""
EXAMPLES = (
    Sample("room.none", _ASKED.format(marks=3, space=""), _ASKED.format(marks=3, space="\n    space: 4cm")),
    Sample("room.none", _ASKED.format(marks=2, space=""), _ASKED.format(marks=1, space=""), "one mark needs no space"),
)


def check(scene: Scene) -> Iterator[Problem]:
    """The computed parts that are worth two marks or more and have no space: of their own, as warnings."""
    inline = set(scene.item.blank_parts("zh"))
    for place, part in enumerate(scene.item.parts):
        computed = bool(part.facts.keys) and not part.facts.picked and not part.facts.waits
        if computed and part.marks >= LEAST and not part.space and part.id not in inline:
            message = messages.tell("part {part!r} is a calculation for {marks:g} marks without space for its working",
                                    part=part.id, marks=float(part.marks))  # fmt: skip
            yield scene.problem("room.none", message, ("parts", place), severity="warning", proposal=PROPOSAL)
