"""Foreseen wrong answers: a name, a formula, when it applies, and what is said of it in both languages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Annotated, Any

import numpy as np
from pydantic import WithJsonSchema

from qbank import algebra, answers, messages
from qbank.answers import Scope
from qbank.answers._fields import Credit, components
from qbank.model import Array, Bilingual
from qbank.records import Worded


class Mistake(Worded):
    """One foreseen wrong answer; where `when` is false it does not exist on that variant."""

    value: Annotated[algebra.Formula, WithJsonSchema({"type": ["string", "array"]})]
    when: algebra.Condition | None = None
    credit: Credit = 0.0


def of_lists(value: Any) -> Any:
    """Mistakes as an author writes them, their values as YAML lists or as expressions."""
    if not isinstance(value, dict):
        return value
    return {
        name: one | {"value": components(one["value"])} if isinstance(one, dict) and "value" in one else one
        for name, one in value.items()
    }


def bind(
    mistakes: Mapping[str, Mistake], scope: Scope, shape: tuple[int, ...] | None = (), *, infinite: bool = False
) -> dict[str, Array]:
    """`mistake.NAME` (n, *shape) its value and `applies.NAME` (n,) where it exists, for every mistake.

    Without a shape each is a list of its own length. A mistake without a finite value does not exist on that variant,
    unless infinite ones do.
    """
    columns: dict[str, Array] = {}
    for name, mistake in mistakes.items():
        found = np.asarray(scope.evaluate(mistake.value).values, dtype=np.float64)
        if shape is None and found.ndim != 2:
            raise ValueError(messages.tell(
                "the mistake {mistake!r} must be a list of values, but {expression} has the shape {shape}",
                mistake=name, expression=mistake.value, shape=found.shape[1:],
            ))  # fmt: skip
        if shape is not None and found.shape[1:] != shape:
            raise ValueError(messages.tell(
                "the mistake {mistake!r} has the shape {own}, and the key has the shape {shape}",
                mistake=name, own=found.shape[1:], shape=shape,
            ))  # fmt: skip
        values = found.copy() if len(found) == scope.n else np.broadcast_to(found, (scope.n, *found.shape[1:])).copy()
        finite: Array = ~np.isnan(values) if infinite else np.isfinite(values)
        if finite.ndim > 1:
            finite = np.asarray(finite.reshape(scope.n, -1).all(axis=1))
        columns |= {f"mistake.{name}": values, f"applies.{name}": where(mistake.when, finite, scope)}
    return columns


def where(when: algebra.Expression | None, there: Array, scope: Scope) -> Array:
    """(n,) where a mistake exists: there is such a value, and its `when`, if any, is true."""
    if when is None:
        return there
    return there & np.broadcast_to(scope.evaluate(when).values.astype(np.bool_), (scope.n,))


def facts(mistakes: Mapping[str, Mistake]) -> tuple[answers.Mistake, ...]:
    """What other rooms may know of them."""
    return tuple(answers.Mistake(name, one.text, one.credit, (one.value,), one.when) for name, one in mistakes.items())


def texts(mistakes: Mapping[str, Mistake]) -> tuple[Bilingual, ...]:
    """What is said of each."""
    return tuple(one.text for one in mistakes.values())


def called(name: str, key: str) -> tuple[str, ...]:
    """The names by which a value may be written: the part's own, and its key's where that is one."""
    return (*name.split(), *([key] if key.isidentifier() else []))


def apart(values: Sequence[Array]) -> list[bool]:
    """Whether each of the mistakes' values is more than a fifth off every earlier one, so that it keeps its own name.

    >>> apart([np.array([1.0]), np.array([1.1]), np.array([-1.0])])
    [True, False, True]
    """
    if not values:
        return []
    stacked = np.stack(values).reshape(len(values), -1)
    return [not np.isclose(one, stacked[:place], rtol=0.2, atol=0).all(axis=1).any()
            for place, one in enumerate(stacked)]  # fmt: skip
