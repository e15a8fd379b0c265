"""Witnesses: independent computations of a key, one solver a file, found by the key that names it (`circuit: main`).

A witness module has `Spec`, what an author writes, and
`witness(spec, figures, library, columns) -> Floats`: the quantity on every variant, (n,), or (n, *shape) for a vector.
It shares no formula with any key, and may call no function of `subjects` that the key calls. A Spec has `within`; it
may have `seats` (on how many variants the witness is asked: a slow one on few), `floor` (its own noise, absolute), and,
where its author writes formulas, `expressions` and `names`, which are held against the key's.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pydantic import ValidationError

from qbank import messages, registry
from qbank.circuits import Circuit
from qbank.figures import Spec as Figure
from qbank.model import Column, Floats
from qbank.witnesses._agreement import Agreement, agreement
from qbank.witnesses._faults import told

__all__ = ["Agreement", "Missing", "agreement", "read", "witness"]


class Missing(ValueError):
    """A witness that cannot be computed because a program or library is not installed; `remedy` is how to get it."""

    def __init__(self, message: str, remedy: str) -> None:
        self.remedy = remedy
        super().__init__(message)


def read(written: Mapping[str, Any]) -> Any:
    """The Spec of what an author wrote. Raises ValueError: no witness is named, or one of its fields is wrong."""
    tags = registry.tags("witnesses")
    for tag in written:
        if tag in tags:
            spec = registry.load("witnesses", tag).Spec
            try:
                return spec.model_validate(written)
            except ValidationError as error:
                raise ValueError(told(error, spec)) from error
    for key in written:
        if (guess := registry.nearest(key, tags)) is not None:
            raise ValueError(messages.tell("unknown key {key!r}; did you mean {guess!r}?", key=key, guess=guess))
    raise ValueError(messages.tell("no witness is named; the witnesses are: {names}", names=messages.listed(tags)))


def witness(
    spec: Any, figures: Mapping[str, Figure], library: Mapping[str, Circuit], columns: Mapping[str, Column]
) -> Floats:
    """The value of the witness on every variant, (n, *shape).

    Raises ValueError when it has no answer, Missing when a program or library that it needs is not installed.
    """
    says: Floats = registry.load("witnesses", spec.tag).witness(spec, figures, library, columns)
    return says
