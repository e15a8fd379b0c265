"""An author's expression as the formula that candidates' formulas are compared with."""

from __future__ import annotations

from collections.abc import Mapping, Set
from dataclasses import dataclass
from decimal import Decimal

from qbank.algebra import Expression
from qbank.algebra import tree as algebra
from qbank.formulas import Equation, Formula, Node, tree

_SAME = frozenset({
    "sqrt", "abs", "exp", "ln", "lg", "log2", "sin", "cos", "tan", "asin", "acos", "atan", "atan2", "sinh", "cosh",
    "tanh", "sigmoid", "floor", "ceil", "sign", "min", "max",
})  # fmt: skip
_RENAMED = {"log10": "lg"}


class NoFormula(ValueError):
    """An expression that says more than a formula can: a comparison, an index, a function of arrays."""


@dataclass(frozen=True, slots=True)
class Branch:
    """One formula of a key, the expression it was written as, and when it holds (None: where no branch before did)."""

    written: Expression
    formula: Formula
    when: Expression | None


def branches(expression: Expression, *, imaginary: frozenset[str] = frozenset()) -> tuple[Branch, ...]:
    """The formulas of a key: one, or with `a if test else b` several. Raises NoFormula.

    `imaginary` are the names that mean the imaginary unit.

    >>> from qbank.algebra import read
    >>> [branch.formula.name for branch in branches(read("a if case == 'x' else b"))]
    ['a', 'b']
    """
    found: list[Branch] = []
    root = expression.root
    while isinstance(root, algebra.Conditional):
        test = Expression(expression.text, root.test)
        found.append(Branch(Expression(expression.text, root.yes), formula(root.yes, imaginary), test))
        root = root.no
    found.append(Branch(Expression(expression.text, root), formula(root, imaginary), None))
    return tuple(found)


def formula(root: algebra.Node, imaginary: Set[str] = frozenset()) -> Formula:
    """The formula or the equation (`L == R`) that a tree of the author's is. Raises NoFormula."""
    if isinstance(root, algebra.Compare) and root.operators == ("==",):
        left, right = root.operands
        return Equation(_Reader(imaginary).of(left), _Reader(imaginary).of(right))
    return _Reader(imaginary).of(root)


@dataclass(frozen=True, slots=True)
class _Reader:
    imaginary: Set[str]

    def of(self, node: algebra.Node) -> Node:
        match node:
            case algebra.Number(value=value):
                return tree.Number(value)
            case algebra.Pi():
                return tree.Constant("pi")
            case algebra.Name(name=name):
                return tree.Constant("i") if name in self.imaginary else tree.Name(name)
            case algebra.Unary(operator="-", operand=operand):
                return tree.Negative(self.of(operand))
            case algebra.Unary(operator="+", operand=operand):
                return self.of(operand)
            case algebra.Binary():
                return self.binary(node)
            case algebra.Call(function=function, arguments=arguments):
                return self.call(function, tuple(self.of(argument) for argument in arguments))
        raise NoFormula("a formula has numbers, names, + - * / **, functions, and 'if' only outermost")

    def binary(self, node: algebra.Binary) -> Node:
        left, right = self.of(node.left), self.of(node.right)
        match node.operator:
            case "+" | "-":
                terms = left.terms if isinstance(left, tree.Sum) else (left,)
                return tree.Sum((*terms, right if node.operator == "+" else tree.Negative(right)))
            case "*" | "/":
                if isinstance(left, tree.Negative):  # -a*b prints as -(a*b) does
                    return tree.Negative(_joined(left.node, node.operator, right))
                return _joined(left, node.operator, right)
            case "**":
                return tree.Power(left, right)
        raise NoFormula(f"a formula has no operator {node.operator!r}")

    def call(self, function: str, arguments: tuple[Node, ...]) -> Node:
        if function == "parallel":
            return tree.Parallel(arguments) if len(arguments) > 1 else arguments[0]
        if function == "log":
            return tree.Call("ln" if len(arguments) == 1 else "log", arguments)
        if function in _DECIBELS:
            level = tree.Call("lg", (tree.Call("abs", arguments),))
            return tree.Product((tree.Number(_DECIBELS[function]), level))
        if function in _RENAMED or function in _SAME:
            return tree.Call(_RENAMED.get(function, function), arguments)
        known = ", ".join(sorted({*_SAME, *_RENAMED, *_DECIBELS, "log", "parallel"}))
        raise NoFormula(f"{function!r} is no function of a formula; known are: {known}")


def _joined(left: Node, operator: str, right: Node) -> tree.Product:
    """A product of all factors, over all divisors."""
    factors, divisors = (left.factors, left.divisors) if isinstance(left, tree.Product) else ((left,), ())
    return tree.Product((*factors, right), divisors) if operator == "*" else tree.Product(factors, (*divisors, right))


_DECIBELS: Mapping[str, Decimal] = {"db20": Decimal(20), "db10": Decimal(10)}
