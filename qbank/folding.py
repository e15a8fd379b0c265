"""Many ways to write one character, folded to one: superscripts, dashes, times signs, full-width forms, any digits."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

_SUPERSCRIPTS = dict(zip("⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁽⁾ⁱⁿ", "0123456789+-()in", strict=True))

_FOLDED = (
    dict.fromkeys("−–—―‐‑‒﹣－", "-")
    | dict.fromkeys("×·∙⋅∗✕✖⨯•", "*")
    | dict.fromkeys("÷∕⁄", "/")
    | dict.fromkeys("≈≒≅≃≐∼～", "≈")
    | dict.fromkeys("【〔〖", "[")
    | dict.fromkeys("】〕〗", "]")
    | dict.fromkeys("μµ", "µ")
    | dict.fromkeys("º˚", "°")
    | dict.fromkeys("\u200b\u200c\u200d\u2060\ufeff\u00ad", "")
    | {"Ω": "Ω"}
)


def normalise(text: str) -> str:
    """The text with every variant of a character folded to one; superscript runs become `^(…)`.

    >>> normalise("１．５×10⁻³ kΩ")
    '1.5*10^(-3) kΩ'
    >>> normalise("− 10\\u2009µV")
    '- 10 µV'
    """
    return text if text.isascii() else fold(text)[0]


def fold(text: str) -> tuple[str, tuple[int, ...]]:
    """The folded text, and for each of its characters the index of the one it came from."""
    folded: list[str] = []
    origin: list[int] = []
    raised = False
    for index, character in enumerate(text):
        exponent = _SUPERSCRIPTS.get(character)
        piece = _fold_one(character) if exponent is None else exponent
        if exponent is not None and not raised:
            piece = "^(" + piece
        if exponent is None and raised:
            piece = ")" + piece
        raised = exponent is not None
        folded.append(piece)
        origin.extend([index] * len(piece))
    if raised:
        folded.append(")")
        origin.append(len(text) - 1)
    return "".join(folded), tuple(origin)


@lru_cache(maxsize=4096)
def _fold_one(character: str) -> str:
    if character.isascii():
        return character
    known = _FOLDED.get(character)
    if known is not None:
        return known
    if character.isspace():
        return " "
    if character.isdecimal():
        return str(unicodedata.digit(character))
    wide = unicodedata.normalize("NFKC", character)
    if "⁄" in wide:  # ½ after a digit must not run into it
        wide = " " + wide
    return "".join(_FOLDED.get(c, " " if c.isspace() else c) for c in wide)
