"""Why an expression has no value on some variants: the innermost operation without one, and what it would need."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

import numpy as np

from qbank.algebra.evaluation import Evaluator
from qbank.algebra.tree import Binary, Call, Expression, ExpressionError, Name, Node, children
from qbank.model import Column

REASONS: Mapping[str, str] = {
    "inv": "the matrix is singular", "solve": "the matrix is singular", "eig": "an eigenvalue is not real",
    "corr": "a sample is constant", "sqrt": "the number is below zero", "quantile": "the share is not from 0 to 1",
    **dict.fromkeys(("ln", "lg", "log", "log2", "log10"), "the number is not above zero"),
    **dict.fromkeys(("asin", "acos", "atanh"), "the number lies beyond 1"),
    **dict.fromkeys(("gcd", "lcm", "factorial", "binomial"), "a number is not whole, below zero or too large"),
    **dict.fromkeys(("bit_and", "bit_or", "bit_xor", "bit_not", "shift_left", "shift_right", "digits", "from_digits"),
                    "a number is not whole, below zero or too large"),
    **dict.fromkeys(("t_quantile", "chi2_quantile", "f_quantile", "normal_quantile"),
                    "the share is not between 0 and 1, or a number of the distribution not above zero"),
    **dict.fromkeys(("t_cdf", "chi2_cdf", "f_cdf", "normal_cdf"), "a number of the distribution is not above zero"),
    **dict.fromkeys(("/", "//", "%"), "it divides by zero"),
    "**": "it is a root of a number below zero, or too large",
}  # fmt: skip
"""What takes the value of a function or operator, where its arguments have values."""


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
        reason = REASONS.get(what)
        return f"{what} has no value" + (f": {reason}" if reason else "")

    with np.errstate(all="ignore"):
        return search(expression.root, len(definitions))
