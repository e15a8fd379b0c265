"""The dimension of an expression, from the units of its names up through its tree.

A number that is written could be anything in a sum (`UE + 0.7`) and is a pure number in a product; one with an SI
suffix (`26m`) is a quantity whose unit is not given, and is skipped, as is everything that uses a name without a unit.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Final, Literal, TypeAlias

from qbank import domains, messages, units
from qbank.algebra import tree
from qbank.bank.item import Item
from qbank.units import PURE

Powers: TypeAlias = tuple[Fraction, ...]
Dimensional: TypeAlias = Powers | Literal["any", "number"]
"""Powers of the base units; `any` where it cannot be told; `number` for a literal, which is what the other side is."""

ANY: Final = "any"
NUMBER: Final = "number"
_PURE: Powers = tuple(map(Fraction, PURE))
_NAMES = (
    "V", "A", "Ω", "S", "F", "H", "W", "Hz", "s", "V/s", "C", "K", "m", "bit", "A/V^2", "V^2", "A^2", "Ω^2", "1/V",
    "mol/m^3", "J", "N", "Pa", "kg/mol", "m/s",
)  # fmt: skip
_SAME = frozenset({"abs", "floor", "ceil", "round", "standard_above", "transpose", "T", "diag", "norm", "relu",
                   "re", "im", "conj", "polar", "trace", "eig", "sort", "cumsum", "median", "std",
                   "quantile"})  # fmt: skip
"""The functions whose value has the dimension of their first argument."""
ALIKE = frozenset({"min", "max", "sum", "mean", "clip", "clamp", "parallel", "gcd", "lcm"})
"""The functions whose arguments have one dimension."""
_OF_NUMBERS = frozenset({"exp", "log", "ln", "log10", "lg", "log2", "sin", "cos", "tan", "asin", "acos", "sinh", "cosh",
                         "tanh", "sigmoid", "db20", "db10", "softmax", "factorial", "binomial", "t_cdf", "t_quantile",
                         "chi2_cdf", "chi2_quantile", "f_cdf", "f_quantile", "digits", "from_digits"})  # fmt: skip
_PRODUCTS: Mapping[str, tuple[int, ...]] = {
    "var": (2,), "inv": (-1,), "solve": (-1, 1), "cov": (1, 1), "dot": (1, 1), "outer": (1, 1),
}  # fmt: skip
"""The powers of the dimensions of the first arguments in that of the value."""


class Mismatch(Exception):
    """What in an expression has no dimension."""


def declared(unit: str) -> Powers:
    """The dimension of a unit text; a level in decibels is a pure number."""
    return tuple(map(Fraction, units.read(units.canonical(unit)).dimension))


def table(item: Item) -> dict[str, Dimensional]:
    """The dimensions of the parameters."""
    return {
        name: ANY if domains.table(rule).labels else declared(rule.unit) for name, rule in item.parameters.items()
    }


def fits(found: Dimensional, wanted: Powers) -> bool:
    """Whether a dimension can be the wanted one."""
    return found in (ANY, NUMBER) or found == wanted


def spoken(dimension: Dimensional) -> str:
    """A dimension in words, by the unit that has it.

    >>> spoken(declared("kΩ")), spoken(declared(""))
    ('a quantity in Ω', 'a pure number')
    """
    if dimension in (ANY, NUMBER) or dimension == _PURE:
        return messages.tell("a pure number")
    for name in _NAMES:
        if declared(name) == dimension:
            return messages.tell("a quantity in {unit}", unit=name)
    base = ("kg", "m", "s", "A", "K", "mol", "cd", "bit")
    powers = zip(base, dimension, strict=True)
    unit = " ".join(each if power == 1 else f"{each}^{power}" for each, power in powers if power)
    return messages.tell("a quantity in {unit}", unit=unit)


def of(node: tree.Node, names: Mapping[str, Dimensional]) -> Dimensional:
    """The dimension of a node. Raises Mismatch with what does not fit."""
    match node:
        case tree.Number(text=text):
            return ANY if text[-1:].isalpha() else NUMBER
        case tree.Constant(name="inf"):
            return ANY
        case tree.Constant() | tree.Truth() | tree.Label():
            return NUMBER
        case tree.Name(name=name):
            return names.get(name, _PURE if name == tree.IMAGINARY else ANY)
        case tree.Listing(items=items):
            return _together([of(each, names) for each in items], "list")
        case tree.Unary(operand=operand):
            return of(operand, names)
        case tree.Binary():
            return _binary(node, names)
        case tree.Compare(operands=operands):
            _together([of(each, names) for each in operands], "compare")
            return NUMBER
        case tree.Logic(left=left, right=right):
            _ = of(left, names), of(right, names)
            return NUMBER
        case tree.Conditional(test=test, yes=yes, no=no):
            of(test, names)
            return _together([of(yes, names), of(no, names)], "if")
        case tree.Index(value=value):
            return of(value, names)
        case tree.Call():
            return _call(node, names)


def _binary(node: tree.Binary, names: Mapping[str, Dimensional]) -> Dimensional:
    left, right = of(node.left, names), of(node.right, names)
    match node.operator:
        case "+" | "-" if isinstance(node.left, tree.Number) and node.left.text == "1":
            # a leading 1 is a pure number, not one volt: `1 + Rf` has lost its R1
            return _together([_PURE, right], node.operator)
        case "+" | "-" | "%":
            return _together([left, right], node.operator)
        case "*" | "@" | "/" | "//":
            if ANY in (left, right):
                return ANY
            if left == right == NUMBER:
                return NUMBER
            sign = -1 if node.operator in ("/", "//") else 1
            return tuple(a + sign * b for a, b in zip(_powers(left), _powers(right), strict=True))
        case "**":
            if right not in (ANY, NUMBER, _PURE):
                raise Mismatch(messages.tell("an exponent must be a pure number, not {dimension}",
                                             dimension=spoken(right)))  # fmt: skip
            if left in (ANY, NUMBER, _PURE):
                return left
            exponent = _constant(node.right)
            if exponent is None:
                raise Mismatch(messages.tell("the exponent of {dimension} must be a constant", dimension=spoken(left)))
            return tuple(power * exponent for power in _powers(left))


def _call(node: tree.Call, names: Mapping[str, Dimensional]) -> Dimensional:
    given = [of(each, names) for each in node.arguments]
    function = node.function
    if function == "sqrt":
        return given[0] if given[0] in (ANY, NUMBER) else tuple(power / 2 for power in _powers(given[0]))
    if function in _SAME:
        return given[0]
    if function in ALIKE:
        return _together(given, function)
    if function in _OF_NUMBERS:
        for each in given[:1]:
            if each not in (ANY, NUMBER, _PURE):
                raise Mismatch(messages.tell("{function} takes a pure number, not {dimension}",
                                             function=function, dimension=spoken(each)))  # fmt: skip
        return _PURE
    if function in ("atan", "sign", "argmax", "all", "any", "arg", "corr"):
        return _PURE
    if function in _PRODUCTS:
        powers = _PRODUCTS[function]
        if ANY in given[: len(powers)]:
            return ANY
        found = _PURE
        for power, one in zip(powers, given, strict=False):
            found = tuple(a + power * b for a, b in zip(found, _powers(one), strict=True))
        return found
    if function == "normal_cdf":
        _together(given, function)
        return _PURE
    if function == "normal_quantile":
        return _together(given[1:], function) if given[1:] else _PURE
    if function == "atan2":
        _together(given, function)
        return _PURE
    return ANY


def _together(given: list[Dimensional], by: str) -> Dimensional:
    """The one dimension that all have: numbers are whatever the others are.

    `by` is the operator or function that needs them alike, or `list`, `compare`, `if`.
    """
    certain = [each for each in given if each not in (ANY, NUMBER)]
    for each in certain[1:]:
        if each != certain[0]:
            raise Mismatch(_mixed(by, spoken(certain[0]), spoken(each)))
    if ANY in given:
        return ANY
    return certain[0] if certain else NUMBER


def _mixed(by: str, one: str, other: str) -> str:
    """The sentence for two dimensions that must be one."""
    match by:
        case "+":
            return messages.tell("it adds {one} and {other}", one=one, other=other)
        case "-":
            return messages.tell("it subtracts {other} from {one}", one=one, other=other)
        case "%":
            return messages.tell("it takes the remainder of {one} by {other}", one=one, other=other)
        case "compare":
            return messages.tell("it compares {one} with {other}", one=one, other=other)
        case "if":
            return messages.tell("it is either {one} or {other}", one=one, other=other)
        case "list":
            return messages.tell("a list contains {one} and {other}", one=one, other=other)
        case _:
            return messages.tell("{function} is given {one} and {other}", function=by, one=one, other=other)


def _powers(dimension: Dimensional) -> Powers:
    return _PURE if isinstance(dimension, str) else dimension


def _constant(node: tree.Node) -> Fraction | None:
    """The number that an exponent is, where it is written as one."""
    match node:
        case tree.Number(value=value):
            return Fraction(value)
        case tree.Unary(operator="-", operand=operand):
            inner = _constant(operand)
            return None if inner is None else -inner
        case tree.Binary(operator="/", left=left, right=right):
            above, below = _constant(left), _constant(right)
            return None if above is None or not below else above / below
        case _:
            return None
