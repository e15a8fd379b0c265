"""Decimals and what follows them, many at once: spans of one buffer of bytes, read place by place.

A span is read here only where its shape leaves the grammar no choice: a sign, digits with a point or a decimal comma,
and a tail (a unit, a power of ten, or both) that the grammar itself has read once, behind another number.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from qbank.folding import normalise
from qbank.model import READ, Floats
from qbank.numerals.constant import DECIMAL
from qbank.numerals.grammar import Comma, one

Mask = NDArray[np.bool_]
Bytes = NDArray[np.uint8]

_DIGITS = 16
"""A mantissa of more digits is left to the grammar."""
_TAIL = 16
"""So is a tail of more bytes."""
_BEHIND = 4 * _TAIL
"""So many zeros stand behind the last text, for whoever looks at more bytes than there are."""
_CHUNK = 1 << 14
"""So many spans at once, whose bytes stay near the processor."""
_POWERS = 10.0 ** np.arange(23)
"""The powers of ten that are doubles exactly: one multiplication or division by them rounds once."""
_FIGURES = 15
"""A whole number of so many figures is a double exactly."""
_POINT, _COMMA = (ord(sign) - ord("0") + 256 for sign in ".,")
"""The signs, as bytes, when that of zero is taken from them."""
_TAIL_BEGINS = re.compile(r"\s*(?:$|[A-Za-zΩµ°%*\u3400-\u9fff])")
_MIXED = np.array([0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9], np.uint64)
_KEPT = np.array([(1 << (8 * count)) - 1 for count in range(9)], np.uint64)
"""What of eight bytes is kept where so many are asked."""


@dataclass(frozen=True, slots=True, eq=False)
class Spans:
    """n pieces of a buffer of UTF-8: where each begins, and how many bytes it has. Zeros stand behind the last."""

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


class Filled(Protocol):
    """The columns of `Numerals` that are filled in."""

    @property
    def state(self) -> NDArray[np.uint8]: ...
    @property
    def value(self) -> Floats: ...
    @property
    def low(self) -> NDArray[np.int16]: ...
    @property
    def high(self) -> NDArray[np.int16]: ...
    @property
    def decimals(self) -> NDArray[np.int16]: ...
    @property
    def unit(self) -> NDArray[np.int32]: ...


def laid(texts: Sequence[str]) -> Spans:
    """Texts laid end to end; half of a surrogate pair, which is no character, becomes a question mark.

    >>> found = laid(["4.7", "", "−1 V"])
    >>> found.start.tolist(), found.length.tolist()
    ([0, 4, 5], [3, 0, 6])
    """
    written = "\0".join(texts).encode("utf-8", "replace") + bytes(_BEHIND + (len(texts) > 0))
    buffer = np.frombuffer(written, np.uint8)
    ends = np.flatnonzero(buffer[:-_BEHIND] == 0)
    if len(ends) != len(texts):  # somebody wrote a NUL
        ends = np.cumsum([len(text.encode("utf-8", "replace")) + 1 for text in texts]) - 1
    start = np.zeros_like(ends)
    start[1:] = ends[:-1] + 1
    return Spans(buffer, start, ends - start)


def fill(given: Spans, to: Filled, tails: dict[str, int], comma: Comma) -> NDArray[np.int64]:
    """Fill in the rows that are plainly decimals, and return those that are not; `tails` gains the unit texts.

    The rows that are returned hold nothing of a meaning yet.
    """
    left = [_chunk(given, slice(first, first + _CHUNK), to, tails, comma) for first in range(0, len(given), _CHUNK)]
    return np.concatenate(left) if left else np.zeros(0, np.int64)


def _chunk(given: Spans, rows: slice, to: Filled, tails: dict[str, int], comma: Comma) -> NDArray[np.int64]:
    start, length, minus = _after_sign(given, given.start[rows], given.length[rows])
    digits = _digits(given, start, length)
    good, end = digits.good(comma), start + digits.used
    unit, power = np.zeros(len(start), np.int32), digits.whole.astype(np.int8) - np.int8(_DIGITS)
    more = np.flatnonzero(good & (length > digits.used))
    if len(more):
        unit[more], tens = _after(given, end[more], length[more] - digits.used[more], tails)
        power[more] += tens
        good[more] = unit[more] >= 0
    good &= np.abs(power) < len(_POWERS)
    size = _POWERS[np.where(good, np.abs(power), 0)]
    value = digits.value / size
    if (large := np.flatnonzero(power > 0)).size:
        value[large] = digits.value[large] * size[large]
    to.value[rows] = np.where(minus, -value, value)
    high = np.where(digits.figures > 0, digits.figures, np.maximum(digits.decimals, 1))
    to.low[rows] = high
    if (whole := np.flatnonzero((digits.figures > 0) & ~digits.point)).size:
        to.low[rows][whole] = high[whole] - digits.zeros(whole)
    to.high[rows], to.decimals[rows], to.unit[rows], to.state[rows] = high, digits.decimals, unit, READ
    return np.flatnonzero(~good) + int(rows.start)


def _after_sign(
    given: Spans, start: NDArray[np.int64], length: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.int64], Mask]:
    """Where the digits begin, how many bytes there are from there on, and which are negative."""
    space = given.buffer[start] == ord(" ")
    if space.any():
        start, length = start + space, length - space
    first = given.buffer[start]
    minus = first == ord("-")
    signed = (minus | (first == ord("+"))).astype(np.int64)
    if (long := np.flatnonzero(first == 0xE2)).size:  # − and – take three bytes
        second, third = given.buffer[start[long] + 1], given.buffer[start[long] + 2]
        dash = ((second == 0x88) & (third == 0x92)) | ((second == 0x80) & (third == 0x93))
        minus[long], signed[long] = dash, 3 * dash
    return start + signed, np.maximum(length - signed, 0), minus


@dataclass(frozen=True, slots=True, eq=False)
class _Digits:
    """n mantissas: `cells` (k, n) are their digits from the first on, zeros behind the last, and `value` all of those
    as one whole number.

    `used` says how many bytes each takes, `figures` how many of its digits count, `whole` and `decimals` how many stand
    on either side of the point or comma.
    """

    cells: Bytes
    value: Floats
    used: Bytes
    figures: Bytes
    whole: Bytes
    decimals: Bytes
    point: Mask
    comma: Mask

    def good(self, comma: Comma) -> Mask:
        """(n,) which are decimals by themselves, under a paper's policy for the comma."""
        digits = self.whole + self.decimals
        good = (digits > 0) & (digits <= _DIGITS) & (self.figures <= _FIGURES)
        if not self.comma.any():
            return good
        if comma == "thousands":
            return good & ~self.comma
        sure = (self.whole > 0) & (self.decimals > 0)
        if comma == "ask":
            sure &= (self.cells[0] == 0) | (self.whole > 3) | (self.decimals != 3)
        return good & (~self.comma | sure)

    def zeros(self, rows: NDArray[np.int64]) -> Bytes:
        """How many zeros stand at the end of the given mantissas, which are whole numbers."""
        count, going = np.zeros(len(rows), np.uint8), np.ones(len(rows), np.bool_)
        whole = self.whole[rows]
        for place in range(_DIGITS - 1, -1, -1):
            behind = place >= whole
            going &= behind | (self.cells[place, rows] == 0)
            count += going & ~behind
        return count


