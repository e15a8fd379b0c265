"""The value of a formula in some arithmetic: columns of doubles, decimals of many digits, or complex numbers.

One walk over the tree serves all; an arithmetic says what numbers, powers and functions are in it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any, Generic, Protocol, TypeVar

import numpy as np

from qbank.formulas.tree import Call, Constant, Name, Negative, Node, Number, Parallel, Power, Product, Sum
from qbank.model import Array

V = TypeVar("V")


class Arithmetic(Protocol[V]):
    """What numbers are: how one is made, raised to a power, and given to a function by name."""

    def number(self, value: Decimal) -> V: ...

    def constant(self, name: str) -> V: ...

    def power(self, base: V, exponent: V) -> V: ...

    def call(self, function: str, arguments: list[V]) -> V: ...


class Evaluator(Generic[V]):
    """Formulas at one assignment of values to names. Raises KeyError for a name without a value."""

    __slots__ = ("arithmetic", "values")

    def __init__(self, arithmetic: Arithmetic[V], values: Mapping[str, V]) -> None:
        self.arithmetic, self.values = arithmetic, values

    def of(self, node: Node) -> Any:
        """The value of a node of any kind."""
        match node:
            case Name():
                return self.values[node.name]
            case Number():
                return self.arithmetic.number(node.value)
            case Product():
                factors = node.factors
                value = self.of(factors[0])
                for factor in factors[1:]:
                    value = value * self.of(factor)
                for divisor in node.divisors:
                    value = value / self.of(divisor)
                return value
            case Sum():
                terms = node.terms
                value = self.of(terms[0])
                for term in terms[1:]:
                    value = value - self.of(term.node) if isinstance(term, Negative) else value + self.of(term)
                return value
            case Negative():
                return -self.of(node.node)
            case Power():
                return self.arithmetic.power(self.of(node.base), self.of(node.exponent))
            case Call():
                return self.arithmetic.call(node.function, [self.of(argument) for argument in node.arguments])
            case Parallel():
                one = self.arithmetic.number(Decimal(1))
                first, *others = (one / self.of(side) for side in node.nodes)
                for other in others:
                    first = first + other
                return one / first
            case Constant():
                return self.arithmetic.constant(node.name)


class Doubles:
    """Columns of doubles, or of complex doubles; what has no value is NaN."""

    __slots__ = ("functions", "kind")

    def __init__(self, *, imaginary: bool) -> None:
        self.kind: Any = np.complex128 if imaginary else np.float64
        self.functions = COMPLEX if imaginary else REAL

    def number(self, value: Decimal) -> Any:
        return self.kind(float(value))

    def constant(self, name: str) -> Any:
        return self.kind({"pi": np.pi, "e": np.e, "i": 1j}[name])

    def power(self, base: Any, exponent: Any) -> Any:
        return np.power(base, exponent)

    def call(self, function: str, arguments: list[Any]) -> Any:
        return self.functions[function](*arguments)


def _log(x: Any, base: Any) -> Any:
    return np.log(x) / np.log(base)


def _root(x: Any, index: Any) -> Any:
    """The real root of odd index of a negative number too."""
    odd = (np.abs(index) % 2 == 1) & (x < 0)
    return np.where(odd, -np.power(np.abs(x), 1 / index), np.power(x, 1 / index))


_FACTORIALS = np.concatenate([np.cumprod(np.concatenate([[1.0], np.arange(1.0, 171.0)])), [np.nan]])


def _factorial(x: Any) -> Any:
    """n! of a whole number from 0 to 170, else NaN."""
    whole = (x >= 0) & (x <= 170) & (x == np.rint(x))
    return _FACTORIALS[np.where(whole, x, 171).astype(np.int64)]


def _binomial(n: Any, k: Any) -> Any:
    value = np.rint(_factorial(n) / (_factorial(k) * _factorial(n - k)))
    return np.where((n == np.rint(n)) & (n >= 0) & (k == np.rint(k)) & ((k < 0) | (k > n)), 0.0, value)


def _round(x: Any) -> Any:
    return np.copysign(np.floor(np.abs(x) + 0.5), x)


def _reduced(pair: Callable[[Any, Any], Any]) -> Callable[..., Any]:
    def over(first: Any, *others: Any) -> Any:
        for other in others:
            first = pair(first, other)
        return first

    return over


COMPLEX: dict[str, Callable[..., Any]] = {
    "sqrt": np.sqrt, "abs": np.abs, "exp": np.exp, "ln": np.log, "lg": np.log10, "log2": np.log2, "log": _log,
    "sin": np.sin, "cos": np.cos, "tan": np.tan, "asin": np.arcsin, "acos": np.arccos, "atan": np.arctan,
    "cot": lambda x: 1 / np.tan(x), "sec": lambda x: 1 / np.cos(x), "csc": lambda x: 1 / np.sin(x),
    "acot": lambda x: np.pi / 2 - np.arctan(x), "sinh": np.sinh, "cosh": np.cosh, "tanh": np.tanh,
    "asinh": np.arcsinh, "acosh": np.arccosh, "atanh": np.arctanh, "sigmoid": lambda x: 1 / (1 + np.exp(-x)),
    "re": np.real, "im": np.imag, "conj": np.conj, "root": lambda x, index: np.power(x, 1 / index),
}
"""The functions that complex numbers have; `round` and its like are for real numbers."""

REAL: dict[str, Callable[..., Any]] = COMPLEX | {
    "floor": np.floor, "ceil": np.ceil, "round": _round, "sign": np.sign, "atan2": np.arctan2, "root": _root,
    "factorial": _factorial, "binomial": _binomial, "min": _reduced(np.minimum), "max": _reduced(np.maximum),
}


def doubles(node: Node, points: Mapping[str, Array], count: int, *, imaginary: bool) -> Array:
    """(count,) the value at every point, NaN where there is none. The caller silences NumPy's warnings."""
    kind = np.complex128 if imaginary else np.float64
    try:
        value = Evaluator(Doubles(imaginary=imaginary), points).of(node)
    except KeyError:  # a name or a function that has no values here
        return np.full(count, np.nan, dtype=kind)
    return np.broadcast_to(np.asarray(value, dtype=kind), (count,))
