"""What the bank checks of itself: one check a file, each with its reason and what to do; see docs/checks.md.

A check module offers `RATIONALE` (why it matters), `PROPOSAL` (what to do) and `check(scene)`, which yields Problems.
"""

from __future__ import annotations

from collections.abc import Iterator

from qbank import registry
from qbank.bank import Bank
from qbank.checks._agreement import Agreement, agreement
from qbank.checks._scene import Scene, scene
from qbank.model import Problem

__all__ = ["Agreement", "Scene", "agreement", "of_item", "scene"]

ORDER = ("topic", "variants", "printed_key", "mistakes", "options", "trials", "witness", "outputs")
"""The checks in the order in which they build on each other; others follow by name."""


def of_item(source: Bank, name: str, *, seats: int) -> Iterator[Problem]:
    """Every problem of one item, over so many variants. Stops early where no variant can be drawn."""
    here = scene(source, name, seats)
    tags = registry.tags("checks")
    for tag in sorted(tags, key=lambda tag: (ORDER.index(tag) if tag in ORDER else len(ORDER), tag)):
        found = list(registry.load("checks", tag).check(here))
        yield from found
        if tag == "variants" and found:
            return
