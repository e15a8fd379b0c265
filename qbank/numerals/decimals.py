"""Decimals and what follows them, many at once: spans of one buffer of bytes, read place by place.

A span is read here only where its shape leaves the grammar no choice: a sign, digits with a point or a decimal comma,
and a tail (a unit, a power of ten, or both) that the grammar itself has read once, behind another number.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from qbank.model import READ, Floats
from qbank.numerals import tails
from qbank.numerals.literals import Comma
from qbank.numerals.spans import Bytes, Spans

Mask = NDArray[np.bool_]

_DIGITS = 16
"""A mantissa of more digits is left to the grammar."""
_CHUNK = 1 << 14
"""So many spans at once, whose bytes stay near the processor."""
_POWERS = 10.0 ** np.arange(tails.LARGEST + 1)
"""The powers of ten that are doubles exactly: one multiplication or division by them rounds once."""
_FIGURES = 15
"""A whole number of so many figures is a double exactly."""
_POINT, _COMMA = (ord(sign) - ord("0") + 256 for sign in ".,")
"""The signs, as bytes, when that of zero is taken from them."""


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


def fill(given: Spans, to: Filled, units: dict[str, int], comma: Comma) -> NDArray[np.int64]:
    """Fill in the rows that are plainly decimals, and return those that are not; `units` gains the unit texts.

    The rows that are returned hold nothing of a meaning yet.
    """
    left = [_chunk(given, slice(first, first + _CHUNK), to, units, comma) for first in range(0, len(given), _CHUNK)]
    return np.concatenate(left) if left else np.zeros(0, np.int64)


def _chunk(given: Spans, rows: slice, to: Filled, units: dict[str, int], comma: Comma) -> NDArray[np.int64]:
    start, length, minus = _after_sign(given, given.start[rows], given.length[rows])
    digits = _digits(given, start, length)
    good, end = digits.good(comma), start + digits.used
    unit, power = np.zeros(len(start), np.int32), digits.whole.astype(np.int8) - np.int8(_DIGITS)
    more = np.flatnonzero(good & (length > digits.used))
    if len(more):
        unit[more], tens = tails.read(given, end[more], length[more] - digits.used[more], units)
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
        """How many zeros are at the end of the given mantissas, which are whole numbers."""
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
