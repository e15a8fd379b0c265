"""The value of a formula at one point with a hundred digits, where doubles cannot tell.

Decimals do what is algebraic, exponential or logarithmic; mpmath does the rest. What is too large to matter, or has no
value, is None.
"""

from __future__ import annotations

import decimal
import math
from collections.abc import Mapping
from decimal import Decimal
from functools import cache
from typing import Any

from qbank.formulas.evaluation import Evaluator
from qbank.formulas.tree import Node

DIGITS = 100
AGREEING = Decimal("1e-45")
"""Two values are one where they differ by less than this share of the larger."""
_CONTEXT = decimal.Context(
    prec=DIGITS, Emax=10**8, Emin=-(10**8),
    traps=[decimal.InvalidOperation, decimal.DivisionByZero, decimal.Overflow],
)  # fmt: skip
_LARGEST_ANGLE = Decimal("1e40")
_LARGEST_WHOLE = 500


def _library() -> Any:
    import mpmath

    return mpmath


class _Undefined(ArithmeticError):
    """A value that does not exist."""


def value(node: Node, point: Mapping[str, Decimal]) -> Decimal | None:
    """The real value of a formula at a point, or None where it has none."""
    with decimal.localcontext(_CONTEXT):
        try:
            found: Decimal = Evaluator(_Decimals(), point).of(node)
        except (ArithmeticError, KeyError, ValueError):
            return None
        return found if found.is_finite() else None


def agree(first: Any, second: Any) -> bool:
    """Whether two values, or two None, are one as far as the digits go."""
    if first is None or second is None:
        return first is None and second is None
    if first == second:
        return True
    with decimal.localcontext(_CONTEXT):
        if isinstance(first, Decimal):
            return bool(abs(first - second) <= AGREEING * max(abs(first), abs(second)))
        return bool(abs(first - second) <= 1e-45 * max(abs(first), abs(second)))


class _Decimals:
    """Real numbers of a hundred digits."""

    __slots__ = ()

    def number(self, value: Decimal) -> Decimal:
        return value

    def constant(self, name: str) -> Decimal:
        if name == "i":
            raise _Undefined
        return _constants()[name]

    def power(self, base: Decimal, exponent: Decimal) -> Decimal:
        if not exponent:
            return Decimal(1)
        if abs(exponent) > 10**9:
            raise _Undefined
        return base**exponent

    def call(self, function: str, arguments: list[Decimal]) -> Decimal:
        found = _OWN.get(function)
        return found(*arguments) if found is not None else _outside(function, arguments)


@cache
def _constants() -> Mapping[str, Decimal]:
    with decimal.localcontext(_CONTEXT) as context:
        context.prec = DIGITS + 10
        return {"e": Decimal(1).exp(), "pi": _decimal("pi")}


def _decimal(name: str) -> Decimal:
    mpmath = _library()
    with mpmath.workdps(DIGITS + 20):
        return Decimal(mpmath.nstr(+getattr(mpmath, name), DIGITS + 10))


def _positive(x: Decimal) -> Decimal:
    if x <= 0:
        raise _Undefined
    return x


def _log(x: Decimal, base: Decimal) -> Decimal:
    return _positive(x).ln() / _positive(base).ln()


def _exp(x: Decimal) -> Decimal:
    if abs(x) > 10**8:
        raise _Undefined
    return x.exp()


def _root(x: Decimal, index: Decimal) -> Decimal:
    if x < 0 and index % 2 in (1, -1):
        return -((-x) ** (1 / index))
    return x ** (1 / index) if x else x


def _whole(x: Decimal) -> int:
    if x != x.to_integral_value() or not 0 <= x <= _LARGEST_WHOLE:
        raise _Undefined
    return int(x)


def _factorial(x: Decimal) -> Decimal:
    return +Decimal(_product(_whole(x)))


@cache
def _product(count: int) -> int:
    return math.factorial(count)


def _tanh(x: Decimal) -> Decimal:
    if abs(x) > 10**6:
        return _sign(x)
    grown = _exp(2 * x)
    return (grown - 1) / (grown + 1)


