"""No two options of a choice read the same on any variant."""

from __future__ import annotations

from collections.abc import Iterator

from qbank import markup, papers
from qbank.checks._scene import Scene
from qbank.model import LANGS, Problem, duplicates
from qbank.waist import Choice, Pairing

RATIONALE = "Two equal options cannot both be wrong, and cannot both be right."
PROPOSAL = "require: that the values differ, or change an option"
LOOKED = 100
"""The variants whose options are read."""


def check(scene: Scene) -> Iterator[Problem]:
    """The first variant on which two options are the same text."""
    if not any(part.kind in ("choice", "matching") for part in scene.item.parts):
        return
    marks = tuple(part.marks for part in scene.item.parts)
    for lang in LANGS:
        for row in range(min(LOOKED, len(scene.drawn))):
            asked = papers.question(scene.drawn, row, lang, scene.bank.circuits, 1, marks)
            for number, part in enumerate(asked.parts):
                match part.interaction:
                    case Choice(options):
                        lists = [options]
                    case Pairing(left, right):
                        lists = [left, right]
                    case _:
                        continue
                for bodies in lists:
                    texts = [markup.plain(body) for body in bodies]
                    for text, count in duplicates(texts).items():
                        yield scene.problem("options.equal", f"{count} options read {text!r}",
                                            ("parts", number, "answer"), seat=row, proposal=PROPOSAL)
                        return
