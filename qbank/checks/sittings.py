"""The records of past exams in sittings/ can be read, and belong to items of this bank."""

from __future__ import annotations

from collections.abc import Iterator

from qbank import messages, nodes
from qbank.bank import Bank
from qbank.model import Problem

RATIONALE = "A sitting that cannot be read does not count: the item seems unused, and may be asked again next year."
PROPOSAL = "write it again with qbank stats EXAM --write, or delete the file"
EXAMPLES = ()


def check_bank(source: Bank) -> Iterator[Problem]:
    """What is wrong with a file of a sitting, and a warning for each item in one that the bank does not have."""
    yield from source.sittings.problems
    for sitting, file in source.sittings.sources:
        node = nodes.read(file.text, file.file)
        for item in sitting.items:
            if item not in source.items:
                message = messages.tell("the item {item!r} is not in this bank", item=item)
                advice = messages.tell("also open the bank that has it (--bank), or leave it: it does no harm")
                path = ("items", item)
                yield Problem("sitting.unknown", message, nodes.place(node, path), nodes.path_text(path), advice,
                              severity="warning")
