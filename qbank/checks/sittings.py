"""The sittings of past exams can be read, and measure items that the bank has."""

from __future__ import annotations

from collections.abc import Iterator

from qbank import nodes
from qbank.bank import Bank
from qbank.model import Problem

RATIONALE = "A sitting that cannot be read counts for nothing: the item seems unused, and may be asked again next year."
PROPOSAL = "write it again: qbank stats EXAM --write; or delete the file"
EXAMPLES = ()


def check_bank(source: Bank) -> Iterator[Problem]:
    """What is wrong with a file of a sitting, and a warning for each item in one that the bank does not have."""
    yield from source.sittings.problems
    for sitting, file in source.sittings.sources:
        node = nodes.read(file.text, file.file)
        for item in sitting.items:
            if item not in source.items:
                message = f"measures the item {item!r}, which this bank does not have"
                advice = "open the bank that has it as well (--bank), or leave it: it does no harm"
                path = ("items", item)
                yield Problem("sitting.unknown", message, nodes.place(node, path), nodes.path_text(path), advice,
                              severity="warning")
