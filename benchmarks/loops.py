"""The loops that somebody would write in Python in an afternoon: what marking is measured against."""

from __future__ import annotations

import ast
import operator
import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np

from qbank.model import Floats

_NUMBER = re.compile(r"\s*([-+−]?\d+(?:[.,]\d+)?)\s*([a-zA-ZΩ]*)\s*")
_FACTORS = {"": 1.0, "V": 1.0, "k": 1e3, "mV": 1e-3, "Ω": 1.0, "kΩ": 1e3}
_EACH = re.compile(r"[-+−]?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?")
_OPERATORS: Mapping[type, Callable[..., Any]] = {
    ast.Add: operator.add, ast.Sub: operator.sub, ast.Mult: operator.mul, ast.Div: operator.truediv,
    ast.Pow: operator.pow, ast.USub: operator.neg, ast.UAdd: operator.pos,
}  # fmt: skip


def numbers(texts: Sequence[str], keys: Sequence[float], tolerance: float = 0.01) -> list[float]:
    """A regular expression, a table of units, float() and a tolerance."""
    marks = []
    for text, key in zip(texts, keys, strict=True):
        found = _NUMBER.fullmatch(text)
        if found is None or found[2] not in _FACTORS:
            marks.append(0.0)
            continue
        value = float(found[1].replace(",", ".").replace("−", "-")) * _FACTORS[found[2]]
        marks.append(1.0 if abs(value - key) <= abs(key) * tolerance else 0.0)
    return marks


def vectors(texts: Sequence[str], keys: Sequence[Sequence[float]], tolerance: float = 0.02) -> list[float]:
    """Every number of a text by a regular expression, and how many are near their key."""
    marks = []
    for text, key in zip(texts, keys, strict=True):
        given = [float(each.replace("−", "-")) for each in _EACH.findall(text)]
        right = [abs(one - asked) <= abs(asked) * tolerance for one, asked in zip(given, key, strict=False)]
        marks.append(sum(right) / len(key) if len(given) == len(key) else 0.0)
    return marks


def formulas(texts: Sequence[str], points: Mapping[str, Floats], wanted: Floats) -> list[float]:
    """A tree by `ast`, its few operators alone, evaluated at all points at once."""
    return [1.0 if _equal(text, points, wanted) else 0.0 for text in texts]


def _equal(text: str, points: Mapping[str, Floats], wanted: Floats) -> bool:
    try:
        value = _value(ast.parse(text.replace("^", "**"), mode="eval").body, points)
    except (SyntaxError, KeyError, TypeError, ZeroDivisionError):
        return False
    return bool(np.all(np.abs(value - wanted) <= 1e-9 * np.abs(wanted)))


def _value(node: ast.expr, points: Mapping[str, Floats]) -> Any:
    match node:
        case ast.BinOp(left=left, op=sign, right=right):
            return _OPERATORS[type(sign)](_value(left, points), _value(right, points))
        case ast.UnaryOp(op=sign, operand=operand):
            return _OPERATORS[type(sign)](_value(operand, points))
        case ast.Constant(value=int() | float() as value):
            return value
        case ast.Name(id=name):
            return points[name]
        case _:
            raise TypeError(f"{node} is no arithmetic")
