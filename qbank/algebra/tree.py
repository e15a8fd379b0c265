"""The one tree of what authors and candidates write: frozen nodes, each with the place in the text it was read from.

An equation is a comparison by `==`. A long sum or product is deep on its left, so whoever walks a tree takes the left
sides in a loop (`spine`): what a candidate writes may be longer than Python's stack is deep.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterator, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import lru_cache
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
class Constant:
    """`pi`, and in a formula `e` and the imaginary unit `i`."""

    name: Literal["pi", "e", "i", "inf"]
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
    """`[a, b]`: a vector of scalars, a matrix of vectors, or the right side of `in`."""

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
    Number | Truth | Constant | Name | Label | Listing | Unary | Binary | Compare | Logic | Conditional | Call | Index
)


@dataclass(frozen=True, slots=True)
class Expression:
    """An expression that has been read: its text, and its tree.

    A derived value `hex(n, 4)` has the tree of n; its value prints in base 16, with 4 digits at least.
    """

    text: str
    root: Node = field(repr=False)
    base: int = field(default=10, repr=False)
    width: int = field(default=0, repr=False)

    def __hash__(self) -> int:
        return hash(self.text or self.root)  # equal trees have equal texts, and a text keeps its hash

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
    waiting = [node]
    while waiting:
        node = waiting.pop()
        yield node
        if isinstance(node, Binary):
            waiting += (node.right, node.left)
        elif not isinstance(node, Name | Number):
            waiting.extend(reversed(children(node)))


def spine(node: Node) -> tuple[Node, list[Binary]]:
    """The first operand of a run of operators, and these from the first to the last.

    >>> first, rest = spine(Binary("-", Binary("+", Name("a"), Name("b")), Name("c")))
    >>> first, [each.operator for each in rest]
    (Name(name='a', at=0), ['+', '-'])
    """
    run: list[Binary] = []
    while isinstance(node, Binary):
        run.append(node)
        node = node.left
    run.reverse()
    return node, run


@lru_cache(maxsize=4096)
def names(expression: Expression) -> frozenset[str]:
    """The names of the columns that the expression needs."""
    return named(expression.root)


def named(node: Node) -> frozenset[str]:
    """The names in a tree."""
    return frozenset(each.name for each in walk(node) if isinstance(each, Name))


def functions(expression: Expression) -> frozenset[str]:
    """The functions that the expression calls."""
    return called(expression.root)


def called(node: Node) -> frozenset[str]:
    """The functions in a tree."""
    return frozenset(each.function for each in walk(node) if isinstance(each, Call))


IMAGINARY = "j"
"""The name that is the imaginary unit where nothing else has it."""


def with_unit(expression: Expression, own: Container[str] = ()) -> Expression:
    """The expression with `j` as the imaginary unit, unless it is an own name."""
    if IMAGINARY in own or IMAGINARY not in names(expression):
        return expression
    return replace(expression, root=replaced(expression.root, {IMAGINARY: Constant("i")}))


def whole(value: float) -> Node:
    """A number as a node; a negative one has a sign before it.

    >>> whole(-2)
    Unary(operator='-', operand=Number(text='2', value=Decimal('2'), at=0), at=0)
    """
    return number(Decimal(repr(value)))


def number(value: Decimal) -> Node:
    """A decimal as a node; a negative one has a sign before it."""
    size = Number(f"{abs(value):f}" if abs(value.adjusted()) < 20 else str(abs(value)), abs(value))
    return Unary("-", size) if value < 0 else size


def rebuilt(node: Node, of: Callable[[Node], Node]) -> Node:
    """The node with what `of` gives for each of its children in their places.

    >>> rebuilt(Listing((Name("a"), Name("b"))), lambda each: Unary("-", each)).items[1]
    Unary(operator='-', operand=Name(name='b', at=0), at=0)
    """
    match node:
        case Listing(items=items):
            return replace(node, items=tuple(map(of, items)))
        case Unary(operand=operand):
            return replace(node, operand=of(operand))
        case Binary(left=left, right=right):
            return replace(node, left=of(left), right=of(right))
        case Logic(left=left, right=right):
            return replace(node, left=of(left), right=of(right))
        case Compare(operands=operands):
            return replace(node, operands=tuple(map(of, operands)))
        case Conditional(test=test, yes=yes, no=no):
            return replace(node, test=of(test), yes=of(yes), no=of(no))
        case Call(arguments=arguments):
            return replace(node, arguments=tuple(map(of, arguments)))
        case Index(value=value, places=places):
            inside = tuple(place if isinstance(place, Slice) else of(place) for place in places)
            return replace(node, value=of(value), places=inside)
        case _:
            return node


def replaced(node: Node, known: Mapping[str, Node]) -> Node:
    """The tree with nodes in the place of some names."""
    if not known:
        return node
    match node:
        case Name(name=name):
            return known.get(name, node)
        case Binary():
            first, run = spine(node)
            found = replaced(first, known)
            for each in run:
                found = _joined(each, found, replaced(each.right, known))
            return found
        case _:
            return rebuilt(node, lambda each: replaced(each, known))


def _joined(node: Binary, left: Node, right: Node) -> Binary:
    """An operator between new sides; a negative number that is added is subtracted."""
    if node.operator in ("+", "-") and isinstance(right, Unary) and right.operator == "-":
        return Binary("-" if node.operator == "+" else "+", left, right.operand, node.at)
    return Binary(node.operator, left, right, node.at)


def equation(left: Node, right: Node) -> Compare:
    """Two sides with an equals sign between them."""
    return Compare((left, right), ("==",))


def is_equation(node: Node) -> bool:
    """Whether a tree is two sides with an equals sign between them."""
    return isinstance(node, Compare) and node.operators == ("==",)
