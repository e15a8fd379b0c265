"""The steps of a part add up to its marks on every variant, and every step exists on some variants."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

import numpy as np

from qbank import messages, variants
from qbank.checks._sample import Sample
from qbank.checks._scene import Scene, first
from qbank.model import Array, Marks, Problem, exact_marks, total_marks

RATIONALE = "A marker who follows the scheme must be able to give exactly the marks of the part."
PROPOSAL = "write steps for every case, so that the marks of those that exist add up to the marks of the part"
_STEPS = """
parts:
  - id: gain
    marks: 3
    answer: {{kind: number, key: A, tolerance: 1%}}
    witness: none
    because: the sample has no circuit
    steps:
      formula: {{marks: 1, zh: 写出公式, en: the formula}}
      small: {{marks: 2, when: {small}, zh: 代入, en: numbers}}
      large: {{marks: 2, when: {large}, zh: 换算后代入, en: converted numbers}}
"""
EXAMPLES = (
    Sample("steps.sum", _STEPS.format(small="R1 < 5k", large="R1 < 8k"),
           _STEPS.format(small="R1 < 5k", large="R1 >= 5k")),
    Sample("steps.condition", _STEPS.format(small="R1/1k", large="R1 >= 5k"),
           _STEPS.format(small="R1 < 5k", large="R1 >= 5k"), "a number is not a condition"),
    Sample("steps.when", _STEPS.format(small="R1 > 0", large="R1 < 0"),
           _STEPS.format(small="R1 < 5k", large="R1 >= 5k")),
)  # fmt: skip


def check(scene: Scene) -> Iterator[Problem]:
    """Steps with a `when:` that always or never holds, and the first variant on which the steps do not add up."""
    for number, part in enumerate(scene.item.parts):
        holds: dict[str, Array] = {}
        for name, line in part.steps.items():
            where = ("parts", number, "steps", name, "when")
            if line.when is None:
                continue
            try:
                holds[name] = rows = variants.holds(scene.item, line.when, scene.drawn.columns, len(scene.drawn))
            except ValueError as error:
                yield scene.problem("steps.condition", str(error), where,
                                    proposal=messages.tell("write a comparison"))  # fmt: skip
                break
            if rows.all() or not rows.any():
                message = (
                    messages.tell("when: of the step {name!r} always holds", name=name) if rows.all()
                    else messages.tell("when: of the step {name!r} never holds", name=name)
                )  # fmt: skip
                yield scene.problem("steps.when", message, where,
                                    proposal=messages.tell("delete it, or correct the condition"))  # fmt: skip
        else:
            if holds:
                yield from _sums(scene, number, holds)


def _sums(scene: Scene, number: int, holds: dict[str, Array]) -> Iterator[Problem]:
    part, count = scene.item.parts[number], len(scene.drawn)
    whole, nothing = Marks.full(count, part.marks), Marks.full(count, Fraction(0))
    own = [nothing.where(holds.get(name, np.ones(count, dtype=bool)), Marks.full(count, line.marks))
           for name, line in part.steps.items()]  # fmt: skip
    together = total_marks(own, count)
    wrong = together.exceeds(whole) | whole.exceeds(together)
    if wrong.any():
        row = first(wrong)
        said = messages.tell("the steps are worth {together} in total, but the part is worth {part}",
                             together=exact_marks(together[row]), part=exact_marks(part.marks))  # fmt: skip
        yield scene.problem("steps.sum", said, ("parts", number, "steps"), seat=row, proposal=PROPOSAL)