def _binomial(n: Decimal, k: Decimal) -> Decimal:
    if k < 0 or k > n:
        _whole(n)
        return Decimal(0)
    return (_factorial(n) / (_factorial(k) * _factorial(n - k))).to_integral_value()


def _sign(x: Decimal) -> Decimal:
    return Decimal((x > 0) - (x < 0))


_OWN: Mapping[str, Any] = {
    "sqrt": lambda x: x.sqrt(), "abs": abs, "exp": _exp, "ln": lambda x: _positive(x).ln(),
    "lg": lambda x: _positive(x).log10(), "log2": lambda x: _log(x, Decimal(2)), "log": _log, "root": _root,
    "floor": lambda x: x.to_integral_value(decimal.ROUND_FLOOR), "sign": _sign,
    "ceil": lambda x: x.to_integral_value(decimal.ROUND_CEILING),
    "round": lambda x: x.to_integral_value(decimal.ROUND_HALF_UP), "factorial": _factorial, "binomial": _binomial,
    "min": lambda *these: min(these), "max": lambda *these: max(these),
    "re": lambda x: x, "conj": lambda x: x, "im": lambda _: Decimal(0),
    "sinh": lambda x: (_exp(x) - _exp(-x)) / 2, "cosh": lambda x: (_exp(x) + _exp(-x)) / 2, "tanh": _tanh,
    "sigmoid": lambda x: 1 / (1 + _exp(-x)),
}  # fmt: skip


def _outside(function: str, arguments: list[Decimal]) -> Decimal:
    """A function that decimals do not have, by mpmath. Raises ArithmeticError where it has no real value."""
    mpmath = _library()
    if any(abs(x) > _LARGEST_ANGLE for x in arguments):
        raise _Undefined
    with mpmath.workdps(DIGITS + 50):
        found = getattr(mpmath, function)(*(mpmath.mpf(str(x)) for x in arguments))
        if not isinstance(found, mpmath.mpf) or not mpmath.isfinite(found):
            raise _Undefined
        return Decimal(mpmath.nstr(found, DIGITS + 5))


def complex_value(node: Node, point: Mapping[str, float]) -> Any:
    """The complex value of a formula at a point (an mpmath number), or None where it has none."""
    mpmath = _library()
    with mpmath.workdps(DIGITS):
        try:
            found = Evaluator(_Complexes(), {name: mpmath.mpc(value) for name, value in point.items()}).of(node)
        except (ArithmeticError, KeyError, ValueError):
            return None
        return found if mpmath.isfinite(found) else None


class _Complexes:
    """Complex numbers of a hundred digits."""

    __slots__ = ()

    def number(self, value: Decimal) -> Any:
        mpmath = _library()
        return mpmath.mpc(str(value))

    def constant(self, name: str) -> Any:
        mpmath = _library()
        return mpmath.mpc(0, 1) if name == "i" else mpmath.mpc(+getattr(mpmath, name))

    def power(self, base: Any, exponent: Any) -> Any:
        mpmath = _library()
        if abs(exponent) > 10**6:
            raise _Undefined
        return mpmath.power(base, exponent)

    def call(self, function: str, arguments: list[Any]) -> Any:
        mpmath = _library()
        if function not in _MPMATH or any(abs(x) > 1e6 for x in arguments):
            raise _Undefined
        return mpmath.mpc(_MPMATH[function](mpmath, *arguments))


_MPMATH: Mapping[str, Any] = {
    name: (lambda room, *arguments, _name=name: getattr(room, _name)(*arguments))
    for name in ("sqrt", "exp", "ln", "log", "sin", "cos", "tan", "asin", "acos", "atan", "cot", "sec", "csc", "sinh",
                 "cosh", "tanh", "asinh", "acosh", "atanh", "re", "im", "conj")
} | {
    "abs": lambda room, x: room.fabs(x), "lg": lambda room, x: room.log10(x), "log2": lambda room, x: room.log(x, 2),
    "root": lambda room, x, index: room.power(x, 1 / index), "sigmoid": lambda room, x: 1 / (1 + room.exp(-x)),
    "acot": lambda room, x: room.pi / 2 - room.atan(x),
}  # fmt: skip
