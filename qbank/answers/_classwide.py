"""Words for a whole class: an author's text without any one variant's values."""

from __future__ import annotations

import re

from qbank.answers._readings import plainly, said
from qbank.answers._two_readings import WAITING_NAMES
from qbank.model import Bilingual, Lang

_OPEN = re.compile(r"\{\{\s*([^:}\s]+)[^}]*\}\}")


def general(text: Bilingual, lang: Lang) -> str:
    """An author's text on one line, its open names by themselves, without the stop at its end.

    >>> general(Bilingual(zh="约 $U = {{ UB }}$。", en="about $U = {{ UB }}$."), "en")
    'about U = UB'
    """
    return _OPEN.sub(r"\1", plainly(text, lang)).rstrip("。. ")


def common(note: str, lang: Lang) -> str | None:
    """The name of a note that every kind has, None for any other."""
    if note in WAITING_NAMES:
        return WAITING_NAMES[note][lang]
    text = said(note, lang)
    return text.rstrip("。. ") if text else None
