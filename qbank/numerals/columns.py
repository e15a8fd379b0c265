"""Many numbers at once: what is plainly a decimal with a unit is read in columns, the rest by the exact grammar.

Both ways agree on every text: a text goes the fast way only when its shape leaves the grammar no choice, and a unit
text is accepted only after the grammar itself has read it once.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from qbank import distinct
from qbank.model import Array, Floats, gather
from qbank.numerals import decimals
from qbank.numerals.grammar import one
from qbank.numerals.literals import Comma
from qbank.numerals.reasons import CODES
from qbank.numerals.spans import Spans, laid

if TYPE_CHECKING:
    import polars as pl


@dataclass(frozen=True, slots=True, eq=False)
class Numerals:
    """n numbers as written, in columns; `unit` are codes into `tails` (the texts after the number, '' for none).

    `stop` is the column (from 1) where reading stopped, 0 when read; `expected` are places in `CODES`. `low`..`high`
    is the range of significant figures, 0 for fractions and constants; `clipped` marks more figures than a double has.
    `other` is the number with its comma read the other way, 0 where there is no other way.
    """

    state: NDArray[np.uint8]
    value: Floats
    low: NDArray[np.int16]
    high: NDArray[np.int16]
    decimals: NDArray[np.int16]
    unit: NDArray[np.int32]
    form: NDArray[np.uint8]
    clipped: NDArray[np.bool_]
    other: Floats
    stop: NDArray[np.int32]
    expected: NDArray[np.uint8]
    tails: tuple[str, ...] = ("",)

    def __len__(self) -> int:
        return len(self.value)

    def take(self, rows: Array) -> Numerals:
        """The numbers of the given rows (indices or a mask)."""
        arrays = {name: gather(getattr(self, name), rows) for name in _ARRAYS}
        return Numerals(**arrays, tails=self.tails)

    def joined(self, other: Numerals) -> Numerals:
        """These numbers, and the others behind them."""
        tails = {tail: code for code, tail in enumerate(self.tails)}
        codes = np.array([tails.setdefault(tail, len(tails)) for tail in other.tails], np.int32)
        theirs = replace(other, unit=codes[other.unit])
        arrays = {name: np.concatenate((getattr(self, name), getattr(theirs, name))) for name in _ARRAYS}
        return Numerals(**arrays, tails=tuple(tails))


FEW = 128
"""Fewer texts are read one by one: setting up the columns takes longer."""
_PLACES = {code: place for place, code in enumerate(CODES)}
_ARRAYS = tuple(field.name for field in fields(Numerals) if field.name != "tails")


def read(
    texts: Sequence[str] | pl.Series, *, comma: Comma = "ask", prefix: bool, name: str = ""
) -> Numerals:
    """Read every text; the columns are in the order of the texts.

    >>> numbers = read(["4.7 kΩ", "−10", "1.2.3", ""], prefix=True)
    >>> numbers.value.tolist(), numbers.state.tolist(), [numbers.tails[code] for code in numbers.unit]
    ([4.7, -10.0, nan, nan], [2, 2, 1, 0], ['kΩ', '', '', ''])
    """
    return distinct.once(texts, lambda given: _read(given, comma, prefix, name))


def _read(texts: Sequence[str], comma: Comma, prefix: bool, name: str) -> Numerals:
    if len(texts) < FEW:
        return _one_by_one(texts, {"": 0}, comma, prefix, name)
    return of_spans(laid(texts), comma=comma, prefix=prefix, name=name)


def of_spans(given: Spans, *, comma: Comma, prefix: bool, name: str = "") -> Numerals:
    """Read every span of a buffer, in columns; what is not plainly a decimal by the exact grammar."""
    numbers, left = plainly(given, comma)
    if not len(left):
        return numbers
    tails = {tail: code for code, tail in enumerate(numbers.tails)}
    exact = _one_by_one(given.texts(left), tails, comma, prefix, name)
    for field in _ARRAYS:
        getattr(numbers, field)[left] = getattr(exact, field)
    return replace(numbers, tails=tuple(tails))


def plainly(given: Spans, comma: Comma) -> tuple[Numerals, NDArray[np.int64]]:
    """The spans that are plainly decimals, in columns, and the rows that are not, which hold nothing of a meaning."""
    count = len(given)
    numbers = Numerals(
        state=np.empty(count, np.uint8), value=np.empty(count), low=np.empty(count, np.int16),
        high=np.empty(count, np.int16), decimals=np.empty(count, np.int16), unit=np.empty(count, np.int32),
        form=np.zeros(count, np.uint8), clipped=np.zeros(count, bool), other=np.zeros(count),
        stop=np.zeros(count, np.int32), expected=np.zeros(count, np.uint8),
    )  # fmt: skip
    tails: dict[str, int] = {"": 0}
    left = decimals.fill(given, numbers, tails, comma)
    return replace(numbers, tails=tuple(tails)), left


def _storable(text: str) -> str:
    """The text; half of a surrogate pair, which no column can hold, becomes a question mark."""
    return text if text.isascii() else text.encode("utf-8", "replace").decode()


_ROW = np.dtype({
    "names": ["state", "value", "low", "high", "decimals", "unit", "form", "clipped", "other", "stop", "expected"],
    "formats": ["u1", "f8", "i2", "i2", "i2", "i4", "u1", "?", "f8", "i4", "u1"],
})  # fmt: skip


def _one_by_one(texts: Sequence[str], tails: dict[str, int], comma: Comma, prefix: bool, name: str) -> Numerals:
    """The texts by the exact grammar; `tails` gains the unit texts that are new."""
    found = [one(_storable(text), comma=comma, prefix=prefix, name=name) for text in texts]
    rows = np.array([
        (each.state, each.value, each.low, each.high, each.decimals, tails.setdefault(each.unit, len(tails)), each.form,
         each.clipped, each.other, each.stop, _PLACES[each.expected]) for each in found
    ], _ROW)  # fmt: skip
    return Numerals(**{name: rows[name] for name in _ARRAYS}, tails=tuple(tails))
