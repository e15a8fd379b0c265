"""What no expression may be: too deep, of a towering power, or with a label where a number belongs."""

from __future__ import annotations

from qbank import messages
from qbank.algebra.tree import (
    Binary,
    Compare,
    Conditional,
    ExpressionError,
    Label,
    Listing,
    Node,
    Number,
    Unary,
    children,
)

LENGTH = 2000
DEPTH = 60
EXPONENT = 99


def hold(root: Node) -> None:
    """Raise ExpressionError where the tree breaks a limit."""
    _depth(root, 1)
    _exponents(root)
    _labels(root, allowed=True)


def _depth(node: Node, depth: int) -> None:
    if depth > DEPTH:
        raise ExpressionError(too_deep(), node.at)
    for child in children(node):
        _depth(child, depth + 1)


def too_deep() -> str:
    """The sentence for an expression that is nested too deeply."""
    return messages.tell("an expression may be nested at most {most} deep", most=DEPTH)


def _exponents(node: Node) -> None:
    if isinstance(node, Binary) and node.operator == "**":
        size = _constant(node.right)
        if size is not None and not abs(size) <= EXPONENT:
            raise ExpressionError(messages.tell("an exponent must be at most {most}", most=EXPONENT), node.right.at)
    for child in children(node):
        _exponents(child)


def _constant(node: Node) -> float | None:
    """The value of a sum, product or power of written numbers; None for everything else."""
    match node:
        case Number(value=value):
            return float(value)
        case Unary(operator="-", operand=operand):
            inner = _constant(operand)
            return None if inner is None else -inner
        case Unary(operator="+", operand=operand):
            return _constant(operand)
        case Binary(operator=operator, left=left, right=right):
            first, second = _constant(left), _constant(right)
            return None if first is None or second is None else _combined(operator, first, second)
        case _:
            return None


def _combined(operator: str, first: float, second: float) -> float | None:
    match operator:
        case "+":
            return first + second
        case "-":
            return first - second
        case "*":
            return first * second
        case "/" if second:
            return first / second
        case "**" if first > 0:
            try:
                return float(first**second)
            except OverflowError:
                return float("inf")
        case _:
            return None


def _labels(node: Node, *, allowed: bool) -> None:
    """Labels are values of a conditional, operands of == and !=, and entries of a list after `in`."""
    match node:
        case Label(text=text, at=at):
            if not allowed:
                message = messages.tell("the label {text!r} is not a number; compare it with ==, != or in", text=text)
                raise ExpressionError(message, at)
        case Conditional(test=test, yes=yes, no=no):
            _labels(test, allowed=False)
            _labels(yes, allowed=allowed)
            _labels(no, allowed=allowed)
        case Compare(operands=operands, operators=operators):
            _labels(operands[0], allowed=operators[0] in ("==", "!=", "in", "not in"))
            for operator, operand in zip(operators, operands[1:], strict=True):
                inside = operator in ("in", "not in")
                if inside and not isinstance(operand, Listing):
                    message = messages.tell("{operator!r} must be followed by a list, as in [a, b]", operator=operator)
                    raise ExpressionError(message, operand.at)
                for part in children(operand) if inside else (operand,):
                    _labels(part, allowed=inside or operator in ("==", "!="))
        case _:
            for child in children(node):
                _labels(child, allowed=False)
