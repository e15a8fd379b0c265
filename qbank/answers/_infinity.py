"""Infinity as candidates write it: one grammar for a number that may be infinite and for the ends of an interval.

    infinity := [sign] (∞ | infinity | infinite | infty | inf | oo | 无穷大 | 无限大 | 无穷 | 无限)
    sign     := 正 | 负 | plus | minus | positive | negative; "+" and "-" before it are those of any number
"""

from __future__ import annotations

import math
import re

WORD = re.compile(
    r"(?P<sign>正|负|(?:plus|minus|positive|negative)\s+)?"
    r"(?:∞|\\infty(?![A-Za-z])|(?<![A-Za-z])(?:infinity|infinite|infty|inf|oo)(?![A-Za-z])"
    r"|(?:无穷大|无限大|无穷|无限)(?![小多]))",
    re.IGNORECASE,
)
_ALONE = re.compile(rf"\s*(?P<before>[+-])?\s*(?:{WORD.pattern})\s*", re.IGNORECASE)
_SIGNS = {"正": "+", "负": "-", "plus": "+", "minus": "-", "positive": "+", "negative": "-"}


def sign(word: re.Match[str]) -> str:
    """The sign that a word of infinity has in words: +, - or none."""
    return _SIGNS.get((word["sign"] or "").strip().casefold(), "")


def endless(text: str) -> float:
    """Infinity with its sign where a folded text says nothing else, else 0.

    >>> endless("-∞"), endless("正无穷"), endless("negative infinity"), endless("2∞"), endless("--inf")
    (-inf, inf, -inf, 0.0, 0.0)
    """
    found = _ALONE.fullmatch(text)
    if found is None or (found["before"] and sign(found)):
        return 0.0
    return -math.inf if "-" in (found["before"], sign(found)) else math.inf


def leading(text: str) -> tuple[float, str]:
    """Infinity with its sign and what comes after it, such as a unit; 0 and the text where none begins it.

    >>> leading("∞ V"), leading("3 V")
    ((inf, 'V'), (0.0, '3 V'))
    """
    found = _ALONE.match(text)
    value = endless(found.group()) if found else 0.0
    return (value, text[found.end() :].strip()) if found and value else (0.0, text)
