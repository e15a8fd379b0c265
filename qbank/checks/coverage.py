"""Every knowledge point that the bank lists is asked for by an item."""

from __future__ import annotations

from collections.abc import Iterator

from qbank import markup, messages
from qbank.bank import POINTS, Bank
from qbank.model import Problem

RATIONALE = "What no item asks is never examined, and a gap is easy to overlook."
PROPOSAL = f"write covers: [the point] in a part that asks it, or delete it from {POINTS}"
EXAMPLES = ()


def check_bank(source: Bank) -> Iterator[Problem]:
    """The points that no part asks, as warnings."""
    asked = {point for item in source.select(status=("ready",)) for point in item.asks}
    for point, text in source.points.items():
        if point not in asked:
            told = messages.tell("no part of an item asks {point}: {text}", point=point,
                                 text=markup.called(text[messages.language()]))  # fmt: skip
            yield Problem("coverage", told, path=point, proposal=messages.translated(PROPOSAL), severity="warning")
