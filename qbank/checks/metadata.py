"""Every item has a title in each language, knowledge points and a solution."""

from __future__ import annotations

import re
from collections.abc import Iterator

from qbank import messages
from qbank.checks._sample import Sample
from qbank.checks._scene import Scene
from qbank.model import Problem

RATIONALE = (
    "Blueprints draw by knowledge point, and candidates learn from the solution; an item without them is incomplete."
)
PROPOSAL = "write solution: (with [[derive …]] for the calculation), covers: and a title in each language"
_CHINESE = re.compile(r"[\u4e00-\u9fff]")
EXAMPLES = (
    Sample("metadata.covers", "covers: []\n", "covers: [E009]\n"),
    Sample("metadata.title", "title:\n  zh: Inverting amplifier\n  en: Inverting amplifier\n",
           "title:\n  zh: 反相放大电路\n  en: Inverting amplifier\n"),
)  # fmt: skip


def check(scene: Scene) -> Iterator[Problem]:
    """What is missing, as warnings."""
    item = scene.item
    if item.solution is None and not item.derive and not _explained(scene):
        told = messages.tell("the item has no solution")
        yield scene.problem("metadata.solution", told, severity="warning", proposal=PROPOSAL)
    if item.covers and len(item.parts) > 1:
        told = messages.tell("the item does not state which of its parts asks {points}",
                             points=messages.listed(item.covers))  # fmt: skip
        yield scene.problem("metadata.covers", told, ("covers",), severity="warning",
                            proposal=messages.tell("move covers: to the parts that ask the points"))  # fmt: skip
    elif not item.points and scene.bank.points:
        told = messages.tell("the item covers no knowledge point")
        yield scene.problem("metadata.covers", told, severity="warning", proposal=PROPOSAL)
    if item.title.zh and not _CHINESE.search(item.title.zh):
        yield scene.problem(
            "metadata.title",
            messages.tell("the Chinese title {title!r} has no Chinese characters", title=item.title.zh),
            ("title", "zh"),
            severity="warning",
            proposal=PROPOSAL,
        )
    if _CHINESE.search(item.title.en):
        yield scene.problem(
            "metadata.title",
            messages.tell("the English title {title!r} has Chinese characters", title=item.title.en),
            ("title", "en"),
            severity="warning",
            proposal=PROPOSAL,
        )
    if not any(part.marks > 0 for part in item.parts):
        yield scene.problem("metadata.marks", messages.tell("the item is worth no marks"), ("parts",),
                            proposal=messages.tell("give marks: to a part"))  # fmt: skip


def _explained(scene: Scene) -> bool:
    """Whether no part needs a solution.

    It says why each wrong answer is wrong, or has steps that say what earns marks; or its key is the whole solution, as
    of words, of a matching and of an order.
    """
    for part in scene.item.parts:
        if not (part.facts.keys or part.facts.picked or part.facts.waits):
            continue
        wrong = [option for option in part.facts.picked if option.right is not True]
        if not part.steps and (not part.facts.picked or not all(option.why for option in wrong)):
            return False
    return True
