"""What a circuit witness is asked for: `u_o / u_i`, `u(VT.c) - u(VT.e)`, `i(R_1)`, `20 * log10(abs(u_o / u_i))`.

Python's syntax, read by `ast`, of it the four operations, powers, numbers, nets, and calls of the functions below.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from qbank import messages
from qbank.registry import unknown
from qbank.witnesses._nodal import Values

FUNCTIONS: dict[str, Callable[[Any], Any]] = {
    "abs": np.abs,
    "sqrt": np.sqrt,
    "log10": np.log10,
    "phase": lambda value: np.angle(value, deg=True),
}
_PIN = re.compile(r"\b([A-Za-z]\w*)\.(\d+)\b")
"""A pin that is a number, `R_L.1`: Python reads a name there, so it gets a _ for as long."""
MEASURES = ("u", "i", "R_in", "R_out")
_OPERATORS: dict[type[ast.operator], Callable[[Any, Any], Any]] = {
    ast.Add: np.add, ast.Sub: np.subtract, ast.Mult: np.multiply, ast.Div: np.divide, ast.Pow: np.power,
}


def read(text: str, functions: Mapping[str, Callable[[Any], Any]] = FUNCTIONS) -> ast.expr:
    """The quantity as a tree that holds nothing but what this module and `functions` know. Raises ValueError.

    >>> ast.unparse(read("u_o/u_i"))
    'u_o / u_i'
    >>> read("open(1)")
    Traceback (most recent call last):
    ...
    ValueError: the function 'open' is not known; the known ones are: R_in, R_out, abs, i, log10, phase, sqrt, u
    """
    if len(text) > 200:
        raise ValueError(messages.tell("a quantity has at most {most} characters", most=200))
    try:
        tree = ast.parse(_PIN.sub(r"\1._\2", text.strip()), mode="eval").body
    except (SyntaxError, ValueError):
        raise ValueError(messages.tell("{text!r} is not a quantity such as u_o / u_i", text=text)) from None
    _known(tree, functions)
    return tree


def place(node: ast.expr) -> str:
    """A name of a place in a circuit, `u_o` or `VT.c`. Raises ValueError."""
    match node:
        case ast.Name(name):
            return name
        case ast.Attribute(ast.Name(part), pin):
            return f"{part}.{pin.removeprefix('_')}"
        case _:
            raise ValueError(messages.tell("{text!r} is not a place such as u_o or VT.c", text=ast.unparse(node)))


def value(
    node: ast.expr,
    measures: Mapping[str, Callable[[str], Values]],
    functions: Mapping[str, Callable[[Any], Any]] = FUNCTIONS,
) -> Values:
    """The quantity, (n,): `measures` gives for each of MEASURES its value at a place."""
    match node:
        case ast.Constant(number):
            return np.asarray(number, np.float64)
        case ast.Name() | ast.Attribute():
            return measures["u"](place(node))
        case ast.BinOp(left, operator, right):
            found: Values = _OPERATORS[type(operator)](
                value(left, measures, functions), value(right, measures, functions)
            )
            return found
        case ast.UnaryOp(ast.USub(), operand):
            return -value(operand, measures, functions)
        case ast.Call(ast.Name(name), [argument]) if name in MEASURES:
            return measures[name](place(argument))
        case ast.Call(ast.Name(name), [argument]):
            return np.asarray(functions[name](value(argument, measures, functions)))
        case _:
            raise ValueError(messages.tell("{text!r} is not a quantity such as u_o / u_i", text=ast.unparse(node)))


def _known(node: ast.expr, functions: Mapping[str, Callable[[Any], Any]]) -> None:
    match node:
        case ast.Constant(int() | float() as number) if not isinstance(number, bool):
            return
        case ast.Name() | ast.Attribute():
            place(node)
        case ast.BinOp(left, operator, right) if type(operator) in _OPERATORS:
            _known(left, functions)
            _known(right, functions)
        case ast.UnaryOp(ast.USub(), operand):
            _known(operand, functions)
        case ast.Call(ast.Name(name), [argument], []):
            if name not in functions and name not in MEASURES:
                raise ValueError(messages.tell("the function {unknown}",
                                               unknown=unknown(name, (*functions, *MEASURES))))  # fmt: skip
            if name in MEASURES:
                place(argument)
            else:
                _known(argument, functions)
        case _:
            raise ValueError(messages.tell("{text!r} is not allowed in a quantity", text=ast.unparse(node)))
