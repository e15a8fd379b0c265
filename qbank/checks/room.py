"""A calculation of two marks or more has room for its working on paper."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from qbank.checks._sample import Sample
from qbank.checks._scene import Scene
from qbank.model import Problem

RATIONALE = (
    "Candidates who find no room write into the margin, where no marker looks; marks for steps need steps to be seen."
)
PROPOSAL = "write space: under the part, about 1.2cm for a mark; space: 0cm if the result alone is asked"
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
    Sample("room.none", _ASKED.format(marks=2, space=""), _ASKED.format(marks=1, space=""), "one mark needs no room"),
)


def check(scene: Scene) -> Iterator[Problem]:
    """The computed parts that are worth two marks or more and say nothing of their room, as warnings."""
    inline = set(scene.item.blank_parts("zh"))
    for place, part in enumerate(scene.item.parts):
        computed = bool(part.facts.keys) and not part.facts.picked and not part.facts.waits
        if computed and part.marks >= LEAST and not part.space and part.id not in inline:
            message = f"part {part.id!r} is a calculation of {float(part.marks):g} marks without room for its working"
            yield scene.problem("room.none", message, ("parts", place), severity="warning", proposal=PROPOSAL)
