"""A title has no exclamation mark. A throw-away check, added by the recipe."""



from __future__ import annotations

from collections.abc import Iterator

from qbank.checks._sample import Sample
from qbank.checks._scene import Scene
from qbank.model import Problem

RATIONALE = "Nobody shouts in an examination."
PROPOSAL = "say it quietly"
EXAMPLES = (Sample("shouting", "title: {zh: 增益！, en: Gain!}\n", "title: {zh: 增益, en: Gain}\n"),)


def check(scene: Scene) -> Iterator[Problem]:
    """A title that shouts."""
    if "!" in scene.item.title.en:
        yield scene.problem("shouting", "the title shouts", ("title", "en"), proposal=PROPOSAL)
