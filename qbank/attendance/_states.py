"""What became of each candidate's examination: what the responses say, and what was recorded of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from qbank import registry, roll
from qbank.attendance._rows import SHOWN
from qbank.intake import Table
from qbank.model import STANDINGS, STATES, Candidate, Problem, State
from qbank.roll import Status


def states(
    table: Table, candidates: Sequence[Candidate], order: NDArray[np.int64], written: NDArray[np.bool_],
    recorded: Mapping[str, Status],
) -> tuple[tuple[State, ...], list[Problem]]:  # fmt: skip
    """Each candidate's state, and what hardly fits: a row that is missing, answers that do not count, contradictions.

    `order` (n,) is each candidate's row of the table or -1, `written` (n,) who wrote anything. What was recorded
    counts; where nothing was, or that they sat it, the responses decide.
    """
    here = order >= 0
    away = ~here
    away[here] = table.frame["absent"].to_numpy()[order[here]]
    said = [recorded[each.id].state if each.id in recorded else None for each in candidates]
    found = tuple(_became(state, away=gone) for state, gone in zip(said, away.tolist(), strict=True))
    own = np.array([state in (None, "sat") for state in said], dtype=np.bool_)
    problems = _missing(table, [each.id for each, gone in zip(candidates, own & ~here, strict=True) if gone])
    problems += _unlikely(table, candidates, own & ~away & ~written, "without any answer, not marked absent: 0 marks")
    problems += _unlikely(table, candidates, own & away & written, "marked absent, with answers that do not count")
    problems += _contradictions(table, candidates, said, here & away, written)
    return found, [*problems, *_unknown(candidates, recorded)]


def _became(recorded: State | None, *, away: bool) -> State:
    if recorded is None or recorded == "sat":
        return "absent" if away else "sat"
    return recorded


def _contradictions(
    table: Table, candidates: Sequence[Candidate], said: Sequence[State | None], absent: NDArray[np.bool_],
    written: NDArray[np.bool_],
) -> Iterator[Problem]:  # fmt: skip
    """What the responses say against what was recorded; `absent` (n,) is whose row says so."""
    for state in STATES:
        those = np.array([each == state for each in said], dtype=np.bool_)
        word = STANDINGS[state].word.en
        match state:
            case "sat":
                yield from _unlikely(table, candidates, those & absent,
                                     "marked absent, recorded as present: absent counts")  # fmt: skip
            case "misconduct":
                yield from _unlikely(table, candidates, those & absent,
                                     f"marked absent, recorded as {word}: that counts")  # fmt: skip
            case "lost":
                yield from _unlikely(table, candidates, those & absent,
                                     f"marked absent, recorded as {word}: that counts")  # fmt: skip
                yield from _unlikely(table, candidates, those & written & ~absent,
                                     f"recorded as {word}, with answers that do not count")  # fmt: skip
            case "absent" | "excused" | "withdrawn":
                yield from _unlikely(table, candidates, those & written,
                                     f"recorded as {word}, with answers that do not count")  # fmt: skip


def _missing(table: Table, numbers: Sequence[str]) -> list[Problem]:
    """A warning for each candidate without a row, or one for many."""
    told = [f"candidate {number} has no row and counts as absent" for number in numbers]
    if len(numbers) > SHOWN:
        told = [f"{len(numbers)} candidates ({', '.join(numbers[:SHOWN])}, …) have no row and count as absent"]
    return [Problem("responses.missing", f"{table.file}: {message}", severity="warning") for message in told]


def _unlikely(table: Table, candidates: Sequence[Candidate], which: NDArray[np.bool_], what: str) -> list[Problem]:
    """One warning for all candidates whose row hardly says what is meant."""
    names = [candidate.id for candidate, here in zip(candidates, which, strict=True) if here]
    if not names:
        return []
    listing = ", ".join(names[:SHOWN]) + (", …" if len(names) > SHOWN else "")
    who = f"{len(names)} candidate{'s' * (len(names) != 1)} ({listing})"
    return [Problem("responses.empty", f"{table.file}: {who} {what}", severity="warning")]


def _unknown(candidates: Sequence[Candidate], recorded: Mapping[str, Status]) -> Iterator[Problem]:
    """The records of people whom neither the exam nor the responses know."""
    numbers = {each.id for each in candidates}
    for number in sorted(recorded.keys() - numbers):
        message = f"{roll.RECORD}: the candidate {registry.unknown(number, numbers)}, and its record is not used"
        yield Problem("roll.unknown", message, severity="warning")
