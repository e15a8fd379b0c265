"""The bank that comes with qbank is silent under every check that needs no printing, and keeps its circuits legible."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from qbank import bank, checks, circuits, registry
from qbank.bank import Bank
from qbank.checks import Scene

QUESTIONS = Path(__file__).parents[1] / "questions"
QUICK = ("topic", "metadata", "variants", "dimensions", "names", "tolerance", "spread", "guessing", "options",
         "languages", "prose")  # fmt: skip
"""The rest (printing, marking, witnesses) takes a minute: `qbank check` and .ci/run make it."""
VALUED = ("R", "C", "CE", "L", "VS")


@cache
def shipped() -> Bank:
    return bank.load(QUESTIONS)


@cache
def scenes() -> list[Scene]:
    """Every item with the same variants for every check."""
    return [checks.scene(shipped(), name, 60) for name in shipped().items]


@pytest.mark.parametrize("tag", QUICK)
def test_no_quick_check_finds_anything_in_the_bank(tag: str) -> None:
    module = registry.load("checks", tag)
    found = [problem for scene in scenes() for problem in module.check(scene)]

    assert "\n".join(map(str, found)) == ""


def test_no_check_of_the_whole_bank_finds_an_error() -> None:
    assert [str(problem) for problem in checks.of_bank(shipped()) if problem.severity == "error"] == []


@pytest.mark.parametrize("name", sorted(path.stem for path in (QUESTIONS / "circuits").glob("*.yaml")))
def test_every_circuit_can_be_read_with_a_value_at_every_part(name: str) -> None:
    drawn = shipped().circuits[name]
    valued = {part.name: "x" for part in drawn.parts if part.kind in VALUED}

    assert list(circuits.faults(circuits.draw(drawn, values=valued))) == []
    assert list(circuits.crossed(drawn, valued)) == []
