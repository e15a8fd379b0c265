"""Whether two formulas are one and the same quotient of polynomials: their value in a finite field at one point.

Every name is a number of the field that belongs to it, and what is no sum, product or quotient (a root, `sin(x)`) is a
number that belongs to its function and to the values it is taken of. Two formulas that differ have one value with a
chance below 1e-15 (Schwartz 1980, Zippel 1979); two that have different values may be equal all the same.
"""

from __future__ import annotations

import hashlib
from functools import lru_cache

from qbank.algebra.tree import Binary, Call, Constant, Name, Node, Number, Unary, spine

PRIME = 2**64 - 59
IMAGINARY = pow(2, (PRIME - 1) // 4, PRIME)
"""A root of -1."""
LARGEST = 10**6
"""The largest exponent that is multiplied out."""


def residue(node: Node) -> int | None:
    """The value of a formula, None where it has none (a division by zero).

    >>> from qbank.algebra.reading import read
    >>> residue(read("x/(x*y) + sin(x)").root) == residue(read("sin(x) + 1/y").root)
    True
    """
    try:
        return _of(node)
    except ZeroDivisionError:
        return None


def _of(node: Node) -> int:
    match node:
        case Binary():
            first, run = spine(node)
            value = _of(first)
            for each in run:
                value = _joined(each, value)
            return value
        case Name(name=name):
            return _own(f"name {name}")
        case Number(value=number):
            above, below = number.as_integer_ratio()
            return above % PRIME if below == 1 else above * _inverse(below % PRIME) % PRIME
        case Unary(operator="-", operand=operand):
            return -_of(operand) % PRIME
        case Unary(operand=operand):
            return _of(operand)
        case Constant(name="i"):
            return IMAGINARY
        case Constant(name=name):
            return _own(f"constant {name}")
        case Call(function="parallel", arguments=arguments):
            return _inverse(sum(_inverse(_of(side)) for side in arguments) % PRIME)
        case Call(function=function, arguments=arguments):
            return _own(" ".join((function, *(str(_of(argument)) for argument in arguments))))
    raise ZeroDivisionError


def _joined(node: Binary, left: int) -> int:
    match node.operator:
        case "+":
            return (left + _of(node.right)) % PRIME
        case "-":
            return (left - _of(node.right)) % PRIME
        case "*":
            return left * _of(node.right) % PRIME
        case "/":
            return left * _inverse(_of(node.right)) % PRIME
        case "**":
            count = _count(node.right)
            if count is None:
                return _own(f"power {left} {_of(node.right)}")
            return pow(left if count >= 0 else _inverse(left), abs(count), PRIME)
    raise ZeroDivisionError


def _count(node: Node) -> int | None:
    match node:
        case Number(value=value) if value == value.to_integral_value() and value < LARGEST:
            return int(value)
        case Unary(operator="-", operand=operand):
            count = _count(operand)
            return None if count is None else -count
        case _:
            return None


def _inverse(value: int) -> int:
    if not value:
        raise ZeroDivisionError
    return pow(value, -1, PRIME)


@lru_cache(maxsize=4096)
def _own(name: str) -> int:
    """The number of the field that belongs to a name, never zero."""
    return int.from_bytes(hashlib.blake2b(name.encode("utf-8", "surrogatepass"), digest_size=16).digest(), "big") % (
        PRIME - 1) + 1
