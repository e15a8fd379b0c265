"""Marking: the states of an answer, the rules, and a mark as a list of steps."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from functools import reduce
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from qbank.model._columns import Array, Columns, Floats, take

BLANK, UNREADABLE, READ = 0, 1, 2
"""The three states of an answer, before any mark."""
WAITS = ".waits"
"""How the note of an answer ends that no machine marks."""


@dataclass(frozen=True, slots=True)
class Rules:
    """What the paper decides where a part has no rule of its own (docs/en/grading.md); names as in the YAML."""

    comma: Literal["ask", "decimal", "thousands"] = "ask"
    unit_missing: float = 0.2
    unit_wrong: float = 1.0
    unit_prefix: float = 1.0
    several: str = "net"
    round_to: Fraction = Fraction(1, 2)


@dataclass(frozen=True, slots=True, eq=False)
class Step:
    """One decision in marking: a constant note, the rows it was taken on, the scale it put on the credit, and why.

    `rows` (n,) is where; `scale` is a number or (n,); `details` hold the values that explain the note, (n,) each.
    """

    note: str
    rows: NDArray[np.bool_]
    scale: float | Floats = 1.0
    details: Columns = field(default_factory=dict)

    def take(self, rows: Array) -> Step:
        """The step of the given answers."""
        scale = self.scale[rows] if isinstance(self.scale, np.ndarray) else self.scale
        return Step(self.note, self.rows[rows], scale, take(self.details, rows))


@dataclass(frozen=True, slots=True, eq=False)
class Steps:
    """The decisions on n answers to one part, in order; the credit is the product of their scales."""

    count: int
    steps: tuple[Step, ...] = ()

    def where(
        self, rows: NDArray[np.bool_], note: str, scale: float | Floats = 1.0, **details: Array
    ) -> Steps:
        """These steps and one more on the given rows; a step that is taken nowhere is not kept."""
        if not np.count_nonzero(rows):
            return self
        return Steps(self.count, (*self.steps, Step(note, rows, scale, details)))

    @property
    def credit(self) -> Floats:
        """(n,) what each answer earns of the part, 1 for all of it."""
        credit = np.ones(self.count)
        for step in self.steps:
            credit = np.where(step.rows, credit * step.scale, credit)
        return credit

    def take(self, rows: Array) -> Steps:
        """The steps of the given answers (indices)."""
        kept = tuple(step.take(rows) for step in self.steps)
        return Steps(len(rows), tuple(step for step in kept if step.rows.any()))

    def of(self, row: int) -> Iterator[tuple[str, float, dict[str, Any]]]:
        """(note, scale, details) of one answer, in order."""
        for step in self.steps:
            if step.rows[row]:
                scale = float(step.scale[row]) if isinstance(step.scale, np.ndarray) else step.scale
                yield step.note, scale, {name: array[row] for name, array in step.details.items()}

    @property
    def waits(self) -> NDArray[np.bool_]:
        """(n,) which answers marking left to a person: those with a note that ends in `.waits`."""
        return self.noted(lambda note: note.endswith(WAITS))

    def noted(self, which: Callable[[str], bool]) -> NDArray[np.bool_]:
        """(n,) which answers carry a note of that sort."""
        none = np.zeros(self.count, dtype=bool)
        return reduce(np.logical_or, (step.rows for step in self.steps if which(step.note)), none)


def merge(choose: NDArray[np.bool_], yes: Steps, no: Steps) -> Steps:
    """Row by row the steps of `yes` where chosen, else those of `no`."""
    first = tuple(replace(step, rows=step.rows & choose) for step in yes.steps)
    second = tuple(replace(step, rows=step.rows & ~choose) for step in no.steps)
    return Steps(yes.count, tuple(step for step in (*first, *second) if step.rows.any()))


@dataclass(frozen=True, slots=True)
class Example:
    """A row that is a kind's test, its documentation and the instructor's reference at once.

    `answer` is the YAML of the part's answer, `given` the values its names have, `response` what a candidate wrote,
    `credit` and `note` (the last step's) the verdict; `remark` is what is odd about it.
    """

    answer: str
    response: str
    credit: float
    note: str
    remark: str = ""
    given: Mapping[str, float | Sequence[float] | Sequence[Sequence[float]]] = field(default_factory=dict)
