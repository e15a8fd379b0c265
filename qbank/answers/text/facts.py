"""What other rooms may know of words to fill in."""

from __future__ import annotations

from qbank.answers import Facts, Mistake
from qbank.answers.text.spec import Spec


def of(spec: Spec) -> Facts:
    """The label that decides which words are right, the names that are in them, and the mistakes."""
    mistakes = tuple(Mistake(name, one.text, one.credit, one.expressions) for name, one in spec.mistakes.items())
    return Facts(
        deciding=tuple(spec.deciding), mistakes=mistakes, told=tuple(one.text for one in mistakes),
        names=tuple(spec.name.split()),
    )  # fmt: skip
