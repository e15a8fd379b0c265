"""A passage with `when:` appears on some variants and not on others, and every text says something on each."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from qbank import variants
from qbank.bank import consistency
from qbank.checks._sample import Sample
from qbank.checks._scene import Scene, first
from qbank.model import Problem

RATIONALE = "A passage that always or never appears says that its condition is not the one that was meant."
PROPOSAL = "correct the condition, or drop when: or the passage"
_STEM = """
stem:
- zh: 反相放大电路中 $R_1 = {{ R1 }}$，$R_f = {{ Rf }}$。
  en: In an inverting amplifier, $R_1 = {{ R1 }}$ and $R_f = {{ Rf }}$.
- when: %s
  zh: 放大倍数较大。
  en: The gain is large.
"""
_SOLUTION = """
solution:
- when: Rf > 10*R1
  zh: |
    [[derive A]]
  en: |
    [[derive A]]
- when: %s
  zh: 放大倍数较小。
  en: The gain is small.
"""
EXAMPLES = (
    Sample("passages.never", _STEM % "Rf < R1", _STEM % "Rf > 10*R1", "20k to 200k is never below 10k"),
    Sample("passages.always", _STEM % "Rf > R1", _STEM % "Rf > 10*R1"),
    Sample("passages.condition", _STEM % "Rf/R1", _STEM % "Rf/R1 > 10", "a number is no condition"),
    Sample("passages.empty", _SOLUTION % "Rf < 5*R1", _SOLUTION % "Rf <= 10*R1", "nothing is said between 5 and 10"),
)


def check(scene: Scene) -> Iterator[Problem]:
    """Conditions that hold on all variants or on none, and texts that are empty on some."""
    drawn = scene.drawn
    count = len(drawn)
    for path, text in consistency.told(scene.item):
        anything = np.full(count, text.certain)
        for place, when in text.conditions():
            where = (*path, place, "when")
            try:
                rows = variants.holds(when, drawn.columns, count)
            except ValueError as error:
                yield scene.problem("passages.condition", str(error), where, proposal="write a comparison")
                anything[:] = True
                continue
            anything |= rows
            if not rows.any():
                message = f"{when} holds on none of {count:,} variants: the passage never appears"
                yield scene.problem("passages.never", message, where, proposal=PROPOSAL)
            elif rows.all():
                message = f"{when} holds on all of {count:,} variants: the passage always appears"
                yield scene.problem("passages.always", message, where, proposal=PROPOSAL)
        if not anything.all():
            message = f"no passage of the {path[0]} appears on a variant"
            yield scene.problem("passages.empty", message, path, seat=first(~anything),
                                proposal="add a passage without when:, or one for the variants that are left")