def _digits(given: Spans, start: NDArray[np.int64], length: NDArray[np.int64]) -> _Digits:
    """The digits from each place on, a point or a comma among them, within the length."""
    count = len(start)
    looked_at = min(_DIGITS, int(length.max(initial=0)))
    written = np.ascontiguousarray(given.words(start, _DIGITS + 2).T)
    written *= np.arange(_DIGITS + 2, dtype=np.uint8)[:, None] < np.minimum(length, 255).astype(np.uint8)
    written -= np.uint8(ord("0"))
    going, whole = np.ones(count, np.bool_), np.zeros(count, np.uint8)
    for cell in written[: looked_at + 1]:
        going &= cell < 10
        whole += going
    sign = written[np.minimum(whole, _DIGITS), np.arange(count)]
    comma = sign == _COMMA
    point = comma | (sign == _POINT)
    cells = np.zeros((_DIGITS, count), np.uint8)
    going[:] = True
    some, digits, empty = np.zeros(count, np.bool_), np.zeros(count, np.uint8), np.zeros(count, np.uint8)
    shift, change = np.where(point, whole, np.uint8(255)), written[:-1] ^ written[1:]
    for place in range(looked_at):
        cell = written[place + 1] ^ (change[place] & -(shift > place).view(np.uint8))  # np.where takes thrice as long
        going &= cell < 10
        cell = np.multiply(cell, going, out=cells[place])
        digits += going
        some |= cell > 0
        empty += going & ~some
    pairs = cells[0::2] * np.uint8(10) + cells[1::2]
    fours = pairs[0::2] * np.uint16(100) + pairs[1::2]
    eights = fours[0::2] * np.uint32(10_000) + fours[1::2]
    value = eights[0] * 1e8 + eights[1]
    digits += going & (np.where(shift > _DIGITS, written[_DIGITS], written[_DIGITS + 1]) < 10)  # there is one too many
    return _Digits(cells, value, digits + point, digits - empty, whole, digits - whole, point, comma)


def _after(
    given: Spans, start: NDArray[np.int64], length: NDArray[np.int64], tails: dict[str, int]
) -> tuple[NDArray[np.int32], NDArray[np.int64]]:
    """The unit, a code into `tails`, and the power of ten of every tail; the unit is -1 where the grammar decides.

    Equal tails are found by a mixture of their bytes, and compared.
    """
    words = given.words(start, _TAIL).view(np.uint64)
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
    if length > _TAIL:
        return None
    return as_grammar_reads(given.buffer[start : start + length].tobytes().decode())


@lru_cache(maxsize=4096)
def as_grammar_reads(tail: str) -> tuple[str, int] | None:
    """The unit text and the power of ten that what follows a decimal means, or None where the number decides as well.

    >>> as_grammar_reads(" kΩ"), as_grammar_reads("×10⁻³ V"), as_grammar_reads("e"), as_grammar_reads("/3")
    (('kΩ', 0), ('V', -3), None, None)
    """
    if not _TAIL_BEGINS.match(normalise(tail)) or "=" in tail or "\\" in tail or "\0" in tail:
        return None
    found = one("1" + tail)
    if found.state != READ or found.form != DECIMAL or found.high != 1 or found.other:
        return None
    power = len(f"{found.value:.0f}") - 1 if found.value >= 1 else -len(f"{1 / found.value:.0f}") + 1
    return (found.unit, power) if abs(power) < len(_POWERS) and found.value == float(f"1e{power}") else None
