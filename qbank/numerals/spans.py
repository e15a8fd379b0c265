"""Pieces of one buffer of bytes: texts laid end to end, to be looked at place by place instead of one by one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Bytes = NDArray[np.uint8]

BEHIND = 64
"""So many zeros are behind the last text, for what looks at more bytes than there are."""


@dataclass(frozen=True, slots=True, eq=False)
class Spans:
    """n pieces of a buffer of UTF-8: where each begins, and how many bytes it has. Zeros are behind the last."""

    buffer: Bytes
    start: NDArray[np.int64]
    length: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.start)

    def texts(self, rows: NDArray[np.int64]) -> list[str]:
        """The spans of the given rows as texts."""
        whole = self.buffer.tobytes()
        starts, ends = self.start[rows].tolist(), (self.start[rows] + self.length[rows]).tolist()
        return [whole[first:last].decode() for first, last in zip(starts, ends, strict=True)]

    def words(self, start: NDArray[np.int64], size: int) -> Bytes:
        """(n, size) so many bytes from each place on, whatever they belong to."""
        windows = np.ndarray(len(self.buffer) - size + 1, f"V{size}", self.buffer.data, strides=(1,))
        found: Bytes = windows[start].view(np.uint8).reshape(-1, size)
        return found


def laid(texts: Sequence[str]) -> Spans:
    """Texts laid end to end; half of a surrogate pair, which is not a character, becomes a question mark.

    >>> found = laid(["4.7", "", "−1 V"])
    >>> found.start.tolist(), found.length.tolist()
    ([0, 4, 5], [3, 0, 6])
    """
    written = "\0".join(texts).encode("utf-8", "replace") + bytes(BEHIND + (len(texts) > 0))
    buffer = np.frombuffer(written, np.uint8)
    ends = np.flatnonzero(buffer[:-BEHIND] == 0)
    if len(ends) != len(texts):  # somebody wrote a NUL
        ends = np.cumsum([len(text.encode("utf-8", "replace")) + 1 for text in texts]) - 1
    start = np.zeros_like(ends)
    start[1:] = ends[:-1] + 1
    return Spans(buffer, start, ends - start)
