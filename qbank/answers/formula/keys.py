"""An author's expression as the formula that candidates' formulas are compared with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from qbank import messages
from qbank.algebra import Expression, tree
from qbank.algebra.table import FUNCTIONS
from qbank.algebra.tree import Binary, Call, Compare, Conditional, Constant, Name, Node, Number, Unary, spine


class NoFormula(ValueError):
    """An expression that is more than a formula can be: a comparison, an index, a function of arrays."""


@dataclass(frozen=True, slots=True)
class Branch:
    """One formula of a key, the expression it was written as, and when it holds (None: where no branch before did)."""

    written: Expression
    formula: Node
    when: Expression | None


def branches(expression: Expression, constants: Mapping[str, Constant]) -> tuple[Branch, ...]:
    """The formulas of a key: one, or with `a if test else b` several. Raises NoFormula.

    `constants` are the names that mean e or the imaginary unit.

    >>> from qbank.algebra import read
    >>> [branch.formula.name for branch in branches(read("a if case == 'x' else b"), {})]
    ['a', 'b']
    """
    found: list[Branch] = []
    root = expression.root
    while isinstance(root, Conditional):
        test = Expression(expression.text, root.test)
        found.append(Branch(Expression(expression.text, root.yes), formula(root.yes, constants), test))
        root = root.no
    found.append(Branch(Expression(expression.text, root), formula(root, constants), None))
    return tuple(found)


def formula(root: Node, constants: Mapping[str, Constant]) -> Node:
    """The formula or the equation (`L == R`) that a tree of the author's is. Raises NoFormula."""
    if isinstance(root, Compare) and root.operators == ("==",):
        left, right = root.operands
        return tree.equation(_of(left, constants), _of(right, constants))
    return _of(root, constants)


def _of(node: Node, constants: Mapping[str, Constant]) -> Node:
    match node:
        case Number() | Constant():
            return node
        case Name(name=name):
            return constants.get(name, node)
        case Unary(operator="-", operand=operand):
            return Unary("-", _of(operand, constants))
        case Unary(operator="+", operand=operand):
            return _of(operand, constants)
        case Binary():
            first, run = spine(node)
            found = _of(first, constants)
            for each in run:
                if each.operator not in ("+", "-", "*", "/", "**"):
                    raise NoFormula(messages.tell(
                        "a formula cannot have the operator {operator!r}", operator=each.operator
                    ))  # fmt: skip
                found = Binary(each.operator, found, _of(each.right, constants))
            return found
        case Call(function=function, arguments=arguments):
            return _call(function, tuple(_of(argument, constants) for argument in arguments))
    raise NoFormula(messages.tell(
        "a formula may have numbers, names, + - * / ** and functions, and 'if' only at its outermost level"
    ))  # fmt: skip


def _call(function: str, arguments: tuple[Node, ...]) -> Node:
    if function == "log" and len(arguments) == 1:
        return Call("ln", arguments)
    if function in _DECIBELS:
        return Binary("*", tree.number(_DECIBELS[function]), Call("lg", (Call("abs", arguments),)))
    if function not in FUNCTIONS:
        raise NoFormula(messages.tell(
            "{function!r} is not a function of a formula; the known ones are: {names}",
            function=function, names=messages.listed(sorted(FUNCTIONS)),
        ))  # fmt: skip
    return Call(function, arguments)


_DECIBELS: Mapping[str, Decimal] = {"db20": Decimal(20), "db10": Decimal(10)}
