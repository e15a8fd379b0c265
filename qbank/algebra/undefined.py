"""Why an expression has no value on some variants: the innermost operation without one, and what it would need."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

import numpy as np

from qbank import messages
from qbank.algebra.evaluation import Evaluator
from qbank.algebra.tree import Binary, Call, Expression, ExpressionError, Name, Node, children
from qbank.model import Column


def _without_value(what: str) -> str:
    """What takes the value of a function or operator, where its arguments have values."""
    match what:
        case "inv" | "solve":
            return messages.tell("{operation} has no value: the matrix is singular", operation=what)
        case "eig":
            return messages.tell("{operation} has no value: an eigenvalue is not real", operation=what)
        case "corr":
            return messages.tell("{operation} has no value: a sample is constant", operation=what)
        case "sqrt":
            return messages.tell("{operation} has no value: the number is below zero", operation=what)
        case "quantile":
            return messages.tell("{operation} has no value: the share is not from 0 to 1", operation=what)
        case "ln" | "lg" | "log" | "log2" | "log10":
            return messages.tell("{operation} has no value: the number is not above zero", operation=what)
        case "asin" | "acos" | "atanh":
            return messages.tell("{operation} has no value: the number is outside -1 to 1", operation=what)
        case (
            "gcd" | "lcm" | "factorial" | "binomial" | "bit_and" | "bit_or" | "bit_xor" | "bit_not" | "shift_left"
            | "shift_right" | "digits" | "from_digits"
        ):  # fmt: skip
            return messages.tell(
                "{operation} has no value: a number is not whole, below zero or too large", operation=what
            )
        case "t_quantile" | "chi2_quantile" | "f_quantile" | "normal_quantile":
            return messages.tell(
                "{operation} has no value: the share is not between 0 and 1, or a parameter of the distribution is not "
                "above zero", operation=what,
            )  # fmt: skip
        case "t_cdf" | "chi2_cdf" | "f_cdf" | "normal_cdf":
            return messages.tell(
                "{operation} has no value: a parameter of the distribution is not above zero", operation=what
            )
        case "/" | "//" | "%":
            return messages.tell("{operation} has no value: the divisor is zero", operation=what)
        case "**":
            return messages.tell(
                "{operation} has no value: it is a root of a number below zero, or too large", operation=what
            )
        case _:
            return messages.tell("{operation} has no value", operation=what)


def undefined(
    expression: Expression, columns: Mapping[str, Column], definitions: Mapping[str, Expression]
) -> str | None:
    """What in an expression has no value on one of these variants; None where all have one.

    `definitions` are those of derived names, which are looked into.

    >>> from qbank.algebra import read
    >>> undefined(read("sqrt(x) + 2"), {"x": Column(np.array([4.0]))}, {})
    >>> undefined(read("1 + sqrt(x)"), {"x": Column(np.array([-1.0]))}, {})
    'sqrt has no value: the number is below zero'
    """
    evaluator = Evaluator(columns)

    @cache
    def finite(node: Node) -> bool:
        try:
            return bool(np.isfinite(evaluator.of(node).values).all())
        except ExpressionError:
            return True  # a problem of its own

    def search(node: Node, left: int) -> str | None:
        for child in children(node):
            if (found := search(child, left)) is not None:
                return found
        if isinstance(node, Name) and node.name in definitions and left:
            return None if finite(node) else search(definitions[node.name].root, left - 1)
        what = node.function if isinstance(node, Call) else node.operator if isinstance(node, Binary) else ""
        if not what or finite(node):
            return None
        return _without_value(what)

    with np.errstate(all="ignore"):
        return search(expression.root, len(definitions))
