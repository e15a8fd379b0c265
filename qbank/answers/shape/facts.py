"""What other rooms may know of a shape."""

from __future__ import annotations

from qbank.answers import Facts, Key, Mistake
from qbank.answers.shape.marks import Spec


def of(spec: Spec) -> Facts:
    """The sizes, and the mistakes by theirs."""
    mistakes = tuple(Mistake(name, one.text, value=one.value) for name, one in spec.mistakes.items())
    return Facts(
        keys=tuple(Key(size) for size in spec.key), column="sizes", mistakes=mistakes,
        told=tuple(one.text for one in mistakes),
    )  # fmt: skip
