"""The language of the page that is built: what a page takes from the program goes through `say`, which remembers it."""

from __future__ import annotations

from qbank import messages

SAID: dict[str, str] = {}
"""Every text that a page has said so far, with the module that said it: what the table of messages has to hold."""


def say(text: str, origin: str = "docs") -> str:
    """A text of the program in the language of the page."""
    SAID.setdefault(text, origin)
    return messages.translated(text)


def english() -> bool:
    """Whether the page is in English."""
    return messages.language() == "en"
