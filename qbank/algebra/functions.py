"""The functions an expression may call: a fixed mathematical list, and every public function of `subjects`.

Each takes and returns plain arrays whose first axis is the variant: scalars (n,), vectors (n, k), matrices (n, r, c).
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from functools import cache, reduce
from types import MappingProxyType
from typing import Any

import numpy as np

from qbank import registry
from qbank.model import Array
from qbank.subjects._columns import aligned, product

Function = Callable[..., Array]


@cache
def known() -> Mapping[str, Function]:
    """Every function by its name. Raises ValueError when two rooms give one name to two functions."""
    found: dict[str, Function] = dict(MATHEMATICS)
    for subject in registry.tags("subjects"):
        room = registry.load("subjects", subject)
        for name, function in inspect.getmembers(room, inspect.isfunction):
            if name.startswith("_") or function.__module__ != room.__name__:
                continue
            if name in found:
                raise ValueError(f"the function {name!r} of subjects/{subject}.py has a namesake")
            found[name] = function
    return MappingProxyType(found)


MEANT: Mapping[str, str] = MappingProxyType({
    "len": "the size of a list is a number that you write", "length": "norm(x) is the length of a vector",
    "pow": "write a**b", "power": "write a**b", "arcsin": "write asin", "arccos": "write acos", "arctan": "write atan",
    "arctan2": "write atan2", "arg": "write atan2(y, x)", "angle": "write atan2(y, x)", "fabs": "write abs",
    "mod": "write a % b", "int": "write floor", "trunc": "write floor, or ceil where it is negative",
    "average": "write mean", "avg": "write mean", "tg": "write tan", "arctg": "write atan",
    "concat": "write a list, [a, b]", "array": "write a list, [a, b]", "list": "write a list, [a, b]",
    "matrix": "write a list of lists", "inverse": "write a formula for each entry", "deg": "write x*180/pi",
    "rad": "write x*pi/180", "degrees": "write x*180/pi", "radians": "write x*pi/180", "sgn": "write sign",
    "matmul": "write A @ B", "par": "write parallel(a, b)", "cbrt": "write x**(1/3)", "square": "write x**2",
    "str": "a name prints as it is", "range": "write the list out", "sh": "write sinh", "ch": "write cosh",
    "lb": "write log2", "cot": "write 1/tan(x)", "sec": "write 1/cos(x)", "csc": "write 1/sin(x)",
    "std": "write sqrt(var(x))", "size": "the size of a list is a number that you write",
})  # fmt: skip
"""What to write instead of a function that other languages have, where the nearest name would mislead."""


def unknown(name: str) -> str:
    """The sentence for a function that there is not: what to write instead, else the nearest in spelling.

    One that begins with another letter means something else: `mod` is not meant to be `sigmoid`, nor `arg` `var`.

    >>> unknown("len")
    "'len' is not known; the size of a list is a number that you write"
    >>> unknown("sqr")
    "'sqr' is not known; did you mean 'sqrt'?"
    """
    if name in MEANT and name not in known():
        return f"{name!r} is not known; {MEANT[name]}"
    alike = [other for other in known() if other[0] == name[0]]
    return registry.unknown(name, alike if registry.nearest(name, alike) else ())


@cache
def arity(name: str) -> tuple[int, int | None]:
    """The least and the most arguments of a function; None where there is no most."""
    function = known()[name]
    if isinstance(function, np.ufunc):
        return function.nin, function.nin
    parameters = inspect.signature(function).parameters.values()
    least = sum(p.default is p.empty and p.kind is not p.VAR_POSITIONAL for p in parameters)
    return least, None if any(p.kind is p.VAR_POSITIONAL for p in parameters) else len(parameters)


def arity_fault(name: str, count: int) -> str:
    """The sentence for a wrong number of arguments, or nothing."""
    least, most = arity(name)
    if least <= count and (most is None or count <= most):
        return ""
    wanted = str(least) if most == least else f"at least {least}" if most is None else f"{least} to {most}"
    return f"{name} takes {wanted} argument{'s' * ((most or least) != 1)}, not {count}"


def _log(x: Array, base: Array | None = None) -> Array:
    """The natural logarithm, or that to a base."""
    if base is None:
        return np.asarray(np.log(x))
    first, second = aligned(x, base)
    return np.asarray(np.log(first) / np.log(second))


def _atan2(y: Array, x: Array) -> Array:
    first, second = aligned(y, x)
    return np.asarray(np.arctan2(first, second))


def _clip(x: Array, low: Array, high: Array) -> Array:
    values, lower, upper = aligned(x, low, high)
    return np.asarray(np.minimum(np.maximum(values, lower), upper))


def _round(x: Array, places: Array | None = None) -> Array:
    """To the nearest integer, or to decimal places; a half goes to the even neighbour."""
    if places is None:
        return np.asarray(np.rint(x))
    values, power = aligned(x, places)
    return np.asarray(np.rint(values * 10**power) / 10**power)


def _folded(pair: Callable[[Array, Array], Array], whole: Callable[..., Array]) -> Function:
    """A reduction: over the components of one vector or matrix, or over several arguments, component by component."""

    def reduced(first: Array, *others: Array) -> Array:
        if others:
            return np.asarray(reduce(pair, aligned(first, *others)))
        return np.asarray(whole(first, axis=tuple(range(1, first.ndim))))

    return reduced


def _mean(first: Array, *others: Array) -> Array:
    return np.asarray(_SUM(first, *others) / (1 + len(others) if others else max(first[0].size, 1)))


def _var(x: Array) -> Array:
    """The mean squared distance from the mean of the components."""
    return np.asarray(np.var(x, axis=tuple(range(1, x.ndim))))


def _norm(x: Array) -> Array:
    """The root of the sum of the squares of all components."""
    return np.asarray(np.sqrt(np.sum(x * x, axis=tuple(range(1, x.ndim)))))


def _every(pair: Any) -> Function:
    def reduced(x: Array) -> Array:
        return np.asarray(pair(x != 0, axis=tuple(range(1, x.ndim))))

    return reduced


def _transpose(x: Array) -> Array:
    if x.ndim != 3:
        raise ValueError(f"needs a matrix, not the shape {x.shape[1:]}")
    return x.swapaxes(1, 2)


def _outer(x: Array, y: Array) -> Array:
    if x.ndim != 2 or y.ndim != 2:
        raise ValueError(f"needs two vectors, not the shapes {x.shape[1:]} and {y.shape[1:]}")
    return np.asarray(x[:, :, None] * y[:, None, :])


def _diag(x: Array) -> Array:
    """The diagonal matrix of a vector, or the diagonal of a square matrix."""
    if x.ndim == 2:
        return np.asarray(x[:, :, None] * np.eye(x.shape[1]))
    if x.ndim != 3 or x.shape[1] != x.shape[2]:
        raise ValueError(f"needs a vector or a square matrix, not the shape {x.shape[1:]}")
    return np.diagonal(x, axis1=1, axis2=2)


def _det(x: Array) -> Array:
    if x.ndim != 3 or x.shape[1] != x.shape[2]:
        raise ValueError(f"needs a square matrix, not the shape {x.shape[1:]}")
    return np.asarray(np.linalg.det(x))


def _argmax(x: Array) -> Array:
    """The place, from 0, of the largest component of a vector."""
    if x.ndim != 2:
        raise ValueError(f"needs a vector, not the shape {x.shape[1:]}")
    return np.asarray(np.argmax(x, axis=1).astype(np.float64))


def _eye(size: Array) -> Array:
    """The unit matrix of a size that is the same on every variant."""
    if size.ndim != 1 or not size.size or (size != size[0]).any() or not 1 <= size[0] <= 64 or size[0] % 1:
        raise ValueError("needs one integer from 1 to 64")
    return np.broadcast_to(np.eye(int(size[0])), (len(size), int(size[0]), int(size[0])))


_SUM = _folded(np.add, np.sum)
MATHEMATICS: Mapping[str, Function] = MappingProxyType({
    "sqrt": np.sqrt, "exp": np.exp, "log": _log, "ln": np.log, "log10": np.log10, "lg": np.log10, "log2": np.log2,
    "sin": np.sin, "cos": np.cos, "tan": np.tan, "asin": np.arcsin, "acos": np.arccos, "atan": np.arctan,
    "atan2": _atan2, "sinh": np.sinh, "cosh": np.cosh, "abs": np.abs, "floor": np.floor, "ceil": np.ceil,
    "round": _round, "sign": np.sign, "clip": _clip, "min": _folded(np.minimum, np.min),
    "max": _folded(np.maximum, np.max), "sum": _SUM, "prod": _folded(np.multiply, np.prod), "mean": _mean, "var": _var,
    "norm": _norm, "all": _every(np.all), "any": _every(np.any), "transpose": _transpose, "T": _transpose,
    "outer": _outer, "dot": product, "diag": _diag, "det": _det, "argmax": _argmax, "eye": _eye,
})
