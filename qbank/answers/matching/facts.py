"""What other rooms may know of a matching."""

from __future__ import annotations

from qbank.answers import Facts
from qbank.answers.matching.marks import Spec


def of(spec: Spec) -> Facts:
    """The entries on both sides; those on the right are shuffled."""
    return Facts(
        paper=tuple(entry.text for entry in (*spec.left.values(), *spec.right.values())),
        entries=(tuple(spec.left), tuple(spec.right)), shuffled=spec.shuffle,
    )  # fmt: skip
