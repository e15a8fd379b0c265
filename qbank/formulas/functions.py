"""The functions a formula may call: the names candidates use, and how many arguments each takes."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

_ONE = (
    "sqrt", "abs", "exp", "ln", "lg", "log2", "sin", "cos", "tan", "cot", "sec", "csc", "asin", "acos", "atan", "acot",
    "sinh", "cosh", "tanh", "asinh", "acosh", "atanh", "floor", "ceil", "round", "sign", "re", "im", "conj",
    "factorial", "sigmoid",
)  # fmt: skip
MANY = 20
"""The most arguments of a function that takes any number."""

ARITY: Mapping[str, tuple[int, int]] = MappingProxyType(
    dict.fromkeys(_ONE, (1, 1))
    | {"log": (1, 2), "atan2": (2, 2), "binomial": (2, 2), "min": (1, MANY), "max": (1, MANY), "root": (2, 2)}
)
"""The least and the most arguments of every function."""

SPELLINGS: Mapping[str, str] = MappingProxyType(
    {name: name for name in ARITY if name != "root"}
    | {f"arc{name}": f"a{name}" for name in ("sin", "cos", "tan", "cot")}
    | {f"ar{name}": f"a{name}" for name in ("sinh", "cosh", "tanh")}
    | {f"arc{name}": f"a{name}" for name in ("sinh", "cosh", "tanh")}
    | {"log10": "lg", "tg": "tan", "ctg": "cot", "arctg": "atan", "sgn": "sign", "ceiling": "ceil", "comb": "binomial",
       "binom": "binomial", "sigma": "sigmoid", "Re": "re", "Im": "im", "th": "tanh", "sh": "sinh", "ch": "cosh"}
)
"""What candidates write, and the function it means; a name of the question goes before it."""


def arity_fault(function: str, count: int) -> tuple[int, int] | None:
    """The least and the most arguments where the count is not between them, else None."""
    least, most = ARITY[function]
    return None if least <= count <= most else (least, most)
