"""Every foreseen mistake can be told from the key, and is marked as that mistake with its own credit."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from qbank import marking, messages
from qbank.checks._sample import Sample
from qbank.checks._scene import Scene
from qbank.model import Problem

RATIONALE = "A mistake within the key's tolerance is marked right; one that fits two names gets the wrong reason."
PROPOSAL = "narrow the tolerance, change the domains, or state with when: on which variants the mistake exists"
_MISTAKE = """
parts:
  - id: gain
    ask: {zh: 求电压放大倍数 $A_u$。, en: Find the voltage gain $A_u$.}
    answer:
      kind: number
      key: A
      tolerance: 1%%
      mistakes:
        sign: {value: Rf/R1, when: %s, zh: 漏掉负号, en: the minus sign is missing}
    witness: none
    because: the sample has no circuit
"""
EXAMPLES = (Sample("mistakes.never", _MISTAKE % "Rf < R1", _MISTAKE % "Rf > 5*R1"),)
LOOKED = 24
"""The variants whose mistakes are marked one by one."""


def check(scene: Scene) -> Iterator[Problem]:
    """The first mistake of each part that earns full marks, and those that exist on no variant."""
    drawn = scene.drawn
    for number, part in enumerate(scene.item.parts):
        wrong = scene.wrong(part, LOOKED)
        for mistake in part.facts.mistakes:
            name, exists = mistake.name, drawn.keys[part.id].get(mistake.applies)
            seen = any(note.endswith(f".mistake.{name}") for note in wrong.notes)
            if not seen and (exists is None or not exists.any()):
                message = messages.tell("the mistake {name!r} does not occur on any of {count:,} variants",
                                        name=name, count=len(drawn))  # fmt: skip
                yield scene.problem(
                    "mistakes.never", message,
                    ("parts", number, "answer", "mistakes", name), severity="warning", proposal=PROPOSAL,
                )  # fmt: skip
        if not wrong.rows:
            continue
        responses = {each.id: wrong.texts if each.id == part.id else [""] * len(wrong.rows)
                     for each in scene.item.parts}  # fmt: skip
        marked = marking.mark(scene.item, drawn, responses, np.array(wrong.rows))[part.id]
        for place in np.flatnonzero(marked.credit >= 1.0)[:1]:
            message = messages.tell("the wrong answer {answer!r} ({note}) earns full marks",
                                    answer=wrong.texts[place], note=wrong.notes[place])  # fmt: skip
            yield scene.problem(
                "mistakes.right", message,
                ("parts", number, "answer"), seat=wrong.rows[place], looked=wrong.looked, proposal=PROPOSAL,
            )  # fmt: skip
