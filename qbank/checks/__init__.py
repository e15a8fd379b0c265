"""What the bank checks of itself: one check a file, each with its reason and what to do; see docs/en/checks.md.

A check module offers `RATIONALE` (why it matters), `PROPOSAL` (what to do), `EXAMPLES` (Samples: two snippets of an
item each, of which the first is found and the second is not; they are its tests and its documentation), and

* `check(scene) -> Iterator[Problem]`, which looks at one item on its own, with its variants; or
* `check_bank(source) -> Iterator[Problem]`, which looks at all items together (copies, coverage, balance); or both.

A problem is an error where a mark would be wrong, a key would leak or a paper would not print, else a warning.
`check` is asked for one item at a time, in any process, and its answer is kept until the item, its circuits or the
program change; `check_bank` is asked once, after all items, and only where the whole bank is checked.
"""

from __future__ import annotations

from collections.abc import Iterator

from qbank import messages, nodes, registry
from qbank.bank import Bank
from qbank.checks._sample import Sample
from qbank.checks._scene import SEED, Scene, scene
from qbank.model import Problem, Refused, caught

__all__ = ["ORDER", "SEED", "Sample", "Scene", "of_bank", "of_item", "samples", "scene", "tags"]

ORDER = (
    "topic", "metadata", "comments", "literals", "variants", "passages", "entries", "numbers", "dimensions",
    "figures", "names", "printed_key", "tolerance", "humane", "mistakes", "behaviour", "spread", "options",
    "guessing", "trials", "witness", "mutation", "languages", "prose", "room", "outputs", "leaks",
    "near_duplicates", "coverage", "blueprints",
)  # fmt: skip
"""The checks in the order in which they build on each other; others follow by name."""


STOPPING = ("variants.", "passages.condition", "entries.")
"""The errors after which nothing can be drawn or printed, so that no further check can be made."""


def tags() -> list[str]:
    """Every check, in the order in which they are made."""
    return sorted(
        registry.tags("checks"), key=lambda tag: (ORDER.index(tag) if tag in ORDER else len(ORDER), tag)
    )


def samples() -> dict[str, int]:
    """The checks that print, read, mark or solve variants one by one, and how many they look at (`LOOKED`).

    What values decide is decided on all variants, by these checks and by the others.
    """
    modules = {tag: registry.load("checks", tag) for tag in tags()}
    return {tag: module.LOOKED for tag, module in modules.items() if hasattr(module, "LOOKED")}


def of_item(source: Bank, name: str, *, seats: int) -> Iterator[Problem]:
    """Every problem of one item, over so many variants. Stops early where no variant can be drawn or printed.

    A check that fails with an unforeseen exception is a problem of its own (`TAG.failed`); the others go on.
    """
    here = scene(source, name, seats)
    for tag in tags():
        module = registry.load("checks", tag)
        if not hasattr(module, "check"):
            continue
        found: list[Problem] = []
        what = messages.tell("the check {tag!r}", tag=tag)
        with caught(found, tag, what, item=name, place=nodes.place(here.node, ("id",))):
            try:
                found += module.check(here)
            except ValueError as impossible:  # what the item says cannot be computed or drawn: no later check can go on
                yield from found
                yield here.problem(f"{tag}.impossible", str(impossible), proposal=module.PROPOSAL)
                return
            except Refused as refused:  # nor printed: a figure that cannot be drawn
                if not refused.at:
                    raise
                yield from found
                for each in refused.problems:
                    yield here.problem(each.code, each.message, refused.at, proposal=each.proposal)
                return
        yield from found
        if any(problem.severity == "error" and problem.code.startswith(STOPPING) for problem in found):
            return


def of_bank(source: Bank) -> Iterator[Problem]:
    """Every problem of the items together; a check that fails is named, and the others go on."""
    for tag in tags():
        module = registry.load("checks", tag)
        if not hasattr(module, "check_bank"):
            continue
        found: list[Problem] = []
        with caught(found, tag, messages.tell("the check {tag!r} of the whole bank", tag=tag)):
            found += module.check_bank(source)
        yield from found
