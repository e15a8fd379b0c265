"""The functions that an expression may call: of numbers, of vectors and matrices, and those of `subjects`."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from functools import cache
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


@cache
def arity(name: str) -> tuple[int, int | None]:
    """The least and the most arguments of a function; None where there is no most."""
    if name in FUNCTIONS:
        return FUNCTIONS[name].least, FUNCTIONS[name].most
    parameters = inspect.signature(known()[name]).parameters.values()
    least = sum(p.default is p.empty and p.kind is not p.VAR_POSITIONAL for p in parameters)
    return least, None if any(p.kind is p.VAR_POSITIONAL for p in parameters) else len(parameters)


def arity_fault(name: str, count: int) -> str:
    """The sentence for a wrong number of arguments, or nothing."""
    least, most = arity(name)
    if least <= count and (most is None or count <= most):
        return ""
    wanted = str(least) if most == least else f"at least {least}" if most is None else f"{least} to {most}"
    return f"{name} takes {wanted} argument{'s' * ((most or least) != 1)}, not {count}"
