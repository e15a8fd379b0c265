"""The tree of an expression: frozen nodes, each with the place in the text it was read from."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal, TypeAlias

Operator: TypeAlias = Literal["+", "-", "*", "/", "//", "%", "@", "**"]
Comparison: TypeAlias = Literal["==", "!=", "<", "<=", ">", ">=", "in", "not in"]


class ExpressionError(ValueError):
    """What is wrong with an expression, and at which character of its text (counted from 0)."""

    def __init__(self, message: str, offset: int = 0) -> None:
        super().__init__(message)
        self.offset = offset


@dataclass(frozen=True, slots=True)
class Number:
    """A number, exact, and as it was written: `4.7k`."""

    text: str
    value: Decimal
    at: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Truth:
    """`True` or `False` (also `yes`, `no`)."""

    value: bool
    at: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Pi:
    """The number π."""

    at: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Name:
    """The name of a column."""

    name: str
    at: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Label:
    """A label in quotes: `'sat'`."""

    text: str
    at: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Listing:
    """`[a, b]`: a vector of scalars, a matrix of vectors, or what stands on the right of `in`."""

    items: tuple[Node, ...]
    at: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Unary:
    """`-x`, `+x` or `not x`."""

    operator: Literal["-", "+", "not"]
    operand: Node
    at: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Binary:
    """Two operands with an arithmetic operator between them."""

    operator: Operator
    left: Node
    right: Node
    at: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Compare:
    """A comparison, or a chain of them: `1 < x <= y`."""

    operands: tuple[Node, ...]
    operators: tuple[Comparison, ...]
    at: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Logic:
    """`a and b` or `a or b`."""

    operator: Literal["and", "or"]
    left: Node
    right: Node
    at: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Conditional:
    """`yes if test else no`."""

    test: Node
    yes: Node
    no: Node
    at: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Call:
    """A function and its arguments."""

    function: str
    arguments: tuple[Node, ...]
    at: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Slice:
    """`start:stop` in an index; None is the open end."""

    start: int | None
    stop: int | None
    at: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Index:
    """`x[0]`, `W[0, 1]`, `x[1:]`, counted from 0 as in Python."""

    value: Node
    places: tuple[Node | Slice, ...]
    at: int = field(default=0, compare=False)


Node: TypeAlias = (
    Number | Truth | Pi | Name | Label | Listing | Unary | Binary | Compare | Logic | Conditional | Call | Index
)


@dataclass(frozen=True, slots=True)
class Expression:
    """An expression that has been read: its text, and its tree."""

    text: str
    root: Node = field(repr=False)

    def __str__(self) -> str:
        return self.text


def children(node: Node) -> tuple[Node, ...]:
    """The nodes directly below, in the author's order."""
    match node:
        case Listing(items=items):
            return items
        case Unary(operand=operand):
            return (operand,)
        case Binary(left=left, right=right) | Logic(left=left, right=right):
            return left, right
        case Compare(operands=operands):
            return operands
        case Conditional(test=test, yes=yes, no=no):
            return yes, test, no
        case Call(arguments=arguments):
            return arguments
        case Index(value=value, places=places):
            return value, *(place for place in places if not isinstance(place, Slice))
        case _:
            return ()


def walk(node: Node) -> Iterator[Node]:
    """The node and everything below it, in the author's order."""
    yield node
    for child in children(node):
        yield from walk(child)


def names(expression: Expression) -> frozenset[str]:
    """The names of the columns that the expression needs."""
    return frozenset(node.name for node in walk(expression.root) if isinstance(node, Name))


def functions(expression: Expression) -> frozenset[str]:
    """The functions that the expression calls."""
    return frozenset(node.function for node in walk(expression.root) if isinstance(node, Call))
