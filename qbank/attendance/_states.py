"""What became of each candidate's examination: what the responses say, and what was recorded of it."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from qbank import messages, registry, roll
from qbank.attendance._doubts import Doubt, Odd, doubt
from qbank.intake import Table
from qbank.model import STATES, Candidate, Problem, State
from qbank.roll import Status


def states(
    table: Table, candidates: Sequence[Candidate], order: NDArray[np.int64], written: NDArray[np.bool_],
    recorded: Mapping[str, Status],
) -> tuple[tuple[State, ...], tuple[Doubt, ...]]:  # fmt: skip
    """Each candidate's state, and what does not fit: a row that is missing, answers that do not count, contradictions.

    `order` (n,) is each candidate's row of the table or -1, `written` (n,) who wrote anything. What was recorded
    counts; where nothing was, or that they sat it, the responses decide.
    """
    here = order >= 0
    away = ~here
    away[here] = table.frame["absent"].to_numpy()[order[here]]
    nothing = not recorded
    said = [None] * len(candidates) if nothing else [
        recorded[each.id].state if each.id in recorded else None for each in candidates
    ]  # fmt: skip
    usual: list[State] = np.where(away, "absent", "sat").tolist()
    found = tuple(usual) if nothing else tuple(
        now if state in (None, "sat") else state for state, now in zip(said, usual, strict=True)
    )  # fmt: skip
    own = np.array([state in (None, "sat") for state in said], dtype=np.bool_) if recorded else np.ones_like(here)
    doubts: list[tuple[Odd, State, NDArray[np.bool_]]] = [
        ("no row", "sat", own & ~here),
        ("empty", "sat", own & ~away & ~written),
        ("absent", "sat", own & away & written),
        *(() if nothing else _contradictions(said, here & away, written)),
    ]
    return found, tuple(
        doubt(what, state, candidates, rows, at) for at, (what, state, rows) in enumerate(doubts) if rows.any()
    )


def _contradictions(
    said: Sequence[State | None], absent: NDArray[np.bool_], written: NDArray[np.bool_]
) -> Iterator[tuple[Odd, State, NDArray[np.bool_]]]:
    """What the responses say against what was recorded; `absent` (n,) is whose row says so."""
    for state in STATES:
        those = np.array([each == state for each in said], dtype=np.bool_)
        match state:
            case "sat" | "misconduct":
                yield "against", state, those & absent
            case "lost":
                yield "against", state, those & absent
                yield "written", state, those & written & ~absent
            case "absent" | "excused" | "withdrawn":
                yield "written", state, those & written


def unknown(numbers: Sequence[str], recorded: Mapping[str, Status], seen: Container[str]) -> Iterator[Problem]:
    """The records of people whom neither the exam nor the responses know: those not `seen` among the numbers."""
    for number in sorted(each for each in recorded if each not in seen):
        message = messages.tell(
            "{file}: a record is not used: candidate {unknown}",
            file=roll.RECORD, unknown=registry.unknown(number, numbers),
        )  # fmt: skip
        yield Problem("roll.unknown", message, severity="warning")
