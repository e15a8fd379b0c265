"""What of a line is not broken: a number and its unit, the parts of a number with a power of ten."""

from __future__ import annotations

import re
from functools import lru_cache

from qbank import units

_POWER = re.compile(r"(?<=\d) × (?=10)")
_SPACE = re.compile(r"(?:(?<=[\d⁰¹²³⁴⁵⁶⁷⁸⁹)])|^) (?=((?:1/)?[^\s\d,;:，。；：、！？]{1,16}))")
"""A space after a number, or at the beginning, and what may be a unit."""
_END = re.compile(r"[^\x00-\x7fµμΩ℃°·⁰¹²³⁴⁵⁶⁷⁸⁹⁻].*|[.!?)\]}'\"]+$")
"""What does not belong to the unit: a Chinese character and what follows it, or the signs at the end of a word."""


@lru_cache(maxsize=1 << 14)
def together(text: str, before: str = "") -> str:
    """The text with spaces at which no line ends between a number and its unit; `before` is what is before the text.

    >>> together("of 5 mV (4.7 kΩ), 1.6 × 10⁻¹⁹ C for 3 students").replace("\u00a0", "~")
    'of 5~mV (4.7~kΩ), 1.6~×~10⁻¹⁹~C for 3 students'
    >>> together(" V", "U = 5"), together(" V", "U_a")
    ('\\xa0V', ' V')
    """
    whole = _SPACE.sub(_held, _POWER.sub("\u00a0×\u00a0", text))
    return whole if before[-1:].isdigit() or whole[:1] != "\u00a0" else f" {whole[1:]}"


def _held(found: re.Match[str]) -> str:
    word = found[1]
    return "\u00a0" if _is_unit(word) or _is_unit(_END.sub("", word)) else " "


@lru_cache(maxsize=1 << 10)
def _is_unit(word: str) -> bool:
    try:
        return bool(units.canonical(word))
    except units.UnitError:
        return False
