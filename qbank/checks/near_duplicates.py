"""No two items are the same question in other words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import combinations

from qbank import messages, nodes
from qbank.bank import Bank
from qbank.bank.item import Item
from qbank.checks import _shown
from qbank.model import Problem

RATIONALE = (
    "A paper that draws two copies of a question asks it twice; correcting one copy leaves the other wrong."
)
PROPOSAL = "keep one of them, or let the second ask for something else"
EXAMPLES = ()
ALIKE = 0.85
"""The share of common runs of characters from which two texts are the same."""
RUN = 5


def check_bank(source: Bank) -> Iterator[Problem]:
    """The pairs of items with nearly the same text and the same keys."""
    items = list(source.items.values())
    runs = [_runs(item) for item in items]
    keys = [_keys(item) for item in items]
    for first, second in combinations(range(len(items)), 2):
        if keys[first] != keys[second] or min(len(runs[first]), len(runs[second])) < ALIKE * max(
            len(runs[first]), len(runs[second])
        ):
            continue
        common = len(runs[first] & runs[second])
        alike = common / max(len(runs[first] | runs[second]), 1)
        if alike >= ALIKE:
            later, earlier = items[second], items[first]
            record = source.sources[later.id]
            place = nodes.place(nodes.read(record.text, record.file), ("id",))
            yield Problem(
                "near_duplicates",
                messages.tell("{share:.0%} of the text of {later} is the same as in {earlier}",
                              share=alike, later=later.id, earlier=earlier.id),
                place,
                "$.id",
                messages.translated(PROPOSAL),
                later.id,
                "warning",
            )


def _runs(item: Item) -> frozenset[str]:
    """The runs of characters in the texts of an item, spaces, digits and punctuation apart."""
    texts = " ".join(f"{text.zh} {text.en}" for text in _shown.asked(item))
    bare = re.sub(r"[\W\d_]+", "", re.sub(r"\{\{.*?\}\}", "", texts)).casefold()
    return frozenset(bare[start : start + RUN] for start in range(max(len(bare) - RUN + 1, 1)))


def _keys(item: Item) -> tuple[str, ...]:
    """The keys as they are written, derived names written out."""
    written = []
    for part in item.parts:
        for expression in _shown.keys(part):
            text = expression.text
            for name in reversed(item.order):
                text = re.sub(rf"\b{re.escape(name)}\b", f"({item.derive[name].value.text})", text)
            written.append(re.sub(r"\s", "", text))
    return tuple(written)
