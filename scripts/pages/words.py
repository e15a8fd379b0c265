"""The language of the page that is built: what a page takes from the program goes through `say`, which remembers it."""

from __future__ import annotations

from qbank import messages
from qbank.model import Bilingual

SAID: set[str] = set()
"""Every text that a page has said so far: what the table of messages has to hold."""


def say(text: str, /, **values: object) -> str:
    """A text in the language of the page; where values are given, they fill its gaps."""
    SAID.add(text)
    told = messages.translated(text)
    return told.format(**values) if values else told


def of(text: Bilingual) -> str:
    """What is written in both languages, in that of the page."""
    return text[messages.language()]
