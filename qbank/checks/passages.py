"""Every passage with `when:` appears on some variants and not on others, and no text is ever empty."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from qbank import messages, variants
from qbank.bank import prose
from qbank.checks._sample import Sample
from qbank.checks._scene import Scene, first
from qbank.model import Problem

RATIONALE = "Where a passage always or never appears, its condition is not the one that was meant."
PROPOSAL = "correct the condition, or delete when: or the passage"
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
    Sample("passages.condition", _STEM % "Rf/R1", _STEM % "Rf/R1 > 10", "a number is not a condition"),
    Sample("passages.empty", _SOLUTION % "Rf < 5*R1", _SOLUTION % "Rf <= 10*R1", "there is no text between 5 and 10"),
)


def check(scene: Scene) -> Iterator[Problem]:
    """Conditions that hold on all variants or on none, and texts that are empty on some."""
    drawn = scene.drawn
    count = len(drawn)
    for path, text in prose.told(scene.item):
        anything = np.full(count, text.certain)
        for place, when in text.conditions():
            where = (*path, place, "when")
            try:
                rows = variants.holds(scene.item, when, drawn.columns, count)
            except ValueError as error:
                yield scene.problem("passages.condition", str(error), where,
                                    proposal=messages.tell("write a comparison"))  # fmt: skip
                anything[:] = True
                continue
            anything |= rows
            if not rows.any():
                message = messages.tell("{condition} holds on none of {count:,} variants: the passage never appears",
                                        condition=when, count=count)  # fmt: skip
                yield scene.problem("passages.never", message, where, proposal=PROPOSAL)
            elif rows.all():
                message = messages.tell("{condition} holds on all of {count:,} variants: the passage always appears",
                                        condition=when, count=count)  # fmt: skip
                yield scene.problem("passages.always", message, where, proposal=PROPOSAL)
        if not anything.all():
            message = messages.tell("no passage of {field}: appears on some variants", field=path[0])
            advice = messages.tell("add a passage without when:, or one for the remaining variants")
            yield scene.problem("passages.empty", message, path, seat=first(~anything), proposal=advice)
