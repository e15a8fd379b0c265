"""What in an exam is not as it was written: told to the reader, and recorded with results made all the same."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias, assert_never

from qbank import messages

Why: TypeAlias = Literal[
    "changed", "one of two", "missing", "missing before", "unreadable", "damaged", "unsealed", "other seals",
    "other lines", "not graded", "changed later", "line ends",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Difference:
    """A file that is not as it was written, and why; `more` is the other file, the fault or the time of the results."""

    path: str
    why: Why = "changed"
    more: str = ""

    def __str__(self) -> str:
        """The difference as results record it, which is the same in every language.

        >>> str(Difference("sheets/A.pdf", "missing"))
        'sheets/A.pdf (it is missing)'
        """
        with messages.speaking(messages.LANGUAGES[0]):
            return self.told()

    def told(self) -> str:
        """The difference in the language of the reader."""
        path, more, tell = self.path, self.more, messages.tell
        match self.why:
            case "changed":
                return path
            case "one of two":
                return tell("{path} or {other}", path=path, other=more)
            case "missing":
                return tell("{path} (it is missing)", path=path)
            case "missing before":
                return tell("{path} (one before it is missing)", path=path)
            case "unreadable":
                return tell("{path} ({fault})", path=path, fault=more)
            case "damaged":
                return tell("{path} is damaged ({fault})", path=path, fault=more)
            case "unsealed":
                return tell("{path} has no seal", path=path)
            case "other seals":
                return tell("{path} (the results of {time} were made with another, or with a later addition)",
                            path=path, time=more)  # fmt: skip
            case "other lines":
                return tell("{path} (lines that the results of {time} counted are missing or changed)", path=path,
                            time=more)  # fmt: skip
            case "not graded":
                return tell("{path} (it is not what was graded at {time})", path=path, time=more)
            case "line ends":
                return tell("{path} (its line ends were changed, as git does with core.autocrlf)", path=path)
            case "changed later":
                return tell("{path} (changed after it was made)", path=path)
            case other:
                assert_never(other)
