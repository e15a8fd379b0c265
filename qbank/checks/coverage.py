"""Every knowledge point that the bank lists is asked by some item."""

from __future__ import annotations

from collections.abc import Iterator

from qbank.bank import POINTS, Bank
from qbank.model import Problem

RATIONALE = "What no item asks is not examined, and nobody sees what is not there."
PROPOSAL = f"write an item with covers: [the point], or take it out of {POINTS}"
EXAMPLES = ()


def check_bank(source: Bank) -> Iterator[Problem]:
    """The points that nothing covers, as warnings."""
    covered = {point for item in source.select(status=("ready",)) for point in item.covers}
    for point, text in source.points.items():
        if point not in covered:
            yield Problem(
                "coverage", f"no item covers {point}: {text['en']}", path=point, proposal=PROPOSAL, severity="warning"
            )
