"""Answers that hold an accepted spelling as a whole with more beside it: a person decides what the rest means."""

from __future__ import annotations

import re

from qbank.answers.text.words import chinese

_SIGNS = "+-±"
_JOINED = "_^"
_LITTLE = re.compile(
    r"(?:一个|一种|一组|一级|应该|应为|应是|一定|[型的地得了个种类式级极管端区性大很较更最约为是即应填选答]"
    r"|不|非|无|没有|没|未|\bnot\b|\bnon\b|[^\w+±*/^~≈<>=-])*"
)
"""What may appear beside a single Chinese character: words that say little, negations, spaces and stops."""
_UNIT = re.compile(r"(?!e-?[0-9])[^\W\d_]+(?![\w^])", re.IGNORECASE)


def holds(given: str, asked: str) -> bool:
    """Whether a folded text holds a folded spelling as a whole, and more beside it.

    Chinese counts from two characters; a single one only beside words that say little, or a negation. Letters and
    digits count at the boundaries of words, where a sign and a decimal point belong to the number.

    >>> [holds(given, "电容") for given in ("一个大电容", "电容", "电感")]
    [True, False, False]
    >>> [holds(given, "5") for given in ("5 v", "5v", "-5", "15", "5.2", "5e3")]
    [True, True, False, False, False, False]
    >>> holds("大型", "大"), holds("大学", "大"), holds("not saturated", "saturated"), holds("u = -10", "-10")
    (True, False, True, True)
    """
    if given == asked or not asked:
        return False
    alone = len(asked) == 1 and chinese(asked)
    at = given.find(asked)
    while at >= 0:
        end = at + len(asked)
        if alone:
            if _LITTLE.fullmatch(given, 0, at) and _LITTLE.fullmatch(given, end):
                return True
        elif _opens(given, at) and _closes(given, end):
            return True
        at = given.find(asked, at + 1)
    return False


def _opens(text: str, at: int) -> bool:
    """Whether a word may begin there."""
    if at == 0:
        return True
    before, first = text[at - 1], text[at]
    earlier = text[at - 2] if at > 1 else " "
    if chinese(first):
        return True
    signed = first in _SIGNS and text[at + 1 : at + 2].isdigit()
    if not first.isalnum() and not signed:
        return _apart(first, before)
    if (before.isalnum() and not chinese(before)) or before in _JOINED:
        return False
    if first.isdigit() or signed:
        return before not in "." + _SIGNS and not (before in ",/:" and earlier.isdigit())
    return before not in _SIGNS or (before == "-" and earlier.isalnum())  # non-inverting: a hyphen, no sign


def _closes(text: str, end: int) -> bool:
    """Whether a word may end there."""
    if end == len(text):
        return True
    last, after = text[end - 1], text[end]
    later = text[end + 1] if end + 1 < len(text) else " "
    if chinese(last):
        return True
    if not last.isalnum():
        return _apart(last, after)
    if after in _JOINED:
        return False
    if after.isalnum() and not chinese(after):
        return last.isdigit() and _UNIT.match(text, end) is not None  # 5v is 5 and more, 2n3055 is one word
    return not (last.isdigit() and after in ".,/:*" and later.isdigit())


def _apart(sign: str, beside: str) -> bool:
    """Whether a sign such as ∞ is a word of its own beside another character."""
    if sign.isascii() or sign in _SIGNS:
        return beside.isspace() or chinese(beside) or beside in "()[]\"'"
    return beside not in _SIGNS
