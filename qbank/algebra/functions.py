"""The functions that an expression may call: of numbers, of vectors and matrices, and those of `subjects`."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from types import MappingProxyType

from qbank import messages, registry
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
                raise ValueError(f"the function {name!r} of subjects/{subject}.py exists already")
            found[name] = function
    return MappingProxyType(found)


_OF_THE_TABLE = frozenset({"sigmoid", "relu", "tanh", "parallel", "db20", "db10", "clamp"})
"""What the table of functions takes from the subjects."""
MATHEMATICS = frozenset({*FUNCTIONS, *ARRAYS}) - _OF_THE_TABLE
"""The functions that are everyone's, not a subject's."""

ALSO: Mapping[str, str] = MappingProxyType({"choose": "binomial", "angle": "arg"})
"""A second name of a function, as textbooks have it; the tree holds the first."""

MEANT: Mapping[str, str] = MappingProxyType({
    "length": "norm(x)", "pow": "a**b", "power": "a**b", "arcsin": "asin", "arccos": "acos", "arctan": "atan",
    "arctan2": "atan2", "arg": "atan2(y, x)", "angle": "atan2(y, x)", "fabs": "abs", "mod": "a % b", "int": "floor",
    "average": "mean", "avg": "mean", "tg": "tan", "arctg": "atan", "concat": "[a, b]", "array": "[a, b]",
    "list": "[a, b]", "matrix": "[[a, b], [c, d]]", "inverse": "inv(A)", "comb": "choose(n, k)",
    "perm": "factorial(n)/factorial(n - k)", "nCr": "choose(n, k)", "eigvals": "eig(A)", "tr": "trace(A)",
    "Phi": "normal_cdf(z)", "norm_cdf": "normal_cdf(z)", "real": "re(z)", "imag": "im(z)", "conjugate": "conj(z)",
    "phase": "arg(z)", "deg": "x*180/pi", "rad": "x*pi/180", "degrees": "x*180/pi", "radians": "x*pi/180",
    "sgn": "sign", "matmul": "A @ B", "par": "parallel(a, b)", "cbrt": "root(x, 3)", "square": "x**2", "sh": "sinh",
    "ch": "cosh", "lb": "log2",
})  # fmt: skip
"""What to write instead of a function that other languages have, where the nearest name would mislead."""


def _instead(name: str) -> str:
    """The sentence for a function that other languages have, or nothing."""
    match name:
        case _ if name in MEANT:
            return messages.tell("{name!r} is not known; write {instead}", name=name, instead=MEANT[name])
        case "len" | "size":
            return messages.tell("{name!r} is not known; write the size of the list as a number", name=name)
        case "trunc":
            return messages.tell("{name!r} is not known; write floor(x), or ceil(x) where x is negative", name=name)
        case "stdev":
            return messages.tell(
                "{name!r} is not known; write std(x, 1) for a sample or std(x, 0) for a population", name=name
            )
        case "variance":
            return messages.tell(
                "{name!r} is not known; write var(x, 1) for a sample or var(x, 0) for a population", name=name
            )
        case "percentile":
            return messages.tell("{name!r} is not known; write quantile(x, p) with p from 0 to 1", name=name)
        case "str":
            return messages.tell("{name!r} is not known; a name prints as it is", name=name)
        case "range":
            return messages.tell("{name!r} is not known; write all entries of the list", name=name)
        case _:
            return ""


def unknown(name: str) -> str:
    """The sentence for a function that does not exist: what to write instead, else the nearest in spelling.

    One that begins with another letter means something else: `mod` is not meant to be `sigmoid`, nor `arg` `var`.

    >>> unknown("len")
    "'len' is not known; write the size of the list as a number"
    >>> unknown("sqr")
    "'sqr' is not known; did you mean 'sqrt'?"
    """
    if name not in known() and (sentence := _instead(name)):
        return sentence
    alike = [other for other in known() if other[0] == name[0]]
    return registry.unknown(name, alike if registry.nearest(name, alike) else ())


def lacking(name: str) -> str:
    """The sentence for a function whose library is not installed, or nothing.

    A room of `subjects` whose functions need one has `NEEDS = ("scipy", "statistics")`, the library and the extra.
    """
    library, extra = _needed(known()[name].__module__)
    if not library:
        return ""
    return messages.tell(
        "{function} needs {library}, which is not installed; run python -m pip install 'qbank[{extra}]'",
        function=name, library=library, extra=extra,
    )  # fmt: skip


@cache
def _needed(module: str) -> tuple[str, str]:
    """The library that a room needs and does not find, and the extra that installs it; else nothing."""
    library, extra = getattr(import_module(module), "NEEDS", ("", ""))
    return (library, extra) if library and find_spec(library) is None else ("", "")


@cache
def arity(name: str) -> tuple[int, int | None]:
    """The least and the most arguments of a function; None where there is no most."""
    if name == "mod":
        return 2, 2
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
    if most == least:
        fault = messages.tell_many(
            least, "{function} takes {count} argument, not {given}", "{function} takes {count} arguments, not {given}",
            function=name, given=count,
        )  # fmt: skip
    elif most is None:
        fault = messages.tell_many(
            least, "{function} takes at least {count} argument, not {given}",
            "{function} takes at least {count} arguments, not {given}", function=name, given=count,
        )  # fmt: skip
    else:
        fault = messages.tell("{function} takes {least} to {most} arguments, not {given}",
                              function=name, least=least, most=most, given=count)  # fmt: skip
    if name in FUNCTIONS or name not in ARRAYS:
        return fault
    call = f"{name}({', '.join(_parameters(name))})"
    return messages.tell("{fault}; write {call}", fault=fault, call=call)
