"""A function means what the author meant by it: the base of a logarithm is written, and angles are in radians."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from qbank import domains, messages, units, variants
from qbank.algebra import Expression, tree
from qbank.bank.item import Item
from qbank.checks._expressions import expressions
from qbank.checks._sample import Sample
from qbank.checks._scene import Scene
from qbank.model import Problem
from qbank.variants import Scope

RATIONALE = (
    "In an expression `log(x)` is the natural logarithm, as in Python; a pH that uses it is 2.3 times too large. "
    "An angle without a unit is in radians: `sin(30)` is -0.988. An argument that is a whole number on "
    "every variant, 10 or more on one of them, was meant in degrees. `atan(y/x)` is in radians too: a part without a "
    "unit has the key 0.695 for it, not 39.8."
)
PROPOSAL = "write ln, lg or log2; give angles a unit, ° or rad"
_PARAMETERS = """
parameters:
  R1: {series: E24, from: 1k, to: 10k, unit: Ω, symbol: R_1}
  Rf: {series: E24, from: 20k, to: 200k, unit: Ω, symbol: R_f}
"""
_ANGLES = "  a: {{values: [{values}], symbol: \\alpha}}\n"
_TURNED = """
derive:
  A: {value: -atan(Rf/R1), symbol: A_u}
parts:
  - id: angle
    ask: {zh: 求角度。, en: Find the angle.}
    answer: {kind: number, key: A, %stolerance: 1%%}
"""
_SINE = "derive:\n  A: {value: -Rf/R1*sin(a), symbol: A_u}\n"
EXAMPLES = (
    Sample("functions.log", f"{_PARAMETERS}derive:\n  A: {{value: -20*log(Rf/R1), symbol: A_u}}\n",
           f"{_PARAMETERS}derive:\n  A: {{value: -20*lg(Rf/R1), symbol: A_u}}\n", "the base is not written"),
    Sample("functions.degrees", _PARAMETERS + _ANGLES.format(values="30, 45, 60") + _SINE,
           _PARAMETERS + _ANGLES.format(values="30°, 45°, 60°") + _SINE, "30 radians"),
    Sample("functions.radians", _PARAMETERS + _TURNED % "", _PARAMETERS + _TURNED % "unit: °, ",
           "the key is an angle, and the part has no unit"),
)  # fmt: skip
_OF_ANGLES = ("sin", "cos", "tan", "cot", "sec", "csc")
_ANGLES_OF = ("asin", "acos", "atan", "acot", "asec", "acsc", "atan2", "arg")
LEAST = 10
"""A whole number from here on is hardly an angle in radians."""


def check(scene: Scene) -> Iterator[Problem]:
    """The first such call of every expression, whether or not variants can be drawn."""
    scope = variants.regardless(scene.item)
    for path, expression, _ in expressions(scene.item):
        for code, message, proposal in _said(expression, scope):
            yield scene.problem(code, message, path, severity="warning", proposal=proposal)
    for number, part in enumerate(scene.item.parts):
        keys = part.facts.keys
        for key in keys if len(keys) == 1 else ():  # a complex number says what its angle is
            if key.unit == "" and _is_angle(key.expression.root, scene.item):
                yield scene.problem(
                    "functions.radians", messages.tell("the key is an angle in radians, and the part has no unit"),
                    ("parts", number, "answer", "key"), severity="warning",
                    proposal=messages.tell("write unit: ° or unit: rad"),
                )  # fmt: skip


def _is_angle(node: tree.Node, item: Item) -> bool:
    """Whether a value is an angle, seen through signs and names: by its function, or by the unit that it prints in."""
    match node:
        case tree.Call(function=function):
            return function in _ANGLES_OF
        case tree.Unary(operand=inner):
            return _is_angle(inner, item)
        case tree.Name(name=name) if name in item.derive:
            rule = item.derive[name]
            return _turns(rule.unit) or _is_angle(rule.value.root, item)
        case tree.Name(name=name) if name in item.parameters:
            return _turns(domains.table(item.parameters[name]).unit)
        case _:
            return False


def _turns(unit: str) -> bool:
    """Whether a unit is that of an angle.

    >>> _turns("°"), _turns("rad"), _turns("rad/s"), _turns("")
    (True, True, False, False)
    """
    read = units.read(units.canonical(unit))
    return read.angle == 1 and read.dimension == units.Unit().dimension


def _said(expression: Expression, scope: Scope) -> Iterator[tuple[str, str, str]]:
    """The code, the message and the proposal of the first call of each kind."""
    calls = [node for node in tree.walk(expression.root) if isinstance(node, tree.Call)]
    if any(call.function == "log" and len(call.arguments) == 1 for call in calls):
        yield (
            "functions.log", messages.tell("log(x) is the natural logarithm here"),
            messages.tell("write ln(x), or lg(x) for the logarithm to base 10, log2(x) to base 2"),
        )  # fmt: skip
    for call in calls:
        if call.function in _OF_ANGLES and (angle := _in_degrees(call.arguments[0], scope)):
            yield (
                "functions.degrees",
                messages.tell("{function} takes radians, and its argument is {value} on a variant",
                              function=call.function, value=angle),
                messages.tell("give the angle its unit, as in {value}°", value=angle),
            )  # fmt: skip
            return


def _in_degrees(argument: tree.Node, scope: Scope) -> str:
    """The largest value of an argument that is whole on every variant and too large for radians; else ''."""
    try:
        values = np.asarray(scope.evaluate(Expression("", argument)).values)
    except ValueError:  # a value that cannot be computed: a problem of another check
        return ""
    if values.dtype.kind not in "if" or not np.isfinite(values).all() or (values != np.rint(values)).any():
        return ""
    largest = np.abs(values).max(initial=0)
    return f"{largest:.0f}" if largest >= LEAST else ""
