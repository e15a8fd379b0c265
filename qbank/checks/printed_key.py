"""The key as the answer book prints it earns full marks on every variant, and so does every spelling of it."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from qbank import answers, marking
from qbank.checks._scene import Scene
from qbank.model import Problem

RATIONALE = "A candidate who writes what the answer book says must not lose a mark to a rounding."
PROPOSAL = "widen the tolerance, or show fewer figures in the stem"
EXAMPLES = ()
LOOKED = 24
"""The variants whose every spelling is marked."""


def check(scene: Scene) -> Iterator[Problem]:
    """The first variant of each part on which its printed key, or a spelling of it, earns less."""
    drawn = scene.drawn
    keys: dict[str, list[str]] = {}
    for part in scene.item.parts:
        kind = answers.kind_of(part.kind)
        key, arrangement = drawn.keys[part.id], drawn.arrangements[part.id]
        keys[part.id] = [
            kind.show(part.answer, key, arrangement, row, "zh").text for row in range(len(drawn))
        ]
    marked = marking.mark(scene.item, drawn, keys)
    for number, part in enumerate(scene.item.parts):
        kind = answers.kind_of(part.kind)
        if not kind.spellings(part.answer, drawn.keys[part.id], drawn.arrangements[part.id], 0):
            continue  # a person marks it
        short = np.flatnonzero(marked[part.id].credit < 1.0)
        if len(short):
            row = int(short[0])
            yield scene.problem(
                "printed_key",
                f"the printed key {keys[part.id][row]!r} earns {marked[part.id].credit[row]:g} of the marks",
                ("parts", number, "answer"), seat=row, proposal=PROPOSAL,
            )  # fmt: skip
            continue
        yield from _spellings(scene, number)


def _spellings(scene: Scene, number: int) -> Iterator[Problem]:
    part = scene.item.parts[number]
    kind = answers.kind_of(part.kind)
    drawn = scene.drawn
    rows, texts = [], []
    for row in range(min(LOOKED, len(drawn))):
        for text in kind.spellings(part.answer, drawn.keys[part.id], drawn.arrangements[part.id], row):
            rows.append(row)
            texts.append(text)
    if not rows:
        return
    responses = {each.id: texts if each.id == part.id else [""] * len(rows) for each in scene.item.parts}
    marked = marking.mark(scene.item, drawn, responses, np.array(rows))[part.id]
    for place in np.flatnonzero(marked.credit < 1.0)[:1]:
        yield scene.problem(
            "printed_key.spelling",
            f"the right answer written {texts[place]!r} earns {marked.credit[place]:g} of the marks",
            ("parts", number, "answer"), seat=rows[place], looked=LOOKED, proposal=PROPOSAL,
        )  # fmt: skip
