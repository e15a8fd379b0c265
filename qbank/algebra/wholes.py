"""Whether an expression is a whole number whatever its names are: read off its tree, without any values."""

from __future__ import annotations

from collections.abc import Callable

from qbank.algebra.tree import Binary, Call, Conditional, Expression, Index, Listing, Name, Node, Number, Unary

_ALWAYS = (
    "floor", "ceil", "sign", "argmax", "all", "any", "factorial", "binomial", "gcd", "lcm", "bit_and", "bit_or",
    "bit_xor", "bit_not", "shift_left", "shift_right", "digits", "from_digits", "eye",
)  # fmt: skip
_KEEPING = (
    "abs", "min", "max", "sum", "prod", "clip", "dot", "T", "transpose", "diag", "outer", "det", "trace", "sort",
    "cumsum",
)  # fmt: skip


def whole(expression: Expression, names: Callable[[str], bool]) -> bool:
    """Whether the expression is certainly whole; `names` tells it of each name. False where the tree does not tell.

    >>> from qbank.algebra import read
    >>> whole(read("4*h*(h + d)"), lambda name: True), whole(read("h/2"), lambda name: True)
    (True, False)
    """

    def of(node: Node) -> bool:
        match node:
            case Number(value=value):
                return value == value.to_integral_value()
            case Name(name=name):
                return names(name)
            case Unary(operator="+" | "-", operand=operand):
                return of(operand)
            case Binary(operator="//"):
                return True
            case Binary(operator="**", left=base, right=power):
                return of(base) and isinstance(power, Number) and power.value >= 0 and of(power)
            case Binary(operator="+" | "-" | "*" | "%" | "@", left=left, right=right):
                return of(left) and of(right)
            case Conditional(yes=yes, no=no):
                return of(yes) and of(no)
            case Listing(items=items):
                return all(map(of, items))
            case Index(value=value):
                return of(value)
            case Call(function="round", arguments=(_,)):
                return True
            case Call(function=function, arguments=arguments):
                return function in _ALWAYS or (function in _KEEPING and all(map(of, arguments)))
            case _:
                return False

    return of(expression.root)
