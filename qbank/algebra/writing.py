"""A tree as it is typed: one line of plain characters that reads back, by the candidates' grammar, as the same tree."""

from __future__ import annotations

from dataclasses import dataclass

from qbank import messages
from qbank.algebra.tree import Binary, Call, Compare, Constant, ExpressionError, Name, Node, Number, Unary, spine

_SUM, _PARALLEL, _PRODUCT, _POWER, _ATOM = range(5)
NO_FORMULA = "a formula may have numbers, names, + - * / ** and functions, and 'if' only at its outermost level"
"""What is told of an expression that is not a formula, through `messages.translated`."""


def plain(node: Node) -> str:
    """The formula or equation in one line of plain characters. Raises ExpressionError for what no formula has.

    >>> from qbank.algebra.reading import read
    >>> plain(read("-Rf/(2*R1) + x**-2").root), plain(read("a - (b - c) == 2**x").root)
    ('-Rf/(2*R1) + x^(-2)', 'a - (b - c) = 2^x')
    """
    if isinstance(node, Compare) and node.operators == ("==",):
        return " = ".join(map(plain, node.operands))
    return _of(node).text


@dataclass(frozen=True, slots=True)
class _Piece:
    """Text, how tightly it holds together, and whether it is a minus before what holds as a product does."""

    text: str
    level: int
    signed: bool = False

    def held(self, level: int) -> str:
        return self.text if self.level >= level else f"({self.text})"


def _of(node: Node) -> _Piece:
    match node:
        case Number(value=value):
            return _Piece(f"{value:f}" if -8 <= value.adjusted() <= 12 else f"{value:e}", _ATOM)
        case Name(name=text) | Constant(name=text):
            return _Piece(text, _ATOM)
        case Unary(operator="-", operand=operand):
            inner = _of(operand)
            return _Piece(f"-{inner.held(_PARALLEL)}", _SUM, signed=inner.level != _PARALLEL and not inner.signed)
        case Unary(operator="+", operand=operand):
            return _of(operand)
        case Binary():
            first, run = spine(node)
            found = _of(first)
            for each in run:
                found = _joined(found, each)
            return found
        case Call(function=function, arguments=arguments):
            return _called(function, arguments)
    raise ExpressionError(messages.translated(NO_FORMULA), node.at)


def _joined(left: _Piece, node: Binary) -> _Piece:
    """An operator and its right side after what is on its left; -a*b is -(a*b), which is the same."""
    operator, right = node.operator, _of(node.right)
    match operator:
        case "+" | "-":
            return _Piece(f"{left.text} {operator} {right.held(_PARALLEL)}", _SUM)
        case "*" | "/" if left.signed:
            return _Piece(f"{left.text}{operator}{right.held(_POWER)}", _SUM, signed=True)
        case "*" | "/":
            return _Piece(f"{left.held(_PRODUCT)}{operator}{right.held(_POWER)}", _PRODUCT)
        case "**":
            return _Piece(f"{left.held(_ATOM)}^{right.held(_ATOM)}", _POWER)
    raise ExpressionError(messages.tell("the operator {operator!r} is not allowed in a formula", operator=operator),
                          node.at)  # fmt: skip


def _called(function: str, arguments: tuple[Node, ...]) -> _Piece:
    pieces = [_of(argument) for argument in arguments]
    match function, pieces:
        case "parallel", [one]:
            return one
        case "parallel", _:
            return _Piece(" || ".join(one.held(_POWER) for one in pieces), _PARALLEL)
        case "factorial", [one]:
            return _Piece(f"{one.held(_ATOM)}!", _POWER)
        case "polar", [modulus, angle]:
            return _Piece(f"{modulus.held(_ATOM)}∠({angle.text}) rad", _PRODUCT)
        case _:
            return _Piece(f"{function}({', '.join(one.text for one in pieces)})", _ATOM)
