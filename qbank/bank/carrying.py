"""What of an answer is carried on to later parts: the derived names that it replaces, and their values.

A number and a vector replace the name that their key is; a complex number that one name, or the two names that its key
is made of.
"""

from __future__ import annotations

import numpy as np

from qbank.answers import Facts
from qbank.model import Array, Columns, Floats


def whole(facts: Facts, columns: Columns) -> Floats:
    """(n, …) the key as one value: the real and the imaginary part of a complex number side by side."""
    if facts.complex:
        value = np.asarray(columns[facts.carried[0]], dtype=np.complex128)
        return np.stack([value.real, value.imag], axis=-1)
    parts = [np.asarray(columns[name], dtype=np.float64) for name in facts.carried]
    if len(parts) == 1:
        return parts[0]
    first, second = parts
    if facts.polar:
        first, second = first * np.cos(second), first * np.sin(second)
    return np.stack([first, second], axis=1)


def single(facts: Facts, values: Floats) -> Array:
    """The values as an expression takes them: complex where the part's are."""
    return np.asarray(values[..., 0] + 1j * values[..., 1]) if facts.complex else values


def parted(facts: Facts, values: Floats) -> dict[str, Array]:
    """The candidates' values (n, …) by the names that they replace; modulus and angle where the key is written so."""
    if len(facts.carried) == 1:
        return {facts.carried[0]: single(facts, values)}
    first, second = values[:, 0], values[:, 1]
    if facts.polar:
        first, second = np.hypot(first, second), np.arctan2(second, first)
    return dict(zip(facts.carried, (first, second), strict=True))
