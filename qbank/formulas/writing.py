"""A formula as it is typed: one line that reads back as the same formula."""

from __future__ import annotations

from dataclasses import dataclass

from qbank.formulas.tree import (
    Call,
    Constant,
    Equation,
    Formula,
    Name,
    Negative,
    Node,
    Number,
    Parallel,
    Power,
    Product,
    Sum,
)

_SUM, _PARALLEL, _PRODUCT, _POWER, _ATOM = range(5)


def plain(formula: Formula) -> str:
    """The formula in one line of plain characters.

    >>> plain(Negative(Product((Name("Rf"),), (Product((Number(__import__("decimal").Decimal(2)), Name("R1"))),))))
    '-Rf/(2*R1)'
    """
    if isinstance(formula, Equation):
        return f"{plain(formula.left)} = {plain(formula.right)}"
    return _of(formula).text


@dataclass(frozen=True, slots=True)
class _Piece:
    """Text, and how tightly it holds together."""

    text: str
    level: int

    def held(self, level: int) -> str:
        return self.text if self.level >= level else f"({self.text})"


def _of(node: Node) -> _Piece:
    match node:
        case Number(value=value):
            text = f"{value:f}" if -8 <= value.adjusted() <= 12 else f"{value:e}"
            return _Piece(text, _ATOM if value >= 0 else _SUM)
        case Name(name=text) | Constant(name=text):
            return _Piece(text, _ATOM)
        case Negative(node=inner):
            return _Piece(f"-{_of(inner).held(_PARALLEL)}", _SUM)
        case Sum(terms=terms):
            return _Piece(_sum(terms), _SUM)
        case Product(factors=factors, divisors=divisors):
            text = "*".join(_of(factor).held(_POWER) for factor in factors)
            return _Piece(text + "".join(f"/{_of(divisor).held(_POWER)}" for divisor in divisors), _PRODUCT)
        case Power(base=base, exponent=exponent):
            return _Piece(f"{_of(base).held(_ATOM)}^{_of(exponent).held(_ATOM)}", _POWER)
        case Parallel(nodes=nodes):
            return _Piece(" || ".join(_of(side).held(_POWER) for side in nodes), _PARALLEL)
        case Call(function="factorial", arguments=(inner,)):
            return _Piece(f"{_of(inner).held(_ATOM)}!", _POWER)
        case Call(function="root", arguments=(inner, index)):
            return _Piece(f"{_of(inner).held(_ATOM)}^(1/{_of(index).held(_POWER)})", _POWER)
        case Call(function=function, arguments=arguments):
            return _Piece(f"{function}({', '.join(_of(argument).text for argument in arguments)})", _ATOM)


def _sum(terms: tuple[Node, ...]) -> str:
    text = _of(terms[0]).held(_PARALLEL) if not isinstance(terms[0], Negative) else _of(terms[0]).text
    for term in terms[1:]:
        if isinstance(term, Negative):
            text += f" - {_of(term.node).held(_PARALLEL)}"
        else:
            text += f" + {_of(term).held(_PARALLEL)}"
    return text
