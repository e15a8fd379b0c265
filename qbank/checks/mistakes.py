"""Every foreseen mistake can be told from the key, and is told: it is marked as that mistake, with its own credit."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from qbank import answers, marking
from qbank.checks._sample import Sample
from qbank.checks._scene import Scene
from qbank.model import Problem

RATIONALE = "A mistake within the key's tolerance is marked right; one that two names fit gets the wrong reason."
PROPOSAL = "narrow the tolerance, change the domains, or say when: the mistake exists"
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
        kind = answers.kind_of(part.kind)
        rows, texts, notes = [], [], []
        for row in range(min(LOOKED, len(drawn))):
            for text, note in kind.wrong(part.answer, drawn.keys[part.id], drawn.arrangements[part.id], row):
                rows.append(row)
                texts.append(text)
                notes.append(note)
        for mistake in part.facts.mistakes:
            name, exists = mistake.name, drawn.keys[part.id].get(mistake.applies)
            if not any(note.endswith(f".mistake.{name}") for note in notes) and (exists is None or not exists.any()):
                yield scene.problem(
                    "mistakes.never", f"the mistake {name!r} exists on none of {len(drawn):,} variants",
                    ("parts", number, "answer", "mistakes", name), severity="warning", proposal=PROPOSAL,
                )  # fmt: skip
        if not rows:
            continue
        responses = {each.id: texts if each.id == part.id else [""] * len(rows) for each in scene.item.parts}
        marked = marking.mark(scene.item, drawn, responses, np.array(rows))[part.id]
        for place in np.flatnonzero(marked.credit >= 1.0)[:1]:
            yield scene.problem(
                "mistakes.right", f"the wrong answer {texts[place]!r} ({notes[place]}) earns full marks",
                ("parts", number, "answer"), seat=rows[place], proposal=PROPOSAL,
            )  # fmt: skip
