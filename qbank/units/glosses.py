"""What is beside a unit and is none: `5 V 左右`, `5 V（有效值）` say nothing more; `5 V（上正下负）` may."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

_CHINESE = "左右|上下|大约|约为|约等于|约|大概|近似值|近似|有效值"
_LATIN = r"about|approximately|approx|roughly|around|circa|ca|or so|effective|eff|rms|RMS"
_ANY = f"{_CHINESE}|{_LATIN}"
_AFTER = re.compile(rf"\s*(?:\(\s*(?:{_ANY})\s*\)|{_CHINESE}|(?<![A-Za-z])(?:{_LATIN}))\s*$")
_BEFORE = re.compile(rf"^\s*(?:\(\s*(?:{_ANY})\s*\)|{_CHINESE}|(?:{_LATIN})(?![A-Za-z]))\s*")
MOST = 6
"""So many glosses, or places where one may begin, are looked at: a hostile text has hundreds."""
_BRACKET = re.compile(r"\s*\([^()]*\)\s*$")
_EDGE = re.compile(r"(?<=[A-Za-zΩµ°%0-9)])(?=[\u3400-\u9fff])|\s+|(?=\()")


def dropped(text: str) -> str:
    """The unit text without words that only say how sure the number is, or which value is usual.

    >>> dropped("V 左右"), dropped("A (有效值)"), dropped("about"), dropped("V")
    ('V', 'A', '', 'V')
    """
    for _ in range(MOST):
        shorter = _BEFORE.sub("", _AFTER.sub("", text, count=1), count=1).strip()
        if shorter == text:
            break
        text = shorter
    return text


def cut(text: str) -> Iterator[str]:
    """The unit texts that are left when what follows is taken for a gloss, the longest of the first few.

    >>> list(cut("V (上正下负)")), list(cut("V下"))
    (['V', 'V'], ['V'])
    """
    whole = _BRACKET.fullmatch(text)
    for edge in reversed(list(islice(_EDGE.finditer(text), MOST))):
        if edge.start():
            yield text[: edge.start()].strip()
    if whole:
        yield ""
