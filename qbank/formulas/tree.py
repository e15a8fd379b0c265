"""The tree of a formula: frozen nodes; sums and products hold all their terms, so that a long formula is not deep."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class Number:
    """A number, exactly as written."""

    value: Decimal


@dataclass(frozen=True, slots=True)
class Name:
    """One of the question's quantities."""

    name: str


@dataclass(frozen=True, slots=True)
class Constant:
    """`e`, `pi`, or the imaginary unit `i`."""

    name: str


@dataclass(frozen=True, slots=True)
class Negative:
    """The opposite of a node."""

    node: Node


@dataclass(frozen=True, slots=True)
class Sum:
    """Two terms or more; a difference is a sum with a Negative in it."""

    terms: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Product:
    """The product of the factors (at least one), divided by each of the divisors."""

    factors: tuple[Node, ...]
    divisors: tuple[Node, ...] = ()


@dataclass(frozen=True, slots=True)
class Power:
    """A base to an exponent."""

    base: Node
    exponent: Node


@dataclass(frozen=True, slots=True)
class Parallel:
    """Resistances side by side: 1/(1/a + 1/b + …)."""

    nodes: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Call:
    """A function and its arguments."""

    function: str
    arguments: tuple[Node, ...]


Node: TypeAlias = Number | Name | Constant | Negative | Sum | Product | Power | Parallel | Call


@dataclass(frozen=True, slots=True)
class Equation:
    """Two sides with an equals sign between them."""

    left: Node
    right: Node


Formula: TypeAlias = Node | Equation


def children(node: Formula) -> tuple[Node, ...]:
    """The nodes directly below, from left to right."""
    match node:
        case Number() | Name() | Constant():
            return ()
        case Negative(node=inner):
            return (inner,)
        case Sum(terms=terms):
            return terms
        case Product(factors=factors, divisors=divisors):
            return factors + divisors
        case Power(base=base, exponent=exponent):
            return base, exponent
        case Parallel(nodes=nodes):
            return nodes
        case Call(arguments=arguments):
            return arguments
        case Equation(left=left, right=right):
            return left, right


def walk(node: Formula) -> Iterator[Formula]:
    """The node and everything below it."""
    yield node
    for child in children(node):
        yield from walk(child)


def names(formula: Formula) -> frozenset[str]:
    """The names that stand in a formula."""
    return frozenset(node.name for node in walk(formula) if isinstance(node, Name))


def uses(formula: Formula, kind: type[Node]) -> bool:
    """Whether a node of a kind stands in a formula."""
    return any(isinstance(node, kind) for node in walk(formula))
