"""Every part reads and marks as its kind promises: wrong answers get their notes, unreadable ones stay unread."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from qbank import answers, marking, messages
from qbank.checks._scene import Scene
from qbank.model import BLANK, READ, Problem

RATIONALE = "A kind keeps its promises on its own examples; this item has other units, names and tolerances."
PROPOSAL = "look at answer: of the part; an unusual unit:, name: or form: can give one text two meanings"
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
                    messages.tell("the answer {answer!r} should get the note {note}, but gets {notes}",
                                  answer=wrong.texts[place], note=note, notes=messages.listed(got)),
                    path,
                    seat=wrong.rows[place],
                    looked=wrong.looked,
                    proposal=PROPOSAL,
                )
                break
        for place, riddle in enumerate(riddles, start=count):
            if state[place] == READ:
                message = messages.tell("the text {text!r} is read as an answer", text=riddle)
                yield scene.problem("behaviour.unreadable", message, path, proposal=PROPOSAL)
                break
        if state[-1] != BLANK or marked.credit[-1] > 0:
            message = messages.tell("an empty answer earns {credit:g} of the marks", credit=marked.credit[-1])
            yield scene.problem("behaviour.blank", message, path, proposal=PROPOSAL)
