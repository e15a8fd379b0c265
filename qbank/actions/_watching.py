"""How far long work is, for whoever wants to show it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

Watch = Callable[[Iterable[Any], int, str], Iterable[Any]]
"""Wraps the steps of long work to show how far it is: (steps, how many, what they are)."""


def quietly(steps: Iterable[Any], total: int, what: str) -> Iterable[Any]:  # noqa: ARG001 - the shape of a Watch
    """A Watch that shows nothing."""
    return steps
