"""Vectors and matrices of the usual shapes, split in columns: `1, 2, 3`, `(1; 2)`, `[1 2; 3 4]`, of bare numbers.

What is split here is what the grammar of grids makes of it (`_entries`, `vector.written`): numbers without units,
parted by commas or by spaces, rows by semicolons or lines, in one pair of brackets or none. Any other text is left.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from qbank import numerals
from qbank.answers._entries import PAIRS
from qbank.answers._readings import LONGEST
from qbank.numerals import Numerals, Spans

Mask = NDArray[np.bool_]
Places = NDArray[np.int64]

_NUMBER, _SPACE, _COMMA, _ROW, _OPEN, _CLOSE, _ODD = (1 << place for place in range(7))
_SIGNS = {_NUMBER: "0123456789.+-eE", _SPACE: " ", _COMMA: ",", _ROW: ";\n", _OPEN: "".join(PAIRS),
          _CLOSE: "".join(PAIRS.values()), 0: "\0"}  # fmt: skip
_KINDS = np.full(256, _ODD, np.uint8)
for _kind, _signs in _SIGNS.items():
    _KINDS[[ord(sign) for sign in _signs]] = _kind
_CLOSING = np.zeros(256, np.uint8)
_CLOSING[[ord(sign) for sign in PAIRS]] = [ord(sign) for sign in PAIRS.values()]
_MINUS = "−".encode()


@dataclass(frozen=True, slots=True, eq=False)
class Usual:
    """The texts (m,) of a usual shape, by place: how many rows and columns each has, and its numbers one by one.

    `tight` (m,) are those with a comma right between two digits, which may be a decimal one.
    """

    texts: Places
    rows: Places
    columns: Places
    tight: Mask
    numbers: Numerals


def read(given: Spans, comma: numerals.Comma) -> Usual:
    """The texts of a usual shape among some, whose numbers are plainly decimals."""
    kind = _kinds(given)
    edges = np.flatnonzero(np.diff(kind == _NUMBER, prepend=False))
    begin, end = edges[0::2], edges[1::2]
    first = np.searchsorted(begin, given.start)
    count = np.searchsorted(begin, given.start + given.length) - first
    good = (count > 0) & (given.length <= LONGEST)
    good[np.searchsorted(given.start, np.flatnonzero(kind == _ODD), side="right") - 1] = False
    owner = np.repeat(np.arange(len(given)), count)
    whole = np.flatnonzero(good)
    good[whole] = _framed(given, kind, whole, begin[first[whole]], end[first[whole] + count[whole] - 1])
    rows, tight = _parted(given, kind, begin, end, first, owner, good)
    good &= count % rows == 0
    numbers, left = numerals.plainly(Spans(given.buffer, begin, end - begin), comma)
    good[owner[left]] = False
    kept = np.flatnonzero(good)
    return Usual(kept, rows[kept], count[kept] // rows[kept], tight[kept],
                 numbers if len(kept) == len(given) else numbers.take(np.flatnonzero(good[owner])))  # fmt: skip


def _kinds(given: Spans) -> NDArray[np.uint8]:
    """What every byte of the buffer is; the bytes of a minus sign belong to a number."""
    kind, buffer = _KINDS[given.buffer], given.buffer
    lead = np.flatnonzero(buffer == _MINUS[0])
    lead = lead[(buffer[lead + 1] == _MINUS[1]) & (buffer[lead + 2] == _MINUS[2])]
    for place in range(len(_MINUS)):
        kind[lead + place] = _NUMBER
    return kind


def _framed(given: Spans, kind: NDArray[np.uint8], texts: Places, begin: Places, end: Places) -> Mask:
    """(m,) of which texts nothing but a pair of brackets, or none, is around the numbers."""
    start = given.start[texts]
    opened, opening = _around(given, kind, start, begin - start, _OPEN)
    closed, closing = _around(given, kind, end, start + given.length[texts] - end, _CLOSE)
    stopped = (opening == 0) & (given.buffer[end - 1] == ord("."))  # the full stop of a sentence, or 2.
    return np.asarray(opened & closed & (closing == _CLOSING[opening]) & ~stopped, dtype=np.bool_)


def _around(
    given: Spans, kind: NDArray[np.uint8], start: Places, length: Places, bracket: int
) -> tuple[Mask, NDArray[np.uint8]]:
    """(m,) whether up to two bytes are spaces and at most one bracket, and that bracket (0 for none)."""
    signs = [np.where(length > place, kind[start + place], np.uint8(_SPACE)) for place in range(2)]
    held = [sign == bracket for sign in signs]
    fine = (length <= 2) & ((signs[0] == _SPACE) | held[0]) & ((signs[1] == _SPACE) | held[1]) & ~(held[0] & held[1])
    found = np.where(held[0], given.buffer[start], np.where(held[1], given.buffer[start + 1], np.uint8(0)))
    return fine, found


def _parted(
    given: Spans, kind: NDArray[np.uint8], begin: Places, end: Places, first: Places, owner: Places, good: Mask
) -> tuple[Places, Mask]:
    """(n,) how many rows each text has, and whether a comma is directly between two of its digits; `good` loses the
    texts whose numbers are parted in another way."""
    rows, tight = np.ones(len(given), np.int64), np.zeros(len(given), np.bool_)
    inner = np.flatnonzero(owner[1:] == owner[:-1])  # the gap behind number i, of one text
    after, width, whose = end[inner], begin[inner + 1] - end[inner], owner[inner]
    signs = [np.where(width > place, kind[after + place], np.uint8(_SPACE)) for place in range(3)]
    sign = (signs[0] | signs[1] | signs[2]) & np.uint8(255 - _SPACE)
    several = sum((each != _SPACE).view(np.uint8) for each in signs) > 1
    good[whose[several | (width > 3) | ((sign != 0) & (sign != _COMMA) & (sign != _ROW))]] = False
    joint = sign != _ROW
    mixed = (inner[1:] == inner[:-1] + 1) & joint[1:] & joint[:-1] & (sign[1:] != sign[:-1])
    good[whose[1:][mixed]] = False
    if len(ends := np.flatnonzero(~joint)):
        rows += np.bincount(whose[ends], minlength=len(given))
        columns = np.maximum((np.bincount(owner, minlength=len(given)) // rows), 1)
        ragged = (inner[ends] + 1 - first[whose[ends]]) % columns[whose[ends]] != 0
        good[whose[ends][ragged]] = False
    digits = (given.buffer[after - 1] - np.uint8(48) < 10) & (given.buffer[after + 1] - np.uint8(48) < 10)
    tight[whose[(width == 1) & (sign == _COMMA) & digits]] = True
    return rows, tight
