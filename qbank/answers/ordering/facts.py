"""What other rooms may know of an ordering."""

from __future__ import annotations

from qbank.answers import Facts
from qbank.answers.ordering.marks import Spec


def of(spec: Spec) -> Facts:
    """The items, which are shuffled."""
    return Facts(paper=tuple(spec.items.values()), entries=(tuple(spec.items),), shuffled=spec.shuffle)
