"""What other rooms may know of a unit."""

from __future__ import annotations

from qbank.answers import Facts, Mistake
from qbank.answers.unit.spec import Spec


def of(spec: Spec) -> Facts:
    """The mistakes, which have no formula: the key is the same on every variant."""
    mistakes = tuple(Mistake(name, one.text, one.credit) for name, one in spec.mistakes.items())
    return Facts(mistakes=mistakes, told=tuple(one.text for one in mistakes))
