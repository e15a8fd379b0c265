"""The functions of numbers, one row each: over columns, with many digits, in SymPy, in TeX, and where it bends.

Authors and candidates write the same functions. A new one is a new row, with the words that candidates use for it.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache, reduce
from types import MappingProxyType
from typing import Any

import numpy as np

from qbank.algebra.tree import Binary, Call, Node, whole
from qbank.model import Array
from qbank.subjects import electronics, networks
from qbank.subjects._columns import aligned

MANY = 20
"""The most arguments that a candidate may give to a function of any number of arguments."""
LARGEST_FACTORIAL = 170


@dataclass(frozen=True, slots=True)
class Function:
    """One function of real or complex numbers.

    `columns` works on NumPy arrays; `precise` takes a context of mpmath and its numbers (a text names the context's
    own function). `real` means that it has no complex arguments. `bends` gives the nodes at whose zeros the function
    has a corner, a jump or an end.
    """

    columns: Callable[..., Any]
    precise: Callable[..., Any] | str
    least: int = 1
    most: int | None = 1
    real: bool = False
    sympy: Callable[..., Any] | str = ""
    tex: str = ""
    spellings: tuple[str, ...] | None = ()
    """What candidates write besides the name; None where they write none of it."""
    bends: Callable[[tuple[Node, ...]], tuple[Node, ...]] | None = None

    def exactly(self, context: Any, arguments: list[Any]) -> Any:
        """The value in a context of mpmath. Raises ValueError where there is none."""
        if isinstance(self.precise, str):
            return getattr(context, self.precise)(*arguments)
        return self.precise(context, *arguments)


def _fit(*columns: Any) -> Any:
    """Columns with their shapes made to fit, whatever they hold; scalars are left as they are."""
    return columns if all(np.ndim(column) <= 1 for column in columns) else aligned(*columns)


def _log(x: Array, base: Array | None = None) -> Array:
    """The natural logarithm, or that to a base."""
    if base is None:
        return np.asarray(np.log(x))
    first, second = _fit(x, base)
    return np.asarray(np.log(first) / np.log(second))


def _root(x: Array, index: Array) -> Array:
    """The real root of odd index of a negative number too."""
    x, index = _fit(x, index)
    if np.iscomplexobj(x) or np.iscomplexobj(index):
        return np.asarray(np.power(x, 1 / index))
    odd = (np.abs(index) % 2 == 1) & (x < 0)
    return np.where(odd, -np.power(np.abs(x), 1 / index), np.power(x, 1 / index))


def _precise_root(context: Any, x: Any, index: Any) -> Any:
    if _real(x) < 0 and not _imaginary(x) and abs(_real(index)) % 2 == 1:
        return -((-x) ** (context.one / index))
    return x ** (context.one / index) if x else x


_FACTORIALS = np.array([*(float(math.factorial(count)) for count in range(LARGEST_FACTORIAL + 1)), math.nan])


def _factorial(x: Array) -> Array:
    """n! of a whole number from 0 to 170, else NaN."""
    sound = (x >= 0) & (x <= LARGEST_FACTORIAL) & (x == np.rint(x))
    return np.asarray(_FACTORIALS[np.where(sound, x, LARGEST_FACTORIAL + 1).astype(np.int64)])


def _precise_factorial(context: Any, x: Any) -> Any:
    count = _counted(x)
    if not 0 <= count <= LARGEST_FACTORIAL:
        raise ValueError("no factorial")
    return context.mpf(math.factorial(count))


def _counted(x: Any) -> int:
    if _imaginary(x) or _real(x) != int(_real(x)):
        raise ValueError("not a whole number")
    return int(_real(x))


def _binomial(n: Array, k: Array) -> Array:
    """n! / (k! (n − k)!) of whole numbers, n from 0 to 170: 0 where k is below 0 or above n, else NaN."""
    n, k = _fit(n, k)
    sound = (n == np.rint(n)) & (n >= 0) & (n <= LARGEST_FACTORIAL) & (k == np.rint(k))
    inside = sound & (k >= 0) & (k <= n)
    above, below = (np.where(inside, each, 0).astype(np.int64) for each in (n, k))
    return np.where(inside, _binomials()[above, below], np.where(sound, 0.0, np.nan))


@cache
def _binomials() -> Array:
    """Every binomial coefficient up to 170, each the float nearest to it."""
    sizes = range(LARGEST_FACTORIAL + 1)
    return np.array([[float(math.comb(n, k)) for k in sizes] for n in sizes])


def _precise_binomial(context: Any, n: Any, k: Any) -> Any:
    above, below = _counted(n), _counted(k)
    if not 0 <= above <= LARGEST_FACTORIAL:
        raise ValueError("no binomial")
    return context.mpf(math.comb(above, below) if 0 <= below <= above else 0)


def _atan2(y: Array, x: Array) -> Array:
    return np.asarray(np.arctan2(*(each + 0.0 for each in _fit(y, x))))  # there is only one zero


def _arg(z: Array) -> Array:
    """The angle of a complex number in radians, above −π up to π."""
    return np.asarray(np.angle(z + 0.0))  # there is only one zero


def _clip(x: Array, low: Array, high: Array) -> Array:
    values, lower, upper = _fit(x, low, high)
    return np.asarray(np.minimum(np.maximum(values, lower), upper))


def _round(x: Array, places: Array | None = None) -> Array:
    """To the nearest integer, or to decimal places; a half goes to the even neighbour."""
    if places is None:
        return np.asarray(np.rint(x))
    values, power = _fit(x, places)
    return np.asarray(np.rint(values * 10**power) / 10**power)


def folded(pair: Callable[[Array, Array], Array], whole_: Callable[..., Array]) -> Callable[..., Array]:
    """A reduction: over the components of one vector or matrix, or over several arguments, component by component."""

    def reduced(first: Array, *others: Array) -> Array:
        if others:
            return np.asarray(reduce(pair, _fit(first, *others)))
        return np.asarray(whole_(first, axis=tuple(range(1, np.ndim(first)))))

    return reduced


def _sigmoid(x: Array) -> Array:
    return np.asarray(1 / (1 + np.exp(-x))) if np.iscomplexobj(x) else networks.sigmoid(x)


def _precise_parallel(context: Any, first: Any, *others: Any) -> Any:  # noqa: ARG001
    return reduce(lambda total, one: total * one / (total + one), others, first)


def _real(x: Any) -> Any:
    return x.real


def _imaginary(x: Any) -> Any:
    return x.imag


def _least(context: Any, *these: Any) -> Any:  # noqa: ARG001 - every precise function takes the context
    return min(these)


def _most(context: Any, *these: Any) -> Any:  # noqa: ARG001
    return max(these)


def _sign(context: Any, x: Any) -> Any:
    return context.mpf((x > 0) - (x < 0))


def _even(context: Any, x: Any, places: Any = 0) -> Any:
    scale = context.mpf(10) ** int(places)
    return context.nint(x * scale) / scale


def _self(arguments: tuple[Node, ...]) -> tuple[Node, ...]:
    return arguments[:1]


def _differences(arguments: tuple[Node, ...]) -> tuple[Node, ...]:
    """Where two of the arguments are one."""
    return tuple(Binary("-", first, second) for place, first in enumerate(arguments) for second in arguments[:place])


def _steps(*places: int | float) -> Callable[[tuple[Node, ...]], tuple[Node, ...]]:
    """Where the argument passes one of some places."""
    return lambda arguments: tuple(Binary("-", arguments[0], whole(place)) for place in places)


def _beyond_one(arguments: tuple[Node, ...]) -> tuple[Node, ...]:
    return (Binary("-", Call("abs", arguments[:1]), whole(1)),)


def _inverted(name: str) -> Callable[..., Any]:
    """1 over a function."""
    inner: Any = getattr(np, name)
    return lambda x: 1 / inner(x)


def _of_inverse(name: str) -> Callable[..., Any]:
    """A function of 1 over its argument."""
    inner: Any = getattr(np, name)
    return lambda x: inner(1 / x)


def _precisely_inverted(name: str) -> Callable[..., Any]:
    return lambda context, x: context.one / getattr(context, name)(x)


def _precisely_of_inverse(name: str) -> Callable[..., Any]:
    return lambda context, x: getattr(context, name)(context.one / x)


def _by(name: str, columns: Any, tex: str, *spellings: str, bends: Any = None) -> Function:
    """A function that mpmath and SymPy call by the same name."""
    return Function(columns, name, sympy=name, tex=tex, spellings=spellings, bends=bends)


def _reciprocal(name: str, of: str, tex: str, *spellings: str) -> Function:
    """1 over another function: sec, sech and the like."""
    return Function(_inverted(of), _precisely_inverted(of), sympy=name, tex=tex, spellings=spellings)


def _area(name: str, of: str, precise: str, tex: str, *spellings: str) -> Function:
    """The inverse of such a one: asec, asech and the like."""
    return Function(_of_inverse(of), _precisely_of_inverse(precise), sympy=name, tex=tex, spellings=spellings)


FUNCTIONS: Mapping[str, Function] = MappingProxyType({
    "sqrt": Function(np.sqrt, "sqrt", sympy="sqrt", bends=_self),
    "root": Function(_root, _precise_root, 2, 2),
    "polar": Function(lambda modulus, angle: modulus * np.exp(1j * angle),
                      lambda room, modulus, angle: modulus * room.expj(angle), 2, 2, real=True, spellings=None),
    "abs": Function(np.abs, lambda _, x: abs(x), sympy="Abs", bends=_self),
    "exp": Function(np.exp, "exp", sympy="exp"),
    "ln": Function(np.log, "ln", sympy="log", tex=r"\ln", bends=_self),
    "log": Function(_log, lambda room, x, base=None: room.ln(x) if base is None else room.ln(x) / room.ln(base), 1, 2,
                    sympy="log", bends=_self),
    "lg": Function(np.log10, lambda room, x: room.ln(x) / room.ln(10), sympy=lambda sp, x: sp.log(x, 10), tex=r"\lg",
                   bends=_self),
    "log10": Function(np.log10, lambda room, x: room.ln(x) / room.ln(10), sympy=lambda sp, x: sp.log(x, 10),
                      tex=r"\log_{10}", bends=_self),
    "log2": Function(np.log2, lambda room, x: room.ln(x) / room.ln(2), sympy=lambda sp, x: sp.log(x, 2),
                     tex=r"\log_{2}", bends=_self),
    "sin": _by("sin", np.sin, r"\sin"),
    "cos": _by("cos", np.cos, r"\cos"),
    "tan": _by("tan", np.tan, r"\tan", "tg"),
    "cot": _reciprocal("cot", "tan", r"\cot", "ctg"),
    "sec": _reciprocal("sec", "cos", r"\sec"),
    "csc": _reciprocal("csc", "sin", r"\csc", "cosec"),
    "asin": _by("asin", np.arcsin, r"\arcsin", "arcsin", bends=_beyond_one),
    "acos": _by("acos", np.arccos, r"\arccos", "arccos", bends=_beyond_one),
    "atan": _by("atan", np.arctan, r"\arctan", "arctan", "arctg"),
    "acot": Function(lambda x: np.pi / 2 - np.arctan(x), lambda room, x: room.pi / 2 - room.atan(x),
                     sympy=lambda sp, x: sp.pi / 2 - sp.atan(x), tex=r"\mathrm{arccot}",
                     spellings=("arccot", "arcctg")),
    "asec": _area("asec", "arccos", "acos", r"\mathrm{arcsec}", "arcsec"),
    "acsc": _area("acsc", "arcsin", "asin", r"\mathrm{arccsc}", "arccsc"),
    "atan2": Function(_atan2, "atan2", 2, 2, real=True, sympy="atan2"),
    "sinh": _by("sinh", np.sinh, r"\sinh", "sh"),
    "cosh": _by("cosh", np.cosh, r"\cosh", "ch"),
    "tanh": _by("tanh", np.tanh, r"\tanh", "th"),
    "coth": _reciprocal("coth", "tanh", r"\coth", "cth"),
    "sech": _reciprocal("sech", "cosh", r"\mathrm{sech}"),
    "csch": _reciprocal("csch", "sinh", r"\mathrm{csch}", "cosech"),
    "asinh": _by("asinh", np.arcsinh, r"\mathrm{arsinh}", "arsinh", "arcsinh"),
    "acosh": _by("acosh", np.arccosh, r"\mathrm{arcosh}", "arcosh", "arccosh"),
    "atanh": _by("atanh", np.arctanh, r"\mathrm{artanh}", "artanh", "arctanh"),
    "acoth": _area("acoth", "arctanh", "atanh", r"\mathrm{arcoth}", "arcoth", "arccoth"),
    "asech": _area("asech", "arccosh", "acosh", r"\mathrm{arsech}", "arsech", "arcsech"),
    "acsch": _area("acsch", "arcsinh", "asinh", r"\mathrm{arcsch}", "arcsch", "arccsch"),
    "sigmoid": Function(_sigmoid, lambda room, x: room.one / (1 + room.exp(-x)),
                        sympy=lambda sp, x: 1 / (1 + sp.exp(-x)), tex=r"\sigma", spellings=("sigma",)),
    "relu": Function(networks.relu, lambda _, x: max(x, 0 * x), real=True, sympy=lambda sp, x: sp.Max(x, 0),
                     spellings=("ReLU", "Relu"), bends=_self),
    "floor": Function(np.floor, "floor", real=True, sympy="floor", bends=_steps(0, 1, -1)),
    "ceil": Function(np.ceil, "ceil", real=True, sympy="ceiling", spellings=("ceiling",),
                     bends=_steps(0, 1, -1)),
    "round": Function(_round, _even, 1, 2, real=True, bends=_steps(0.5, -0.5, 1.5)),
    "sign": Function(np.sign, _sign, real=True, sympy="sign", spellings=("sgn",), bends=_self),
    "re": Function(np.real, "re", sympy="re", spellings=("Re",)),
    "im": Function(np.imag, "im", sympy="im", spellings=("Im",)),
    "conj": Function(np.conj, "conj", sympy="conjugate"),
    "arg": Function(_arg, "arg", sympy="arg", spellings=None),
    "factorial": Function(_factorial, _precise_factorial, real=True, sympy="factorial"),
    "binomial": Function(_binomial, _precise_binomial, 2, 2, real=True, sympy="binomial",
                         spellings=("binom", "comb")),
    "min": Function(folded(np.minimum, np.min), _least, 1, None, real=True, sympy="Min", tex=r"\min",
                    bends=_differences),
    "max": Function(folded(np.maximum, np.max), _most, 1, None, real=True, sympy="Max", tex=r"\max",
                    bends=_differences),
    "clip": Function(_clip, lambda _, x, low, high: min(max(x, low), high), 3, 3, real=True,
                     sympy=lambda sp, x, low, high: sp.Min(sp.Max(x, low), high), bends=_differences),
    "clamp": Function(electronics.clamp, lambda _, x, low, high: min(max(x, low), high), 3, 3, real=True,
                      sympy=lambda sp, x, low, high: sp.Min(sp.Max(x, low), high), bends=_differences),
    "parallel": Function(electronics.parallel, _precise_parallel, 1, None,
                         sympy=lambda sp, *these: 1 / sp.Add(*(1 / one for one in these)), spellings=None),
    "db20": Function(electronics.db20, lambda room, x: 20 * room.ln(abs(x)) / room.ln(10),
                     sympy=lambda sp, x: 20 * sp.log(sp.Abs(x), 10), tex=r"20 \lg", spellings=None),
    "db10": Function(electronics.db10, lambda room, x: 10 * room.ln(abs(x)) / room.ln(10),
                     sympy=lambda sp, x: 10 * sp.log(sp.Abs(x), 10), tex=r"10 \lg", spellings=None),
})
"""Every function of numbers by its name."""

SPELLINGS: Mapping[str, str] = MappingProxyType({
    spelling: name
    for name, row in FUNCTIONS.items() if row.spellings is not None
    for spelling in (name, *row.spellings)
})
"""What candidates write, and the function it means; a name of the question goes before it."""


def arity_fault(name: str, count: int) -> tuple[int, int] | None:
    """The least and the most arguments of a function where the count is not between them, else None."""
    row = FUNCTIONS[name]
    most = MANY if row.most is None else row.most
    return None if row.least <= count <= most else (row.least, most)


RUN_TOGETHER = frozenset({
    "sin", "cos", "tan", "cot", "sec", "csc", "sinh", "cosh", "tanh", "coth", "asin", "acos", "atan", "arcsin",
    "arccos", "arctan", "ln", "lg", "log", "exp", "sqrt",
})
"""The functions that are read with their argument written onto them: sinx, ln2."""

INVERSES: Mapping[str, str] = MappingProxyType({
    name.removeprefix("a"): name for name in FUNCTIONS if name.startswith("a") and name.removeprefix("a") in FUNCTIONS
})
"""The inverse of a function, which sin^(-1) means."""
