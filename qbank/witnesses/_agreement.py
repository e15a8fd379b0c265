"""A part's key and its witness side by side, and what the witness would say of another key."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from qbank import messages, registry
from qbank.bank.item import Part
from qbank.circuits import Circuit
from qbank.model import Array, Columns, Floats
from qbank.variants import Variants


@dataclass(frozen=True, slots=True, eq=False)
class Agreement:
    """The key and the witness of one part over n variants, (n, *shape) each.

    The witness accepts a value that is off by no more than `within` of it, or than `floor`, its own noise.
    """

    key: Floats
    says: Floats
    within: float
    floor: float

    def __len__(self) -> int:
        return len(self.key)

    def error(self, value: Floats) -> Floats:
        """(n,) how far the witness is from a value, relative to it; a vector by its largest component; 0 for noise."""
        with np.errstate(all="ignore"):
            off, size = self._off(value), np.maximum(_largest(_finite(value)), np.finfo(float).tiny)
            return np.where(off <= self.floor, 0.0, off / size)

    def accepts(self, value: Floats) -> NDArray[np.bool_]:
        """(n,) whether the witness agrees with a value in the key's place."""
        with np.errstate(all="ignore"):
            off, allowed = self._off(value), self.within * _largest(_finite(value)) + self.floor
        return np.asarray(off <= allowed)

    def _off(self, value: Floats) -> Floats:
        """(n,) how far the witness is from a value; infinity is no distance from itself."""
        return _largest(np.where(self.says == value, 0.0, self.says - value))


def key_of(part: Part, columns: Columns) -> Floats:
    """The column of the key. Raises ValueError for a kind whose key is not a number."""
    if not part.facts.keys or not part.facts.column:
        raise ValueError(messages.tell("only a number, a vector or a shape has a witness"))
    return np.asarray(columns[part.facts.column], dtype=np.float64)


def agreement(part: Part, spec: Any, drawn: Variants, library: Mapping[str, Circuit]) -> Agreement:
    """The part's key and what its witness says, on the variants that it is asked of.

    Raises ValueError where the witness has no answer, or one of another shape than the key.
    """
    key = key_of(part, drawn.keys[part.id])
    seats = min(getattr(spec, "seats", None) or len(drawn), len(drawn))
    rows = np.arange(seats)
    columns = {name: column.take(rows) for name, column in drawn.columns.items()}
    says: Floats = registry.load("witnesses", spec.tag).witness(spec, drawn.item.figures, library, columns)
    if not columns:  # an item without parameters
        says = np.broadcast_to(says, (seats, *says.shape[1:]))
    if says.shape != key[:seats].shape:
        raise ValueError(messages.tell("it gives {found}, but the key is {key}", found=_shape(says), key=_shape(key)))
    return Agreement(key[:seats], says, spec.within, getattr(spec, "floor", 0.0))


def _largest(values: Array) -> Floats:
    return np.asarray(np.max(np.abs(values).reshape(len(values), -1), axis=1, initial=0.0))


def _finite(values: Array) -> Array:
    """The values, where infinite ones leave no room beside them."""
    return np.where(np.isinf(values), 0.0, values)


def _shape(values: Array) -> str:
    sizes = values.shape[1:]
    if not sizes:
        return messages.tell("one number")
    return messages.tell("{sizes} numbers", sizes=" × ".join(map(str, sizes)))
