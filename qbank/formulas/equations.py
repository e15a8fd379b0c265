"""Whether equations say the same: L - R, denominators cleared, differ by a constant factor that is not zero.

Every name becomes a straight line through a finite field, so a side becomes a rational function of one variable, whose
common factors Euclid's algorithm takes out. Two different equations agree with a chance below 1e-15 (Schwartz 1980,
Zippel 1979). What is no polynomial (`exp(-t/T)`, a root) is a name of its own, the same where it is equal.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import TypeAlias

from qbank.formulas.equality import Points, Target, same, target, values
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

Polynomial: TypeAlias = list[int]
"""Coefficients from the lowest power; no zero at the end, so that nothing is []."""
Quotient: TypeAlias = tuple[Polynomial, Polynomial]

PRIME = 2**64 - 59
IMAGINARY = pow(2, (PRIME - 1) // 4, PRIME)
"""A root of -1."""
HIGHEST = 80
"""The highest degree of an equation."""


class _Beyond(ValueError):
    """A degree that is too high, or a division by zero."""


@dataclass(frozen=True)
class Equations:
    """Equations compared with each other over the same names.

    >>> from qbank.formulas.points import sampled
    >>> from qbank.formulas.reading import read
    >>> from qbank.formulas.vocabulary import Vocabulary
    >>> words = Vocabulary(("x", "y"))
    >>> alike = Equations(Points(sampled(words.names, {}))).alike
    >>> alike(read("x/y = 2", words), read("2y - x = 0", words)), alike(read("x = 2", words), read("x^2 = 4", words))
    (True, False)
    """

    points: Points
    _atoms: list[Target] = field(default_factory=list, repr=False)

    def alike(self, first: Formula, second: Formula) -> bool:
        """Whether both are equations, and one is the other times a constant, denominators cleared."""
        if not isinstance(first, Equation) or not isinstance(second, Equation):
            return False
        numerator = self.numerator(first)
        return numerator is not None and numerator == self.numerator(second)

    def numerator(self, equation: Equation) -> Polynomial | None:
        """L - R without denominators, leading coefficient 1; None where it is nothing, or too long to say."""
        try:
            difference = self.of(Sum((equation.left, Negative(equation.right))))
        except _Beyond:
            return None
        top, bottom = difference
        return _monic(_divided(top, _common(top, bottom))[0]) if top else None

    def of(self, node: Node) -> Quotient:
        """A node as the quotient of two polynomials. Raises _Beyond."""
        match node:
            case Number(value=number):
                above, below = number.as_integer_ratio()
                return _plain([above % PRIME]), [below % PRIME]
            case Constant(name="i"):
                return [IMAGINARY], [1]
            case Constant(name=name):
                return [_random(f"constant {name}")], [1]
            case Name(name=name):
                return self.line(f"name {name}")
            case Negative(node=inner):
                top, bottom = self.of(inner)
                return _scaled(top, PRIME - 1), bottom
            case Sum(terms=terms):
                total: Quotient = ([], [1])
                for term in terms:
                    total = _plus(total, self.of(term))
                return total
            case Product(factors=factors, divisors=divisors):
                value: Quotient = ([1], [1])
                for factor in factors:
                    value = _times(value, self.of(factor))
                for divisor in divisors:
                    value = _times(value, _inverse(self.of(divisor)))
                return value
            case Parallel(nodes=nodes):
                total = ([], [1])
                for side in nodes:
                    total = _plus(total, _inverse(self.of(side)))
                return _inverse(total)
            case Power(base=base, exponent=exponent):
                count = _integer(exponent)
                return self.atom(node) if count is None else self.raised(base, count)
            case Call():
                return self.atom(node)

    def raised(self, base: Node, count: int) -> Quotient:
        inner = self.of(base)
        if count < 0:
            inner, count = _inverse(inner), -count
        if count > HIGHEST:
            raise _Beyond
        value: Quotient = ([1], [1])
        for _ in range(count):
            value = _times(value, inner)
        return value

    def atom(self, node: Node) -> Quotient:
        """A node that is no quotient of polynomials: a name that it shares with what is equal to it."""
        found = values([node], self.points)
        for place, known in enumerate(self._atoms):
            if same([node], found, known)[0]:
                return self.line(f"atom {place}")
        self._atoms.append(target(node, self.points))
        return self.line(f"atom {len(self._atoms) - 1}")

    def line(self, name: str) -> Quotient:
        return [_random(name), _random(f"slope of {name}")], [1]


def _random(name: str) -> int:
    """A number of the field that belongs to a name, never zero."""
    return int.from_bytes(hashlib.blake2b(name.encode(), digest_size=16).digest(), "big") % (PRIME - 1) + 1


def _integer(node: Node) -> int | None:
    match node:
        case Number(value=value) if value == value.to_integral_value() and abs(value) < 10**6:
            return int(value)
        case Negative(node=inner):
            count = _integer(inner)
            return None if count is None else -count
        case _:
            return None


def _plain(polynomial: Polynomial) -> Polynomial:
    while polynomial and not polynomial[-1]:
        polynomial.pop()
    return polynomial


def _scaled(polynomial: Polynomial, factor: int) -> Polynomial:
    return _plain([value * factor % PRIME for value in polynomial])


def _added(first: Polynomial, second: Polynomial) -> Polynomial:
    short, long = sorted((first, second), key=len)
    return _plain([(value + (short[place] if place < len(short) else 0)) % PRIME for place, value in enumerate(long)])


def _multiplied(first: Polynomial, second: Polynomial) -> Polynomial:
    if not first or not second:
        return []
    if len(first) + len(second) > HIGHEST + 2:
        raise _Beyond
    product = [0] * (len(first) + len(second) - 1)
    for place, value in enumerate(first):
        for other, factor in enumerate(second):
            product[place + other] = (product[place + other] + value * factor) % PRIME
    return _plain(product)


def _divided(top: Polynomial, bottom: Polynomial) -> tuple[Polynomial, Polynomial]:
    """The quotient and the remainder."""
    rest = list(top)
    inverse = pow(bottom[-1], -1, PRIME)
    quotient = [0] * max(len(top) - len(bottom) + 1, 0)
    for place in range(len(quotient) - 1, -1, -1):
        factor = rest[place + len(bottom) - 1] * inverse % PRIME
        quotient[place] = factor
        for other, value in enumerate(bottom):
            rest[place + other] = (rest[place + other] - factor * value) % PRIME
    return _plain(quotient), _plain(rest)


def _common(first: Polynomial, second: Polynomial) -> Polynomial:
    """The greatest common divisor."""
    while second:
        first, second = second, _divided(first, second)[1]
    return first


def _monic(polynomial: Polynomial) -> Polynomial:
    return _scaled(polynomial, pow(polynomial[-1], -1, PRIME))


def _plus(first: Quotient, second: Quotient) -> Quotient:
    if first[1] == second[1]:
        return _added(first[0], second[0]), first[1]
    top = _added(_multiplied(first[0], second[1]), _multiplied(second[0], first[1]))
    return _lowest((top, _multiplied(first[1], second[1])))


def _times(first: Quotient, second: Quotient) -> Quotient:
    return _lowest((_multiplied(first[0], second[0]), _multiplied(first[1], second[1])))


def _inverse(value: Quotient) -> Quotient:
    if not value[0]:
        raise _Beyond
    return value[1], value[0]


def _lowest(value: Quotient) -> Quotient:
    """The quotient without the factors that both sides have."""
    top, bottom = value
    if not top:
        return [], [1]
    if len(bottom) == 1:
        return value
    factor = _common(top, bottom)
    return (top, bottom) if len(factor) == 1 else (_divided(top, factor)[0], _divided(bottom, factor)[0])
