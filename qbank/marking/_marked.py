"""What marking gives back."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from qbank import answers
from qbank.bank.item import Part
from qbank.model import UNREADABLE, Floats, Steps

CARRIED = "carried."
"""How the note of a carried error begins; the earlier part's id follows."""
OWN = "carried.own."
"""How the note begins where the earlier answer was right but rounded: it costs nothing."""


@dataclass(frozen=True, eq=False)
class Marked:
    """The marks of n answers to one part: how each was read, and the steps that made its credit."""

    part: Part
    reading: answers.Reading
    steps: Steps
    others: tuple[Part, ...] = ()
    against: NDArray[np.int64] | None = None
    """(n,) which of the others each answer was marked against, where blanks may be filled in any order."""

    def asked(self, row: int) -> Part:
        """The part whose key one answer was marked against."""
        return self.part if self.against is None else self.others[int(self.against[row])]

    @cached_property
    def credit(self) -> Floats:
        """(n,) what each answer earns of the part."""
        return self.steps.credit

    @property
    def carried(self) -> NDArray[np.bool_]:
        """(n,) which answers were marked with an earlier value of the candidate's own."""
        return self.steps.noted(lambda note: note.startswith(CARRIED))

    @property
    def fallen(self) -> NDArray[np.bool_]:
        """(n,) which answers lost something, or earned what they did with an earlier value that was wrong."""
        wrongly = self.steps.noted(lambda note: note.startswith(CARRIED) and not note.startswith(OWN))
        return (self.credit < 1.0) | wrongly

    @cached_property
    def waits(self) -> NDArray[np.bool_]:
        """(n,) which answers no machine marks: those that could not be read, long ones, those near a right one."""
        return np.equal(self.reading.state, UNREADABLE) | self.steps.waits
