"""Many ways to write one character, folded to one: the folding of every answer, heading and number of a candidate.

Superscript runs become `^(…)` first, as compatibility forms (NFKC) would flatten them; then dashes, times signs, ohms,
micros, digits, spaces and brackets are folded, and characters that nobody sees are dropped.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from qbank import simplified

_RAISED = dict(zip("ᵃᵇᶜᵈᵉᶠᵍʰʲᵏˡᵐᵖʳˢᵗᵘᵛʷˣʸᶻ", "abcdefghjklmprstuvwxyz", strict=True))
"""Raised letters, without o: that is typed for the sign of a degree."""
_SUPERSCRIPTS = dict(zip("⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁽⁾ⁱⁿᵀ", "0123456789+-()inT", strict=True)) | _RAISED
_ONE_LETTER = re.compile(rf"[⁺⁻]?[{''.join(_RAISED)}](?![{''.join(_SUPERSCRIPTS)}])")
"""An exponent that is folded without brackets: no keyboard raises the rest of `e⁻ᵗ/τ`."""

_FOLDED = (
    dict.fromkeys("−–—―‐‑‒﹣－", "-")
    | dict.fromkeys("×·∙⋅∗✕✖⨯•", "*")
    | dict.fromkeys("÷∕⁄", "/")
    | dict.fromkeys("≈≒≅≃≐∼～", "≈")
    | dict.fromkeys("【〔〖", "[")
    | dict.fromkeys("】〕〗", "]")
    | dict.fromkeys("μµ", "µ")
    | dict.fromkeys("º˚ᵒ", "°")
    | {"Ω": "Ω", "∴": " "}
)
_RAISED_ZERO = re.compile(
    r"(?<=\d)\s?⁰(?=\s?[CKF](?![^\W_]))|(?<=∠)(?P<angle>\s*[-−–]?\s*[\d.]+)⁰"
    r"|(?<=sin|cos|tan|cot)(?P<of>\s*[\d.]+)⁰|(?<![\d.])(?!10⁰|16⁰)(?P<plain>\d[\d.]+)⁰"
)
"""A raised zero that is typed for the sign of a degree: 50⁰C, 5∠30⁰, sin 30⁰, 53.1⁰; 10⁰, 16⁰ and 2⁰ are powers."""


_WITHOUT_INK = re.compile(
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180d\u3164\ufe00-\ufe0f\uffa0\U000e0100-\U000e01ef]"
)
"""Variation selectors, joiners and fillers, which Unicode does not count among the format characters."""


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
    if text.isascii():
        return text, tuple(range(len(text)))
    if "⁰" in text:
        text = _RAISED_ZERO.sub(lambda found: found.group().replace("⁰", "°"), text)
    folded: list[str] = []
    origin: list[int] = []
    raised = bracket = False
    for index, character in enumerate(text):
        if not character.isascii() and invisible(character):
            continue
        exponent = _SUPERSCRIPTS.get(character)
        piece = _fold_one(character) if exponent is None else exponent
        if piece[:1] == " " and piece[1:2].isdigit() and not (folded and folded[-1][-1:].isdigit()):
            piece = f"({piece[1:]})"  # √½, ½x; 2½ has two readings
        if exponent is None and not character.isascii() and _numbered(character):  # ①5 is not 15, nor ⒈5 1.5
            piece = f"{piece} " if text[index + 1 : index + 2].isdecimal() else piece
            piece = f" {piece}" if folded and folded[-1][-1:].isdigit() else piece
        if exponent is not None and not raised:
            bracket = not _ONE_LETTER.match(text, index)
            piece = ("^(" if bracket else "^") + piece
        if exponent is None and raised and bracket:
            piece = ")" + piece
        raised = exponent is not None
        folded.append(piece)
        origin.extend([index] * len(piece))
    if raised and bracket:
        folded.append(")")
        origin.append(origin[-1])
    return "".join(folded), tuple(origin)


@lru_cache(maxsize=4096)
def invisible(character: str) -> bool:
    """Whether a character leaves no ink: zero-width and bidirectional marks, variation selectors, fillers."""
    return unicodedata.category(character) == "Cf" or bool(_WITHOUT_INK.match(character))


@lru_cache(maxsize=4096)
def _numbered(character: str) -> bool:
    """Whether a character is a number in a circle or in brackets, or with its stop, as lists have them."""
    return unicodedata.category(character) == "No" and unicodedata.decomposition(character)[:5] in ("<circ", "<comp")


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
    wide = simplified.simplified(unicodedata.normalize("NFKC", character))  # 🈡 is 終, and so 终
    if "⁄" in wide:  # ½ after a digit must not run into it
        wide = " " + wide
    return "".join(_FOLDED.get(c, " " if c.isspace() else c) for c in wide if not invisible(c))


def visible(text: str) -> str:
    """The text without the characters that nobody sees: those of class Cf and variation selectors.

    >>> visible("饱\u200b和\ufeff"), visible("√\ufe0f")
    ('饱和', '√')
    """
    if text.isascii() or (text.isprintable() and not _WITHOUT_INK.search(text)):
        return text
    return "".join(character for character in text if not invisible(character))
