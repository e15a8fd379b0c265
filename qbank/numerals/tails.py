"""What is behind a decimal, a unit or a power of ten: as the grammar reads it, once for all that are equal."""

from __future__ import annotations

import re
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from qbank.folding import normalise
from qbank.model import READ
from qbank.numerals.forms import DECIMAL
from qbank.numerals.grammar import one
from qbank.numerals.spans import Spans

LONGEST = 16
"""A tail of more bytes is left to the grammar."""
LARGEST = 22
"""The largest power of ten that is a double exactly."""
_BEGINS = re.compile(r"\s*(?:$|[A-Za-zΩµ°%*\u3400-\u9fff])")
_MIXED = np.array([0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9], np.uint64)
_KEPT = np.array([(1 << (8 * count)) - 1 for count in range(9)], np.uint64)
"""What of eight bytes is kept where so many are asked."""


def read(
    given: Spans, start: NDArray[np.int64], length: NDArray[np.int64], tails: dict[str, int]
) -> tuple[NDArray[np.int32], NDArray[np.int64]]:
    """The unit, a code into `tails`, and the power of ten of every tail; the unit is -1 where the grammar decides.

    Equal tails are found by a mixture of their bytes, and compared.
    """
    words = given.words(start, LONGEST).view("<u8")
    front, back = words[:, 0] & _KEPT[np.minimum(length, 8)], words[:, 1] & _KEPT[np.clip(length - 8, 0, 8)]
    mixed = front * _MIXED[0] + back * _MIXED[1] + length.view(np.uint64) * _MIXED[2]
    kinds = np.unique(mixed)
    kind = np.searchsorted(kinds, mixed)
    first = np.zeros(len(kinds), np.int64)
    first[kind] = np.arange(len(start))
    meant = [_tail(given, int(start[row]), int(length[row])) for row in first.tolist()]
    unit = np.array([-1 if each is None else tails.setdefault(each[0], len(tails)) for each in meant], np.int32)
    power = np.array([0 if each is None else each[1] for each in meant], np.int64)
    same = (front == front[first][kind]) & (back == back[first][kind]) & (length == length[first][kind])
    return np.where(same, unit[kind], -1), power[kind]


def _tail(given: Spans, start: int, length: int) -> tuple[str, int] | None:
    if length > LONGEST:
        return None
    return as_grammar_reads(given.buffer[start : start + length].tobytes().decode())


@lru_cache(maxsize=4096)
def as_grammar_reads(tail: str) -> tuple[str, int] | None:
    """The unit text and the power of ten that what follows a decimal means, or None where the number decides as well.

    >>> as_grammar_reads(" kΩ"), as_grammar_reads("×10⁻³ V"), as_grammar_reads("e"), as_grammar_reads("/3")
    (('kΩ', 0), ('V', -3), None, None)
    """
    if not _BEGINS.match(normalise(tail)) or "=" in tail or "\\" in tail or "\0" in tail:
        return None
    found = one("1" + tail)
    if found.state != READ or found.form != DECIMAL or found.high != 1 or found.other:
        return None
    power = len(f"{found.value:.0f}") - 1 if found.value >= 1 else -len(f"{1 / found.value:.0f}") + 1
    return (found.unit, power) if abs(power) <= LARGEST and found.value == float(f"1e{power}") else None
