"""What is wrong in an author's file, and where."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Place:
    """A place in a text file: line and column count from 1, `end` is the column after the last wrong character."""

    file: str
    line: int
    column: int
    end: int
    source: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"

    def caret(self) -> str:
        """The offending line with the wrong part underlined; wide (Chinese) characters take two columns."""
        lead = "".join("  " if _wide(c) else "\t" if c == "\t" else " " for c in self.source[: self.column - 1])
        wrong = self.source[self.column - 1 : max(self.end - 1, self.column)] or " "
        width = sum(2 if _wide(c) else 1 for c in wrong)
        return f"  {self.source}\n  {lead}{'~' * (width - 1)}^"


def _wide(character: str) -> bool:
    return character >= "\u1100" and not "\u2010" <= character <= "\u2fff"


@dataclass(frozen=True, slots=True)
class Problem:
    """One fault of an author's file: a stable code, a sentence, its place, and what to do about it."""

    code: str
    message: str
    place: Place | None = None
    path: str = ""
    proposal: str = ""
    item: str = ""
    severity: Literal["error", "warning"] = "error"

    def __str__(self) -> str:
        where = f"{self.place}: " if self.place else f"{self.item}: " if self.item else ""
        path = f"{self.path}: " if self.path else ""
        lines = [f"{where}{path}{self.message}"]
        if self.place:
            lines.append(self.place.caret())
        if self.proposal:
            lines.append(f"  → {self.proposal}")
        return "\n".join(lines)


class Refused(Exception):
    """The user's input cannot be used; every problem says where and what to do. The command line prints them."""

    def __init__(self, *problems: Problem | str) -> None:
        self.problems = tuple(Problem("refused", p) if isinstance(p, str) else p for p in problems)
        super().__init__("\n".join(map(str, self.problems)))
