"""The smallest parts of a tree: the number, name or constant that one word is."""

from __future__ import annotations

from qbank import messages
from qbank.algebra.literals import NUMBER, NotANumber, scaled
from qbank.algebra.tokens import TRUTHS, Token
from qbank.algebra.tree import Constant, ExpressionError, Name, Node, Number, Truth, Unary


def whole(node: Node | None) -> int | None:
    """The integer that a bound of a slice is. Raises ExpressionError for anything computed."""
    match node:
        case None:
            return None
        case Number(value=value) if value == value.to_integral_value() and value < 2**31:
            return int(value)
        case Unary(operator="-", operand=Number() as operand):
            return -(whole(operand) or 0)
        case _:
            raise ExpressionError(messages.tell("the ends of a slice must be written as integers"), node.at)


def number(token: Token) -> Number:
    """The number that a word is. Raises ExpressionError when it is beyond any quantity."""
    match = NUMBER.fullmatch(token.text)
    assert match is not None
    try:
        return Number(token.text, scaled(match), token.at)
    except NotANumber as error:
        raise ExpressionError(str(error), token.at) from None


def named(token: Token) -> Node:
    """The column, or the constant, that a word names."""
    if token.text in TRUTHS:
        return Truth(TRUTHS[token.text], token.at)
    if token.text == "inf":
        return Constant("inf", token.at)
    return Constant("pi", token.at) if token.text in ("pi", "π") else Name(token.text, token.at)
