"""A figure in which one thing hides another is found, and where."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from qbank import bank, checks, circuits
from qbank.bank import Bank
from qbank.checks import _needs, _shown, figures
from qbank.model import Label, Maths, Name, Text

QUESTIONS = Path(__file__).parents[1] / "questions"
ITEM = QUESTIONS / "electronics" / "opamp" / "opamp.inverting.gain.yaml"


@cache
def shipped() -> Bank:
    return bank.load(QUESTIONS, only=[ITEM])


def with_circuit(change: Any) -> Bank:
    """The bank with its inverting amplifier drawn otherwise."""
    described = yaml.load((QUESTIONS / "circuits" / "inverting.yaml").read_text(encoding="utf-8"), yaml.BaseLoader)
    for part in described["parts"]:
        change(part)
    drawn = circuits.read("inverting", described)
    return replace(shipped(), circuits={**shipped().circuits, "inverting": drawn})


def found(held: Bank) -> list[tuple[str, str, str]]:
    here = checks.scene(held, "opamp.inverting.gain", 50)
    return [(problem.code, problem.path, problem.message.partition(" (seat")[0]) for problem in figures.check(here)]


def nudged(name: str, **keys: str) -> Any:
    def change(part: dict[str, Any]) -> None:
        if name in part.values():
            part.update(keys)

    return change


def test_a_figure_that_can_be_read_is_silent() -> None:
    assert found(shipped()) == []
    assert found(with_circuit(nudged("no part"))) == []


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (nudged("R_f", nudge="down 0.6"), ("figures.crossed", "$.figures.main")),
        (nudged("R_f", nudge="left 3 down 1.2"), ("figures.hidden", "$.figures")),
    ],
    ids=["a wire through a label", "a label on another"],
)
def test_a_label_that_something_hides_is_found(change: Any, expected: tuple[str, str]) -> None:
    assert expected in {row[:2] for row in found(with_circuit(change))}


def test_a_label_outside_the_frame_and_one_on_another_are_named() -> None:
    drawing = circuits.draw(shipped().circuits["inverting"])
    first = drawing.labels[0]
    there = Label(first.x, first.y, first.halign, first.valign, (Name("Rf"),))
    away = Label(drawing.width + 5, 10.0, "left", "middle", (Text("4.7 kΩ"), Maths(("x",))))
    said = list(circuits.faults(replace(drawing, labels=(first, there, away))))

    assert said == ["the label 'Rf' overlaps 'A'", "the label '4.7 kΩx' lies outside the frame"]


def test_what_a_candidate_sees_and_what_a_key_needs() -> None:
    item = shipped().items["opamp.inverting.gain"]

    assert _shown.visible(item) == {"R1", "Rf"}
    drawn = checks.scene(shipped(), item.id, 20).drawn
    (look,) = _needs.looks(item, drawn)
    assert _needs.needed(item, item.parts[0], look) == frozenset()
    assert {"A", "R1", "Rf"} <= _shown.used(item)
