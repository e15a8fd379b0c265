"""Every neighbour of a known fault earns what a fair examiner would give it."""

from __future__ import annotations

from typing import Any

import pytest
import yaml
from formula_neighbours import ACCEPTED, ASKED, EQUATIONS, REFUSED, Asked

from qbank import answers
from qbank.model import UNREADABLE, WAITS, Rules
from qbank.variants import Scope

ROWS = [(asked.answer, *row) for asked in ASKED for row in asked.rows]
ROWS += [(f"form: equation\n{asked.answer}", *row) for asked in EQUATIONS for row in asked.rows]


def spec(answer: str) -> Any:
    return answers.read(yaml.load(f"kind: formula\n{answer}\n", Loader=yaml.BaseLoader))


def earned(answer: str, text: str) -> float | str:
    """The share that an answer earns, or "wait"."""
    asked, kind = spec(answer), answers.kind_of("formula")
    key = kind.bind(asked, Scope(1, {}), {})
    reading = kind.read(asked, [text], Rules())
    steps = kind.mark(asked, reading, key, {}, Rules())
    if reading.state[0] == UNREADABLE or any(note.endswith(WAITS) for note, _, _ in steps.of(0)):
        return "wait"
    return float(steps.credit[0])


def faults(answer: str) -> list[str]:
    kind = answers.kind_of("formula")
    assert kind.faults is not None
    return list(kind.faults(spec(answer)))


@pytest.mark.parametrize(("answer", "text", "want", "remark"), ROWS, ids=lambda value: str(value)[:40])
def test_a_neighbour_of_a_known_fault_earns_what_is_fair(
    answer: str, text: str, want: float | str, remark: str
) -> None:
    assert earned(answer, text) == want, remark


@pytest.mark.parametrize(("answer", "message", "remark"), REFUSED)
def test_a_key_that_nothing_can_be_compared_with_has_a_fault(answer: str, message: str, remark: str) -> None:
    assert message in "; ".join(faults(answer)), remark


@pytest.mark.parametrize(("answer", "remark"), [*ACCEPTED, *((asked.answer, "") for asked in ASKED)])
def test_a_key_with_isolated_holes_has_no_fault(answer: str, remark: str) -> None:
    assert faults(answer) == [], remark


@pytest.mark.parametrize("asked", EQUATIONS, ids=lambda asked: str(asked.answer)[:40])
def test_an_equation_with_solutions_has_no_fault(asked: Asked) -> None:
    assert faults(f"form: equation\n{asked.answer}") == []
