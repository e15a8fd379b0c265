"""The requirements can be met, and every key is a number on every variant that can be drawn."""

from __future__ import annotations

from collections.abc import Iterator

from qbank.checks._sample import Sample
from qbank.checks._scene import Scene
from qbank.model import Problem, Refused

RATIONALE = "An item that cannot be drawn stops a whole paper on the day it is printed."
PROPOSAL = "loosen a line of require:, or widen a parameter's domain"
EXAMPLES = (
    Sample("variants.none", "require:\n  - Rf < R1\n", "require:\n  - Rf > 2*R1\n", "20k to 200k is never below 10k"),
    Sample("variants.scarce", "require:\n  - Rf/R1 >= 195\n", "require:\n  - Rf/R1 >= 10\n"),
)
SCARCE = 0.01
"""Below this share of feasible combinations, drawing wastes its time and the seats get few variants."""


def check(scene: Scene) -> Iterator[Problem]:
    """No variant at all, or hardly any of the combinations."""
    try:
        drawn = scene.drawn
    except Refused as refused:
        for problem in refused.problems:
            yield scene.problem(problem.code, problem.message, ("require",),
                                proposal=PROPOSAL)
        return
    feasible = scene.space.feasible
    if feasible is not None and len(feasible) < SCARCE * scene.space.combinations:
        yield scene.problem(
            "variants.scarce",
            f"only {len(feasible):,} of {scene.space.combinations:,} combinations meet the requirements",
            ("require",), severity="warning", proposal=PROPOSAL,
        )  # fmt: skip
    assert len(drawn) == scene.seats
