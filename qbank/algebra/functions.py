"""The functions that an expression may call: of numbers, of vectors and matrices, and those of `subjects`."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from types import MappingProxyType

from qbank import registry
from qbank.algebra.arrays import ARRAYS
from qbank.algebra.table import FUNCTIONS
from qbank.model import Array

Function = Callable[..., Array]


@cache
def known() -> Mapping[str, Function]:
    """Every function by its name. Raises ValueError when two rooms give one name to two functions."""
    own: dict[str, Function] = {name: row.columns for name, row in FUNCTIONS.items()} | dict(ARRAYS)
    found = dict(own)
    for subject in registry.tags("subjects"):
        room = registry.load("subjects", subject)
        for name, function in inspect.getmembers(room, inspect.isfunction):
            if name.startswith("_") or function.__module__ != room.__name__ or name in _OF_THE_TABLE:
                continue
            if name in found:
                raise ValueError(f"the function {name!r} of subjects/{subject}.py has a namesake")
            found[name] = function
    return MappingProxyType(found)


_OF_THE_TABLE = frozenset({"sigmoid", "relu", "tanh", "parallel", "db20", "db10", "clamp"})
"""What the table of functions takes from the subjects."""
MATHEMATICS = frozenset({*FUNCTIONS, *ARRAYS}) - _OF_THE_TABLE
"""The functions that are everyone's, not a subject's."""

ALSO: Mapping[str, str] = MappingProxyType({"choose": "binomial", "angle": "arg"})
"""A second name of a function, as textbooks have it; the tree holds the first."""

MEANT: Mapping[str, str] = MappingProxyType({
    "len": "the size of a list is a number that you write", "length": "norm(x) is the length of a vector",
    "pow": "write a**b", "power": "write a**b", "arcsin": "write asin", "arccos": "write acos", "arctan": "write atan",
    "arctan2": "write atan2", "arg": "write atan2(y, x)", "angle": "write atan2(y, x)", "fabs": "write abs",
    "mod": "write a % b", "int": "write floor", "trunc": "write floor, or ceil where it is negative",
    "average": "write mean", "avg": "write mean", "tg": "write tan", "arctg": "write atan",
    "concat": "write a list, [a, b]", "array": "write a list, [a, b]", "list": "write a list, [a, b]",
    "matrix": "write a list of lists", "inverse": "write inv(A)", "comb": "write choose(n, k)",
    "perm": "write factorial(n)/factorial(n - k)", "nCr": "write choose(n, k)",
    "stdev": "write std(x, 1) for a sample, std(x, 0) for all there are",
    "variance": "write var(x, 1) for a sample, var(x, 0) for all there are", "eigvals": "write eig(A)",
    "percentile": "write quantile(x, p), p from 0 to 1", "tr": "write trace(A)",
    "Phi": "write normal_cdf(z)", "norm_cdf": "write normal_cdf(z)",
    "real": "write re(z)", "imag": "write im(z)", "conjugate": "write conj(z)", "phase": "write arg(z)",
    "deg": "write x*180/pi", "rad": "write x*pi/180", "degrees": "write x*180/pi", "radians": "write x*pi/180",
    "sgn": "write sign", "matmul": "write A @ B", "par": "write parallel(a, b)", "cbrt": "write root(x, 3)",
    "square": "write x**2", "str": "a name prints as it is", "range": "write the list out", "sh": "write sinh",
    "ch": "write cosh", "lb": "write log2", "size": "the size of a list is a number that you write",
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
def lacking(name: str) -> str:
    """The sentence for a function whose library is not installed, or nothing.

    A room of `subjects` whose functions need one says so: `NEEDS = ("scipy", "statistics")`, it and the extra.
    """
    room = import_module(known()[name].__module__)
    library, extra = getattr(room, "NEEDS", ("", ""))
    if not library or find_spec(library) is not None:
        return ""
    return f"{name} needs {library}, which is not installed: python -m pip install 'qbank[{extra}]'"


@cache
def arity(name: str) -> tuple[int, int | None]:
    """The least and the most arguments of a function; None where there is no most."""
    if name in FUNCTIONS:
        return FUNCTIONS[name].least, FUNCTIONS[name].most
    parameters = inspect.signature(known()[name]).parameters.values()
    least = sum(p.default is p.empty and p.kind is not p.VAR_POSITIONAL for p in parameters)
    return least, None if any(p.kind is p.VAR_POSITIONAL for p in parameters) else len(parameters)


def _parameters(name: str) -> list[str]:
    return list(inspect.signature(known()[name]).parameters)


def arity_fault(name: str, count: int) -> str:
    """The sentence for a wrong number of arguments, or nothing."""
    least, most = arity(name)
    if least <= count and (most is None or count <= most):
        return ""
    form = "" if name in FUNCTIONS or name not in ARRAYS else f": {name}({', '.join(_parameters(name))})"
    wanted = str(least) if most == least else f"at least {least}" if most is None else f"{least} to {most}"
    return f"{name} takes {wanted} argument{'s' * ((most or least) != 1)}, not {count}{form}"
