"""The error that points into an author's text."""

from __future__ import annotations

from qbank.model import Place


class MarkupError(ValueError):
    """A text that is not our markup: what is wrong, and from where to where.

    `offset` and `end` count characters of `text` from 0.

    >>> print(MarkupError("no", "first line\\nx = $y", 15, 16).caret())
      x = $y
          ^
    """

    def __init__(self, message: str, text: str, offset: int, end: int) -> None:
        super().__init__(message)
        self.message, self.text, self.offset, self.end = message, text, offset, max(end, offset + 1)

    def caret(self) -> str:
        """The offending line with the wrong part underlined, as far as it lies on that line."""
        start = self.text.rfind("\n", 0, self.offset) + 1
        line = self.text[start:].partition("\n")[0]
        return Place("", 1, self.offset - start + 1, min(self.end - start, len(line)) + 1, line).caret()
