"""The fonts of papers, in the order in which they are asked for a character, and what none of them has."""

from __future__ import annotations

import unicodedata
from functools import cache

from qbank import resources

FALLBACK = "〓"
"""What is printed for a character that no font has: the sign by which Chinese typesetters marked a missing type."""
LATIN, CHINESE, HEADINGS = "STIX Two Text", "Noto Serif SC", "Noto Sans SC"
SIGNS, TICKS = "STIX Two Math", "Noto Sans Symbols2"
_BODY = {
    LATIN: "STIXTwoText-Regular.ttf",
    CHINESE: "NotoSerifSC-Regular.otf",
    SIGNS: "STIXTwoMath.ttf",
    TICKS: "NotoSansSymbols2-Regular.ttf",
    "Noto Serif SC Names": "NotoSerifSCNames-Regular.otf",
    "Noto Serif": "NotoSerif-Regular.ttf",
}
_SCRIPTS = (
    "Noto Naskh Arabic", "Noto Serif Hebrew", "Noto Serif Thai", "Noto Serif Devanagari", "Noto Serif Bengali",
    "Noto Serif Tamil", "Noto Serif Telugu", "Noto Serif Gujarati", "Noto Serif Gurmukhi", "Noto Serif Kannada",
    "Noto Serif Malayalam", "Noto Serif Sinhala", "Noto Serif Khmer", "Noto Serif Lao", "Noto Serif Myanmar",
    "Noto Serif Tibetan", "Noto Sans Mongolian", "Noto Sans Yi", "Noto Serif Ethiopic", "Noto Serif Georgian",
    "Noto Serif Armenian",
)  # fmt: skip
FILES = _BODY | {family: f"{family.replace(' ', '')}-Regular.ttf" for family in _SCRIPTS}
"""The file of each family, in the order in which they are asked."""


def missing(text: str) -> str:
    """The characters of a text that no font has, each once.

    >>> missing("张三丰 䶮 𬭎 Nguyễn 김 نور"), missing("王\\ue000")
    ('', '\\ue000')
    """
    return "".join(dict.fromkeys(sign for sign in text if not sign.isspace() and not _has(sign)))


def replaced(text: str) -> str:
    """The text with the fallback sign for each character that no font has."""
    return text if text.isascii() else "".join(FALLBACK if sign in missing(text) else sign for sign in text)


@cache
def _has(sign: str) -> bool:
    return any(ord(sign) in _characters(name) for name in FILES.values())


@cache
def _characters(name: str) -> frozenset[int]:
    from fontTools.ttLib import TTFont

    with TTFont(resources.folder("templates") / "fonts" / name, lazy=True) as font:
        return frozenset(font.getBestCmap())


def joined(text: str) -> str:
    """The text in its composed form (NFC), with the joiners that change the letters around them, and no others.

    Such a joiner follows a virama, or is between two Arabic letters (RFC 5892, appendix A).

    >>> joined("e\\u0301"), joined("ක\\u0dca\\u200dර"), joined("a\\u200db")
    ('é', 'ක\\u0dca\\u200dර', 'ab')
    """
    text = unicodedata.normalize("NFC", text)
    if "\u200c" not in text and "\u200d" not in text:
        return text
    return "".join(sign for at, sign in enumerate(text) if sign not in "\u200c\u200d" or _joins(text, at))


def _joins(text: str, at: int) -> bool:
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    if before and unicodedata.combining(before) == 9:
        return True
    return all(each and unicodedata.name(each, "").startswith("ARABIC LETTER") for each in (before, after))
