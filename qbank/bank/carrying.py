"""What of an answer is carried on to later parts: which derived names it replaces, and their values.

A number and a vector replace the name that their key is; a complex number the two names that its key is made of.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from qbank.model import Array, Columns, Floats


def names(spec: Any) -> tuple[str, ...]:
    """The names that the key of a part is, whether or not the item derives them; one, or two of a complex number."""
    key = getattr(spec, "key", "")
    return tuple(str(each) for each in getattr(key, "expressions", (key,)))


def whole(spec: Any, columns: Columns) -> Floats:
    """(n, …) the key as one value: the real and the imaginary part of a complex number side by side."""
    parts = [np.asarray(columns[name], dtype=np.float64) for name in names(spec)]
    if len(parts) == 1:
        return parts[0]
    first, second = parts
    if spec.key.re is None:
        first, second = first * np.cos(second), first * np.sin(second)
    return np.stack([first, second], axis=1)


def parted(spec: Any, values: Floats) -> dict[str, Array]:
    """The candidates' values (n, …) by the names that they replace; modulus and angle where the key is written so."""
    replaced = names(spec)
    if len(replaced) == 1:
        return {replaced[0]: values}
    first, second = values[:, 0], values[:, 1]
    if spec.key.re is None:
        first, second = np.hypot(first, second), np.arctan2(second, first)
    return {replaced[0]: first, replaced[1]: second}
