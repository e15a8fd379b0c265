"""Every part reads and marks as its kind promises: wrong answers are named, riddles stay riddles, blanks earn 0."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from qbank import answers, marking
from qbank.checks._scene import Scene
from qbank.model import BLANK, READ, Problem

RATIONALE = "A kind keeps its promises on its own examples; this item's units, names and tolerances are others."
PROPOSAL = "look at the answer: of the part; an unusual unit:, name: or form: can make one text mean two things"
LOOKED = 6
"""The variants whose answers are read."""
EXAMPLES = ()


def check(scene: Scene) -> Iterator[Problem]:
    """The first text of each part that is taken otherwise than its kind says."""
    drawn = scene.drawn
    for number, part in enumerate(scene.item.parts):
        kind = answers.kind_of(part.kind)
        path = ("parts", number, "answer")
        wrong = scene.wrong(part, LOOKED)
        riddles = kind.unreadable(part.answer)
        count = len(wrong.texts)
        asked = [*wrong.texts, *riddles, ""]
        seats = np.array([*wrong.rows, *[0] * (len(riddles) + 1)])
        responses = {each.id: asked if each.id == part.id else [""] * len(asked) for each in scene.item.parts}
        marked = marking.mark(scene.item, drawn, responses, seats)[part.id]
        state = marked.reading.state
        for place in range(count):
            got = [note for note, _, _ in marked.steps.of(place)]
            note = wrong.notes[place]
            if note and note not in got and not scene.item.any_order:
                yield scene.problem(
                    "behaviour.note",
                    f"the answer {wrong.texts[place]!r} is to be noted {note} and is noted {', '.join(got)}",
                    path,
                    seat=wrong.rows[place],
                    looked=wrong.looked,
                    proposal=PROPOSAL,
                )
                break
        for place, riddle in enumerate(riddles, start=count):
            if state[place] == READ:
                yield scene.problem(
                    "behaviour.unreadable", f"the text {riddle!r} is read as an answer", path, proposal=PROPOSAL
                )
                break
        if state[-1] != BLANK or marked.credit[-1] > 0:
            yield scene.problem(
                "behaviour.blank", f"an empty answer earns {marked.credit[-1]:g} of the marks", path, proposal=PROPOSAL
            )
