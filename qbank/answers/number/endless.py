"""Infinity as candidates write it: ∞, infinity, inf, 无穷大, with a sign or without, and with a unit.

The word is a number with a unit like any other: digits of its length take its place, and where the whole number turns
out to be those digits, it is infinite; `1/∞` and `2∞` are no such numbers.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from qbank import numerals
from qbank.answers import _infinity, _quantities
from qbank.answers._quantities import Asked, Quantities
from qbank.model import READ, UNREADABLE, Bilingual, Floats

WANTED = Bilingual(zh="一个数，或 ∞、−∞", en="a number, or ∞ or −∞")


def around(key: Floats, low: Floats, high: Floats) -> tuple[Floats, Floats]:
    """The ends of what is right around keys, with infinity alone right where the key is infinite."""
    endless = np.isinf(key)
    return np.where(endless, key, low), np.where(endless, key, high)


def read(texts: Sequence[str], asked: Asked) -> Quantities:
    """The texts as quantities, infinite ones among them; those have no figures, and no unit decides their size.

    >>> from qbank.units import Unit
    >>> read(["∞", "-inf", "负无穷大", "1/∞", "7"], Asked(Unit(), prefix=False)).value.tolist()
    [inf, -inf, -inf, nan, 7.0]
    """
    folded = [numerals.fold(text) for text in texts]
    words = [list(_infinity.WORD.finditer(text)) for text, _ in folded]
    rows = np.flatnonzero([bool(each) for each in words])
    if not len(rows):
        return _quantities.read(texts, asked)
    given = list(texts)
    for row in rows.tolist():
        given[row] = _with_digits(folded[row][0], words[row])
    found = _quantities.read(given, asked)
    return _endless(found, rows, [_digits(words[row][0]) for row in rows.tolist()],
                    [folded[row][1] for row in rows.tolist()])  # fmt: skip


def _digits(word: re.Match[str]) -> str:
    sign = _infinity.sign(word)
    return sign + "7".ljust(len(word.group()) - len(sign), "3")


def _with_digits(text: str, words: Sequence[re.Match[str]]) -> str:
    for word in words:
        text = text[: word.start()] + _digits(word) + text[word.end() :]
    return text


def _endless(
    found: Quantities, rows: NDArray[np.int64], digits: Sequence[str], origins: Sequence[Sequence[int]]
) -> Quantities:
    """The quantities with those rows infinite that are nothing but the digits; the others are not understood."""
    sizes = np.abs(np.array([float(each) for each in digits]))
    was = found.state[rows] == READ
    whole = was & (np.abs(found.number[rows]) == sizes) & (found.form[rows] == numerals.DECIMAL)
    changed = {name: getattr(found, name).copy() for name in _CHANGED}
    endless = rows[whole]
    value = np.copysign(np.inf, found.number[endless])
    changed["value"][endless], changed["number"][endless] = value, value
    for name in ("low", "high", "decimals", "other"):
        changed[name][endless] = 0
    for row, origin in zip(rows.tolist(), origins, strict=True):  # the columns are those of the text before folding
        at = int(changed["stop"][row])
        changed["stop"][row] = origin[at - 1] + 1 if 0 < at <= len(origin) else at
    other = rows[was & ~whole]
    changed["state"][other], changed["stop"][other] = UNREADABLE, 1
    changed["wanted"][other], changed["value"][other] = len(found.sentences), np.nan
    return replace(found, **changed, sentences=(*found.sentences, WANTED))


_CHANGED = ("state", "stop", "wanted", "value", "number", "low", "high", "decimals", "other")
