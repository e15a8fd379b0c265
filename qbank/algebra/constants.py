"""Constant folding: what is computed of numbers alone is one number, and nothing else of a formula changes.

2*4*x*y is 8*x*y, 3*4*x**(4 - 1) is 12*x**3, 1*x + 0 is x; the order of the author's letters, his brackets and his
functions stay. Only what is exact is folded: 2/3 and sqrt(2) stay as they are.
"""

from __future__ import annotations

import math
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from qbank.algebra.tree import Binary, Constant, Name, Node, Number, Unary, number, rebuilt

MOST_DIGITS = 15
"""A number with more digits is not made of others."""


def folded(node: Node) -> Node:
    """The tree with sums, products and powers of numbers computed.

    >>> from qbank.algebra.reading import read
    >>> from qbank.algebra.writing import plain
    >>> [plain(folded(read(text).root)) for text in ("2*4*x*y", "3*4*x**(4 - 1)", "x*2*a*3", "1*x + 0", "6*x/4")]
    ['8*x*y', '12*x^3', '6*x*a', 'x', '3*x/2']
    >>> [plain(folded(read(text).root)) for text in ("-2*-3*x", "x + 2 - 5", "2*(x + 1)*3", "2/3*x", "0*x + 1")]
    ['6*x', 'x - 3', '6*(x + 1)', '2/3*x', '1']
    """
    match node:
        case Unary(operator="-", operand=operand):
            return _negated(folded(operand))
        case Binary(operator="+" | "-"):
            return _sum(node)
        case Binary(operator="*" | "/"):
            return _product(node)
        case Binary(operator="**", left=left, right=right):
            return _power(node, folded(left), folded(right))
        case _:
            return rebuilt(node, folded)


def _value(node: Node) -> Decimal | None:
    """The number that a node is, None for anything else."""
    match node:
        case Number(value=value):
            return value
        case Unary(operator="-", operand=Number(value=value)):
            return -value
        case _:
            return None


def _negated(node: Node) -> Node:
    if isinstance(node, Unary) and node.operator == "-":
        return node.operand
    return Unary("-", node)


def _run(node: Node, operators: tuple[str, ...]) -> list[tuple[str, Node]]:
    """The operands of a run of operators from left to right, each folded, with the operator before it."""
    run: list[tuple[str, Node]] = []
    while isinstance(node, Binary) and node.operator in operators:
        run.append((node.operator, folded(node.right)))
        node = node.left
    run.append((operators[0], folded(node)))
    run.reverse()
    return run


def _sum(node: Binary) -> Node:
    """A sum with its numbers added, where the first of them was."""
    run = _run(node, ("+", "-"))
    numbers = [(place, value if operator == "+" else -value) for place, (operator, each) in enumerate(run)
               if (value := _value(each)) is not None]  # fmt: skip
    total = sum((value for _, value in numbers), Decimal(0))
    if not numbers or not _short(total) or (len(numbers) == 1 and total):
        return _chain(run)
    places = {place for place, _ in numbers}
    terms = [each for place, each in enumerate(run) if place not in places]
    if total or not terms:
        terms.insert(numbers[0][0], ("+", number(total)))
    return _chain(terms)


def _chain(terms: list[tuple[str, Node]]) -> Node:
    """The terms one after another; a sign never follows a sign."""
    operator, found = terms[0]
    found = _negated(found) if operator == "-" else found
    for operator, each in terms[1:]:
        minus = isinstance(each, Unary) and each.operator == "-"
        sign: Literal["+", "-"] = "-" if (operator == "-") != minus else "+"
        found = Binary(sign, found, each.operand if minus else each)  # type: ignore[union-attr]
    return found


def _product(node: Binary) -> Node:
    """A product or a quotient with its numbers together: a whole one before it, a divisor behind it."""
    run = _run(node, ("*", "/"))
    values = [(operator, _value(each)) for operator, each in run]
    above = [value for operator, value in values if value is not None and operator == "*"]
    below = [value for operator, value in values if value is not None and operator == "/"]
    rest = [each for each, (operator, value) in zip(run, values, strict=True) if value is None]
    if 0 in below:
        return _joined(run)
    if 0 in above:
        nothing = all(_everywhere(each) and operator == "*" for operator, each in rest)
        return number(Decimal(0)) if nothing else _joined(run)
    top, bottom = math.prod(above, start=Decimal(1)), math.prod(below, start=Decimal(1))
    share = Fraction(top) / Fraction(bottom)
    whole = all(value == value.to_integral_value() for value in (top, bottom))
    first, last = (Decimal(share.numerator), Decimal(share.denominator)) if whole else (_decimal(share), Decimal(1))
    ones = any(abs(value) == 1 for value in (*above, *below))
    same = len(above) <= 1 and len(below) <= 1 and (first, last) == (top, bottom) and not ones
    if first is None or same or not (_short(first) and _short(last)):
        return _joined(run)
    negative = first < 0
    front = [] if abs(first) == 1 and rest and rest[0][0] == "*" else [("*", number(abs(first)))]
    behind = [] if last == 1 else [("/", number(last))]
    found = _joined([*front, *rest, *behind])
    return _negated(found) if negative else found


def _joined(run: list[tuple[str, Node]]) -> Node:
    """The factors one after another; signs before them are one sign before the whole."""
    negative, found = False, None
    for operator, each in run:
        factor = each
        if isinstance(factor, Unary) and factor.operator == "-":
            negative, factor = not negative, factor.operand
        found = factor if found is None else Binary(operator, found, factor)  # type: ignore[arg-type]
    assert found is not None
    return _negated(found) if negative else found


def _power(node: Binary, base: Node, exponent: Node) -> Node:
    value, power = _value(base), _value(exponent)
    if power == 1:
        return base
    if power == 0 and _everywhere(base):
        return number(Decimal(1))
    if value is not None and power is not None and power == power.to_integral_value() and 0 < power <= MOST_DIGITS:
        found = value ** int(power)
        if _short(found):
            return number(found)
    return replace(node, left=base, right=exponent)


def _everywhere(node: Node) -> bool:
    """Whether an expression has a value wherever its letters have one: sums and products of them, and whole powers."""
    match node:
        case Name() | Number() | Constant():
            return True
        case Unary(operand=operand):
            return _everywhere(operand)
        case Binary(operator="+" | "-" | "*", left=left, right=right):
            return _everywhere(left) and _everywhere(right)
        case Binary(operator="**", left=left, right=Number(value=value)):
            return _everywhere(left) and value == value.to_integral_value()
        case _:
            return False


def _short(value: Decimal) -> bool:
    return len(value.as_tuple().digits) <= MOST_DIGITS


def _decimal(share: Fraction) -> Decimal | None:
    """The decimal that a fraction is, None where it has no end."""
    found = Decimal(share.numerator) / Decimal(share.denominator)
    return found if Fraction(found) == share else None
