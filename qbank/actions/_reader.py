"""The language of whoever runs the program, as the texts of exams name it."""

from __future__ import annotations

from qbank import messages
from qbank.model import Lang


def lang() -> Lang:
    """The language in which a text of both is told at the terminal."""
    return "zh" if messages.language() == "zh" else "en"
