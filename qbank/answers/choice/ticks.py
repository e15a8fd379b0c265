"""The rules by which several ticks earn credit, each a function of columns.

r right ticks of R right options, w wrong ticks of W wrong options, all (n,).
"""

from __future__ import annotations

from typing import Literal, TypeAlias, get_args

import numpy as np
from numpy.typing import NDArray

from qbank import messages
from qbank.model import Floats

Rule: TypeAlias = Literal[
    "exact", "net", "balance", "capped", "cancel", "china", "free", "excess", "coverage", "each"
]
RULES: tuple[str, ...] = get_args(Rule)

ADDITIVE = ("net", "balance", "capped", "free")
"""The rules that are a sum over the options ticked."""


def credit(rule: str, ticked: NDArray[np.bool_], right: NDArray[np.bool_]) -> Floats:
    """(n,) the credit of ticks (n, k) where the right options are (n, k), before any floor.

    >>> ticked, right = np.array([[True, True, False, False]]), np.array([[True, False, True, False]])
    >>> [(rule, round(float(credit(rule, ticked, right)[0]), 3)) for rule in ("net", "china", "each")]
    [('net', 0.0), ('china', 0.0), ('each', 0.5)]
    """
    r, w = _count(ticked & right), _count(ticked & ~right)
    R, W = _count(right), _count(~right)
    share: Floats = r / np.maximum(R, 1)
    result: Floats
    match rule:
        case "exact":
            result = ((w == 0) & (r == R)).astype(np.float64)
        case "net":
            result = share - w / np.maximum(W, 1)
        case "balance":
            result = (r - w) / np.maximum(R, 1)
        case "capped":
            result = share - w / np.maximum(W, 2)
        case "cancel":
            result = np.where(w == 0, share, 0.0)
        case "china":
            result = np.where(w > 0, 0.0, np.where(r == R, 1.0, np.where(r > 0, 0.5, 0.0)))
        case "free":
            result = share
        case "excess":
            result = (r - np.maximum(r + w - R, 0)) / np.maximum(R, 1)
        case "coverage":
            result = share * r / np.maximum(r + w, 1)
        case "each":
            result = np.mean(ticked == right, axis=1, dtype=np.float64)
        case _:
            raise ValueError(messages.tell(
                "{rule!r} is not a rule for several ticks; the rules are {names}",
                rule=rule, names=messages.listed(RULES),
            ))
    return np.asarray(result, dtype=np.float64)


def additions(rule: str, right: NDArray[np.bool_]) -> Floats:
    """(k,) what each option of one variant adds to the credit when ticked, by a rule that is such a sum."""
    R, W = max(int(right.sum()), 1), int((~right).sum())
    loss = {"net": 1 / max(W, 1), "balance": 1 / R, "capped": 1 / max(W, 2), "free": 0.0}[rule]
    return np.where(right, 1 / R, -loss).astype(np.float64)


def _count(marked: NDArray[np.bool_]) -> Floats:
    return np.asarray(marked.sum(axis=1), dtype=np.float64)
