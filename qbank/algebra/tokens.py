"""The words of an expression: numbers with SI suffixes, names, labels in quotes and signs, each with its place."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from qbank import messages
from qbank.algebra.literals import NUMBER
from qbank.algebra.tree import ExpressionError

WORDS = frozenset({"and", "or", "not", "if", "else", "in"})
TRUTHS = {"True": True, "true": True, "yes": True, "False": False, "false": False, "no": False}
INSTEAD = {
    "=": "==", "^": "**", "&": "and", "|": "or", "×": "*", "·": "*", "÷": "/", "−": "-", "≤": "<=", "≥": ">=",
    "≠": "!=", "∥": "parallel(a, b)", "√": "sqrt(x)", "，": ",", "（": "(", "）": ")", "。": ".",
}  # fmt: skip
"""What to write in place of a character that has no meaning."""

_SPACE = re.compile(r"\s*")
_NAME = re.compile(r"[^\W\d]\w*")
_LABEL = re.compile(r"'[^'\\\n]*'|\"[^\"\\\n]*\"")
_SIGN = re.compile(r"\*\*|//|==|!=|<=|>=|[-+*/%@<>()\[\],:.]")


@dataclass(frozen=True, slots=True)
class Token:
    """One word of an expression."""

    kind: Literal["number", "name", "label", "sign", "end"]
    text: str
    at: int

    def __str__(self) -> str:
        return repr(self.text)


def split(text: str) -> list[Token]:
    """The words of the text and an end. Raises ExpressionError at the first character that begins none."""
    tokens: list[Token] = []
    at = _space(text, 0)
    while at < len(text):
        token = _token(text, at)
        tokens.append(token)
        at = _space(text, at + len(token.text))
    return [*tokens, Token("end", "", at)]


def _space(text: str, at: int) -> int:
    match = _SPACE.match(text, at)
    return match.end() if match else at


def _token(text: str, at: int) -> Token:
    if match := NUMBER.match(text, at):
        run = re.compile(r"\w*").match(text, match.end())
        if run and run.group():
            written = match.group() + run.group()
            message = messages.tell("{text!r} is neither a number nor a name; a product needs *", text=written)
            raise ExpressionError(message, at)
        return Token("number", match.group(), at)
    if match := _NAME.match(text, at):
        return _word(match.group(), at)
    if match := _LABEL.match(text, at):
        return Token("label", match.group(), at)
    if match := _SIGN.match(text, at):
        return Token("sign", match.group(), at)
    if text[at] in "'\"":
        message = messages.tell("a label is not closed; it cannot contain a quote, a backslash or a new line")
        raise ExpressionError(message, at)
    raise ExpressionError(_meaningless(text[at]), at)


def _meaningless(sign: str) -> str:
    if sign == "!":
        return messages.tell(
            "{sign!r} has no meaning in an expression; write factorial(n), or 'not' before a condition", sign=sign
        )
    if sign in INSTEAD:
        return messages.tell("{sign!r} has no meaning in an expression; write {instead}",
                             sign=sign, instead=INSTEAD[sign])  # fmt: skip
    return messages.tell("{sign!r} has no meaning in an expression", sign=sign)


def _word(word: str, at: int) -> Token:
    if word in WORDS:
        return Token("sign", word, at)
    if word in TRUTHS:
        return Token("name", word, at)
    if word == "None" or not word.isidentifier():
        raise ExpressionError(messages.tell("{word!r} cannot be a name", word=word), at)
    return Token("name", word, at)
