"""What marking gives back."""

from __future__ import annotations

from dataclasses import dataclass

from qbank import answers
from qbank.bank.item import Part
from qbank.model import Floats, Steps


@dataclass(frozen=True, slots=True, eq=False)
class Marked:
    """The marks of n answers to one part: how each was read, and the steps that made its credit."""

    part: Part
    reading: answers.Reading
    steps: Steps

    @property
    def credit(self) -> Floats:
        """(n,) what each answer earns of the part."""
        return self.steps.credit
