"""Every knowledge point that the bank lists is asked by some item."""

from __future__ import annotations

from collections.abc import Iterator

from qbank.bank import POINTS, Bank
from qbank.model import Problem

RATIONALE = "What no item asks is not examined, and nobody sees what is not there."
PROPOSAL = f"write covers: [the point] at a part that asks it, or take it out of {POINTS}"
EXAMPLES = ()


def check_bank(source: Bank) -> Iterator[Problem]:
    """The points that no part asks, as warnings."""
    asked = {point for item in source.select(status=("ready",)) for point in item.asks}
    for point, text in source.points.items():
        if point not in asked:
            told = f"no part of an item asks {point}: {text['en']}"
            yield Problem("coverage", told, path=point, proposal=PROPOSAL, severity="warning")
