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

_PLAIN = re.compile(r"[^\W\d_]{2,}\.?|[\u3400-\u9fff]")
_TELLING = re.compile(
    r".*[零一二两三四五六七八九十百千万亿半点兆毫微纳皮根号方倒之多余几负]|"
    r".*[和或及改应更换错对不非无以舍取除反猜]|.*(?:可能|也许|存疑|待定|[成折打]$)|"
    r"(?:arc)?(?:sin|cos|tan|cot|ln|lg|log|exp|sqrt)|"
    r"(?i:and|or|not|no|is|are|to|instead|wrong|false|rejected|discarded|less|more|above|below|over|under|half|halves|"
    r"thirds?|quarters?|fourths?|fifths?|sixths?|sevenths?|eighths?|ninths?|tenths?|hundredths?|thousandths?|"
    r"millionths?|billionths?|dozens?|pairs?|hundred|thousand|million|billion|trillion|square|cubic|squared|cubed|"
    r"factorial|double|twice|triple|thrice|negative|minus|plus|opposite|reciprocal|inverse|percentage|pct|cents?|per|"
    r"off|point|mod|modulo|remainder|base|binary|bin|octal|oct|decimal|hexadecimal|hex|maybe|perhaps|possibly|probably|"
    r"guess(?:ed)?|unsure|but|except|excluding|without|unless|max|maximum|minimum|"
    r"kilo|mega|giga|milli|micro|nano|pico)(?![a-z])"
)
"""What changes the value before it, or makes it one of several: number words, prefixes, functions, doubts, corrections.
"""
_CHANGING = re.compile(
    r"[改更换错]|应[为是该]|[或舍取]|不[对是要]|(?i:\b(?:or|not|instead|wrong|rejected|discarded)\b)|\d\s*[A-Za-zΩµ°%]"
)
"""What says that another value than the one before it was meant."""


_TWO_NAMES = re.compile(r"(?P<first>[^()\[\]]*[^()\[\]\s])\s*[(\[]\s*(?P<second>[^()\[\]]+?)\s*[)\]]")
_HAN, _SYMBOL = r"[\u3400-\u9fff]+", r"[A-Za-zΩµ°%]+"
_IN_BOTH = re.compile(
    rf"(?P<name>{_HAN})\s*/?\s*(?P<symbol>{_SYMBOL})|(?P<first>{_SYMBOL})\s*/?\s*(?P<second>{_HAN})"
)


def halves(text: str) -> Iterator[tuple[str, str]]:
    """The two names that a text may give to one unit: the second in brackets, or in the other language.

    >>> list(halves("mA(毫安)")), list(halves("西门子/S")), list(halves("m/s"))
    ([('mA', '毫安')], [('西门子', 'S')], [])
    """
    for pattern in (_TWO_NAMES, _IN_BOTH):
        if (found := pattern.fullmatch(text)) is not None:
            first, second = (each for each in found.groups() if each is not None)
            yield first.strip(), second.strip()


def is_word(text: str) -> bool:
    """Whether an unknown unit text is a plain word, which may be a unit: `blah`, and not `x^2`, `万` or `or less`.

    >>> [is_word(text) for text in ("blah", "苹果", "x^2", "sinx", "万", "million", "or less", "i")]
    [True, True, False, False, False, False, False, False]
    """
    return _PLAIN.fullmatch(text) is not None and _TELLING.match(text) is None


def is_change(text: str) -> bool:
    """Whether what follows a unit says that another value was meant.

    >>> [is_change(text) for text in ("改为5V", "(应为5V)", "或5V", "(5V)", "(上正下负)", "左右", " not 6")]
    [True, True, True, True, False, False, True]
    """
    return _CHANGING.search(text) is not None


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
