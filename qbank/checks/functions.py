"""A function means what the author meant by it: the base of a logarithm is written, and a sine takes radians."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from qbank import messages, variants
from qbank.algebra import Expression, tree
from qbank.checks._expressions import expressions
from qbank.checks._sample import Sample
from qbank.checks._scene import Scene
from qbank.model import Problem
from qbank.variants import Scope

RATIONALE = (
    "In an expression `log(x)` is the natural logarithm, as in Python; a pH that uses it is 2.3 times too large. "
    "An angle without a unit is in radians: `sin(30)` is -0.988. An argument that is a whole number on "
    "every variant, 10 or more on one of them, was meant in degrees."
)
PROPOSAL = "write ln, lg or log2; give angles the unit °"
_PARAMETERS = """
parameters:
  R1: {series: E24, from: 1k, to: 10k, unit: Ω, symbol: R_1}
  Rf: {series: E24, from: 20k, to: 200k, unit: Ω, symbol: R_f}
"""
_ANGLES = "  a: {{values: [{values}], symbol: \\alpha}}\n"
_SINE = "derive:\n  A: {value: -Rf/R1*sin(a), symbol: A_u}\n"
EXAMPLES = (
    Sample("functions.log", f"{_PARAMETERS}derive:\n  A: {{value: -20*log(Rf/R1), symbol: A_u}}\n",
           f"{_PARAMETERS}derive:\n  A: {{value: -20*lg(Rf/R1), symbol: A_u}}\n", "the base is not written"),
    Sample("functions.degrees", _PARAMETERS + _ANGLES.format(values="30, 45, 60") + _SINE,
           _PARAMETERS + _ANGLES.format(values="30°, 45°, 60°") + _SINE, "30 radians"),
)  # fmt: skip
_OF_ANGLES = ("sin", "cos", "tan", "cot", "sec", "csc")
LEAST = 10
"""A whole number from here on is hardly an angle in radians."""


def check(scene: Scene) -> Iterator[Problem]:
    """The first such call of every expression, whether or not variants can be drawn."""
    scope = variants.regardless(scene.item)
    for path, expression, _ in expressions(scene.item):
        for code, message, proposal in _said(expression, scope):
            yield scene.problem(code, message, path, severity="warning", proposal=proposal)


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
