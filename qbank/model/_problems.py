"""What is wrong in an author's file, and where."""

from __future__ import annotations

import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from qbank import messages

AROUND = 100
"""So many characters of a long line are shown before and after the wrong one."""
LONGEST = 1000
"""The most characters of a message; of a longer one, the beginning and the end are told."""
PACKAGE = Path(__file__).resolve().parents[1]
"""The folder of the program, whose lines a failure names."""


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
        """The offending line with the wrong part underlined; wide (Chinese) characters take two columns.

        Of a long line, what is around the wrong part.
        """
        at = self.column - 1
        start = max(at - AROUND, 0) if len(self.source) > 2 * AROUND else 0
        line = self.source[start : start + 2 * AROUND]
        before, after = "…" * (start > 0), "…" * (start + len(line) < len(self.source))
        lead = "".join("  " if _wide(c) else "\t" if c == "\t" else " " for c in before + line[: at - start])
        wrong = line[at - start : max(self.end - 1, self.column) - start] or " "
        width = sum(2 if _wide(c) else 1 for c in wrong)
        return f"  {before}{line}{after}\n  {lead}{'~' * (width - 1)}^"


def cut(text: str, most: int) -> str:
    """The text, or its beginning and its end where it is longer; never half a megabyte of somebody's file.

    >>> cut("'" + "a" * 1000 + "' is not known", 30)
    "'aaaaaaaaaaaaa…a' is not known"
    """
    if len(text) <= most:
        return text
    return f"{text[: most // 2 - 1]}…{text[-(most - most // 2) :]}"


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

    def __post_init__(self) -> None:
        for name, most in (("message", LONGEST), ("path", LONGEST // 2), ("item", LONGEST // 4)):
            object.__setattr__(self, name, cut(getattr(self, name), most))

    def __str__(self) -> str:
        where = f"{self.place}: " if self.place else f"{self.item}: " if self.item else ""
        path = f"{self.path}: " if self.path else ""
        lines = [f"{where}{path}{self.message}"]
        if self.place:
            lines.append(self.place.caret())
        if self.proposal:
            lines.append(f"  → {self.proposal}")
        return "\n".join(lines)


FAILED = ".failed"
"""How the code of a problem ends that is a fault of the program."""


class Refused(Exception):
    """The user's input cannot be used; every problem tells where and what to do. The command line prints them.

    `at` leads to what is refused in the item that was asked for, where the caller knows the lines of its file.
    """

    def __init__(self, *problems: Problem | str, at: tuple[str | int, ...] = ()) -> None:
        self.at = at
        self.problems = tuple(Problem("refused", p) if isinstance(p, str) else p for p in problems)
        super().__init__("\n".join(map(str, self.problems)))


@contextmanager
def caught(
    problems: list[Problem], room: str, what: str, *, item: str = "", place: Place | None = None
) -> Iterator[None]:
    """Add to the problems what the block raises, and go on: the problems of a Refused, or that it failed.

    It is for one thing of many, which must not end the others.

    >>> found = []
    >>> with caught(found, "options", "the check 'options'"):
    ...     raise KeyError("b")
    >>> [problem.code for problem in found]
    ['options.failed']
    """
    try:
        yield
    except Refused as refused:
        problems += refused.problems
    except Exception as error:  # noqa: BLE001 - the one place: it is named, with where it was raised
        problems.append(_failure(room, what, error, item, place))


def _failure(room: str, what: str, error: Exception, item: str, place: Place | None) -> Problem:
    ours = [frame for frame in traceback.extract_tb(error.__traceback__) if PACKAGE in Path(frame.filename).parents]
    text = " ".join(str(error).split())
    raised = f"{type(error).__name__}: {text}" if text else type(error).__name__
    if ours:
        file, line = Path(ours[-1].filename).relative_to(PACKAGE.parent), ours[-1].lineno
        message = messages.tell("{what} failed: {error} ({file}, line {line})",
                                what=what, error=raised, file=file, line=line)  # fmt: skip
    else:
        message = messages.tell("{what} failed: {error}", what=what, error=raised)
    proposal = messages.tell(
        "this is a fault of qbank and not of the item; please report it with the item. The rest was checked"
    )
    return Problem(f"{room}{FAILED}", message, place, "", proposal, item)
