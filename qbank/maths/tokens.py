"""The tokens of a formula, and the error that points into it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from qbank import messages
from qbank.model import Place

LONGEST, DEEPEST = 4000, 24
"""A formula has at most so many characters, and so many constructions inside one another."""

_TOKEN = re.compile(r"\\(?:[A-Za-z]+|.)|[0-9]+(?:\.[0-9]+)?|[\u3000-\u303f\u3400-\u9fff\uff00-\uffef]+|\S", re.DOTALL)
_ESCAPED = re.compile(r"\\([%#&_$ {}\\])")
_IN_WORDS = re.compile(r"(?:\\[%#&_$ {}\\]|[^{}\\$])*")


class MathsError(ValueError):
    """A formula outside the subset: what is wrong, and from where to where in the formula.

    `offset` and `end` count characters of `tex` from 0.

    >>> print(MathsError("'x' is unknown", "a + x", 4, 5).caret())
      a + x
          ^
    """

    def __init__(self, message: str, tex: str, offset: int, end: int) -> None:
        super().__init__(message)
        self.message, self.tex, self.offset, self.end = message, tex, offset, end

    def caret(self) -> str:
        """The formula with the wrong part underlined."""
        return Place("", 1, self.offset + 1, self.end + 1, self.tex.replace("\n", " ")).caret()


class Tokens:
    """The tokens of one formula and how far they have been read. Raises MathsError when it is too long or empty."""

    def __init__(self, tex: str) -> None:
        self.tex = tex
        self.tokens = [(match.group(), match.start()) for match in _TOKEN.finditer(tex)]
        self.at = 0
        self._depth = 0
        if len(tex) > LONGEST:
            message = messages.tell("a formula may have at most {most} characters", most=LONGEST)
            raise MathsError(message, tex, LONGEST, LONGEST + 1)
        if not self.tokens:
            raise MathsError(messages.tell("the formula is empty"), tex, 0, 1)

    def peek(self) -> str:
        """The next token; at the end, an empty text."""
        return self.tokens[self.at][0] if self.at < len(self.tokens) else ""

    def following(self) -> Iterator[str]:
        """The next token and all after it."""
        return (token for token, _ in self.tokens[self.at:])

    def take(self, missing: Callable[[], str]) -> str:
        """The next token, passed over; at the end it is an error, which `missing` tells."""
        if self.at == len(self.tokens):
            length = len(self.tex)
            raise MathsError(missing(), self.tex, length, length + 1)
        self.at += 1
        return self.tokens[self.at - 1][0]

    def split(self) -> None:
        """Cut the next token after its first digit: without braces an argument is one digit, in TeX as here."""
        if (token := self.peek())[1:] and token[0].isdecimal():
            offset = self.tokens[self.at][1]
            rest = [(match.group(), offset + 1 + match.start()) for match in _TOKEN.finditer(token[1:])]
            self.tokens[self.at:self.at + 1] = [(token[0], offset), *rest]

    def close(self, token: str, opened: int) -> None:
        """Pass over the token that closes what token number `opened` opened."""
        if self.peek() != token:
            message = messages.tell("{opening!r} is not closed with {closing!r}",
                                    opening=self.tokens[opened][0], closing=token)  # fmt: skip
            raise self.wrong(message, opened)
        self.at += 1

    def words(self, command: str) -> str:
        """The text in braces after a command, with its spaces; it has no command and no brace."""
        if self.peek() != "{":
            raise self.wrong(messages.tell("{command} needs its text in braces: {command}{{…}}", command=command))
        start = self.tokens[self.at][1] + 1
        found = _IN_WORDS.match(self.tex, start)
        end = found.end() if found else start
        if end == len(self.tex):
            message = messages.tell("{opening!r} is not closed with {closing!r}", opening="{", closing="}")
            raise self.wrong(message, self.at)
        if self.tex[end] != "}":
            message = messages.tell("{sign!r} is not allowed inside {command}{{…}}; close the braces first",
                                    sign=self.tex[end], command=command)  # fmt: skip
            raise MathsError(message, self.tex, end, end + 1)
        while self.at < len(self.tokens) and self.tokens[self.at][1] <= end:
            self.at += 1
        return _ESCAPED.sub(r"\1", self.tex[start:end])

    def braced(self, command: str) -> tuple[str, int]:
        """The text in braces after a command as it was typed, other braces inside it, and where it begins."""
        if self.peek() != "{":
            raise self.wrong(messages.tell("{command} needs its text in braces: {command}{{…}}", command=command))
        opened, depth = self.at, 0
        start = self.tokens[opened][1] + 1
        while self.peek():
            token, end = self.tokens[self.at]
            depth += (token == "{") - (token == "}")
            self.at += 1
            if depth == 0:
                return self.tex[start:end], start
        message = messages.tell("{opening!r} is not closed with {closing!r}", opening="{", closing="}")
        raise self.wrong(message, opened)

    @contextmanager
    def deeper(self) -> Iterator[None]:
        """Read one construction inside another. Raises MathsError when there are too many."""
        self._depth += 1
        if self._depth > DEEPEST:
            raise self.wrong(messages.tell("a formula may be nested at most {most} deep", most=DEEPEST))
        yield
        self._depth -= 1

    def wrong(self, message: str, token: int | None = None) -> MathsError:
        """The error at a token by number, or at the one read last."""
        text, offset = self.tokens[max(self.at - 1, 0) if token is None else token]
        return MathsError(message, self.tex, offset, offset + len(text))
